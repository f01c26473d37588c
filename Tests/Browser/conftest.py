"""Fixtures of the browser suite: one browser and one server for the run, and people who use them."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from harness.bucket import Bucket
from harness.caller import Caller, member_of, requester_of
from harness.dawdlers import Dawdlers
from harness.databases import Engine, PostgreSQL, PostgreSQLServer, SQLite
from harness.large import LargeTrust
from harness.mail import Mailbox
from harness.member import Member
from harness.outbox import Outbox
from harness.person import DESK, OUTPUT, PAGES, PATIENCE, UNSEEN, WAYS, Person, Seen, Way
from harness.requester import Requester
from harness.server import Server
from harness.sessions import APPLICANT, Sessions

ADMINISTRATOR_PASSWORD = "saddle velvet quickly 58"
Arrival = Callable[..., Person]


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("proofs with whole processes")
    group.addoption("--kills", type=int, default=20, help="how often the server is killed on each engine while it writes")
    group.addoption("--restarts", type=int, default=1, help="how often the database is restarted in each way, and fails over")
    group.addoption("--thorough", action="store_true", help="also what takes minutes")
    group.addoption("--filled", metavar="FOLDER", help="a data folder of `Benchmarks seed` to back up and export; the demonstration's")
    group.addoption("--sparse", type=int, default=1, metavar="GB", help="sparse files to back up besides")
    group.addoption("--large-file", type=int, default=512, metavar="MB", help="the size of the largest upload")


FIGURES = pytest.StashKey[list[str]]()


@pytest.fixture
def figure(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Keeps a measured figure; all are printed when the run is over."""
    return request.config.stash.setdefault(FIGURES, []).append


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if figures := config.stash.get(FIGURES, []):
        terminalreporter.section("figures")
        for line in figures:
            terminalreporter.line(line)


def pytest_sessionstart() -> None:
    shutil.rmtree(OUTPUT / "screenshots", ignore_errors=True)
    shutil.rmtree(PAGES, ignore_errors=True)
    expect.set_options(timeout=PATIENCE * 1_000)


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "thorough: takes minutes, so that only --thorough runs it, as `make proof` does")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What takes minutes is run where it was asked for. What looks at all that the others have seen comes after them."""
    if not config.getoption("thorough"):
        slow = [item for item in items if item.get_closest_marker("thorough")]
        config.hook.pytest_deselected(items=slow)
        items[:] = [item for item in items if item not in slow]
    last = ("test_every_page.py", "test_html.py")
    items.sort(key=lambda item: last.index(item.path.name) if item.path.name in last else -1)


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
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a demonstration that has stopped: copied where a test needs a server of its own."""
    once = Server(tmp_path_factory.mktemp("seeded"))
    once.start()
    once.stop()
    return once.data


@pytest.fixture
def large(seeded: Path, tmp_path: Path, pytestconfig: pytest.Config) -> LargeTrust:
    """What `--filled` names, or the demonstration."""
    return LargeTrust(Path(pytestconfig.getoption("filled") or seeded), tmp_path / "large")


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgreSQLServer]:
    started = PostgreSQLServer()
    started.start()
    yield started
    started.stop()


@pytest.fixture(scope="session")
def on_postgresql(postgres: PostgreSQLServer, tmp_path_factory: pytest.TempPathFactory) -> PostgreSQL:
    return PostgreSQL(postgres, tmp_path_factory.mktemp("seeded-on-postgresql"))


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def engine(request: pytest.FixtureRequest) -> Engine:
    if request.param == "SQLite":
        return SQLite(request.getfixturevalue("seeded"))
    return request.getfixturevalue("on_postgresql")


@pytest.fixture
def bucket(tmp_path: Path) -> Iterator[Bucket]:
    opened = Bucket(tmp_path)
    opened.start()
    yield opened
    opened.stop()


@pytest.fixture(scope="session")
def seen() -> Seen:
    return Seen()


