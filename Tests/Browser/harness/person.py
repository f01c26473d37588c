"""A person at a browser, in the words a guide would use: goes to, fills, chooses, presses, sees.

The same journey is walked in four ways: at a desk, on a phone, without JavaScript, and with the keyboard alone.
"""

import re
import time
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Response, expect

from . import gates

OUTPUT = Path(__file__).resolve().parents[3] / ".output"
PAGES = OUTPUT / "pages"
# Seconds for anything to come that has to come. A debug build on a busy machine takes long to work out a password.
PATIENCE = 90


@dataclass(frozen=True)
class Way:
    """How a journey is walked. Only the first two look at each page: the others show the same pages."""

    name: str
    width: int
    height: int
    script: bool = True
    keyboard: bool = False
    gated: bool = False


DESK = Way("desk", 1280, 900, gated=True)
PHONE = Way("phone", 375, 812, gated=True)
NO_SCRIPT = Way("without-javascript", 1280, 900, script=False)
KEYBOARD = Way("keyboard", 1280, 900, keyboard=True)
# Somebody whose pages are another journey's subject.
UNSEEN = Way("unseen", 1280, 900)
WAYS = (DESK, PHONE, NO_SCRIPT, KEYBOARD)


@dataclass
class Seen:
    """Pages that passed the gates already in this run, so that each state of a page is measured once a size."""

    pages: set[tuple[str, str, str]] = field(default_factory=set)
    # Every address that was opened, whoever opened it and whatever became of it.
    urls: set[str] = field(default_factory=set)

    def is_new(self, way: Way, page: Page) -> bool:
        key = (way.name, page_pattern(page.url), re.sub(r"\d+", "#", page.title()))
        if key in self.pages:
            return False
        self.pages.add(key)
        return True


def page_pattern(url: str) -> str:
    """The path of an address with identifiers, references and tokens folded into one name."""
    path = re.sub(r"^https?://[^/]+", "", url).split("?")[0].split("#")[0]
    return "/".join(":id" if re.search(r"\d", part) or len(part) > 24 else part for part in path.split("/"))


