"""What people are shown when something is not as they thought: said plainly, and nothing they typed is lost."""

from collections.abc import Callable

import pytest

from harness.member import Member
from harness.person import DESK, PHONE
from harness.requester import Requester
from harness.server import Server
from harness.sessions import Sessions

pytestmark = pytest.mark.parametrize("way", [DESK, PHONE], ids=lambda way: way.name)
MESSAGE = "The clinic was in the old wing. الطابق الثاني 🏥"


def test_a_page_that_is_not_there(
    requester: Callable[[str], Requester], member: Callable[[str], Member], medico_legal: dict
) -> None:
    anybody = requester("lost")
    anybody.goes_to("/no-such-page")
    anybody.sees_heading("Page not found")
    staff = member("lost-at-the-desk")
    staff.comes_in_by(medico_legal)
    staff.goes_to("/cases/00000000000000000000000000")
    staff.sees_heading("Page not found")


def test_a_page_that_a_role_does_not_include(member: Callable[[str], Member], sessions: Sessions) -> None:
    staff = member("x-ray")
    staff.comes_in_by(sessions.staff(1))
    staff.goes_to("/settings/staff")
    staff.sees_heading("You cannot open this page")


def test_signed_out_while_writing(requester: Callable[[str], Requester], server: Server, sessions: Sessions) -> None:
    known = server.requesters[2]
    person = requester("interrupted")
    person.signs_in(known.email, known.password)
    person.goes_to("/requests")
    person.page.locator("tbody a").first.click()
    person.fills("Your message", MESSAGE)
    tab = requester("in-another-tab")
    tab.comes_in_by(person.context.storage_state())
    tab.goes_to("/home")
    tab.logs_out()
    person.presses("Send message")
    person.sees_heading("You were signed out")
    # Signed in again in the other tab. This page was made for the session before, so it asks once more.
    person.comes_in_by(sessions.requester(known))
    person.presses("Send again")
    person.sees_heading("Send your answers again")
    person.presses("Send again")
    person.sees("Your message has been sent to the trust.")
    person.sees(MESSAGE)


def test_more_than_can_be_taken(requester: Callable[[str], Requester], server: Server, sessions: Sessions) -> None:
    person = requester("talkative")
    person.comes_in_by(sessions.requester(server.requesters[0]))
    person.goes_to("/requests")
    person.page.locator("tbody a").first.click()
    address = person.page.url
    person.fills("Your message", "All about it. " * 1_000)
    person.presses("Send message")
    person.sees("There is a problem")
    person.goes_to(address)
    person.fills("Your message", "All about it. " * 20_000)
    person.presses("Send message")
    person.sees_heading("Your answer is too long")
    person.goes_to(address)
    person.fills("Your message", "All about it. " * 1_300_000)
    person.presses("Send message")
    person.sees_heading("That was too much at once")