@pytest.fixture(params=WAYS, ids=lambda way: way.name)
def way(request: pytest.FixtureRequest) -> Way:
    return request.param


@pytest.fixture
def arrives(browser: Browser, seen: Seen, request: pytest.FixtureRequest) -> Iterator[Arrival]:
    """Lets people arrive at a site, and at the end fails the journey for every fault their pages had."""
    people: list[Person] = []

    def arrive(kind: type[Person], name: str, way: Way, at: Server | None = None) -> Person:
        here = at or request.getfixturevalue("server")
        people.append(kind(browser, way, here.desk if kind is Member else here.portal, name, seen))
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
def applicant(requester: Callable[[str], Requester], sessions: Sessions) -> Callable[[str], Requester]:
    """Somebody with an account of their own, signed in already, who is there to send requests."""

    def arrive(name: str) -> Requester:
        person = requester(name)
        person.comes_in_by(sessions.requester(APPLICANT))
        return person

    return arrive


@pytest.fixture
def colleague(arrives: Arrival, medico_legal: dict) -> Member:
    """A member of Medico-Legal who is signed in already and does what a requester's journey needs of staff."""
    found = arrives(Member, "colleague", UNSEEN)
    found.comes_in_by(medico_legal)
    return found


@pytest.fixture(scope="session")
def sessions(browser: Browser, server: Server, seen: Seen) -> Sessions:
    return Sessions(browser, server, seen)


@pytest.fixture(scope="session")
def medico_legal(sessions: Sessions) -> dict:
    """The session of M. Hughes of Medico-Legal."""
    return sessions.staff(0)


@pytest.fixture(scope="session")
def information_governance(sessions: Sessions) -> dict:
    """The session of G. Owen, who may see everything but how accounts are kept."""
    return sessions.staff(2)


@pytest.fixture(scope="session")
def administrator(browser: Browser, server: Server, seen: Seen) -> dict:
    """The session of the first administrator, who came in by the link that the terminal showed."""
    person = Member(browser, DESK, server.desk, "administrator", seen)
    app = person.sets_up_with_app(server.first_administrator_link, ADMINISTRATOR_PASSWORD)
    person.signs_in_with_app("administrator@example.org", ADMINISTRATOR_PASSWORD, app)
    person.does_not_see("You cannot open this page")
    state = person.context.storage_state()
    person.leaves()
    assert person.faults == []
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


# The attacks


@pytest.fixture(scope="session")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A demonstration of its own, so that what attacks leave behind disturbs no journey."""
    started = Server(tmp_path_factory.mktemp("attacked"))
    started.start()
    yield started
    started.stop()


@pytest.fixture(scope="session")
def dawdlers(attacked: Server) -> Iterator[Dawdlers]:
    """Slow clients of the demonstration that is attacked."""
    begun = Dawdlers(attacked)
    begun.begin()
    yield begun
    begun.end()


@pytest.fixture(autouse=True)
def _dawdlers_begin_first(request: pytest.FixtureRequest) -> None:
    if "attacked" in request.fixturenames and any("dawdlers" in item.fixturenames for item in request.session.items):
        request.getfixturevalue("dawdlers")


@pytest.fixture
def stranger(attacked: Server) -> Caller:
    """Somebody at the portal who is not signed in."""
    return Caller(attacked.portal)


@pytest.fixture(scope="session")
def aisha(attacked: Server) -> Caller:
    """A patient with requests of her own."""
    return requester_of(attacked, 0)


@pytest.fixture(scope="session")
def solicitor(attacked: Server) -> Caller:
    """A firm with many requests, one of which is released."""
    return requester_of(attacked, 1)


@pytest.fixture(scope="session")
def hughes(attacked: Server) -> Caller:
    """A manager of Medico-Legal."""
    return member_of(attacked, 0)


@pytest.fixture(scope="session")
def owen(attacked: Server) -> Caller:
    """A member of Information Governance."""
    return member_of(attacked, 2)
