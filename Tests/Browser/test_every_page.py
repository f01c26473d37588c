"""Every page of both sites, found by following links from where people start, on a desk and on a phone."""

import re
from collections import Counter, deque
from collections.abc import Iterator
from urllib.parse import quote

import pytest

from harness import routes
from harness.member import Member
from harness.person import DESK, PHONE, Person, Seen
from harness.requester import Requester
from harness.server import Server
from harness.sessions import Sessions

# A case looks different in each state, so more than one of them is opened.
EXAMPLES = Counter({"/cases/:case": 6, "/requests/:request": 4, "/cases/:case/release": 3, "/cases/:case/clock": 3})


@pytest.fixture(params=[DESK, PHONE], ids=lambda way: way.name)
def way(request: pytest.FixtureRequest):
    return request.param


def links(person: Person) -> Iterator[str]:
    for address in person.page.eval_on_selector_all("a[href]", "all => all.map(one => one.href)"):
        if address.startswith(person.site + "/"):
            yield address.split("#")[0]


def walk(person: Person, site: str, start: list[str]) -> None:
    """Opens an example of every page that can be reached; the gates look at each."""
    table = routes.pages(site)
    opened: Counter[str] = Counter()
    known = {person.site + path for path in start}
    waiting = deque(sorted(known))
    while waiting:
        address = waiting.popleft()
        page = routes.page_of(address, table)
        if page is None:
            person.faults.append(f"a link leads to {address}, which no route answers")
            continue
        if opened[page.pattern] >= max(EXAMPLES[page.pattern], 1):
            continue
        if not is_page(person, address):
            opened[page.pattern] += 1
            person.seen.urls.add(address)
            continue
        opened[page.pattern] += 1
        person.goes_to(address)
        for found in links(person):
            if found not in known:
                known.add(found)
                waiting.append(found)


def is_page(person: Person, address: str) -> bool:
    """Files are no pages: a download is told apart before the browser begins it."""
    answer = person.context.request.get(address)
    if answer.status >= 400:
        person.faults.append(f"{answer.status} for {address}")
    return answer.headers.get("content-type", "").startswith("text/html")


def test_what_anybody_may_read(arrives, way) -> None:
    person = arrives(Requester, "anybody", way)
    walk(person, "portal", ["/", "/help", "/Account/Login"])
    # Its links are other people's, and some are used.
    person.goes_to("/demo/outbox")
    walk(arrives(Member, "anybody-desk", way), "desk", ["/sign-in"])


@pytest.mark.parametrize("number", [0, 1, 2])
def test_what_a_requester_sees(arrives, way, server: Server, sessions: Sessions, number: int) -> None:
    person = arrives(Requester, f"requester-{number}", way)
    person.comes_in_by(sessions.requester(server.requesters[number]))
    walk(person, "portal", ["/home", "/requests?sort=status", "/requests?q=nobody", "/profile"])


def test_what_staff_see(arrives, way, information_governance: dict) -> None:
    person = arrives(Member, "governance", way)
    person.comes_in_by(information_governance)
    walk(person, "desk", ["/", "/requests?sort=stage", "/search?q=Rahman", "/search?q=nobody-at-all", "/profile"])


def test_what_only_some_cases_lead_to(arrives, way, medico_legal: dict) -> None:
    """Files can be taken out until they are released, requests about one person are compared, messages are printed."""
    person = arrives(Member, "medico-legal", way)
    person.comes_in_by(medico_legal)

    def finds(name: str) -> str:
        person.goes_to(f"/search?q={quote(name)}")
        return person.page.locator("tbody a").first.get_attribute("href") or ""

    for name, page, link, heading in (
        ("Niamh Gallagher", "/files", "Take out", "Take a file out of the case"),
        ("Aisha Rahman", "", "Compare", "Compare two requests"),
        ("Rajesh Venkataraman", "/messages", "Print as a letter", "Letter"),
    ):
        person.goes_to(finds(name) + page)
        person.follows(re.compile(f"^{link}"), within=person.page.locator("main"))
        person.sees_heading(heading)
    # Their time to be downloaded has ended; whether they can go out again depends on the release check.
    person.goes_to(f"{finds('Ruth Abelson')}/parts/1/again")
    person.sees_heading("Release the files again")


def test_what_an_administrator_sees(arrives, way, administrator: dict) -> None:
    person = arrives(Member, "administrator", way)
    person.comes_in_by(administrator)
    walk(person, "desk", ["/settings/staff", "/settings/recovery", "/profile"])


def test_no_page_was_left_out(server: Server, seen: Seen) -> None:
    """Comes after the journeys and the walks: together they must have opened every page there is."""
    missing = []
    for site, address in (("portal", server.portal), ("desk", server.desk)):
        table = routes.pages(site)
        opened = {page for url in seen.urls if url.startswith(address) and (page := routes.page_of(url, table))}
        missing += [f"{site} {page.pattern}" for page in table if page not in opened]
    assert missing == []
