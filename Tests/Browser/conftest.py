"""Fixtures of the browser suite: one browser and one server for the run, and people who use them."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from harness.mail import Mailbox
from harness.person import OUTPUT, PAGES, WAYS, Person, Seen, Way
from harness.server import Server

Newcomer = Callable[[str, str], Person]


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
def person(browser: Browser, way: Way, seen: Seen) -> Iterator[Newcomer]:
    """Makes people for a journey, and at its end fails it for every fault their pages had."""
    people: list[Person] = []

    def arrive(site: str, name: str) -> Person:
        people.append(Person(browser, way, site, name, seen))
        return people[-1]

    yield arrive
    faults = [f"{one.name}: {fault}" for one in people for fault in one.faults]
    for one in people:
        one.leaves()
    if faults:
        pytest.fail("\n".join(faults), pytrace=False)


@pytest.fixture
def mailbox(tmp_path: Path) -> Iterator[Mailbox]:
    opened = Mailbox(tmp_path)
    opened.start()
    yield opened
    opened.stop()
