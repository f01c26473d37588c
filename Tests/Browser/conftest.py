"""Fixtures of the browser suite: one browser and one server for the run, and people who use them."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from harness.mail import Mailbox
from harness.member import Member
from harness.outbox import Outbox
from harness.person import OUTPUT, PAGES, UNSEEN, WAYS, Person, Seen, Way
from harness.requester import Requester
from harness.server import Server

Arrival = Callable[[type[Person], str, Way], Person]


def pytest_sessionstart() -> None:
    shutil.rmtree(OUTPUT / "screenshots", ignore_errors=True)
    shutil.rmtree(PAGES, ignore_errors=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The HTML checker reads what the others have seen, so it comes last."""
    items.sort(key=lambda item: item.path.name == "test_html.py")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    executable = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if executable is None:
        pytest.exit("Chromium is missing; run scripts/setup test", returncode=1)
    # The sandbox needs user namespaces, which root in a container has not; every page is our own.
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    started = Server(tmp_path_factory.mktemp("demo"))
    started.start()
    yield started
    started.stop()
    OUTPUT.mkdir(exist_ok=True)
    shutil.copy(started.log, OUTPUT / "browser-suite-server.log")


@pytest.fixture(scope="session")
def seen() -> Seen:
    return Seen()


@pytest.fixture(params=WAYS, ids=lambda way: way.name)
def way(request: pytest.FixtureRequest) -> Way:
    return request.param


@pytest.fixture
def arrives(browser: Browser, server: Server, seen: Seen) -> Iterator[Arrival]:
    """Lets people arrive at a site, and at the end fails the journey for every fault their pages had."""
    people: list[Person] = []

    def arrive(kind: type[Person], name: str, way: Way) -> Person:
        people.append(kind(browser, way, server.desk if kind is Member else server.portal, name, seen))
        return people[-1]

    yield arrive
    faults = [f"{one.name}: {fault}" for one in people for fault in one.faults]
    for one in people:
        one.leaves()
    if faults:
        pytest.fail("\n".join(faults), pytrace=False)


@pytest.fixture
def requester(arrives: Arrival, way: Way) -> Callable[[str], Requester]:
    return lambda name: arrives(Requester, name, way)


@pytest.fixture
def member(arrives: Arrival, way: Way) -> Callable[[str], Member]:
    return lambda name: arrives(Member, name, way)


@pytest.fixture
def colleague(arrives: Arrival, medico_legal: dict) -> Member:
    """A member of Medico-Legal who is signed in already and does what a requester's journey needs of staff."""
    found = arrives(Member, "colleague", UNSEEN)
    found.context.add_cookies(medico_legal["cookies"])
    return found


@pytest.fixture(scope="session")
def medico_legal(browser: Browser, server: Server, seen: Seen) -> dict:
    """The session of one of the demonstration's staff, signed in once for the run."""
    staff = Member(browser, UNSEEN, server.desk, "medico-legal", seen)
    staff.signs_in(server.outbox, server.staff[0])
    state = staff.context.storage_state()
    staff.leaves()
    return state


@pytest.fixture
def outbox(server: Server) -> Outbox:
    return server.outbox


@pytest.fixture
def email(way: Way, request: pytest.FixtureRequest) -> str:
    """An address that nobody used before in this run."""
    return f"{request.node.originalname.removeprefix('test_').replace('_', '-')[:40]}.{way.name}@example.org"


@pytest.fixture
def mailbox(tmp_path: Path) -> Iterator[Mailbox]:
    opened = Mailbox(tmp_path)
    opened.start()
    yield opened
    opened.stop()
