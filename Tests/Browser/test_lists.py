"""What scripts add to lists: refreshing in place and the full screen. Without scripts a link does the first."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from harness.person import Way
from harness.requester import Requester
from harness.server import Server
from harness.sessions import Sessions


def test_refresh_and_full_screen(
    requester: Callable[[str], Requester], server: Server, sessions: Sessions, way: Way
) -> None:
    person = requester("solicitor")
    person.comes_in_by(sessions.requester(server.requesters[1]))
    person.goes_to("/requests")
    refresh = person.page.get_by_role("button", name=re.compile("^Refresh"))
    full = person.page.get_by_role("button", name="Full screen")
    if not way.script:
        refresh.click()
        person.sees("Updated today at")
        expect(full).to_be_hidden()
        return
    search = person.page.get_by_label("Search by name or reference")
    search.fill("half typed")
    with person.page.expect_response(lambda response: response.request.resource_type == "fetch"):
        person.activates(refresh)
    expect(search).to_have_value("half typed")
    header = person.page.get_by_role("banner")
    person.activates(full)
    expect(header).to_be_hidden()
    person.activates(person.page.get_by_role("button", name="Exit full screen"))
    expect(header).to_be_visible()