class Person:
    def __init__(self, browser: Browser, way: Way, site: str, name: str, seen: Seen) -> None:
        self.way = way
        self.site = site
        self.name = name
        self.seen = seen
        self.faults: list[str] = []
        self.context: BrowserContext = browser.new_context(
            viewport={"width": way.width, "height": way.height},
            java_script_enabled=way.script,
            locale="en-GB",
            timezone_id="Europe/London",
            accept_downloads=True,
        )
        self.context.set_default_timeout(PATIENCE * 1_000)
        self.page: Page = self.context.new_page()
        self._document: Response | None = None
        self.page.on("console", self._on_console)
        self.page.on("pageerror", lambda error: self.faults.append(f"script error: {error}"))
        self.page.on("response", self._on_response)
        # Listened to from the beginning: the browser opens no chooser of its own, however soon a key is pressed.
        self.page.on("filechooser", lambda _: None)

    def _on_console(self, message: ConsoleMessage) -> None:
        """Errors, and every word about the content security policy. A refused form is a page with a status of its own."""
        is_status = message.text.startswith("Failed to load resource")
        if (message.type == "error" and not is_status) or re.search("Content.Security.Policy", message.text):
            self.faults.append(f"{self.page.url}: {message.text}")

    def _on_response(self, response: Response) -> None:
        if response.request.resource_type == "document":
            self._document = response
            self.seen.urls.add(response.url)
        elif response.status >= 400 and response.request.resource_type != "xhr":
            self.faults.append(f"{response.status} for {response.url}")

    # What a person does

    def comes_in_by(self, session: dict) -> None:
        """Is signed in by a session that was begun before."""
        self.context.add_cookies(session["cookies"])

    def goes_to(self, path: str) -> None:
        self.page.goto(path if path.startswith("http") else self.site + path)
        self._arrives()

    def fills(self, label: str, value: str, within: Locator | None = None) -> None:
        box = (within or self.page).get_by_label(label, exact=True)
        if self.way.keyboard:
            self._tabs_to(box)
            self.page.keyboard.press("Control+A")
            self.page.keyboard.type(value) if value else self.page.keyboard.press("Delete")
        else:
            box.fill(value)

    def fills_day(self, legend: str, day: str) -> None:
        """A date in three boxes; `day` is YYYY-MM-DD."""
        group = self.page.get_by_role("group", name=legend)
        for label, value in zip(("Day", "Month", "Year"), reversed(day.split("-")), strict=True):
            box = group.get_by_label(label, exact=True)
            if self.way.keyboard:
                self._tabs_to(box)
                self.page.keyboard.press("Control+A")
                self.page.keyboard.type(str(int(value)))
            else:
                box.fill(str(int(value)))

    def chooses(self, label: str | re.Pattern[str], among: str | None = None) -> None:
        """Ticks a radio button or a checkbox, in the group named `among` if the label is not enough."""
        scope = self.page.get_by_role("group", name=among) if among else self.page
        self.ticks(scope.get_by_label(label, exact=True))

    def ticks(self, control: Locator) -> None:
        if not self.way.keyboard:
            control.check()
            return
        self._tabs_to(control)
        for _ in range(40):
            if control.evaluate("element => element === document.activeElement"):
                break
            self.page.keyboard.press("ArrowDown")
        if not control.is_checked():
            self.page.keyboard.press("Space")
        expect(control).to_be_checked()

    def selects(self, label: str, option: str) -> None:
        box = self.page.get_by_label(label, exact=True)
        if self.way.keyboard:
            self._tabs_to(box)
            self.page.keyboard.type(option)
        else:
            box.select_option(label=option)
        expect(box.locator("option:checked")).to_have_text(option)

    def attaches(self, *paths: Path, to: str | None = None) -> None:
        """Puts files into the page's one upload square, or into that under the heading `to`."""
        native = self.page.locator("input[type=file]")
        if to is not None:
            heading = self.page.get_by_role("heading", name=to, exact=True).get_attribute("id") or ""
            native = self.page.locator(f"input[type=file][name='{heading.removesuffix('-heading')}']")
        names = [str(path) for path in paths]
        if not self.way.keyboard:
            native.set_input_files(names)
            return
        # With JavaScript the library puts a button in the place of the native control.
        square = self.page.locator("[data-module=nhsuk-file-upload]").filter(has=native)
        self._tabs_to((square.locator("button") if self.way.script else native).first)
        with self.page.expect_file_chooser() as chooser:
            self.page.keyboard.press("Space")
        chooser.value.set_files(names)

    def presses(self, name: str, within: Locator | None = None) -> None:
        """Presses a button that sends something."""
        self._activates((within or self.page).get_by_role("button", name=name, exact=True))

    def sends(self, name: str) -> None:
        """Presses the button of a form with files. With JavaScript a refused one stays, and its page is put in anew."""
        button = self.page.get_by_role("button", name=name, exact=True).first
        if not self.way.script:
            self._activates(button)
            return
        self.page.evaluate("() => { document.querySelector('main').dataset.before = 'yes' }")
        if self.way.keyboard:
            self._tabs_to(button)
            self.page.keyboard.press("Enter")
        else:
            button.click()
        self.page.wait_for_function("() => document.querySelector('main') && !document.querySelector('main').dataset.before")
        self._arrives()

    def presses_starting(self, beginning: str) -> None:
        """Presses the first button whose name begins so; the rest of it is for those who do not see the page."""
        self._activates(self.page.get_by_role("button", name=re.compile(f"^{re.escape(beginning)}")))

    def follows(self, name: str | re.Pattern[str], within: Locator | None = None) -> None:
        self._activates((within or self.page).get_by_role("link", name=name, exact=True))

    def follows_in_menu(self, name: str) -> None:
        """Follows a link of the site's menu, whose end is folded away on a phone."""
        menu = self.page.get_by_role("navigation", name="Menu")
        more = menu.get_by_role("button", name="More")
        if not menu.get_by_role("link", name=name, exact=True).is_visible() and more.is_visible():
            self.activates(more)
        self.follows(name, within=menu)

    def opens(self, name: str) -> None:
        """Opens a part of the page that is folded away."""
        summary = self.page.locator("summary").filter(has_text=name).first
        if self.way.keyboard:
            self._tabs_to(summary)
            self.page.keyboard.press("Enter")
        else:
            summary.click()

    def downloads(self, name: str | re.Pattern[str]) -> bytes:
        link = self.page.get_by_role("link", name=name).first
        with self.page.expect_download() as download:
            if self.way.keyboard:
                self._tabs_to(link)
                self.page.keyboard.press("Enter")
            else:
                link.click()
        return Path(download.value.path()).read_bytes()

    # What a person sees

    def part(self, heading: str) -> Locator:
        """The part of the page with this heading."""
        return self.page.get_by_role("region", name=heading, exact=True)

    def waits_for(self, text: str, at: str) -> None:
        """Opens a page again until what happens in the background shows there."""
        deadline = time.monotonic() + PATIENCE
        self.goes_to(at)
        while text not in self.page.locator("main").inner_text() and time.monotonic() < deadline:
            self.page.wait_for_timeout(300)
            self.page.reload()
        self.sees(text)

    def waits_until_nothing(self, text: str, at: str) -> None:
        """Opens a page again until it no longer says that something happens in the background."""
        deadline = time.monotonic() + PATIENCE
        self.goes_to(at)
        while text in self.page.locator("main").inner_text() and time.monotonic() < deadline:
            self.page.wait_for_timeout(300)
            self.page.reload()
        self.does_not_see(text)

    def sees(self, text: str | re.Pattern[str]) -> None:
        expect(self.page.locator("body")).to_contain_text(text)

    def does_not_see(self, text: str | re.Pattern[str]) -> None:
        expect(self.page.locator("body")).not_to_contain_text(text)

    def sees_heading(self, text: str | re.Pattern[str]) -> None:
        expect(self.page.locator("h1")).to_contain_text(text)

    def sees_problem(self, text: str) -> None:
        """The same words in the summary above and beside the field."""
        expect(self.page.locator(".nhsuk-error-summary")).to_contain_text(text)
        expect(self.page.locator(".nhsuk-error-message").filter(has_text=text).first).to_be_visible()

    def leaves(self) -> None:
        self.context.close()

    # How

    def activates(self, control: Locator) -> None:
        """Uses a link or button, whatever comes of it."""
        expect(control.first).to_be_visible()
        if self.way.keyboard:
            self._tabs_to(control.first)
            self.page.keyboard.press("Enter")
        else:
            control.first.click()

    def _activates(self, control: Locator) -> None:
        with self.page.expect_navigation():
            self.activates(control)
        self._arrives()

    def _tabs_to(self, control: Locator) -> None:
        expect(control).to_be_visible()
        for _ in range(250):
            at_it = control.evaluate(
                """element => element === document.activeElement
                    || element.type === 'radio' && document.activeElement?.type === 'radio'
                       && element.name === document.activeElement.name"""
            )
            if at_it:
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"the keyboard does not reach {control}")

    def _arrives(self) -> None:
        self.page.wait_for_load_state("load")
        if not self.way.gated or not self.seen.is_new(self.way, self.page):
            return
        title = self.page.title().split(" – ")[0]
        name = re.sub(r"[^a-z0-9]+", "-", f"{self.name} {page_pattern(self.page.url)} {title}".lower())[:100]
        folder = OUTPUT / "screenshots" / self.way.name
        folder.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=folder / f"{name.strip('-')}.png", full_page=True)
        if self._document is not None:
            # As it was sent, before any script changed it: the HTML checker reads these at the end.
            PAGES.mkdir(parents=True, exist_ok=True)
            (PAGES / f"{name.strip('-')}.html").write_bytes(self._document.body())
        self.faults += [f"{page_pattern(self.page.url)} “{self.page.title()}”: {fault}" for fault in gates.faults_of(self.page)]
