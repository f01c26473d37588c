"""The gates of every page. Each function returns the faults it found, in words; none is a pass."""

import re
from collections.abc import Callable, Iterator
from importlib.resources import files

from playwright.sync_api import Page
from playwright.sync_api import TimeoutError as PlaywrightTimeout

AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
# `region` alone is off: the back link stands outside `main`, as the NHS library wants it and as it tests it.
AXE_OPTIONS = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "rules": {"region": {"enabled": False}},
    "resultTypes": ["violations", "incomplete"],
}
# The rules whose answer depends on how the page is drawn; what the others read is the same in every colour.
DRAWN = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block", "target-size"]},
    "resultTypes": ["violations"],
}
# What axe could not decide, decided by a person: what kept it from deciding, in which elements, and why it is no fault.
DECIDED = (
    (
        "color-contrast: pseudoContent",
        ".nhsuk-radios__label, .nhsuk-checkboxes__label",
        "the circle or box that the library draws for a choice stands beside its words, not behind them",
    ),
    (
        "color-contrast: pseudoContent",
        ".app-timeline li",
        "the dot and the line of the timeline stand left of the words",
    ),
    (
        "color-contrast: elmPartiallyObscuring",
        ".nhsuk-tag",
        "a tag of two lines is taller than the line it stands in, and has a background of its own",
    ),
    (
        "color-contrast: nonBmp",
        ".nhsuk-pagination__item--ellipsis",
        "three dots, as dark as the numbers beside them, for the pages between",
    ),
    (
        "color-contrast: elmPartiallyObscured",
        ".app-scroll",
        "what is out of sight comes into view by scrolling; at 1280 px the same table is judged whole",
    ),
    (
        "color-contrast: shortTextContent",
        ".app-scroll",
        "the same of a single digit",
    ),
)

# A radio button or checkbox that reveals a field gets `aria-expanded` from the NHS library's own script. Both libraries
# leave the rule out for these (alphagov/govuk-frontend#979): screen readers do say it, and nothing else would.
LIBRARY_REVEALS = re.compile(r'<input class="nhsuk-(radios|checkboxes)__input"[^>]*aria-expanded=')


def accessible(page: Page) -> list[str]:
    # Evaluated by the driver, not by a script element, so the page's own content security policy stays in force.
    page.evaluate(AXE)
    found = _axe(page, AXE_OPTIONS)
    for violation in found["violations"]:
        if violation["id"] == "aria-allowed-attr":
            violation["nodes"] = [node for node in violation["nodes"] if not LIBRARY_REVEALS.search(node["html"])]
    for open_question in found["incomplete"]:
        open_question["nodes"] = [node for node in open_question["nodes"] if not _is_decided(page, open_question, node)]
    # The same colours as the system's own, and nothing that moves.
    page.emulate_media(forced_colors="active", reduced_motion="reduce")
    forced = _axe(page, DRAWN)["violations"]
    page.emulate_media(forced_colors="none", reduced_motion="no-preference")
    return [
        *_told("axe", found["violations"]),
        *_told("axe cannot decide", found["incomplete"]),
        *_told("axe, with forced colours,", forced),
    ]


def _is_decided(page: Page, question: dict, node: dict) -> bool:
    data = (node["any"][0]["data"] if node["any"] else None) or {}
    if not isinstance(data, dict):
        return False
    # axe leaves a single character open though it has measured the contrast, since it may be a drawing. Ours are digits.
    if data.get("messageKey") == "shortTextContent":
        if data["contrastRatio"] >= float(data["expectedContrastRatio"].removesuffix(":1")):
            return True
    why = f"{question['id']}: {data.get('messageKey')}"
    places = ", ".join(places for reason, places, _ in DECIDED if reason == why)
    return bool(places) and page.evaluate(
        "([target, places]) => document.querySelector(target)?.closest(places) != null", [node["target"][0], places]
    )


def _axe(page: Page, options: dict) -> dict:
    return page.evaluate(
        "options => axe.run(document, options).then(({ violations, incomplete }) => ({ violations, incomplete }))", options
    )


def _told(how: str, results: list[dict]) -> Iterator[str]:
    for result in results:
        if result["nodes"]:
            first, count = result["nodes"][0], len(result["nodes"])
            yield f"{how} {result['id']}: {result['help']}: {first['html'][:160]} ({count} in all)"


def well_formed(page: Page) -> list[str]:
    """One h1, no id twice, no markup in the words, a title of the pattern, and "Error: " before it when there is a problem to mend."""
    found = page.evaluate(
        """() => {
            const ids = [...document.querySelectorAll('[id]')].map(element => element.id);
            return {
                headings: document.querySelectorAll('h1').length,
                twice: [...new Set(ids.filter((id, index) => ids.indexOf(id) !== index))],
                title: document.title,
                language: document.documentElement.lang,
                summary: document.querySelector('.nhsuk-error-summary') !== null,
                markup: (document.body.innerText.match(/<\\/?(h[1-6]|p|ul|li|a|div|span|br|b|strong|bdi)\\b[^\\n]{0,60}/) ?? [''])[0],
            };
        }"""
    )
    faults = []
    if found["headings"] != 1:
        faults.append(f"{found['headings']} h1 headings")
    if found["twice"]:
        faults.append(f"ids used twice: {', '.join(found['twice'])}")
    if found["title"].count(" – ") < 2:
        faults.append(f"the title is “{found['title']}”, not “page – service – organisation”")
    if found["summary"] != found["title"].startswith("Error: "):
        faults.append(f"the title is “{found['title']}” and an error summary is {'' if found['summary'] else 'not '}there")
    if found["markup"]:
        faults.append(f"markup is shown as text: {found['markup']}")
    if not found["language"]:
        faults.append("the page does not name its language")
    return faults


# WCAG 1.4.12: what a reader may set, and the page must bear.
WIDE_SPACING = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
    p { margin-bottom: 2em !important }"""
# Pixels: what browsers begin with.
TEXT = {"standard": 16, "fixed": 13}


def reflows(page: Page) -> list[str]:
    """No sideways scrolling and no text cut off: as it is, with text twice as large, at 320 CSS px, which is 1280 px at
    400%, and there with wide text spacing."""
    size = page.viewport_size
    faults = _sideways(page, f"at {size['width']} px")
    # WCAG 1.4.4: a reader who asks the browser for text twice as large, and for nothing else.
    if size["width"] >= 1280:
        settings = page.context.new_cdp_session(page)
        settings.send("Page.setFontSizes", {"fontSizes": {name: 2 * size for name, size in TEXT.items()}})
        faults += _sideways(page, "with text at 200%") + _cut_off(page, "with text at 200%")
        settings.send("Page.setFontSizes", {"fontSizes": TEXT})
        settings.detach()
    page.set_viewport_size({"width": 320, "height": 256})
    faults += _sideways(page, "at 320 px") + _unlabelled_scrolling(page)
    _style(page, WIDE_SPACING)
    faults += _sideways(page, "at 320 px with wide text spacing") + _cut_off(page, "at 320 px with wide text spacing")
    _style(page, "")
    page.set_viewport_size(size)
    return faults


def _style(page: Page, text: str) -> None:
    # A constructed sheet, because the content security policy rightly refuses an inline one.
    page.evaluate(
        """text => {
            const sheet = new CSSStyleSheet();
            sheet.replaceSync(text);
            document.adoptedStyleSheets = text ? [sheet] : [];
        }""",
        text,
    )


def _cut_off(page: Page, when: str) -> list[str]:
    """Boxes that hide a part of their words. What is hidden from the eye on purpose is a pixel large."""
    found = page.evaluate(
        """() => [...document.querySelectorAll('body *')].filter(element => {
            if (!element.textContent.trim() || !element.checkVisibility({ visibilityProperty: true })) return false;
            const style = getComputedStyle(element), box = element.getBoundingClientRect();
            if (box.width <= 1 || box.height <= 1) return false;
            const hides = kind => ['hidden', 'clip'].includes(kind);
            return hides(style.overflowX) && element.scrollWidth > element.clientWidth + 1
                || hides(style.overflowY) && element.scrollHeight > element.clientHeight + 1;
        }).map(element => element.outerHTML.slice(0, 120))"""
    )
    return [f"{when} text is cut off in {one}" for one in found]


def _unlabelled_scrolling(page: Page) -> list[str]:
    """What scrolls by itself can be reached by keyboard and has a name."""
    found = page.evaluate(
        """() => [...document.querySelectorAll('body *')].filter(element =>
            ['auto', 'scroll'].includes(getComputedStyle(element).overflowX)
            && element.scrollWidth > element.clientWidth && element.tagName !== 'TEXTAREA'
            && !(element.tabIndex === 0 && element.matches('[role=region][aria-labelledby], [role=region][aria-label]'))
        ).map(element => element.outerHTML.slice(0, 120))"""
    )
    return [f"what scrolls is no named region: {one}" for one in found]


def _sideways(page: Page, when: str) -> list[str]:
    try:
        # The header folds its menu a moment after a resize, so a narrow page is given that moment.
        page.wait_for_function(
            "() => document.documentElement.scrollWidth <= document.documentElement.clientWidth", timeout=1_000
        )
        return []
    except PlaywrightTimeout:
        pass
    overflow = page.evaluate(
        """() => {
            const root = document.documentElement;
            // An element inside a region that scrolls by itself is not what widens the page.
            const contained = element => {
                for (let up = element.parentElement; up; up = up.parentElement) {
                    if (['auto', 'scroll', 'hidden', 'clip'].includes(getComputedStyle(up).overflowX)) return true;
                }
                return false;
            };
            const wide = [...document.querySelectorAll('body *')].filter(element =>
                element.getBoundingClientRect().right > root.clientWidth + 1 && !contained(element));
            return { by: root.scrollWidth - root.clientWidth,
                     first: wide.length ? wide[wide.length - 1].outerHTML.slice(0, 160) : '' };
        }"""
    )
    return [f"{when} the page scrolls sideways by {overflow['by']} px: {overflow['first']}"]


def big_enough_targets(page: Page) -> list[str]:
    """Every target that is not a link in a sentence is at least 24 by 24 px, or has that much room (WCAG 2.5.8)."""
    small = page.evaluate(
        """() => {
            const box = element => element.getBoundingClientRect();
            const visible = element => element.checkVisibility({ visibilityProperty: true, opacityProperty: false })
                && box(element).width > 0 && box(element).height > 0;
            const targets = [...document.querySelectorAll(
                'a[href], button, input:not([type=hidden]), select, textarea, summary')].filter(visible);
            const inline = element => {
                if (element.tagName !== 'A' || getComputedStyle(element).display !== 'inline') return false;
                const block = element.closest('p, li, dd, dt, td, th, label, span, div');
                return block !== null && block.textContent.trim() !== element.textContent.trim();
            };
            const hidden = element => box(element).right <= 0 || box(element).bottom <= 0
                || (box(element).width <= 1 && box(element).height <= 1);
            const centre = element => ({ x: (box(element).left + box(element).right) / 2,
                                         y: (box(element).top + box(element).bottom) / 2 });
            const roomy = element => {
                const here = centre(element);
                return targets.every(other => {
                    if (other === element || other.contains(element) || element.contains(other)) return true;
                    const there = box(other);
                    const dx = Math.max(there.left - here.x, 0, here.x - there.right);
                    const dy = Math.max(there.top - here.y, 0, here.y - there.bottom);
                    return Math.hypot(dx, dy) >= 12;
                });
            };
            return targets
                .filter(element => !hidden(element) && !inline(element))
                .filter(element => Math.round(box(element).height) < 24 || Math.round(box(element).width) < 24)
                .filter(element => !roomy(element))
                .map(element => `${Math.round(box(element).width)} x ${Math.round(box(element).height)} px: `
                    + element.outerHTML.slice(0, 120));
        }"""
    )
    return [f"a target is too small, {one}" for one in small]


def keyboard_walk(page: Page) -> list[str]:
    """Tab reaches every visible control, in the order of the page, each with a visible focus and in view."""
    # Focus on the body makes the next Tab start from the top, wherever the page had put it.
    page.evaluate(
        """() => {
            document.body.tabIndex = -1;
            document.body.focus();
            document.body.removeAttribute('tabindex');
            window.scrollTo(0, 0);
        }"""
    )
    expected = page.evaluate(
        """() => {
            const list = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, '
                + 'summary, [tabindex="0"]')].filter(element =>
                    !element.disabled && element.tabIndex >= 0
                    && element.checkVisibility({ visibilityProperty: true })
                    && !element.closest('[hidden], [inert]'));
            const groups = new Set();
            window.walk = list.filter(element => {
                if (element.type !== 'radio') return true;
                // One stop a group: the chosen one, or the first.
                const group = [...document.querySelectorAll(`input[type=radio][name="${CSS.escape(element.name)}"]`)];
                if (groups.has(element.name) || element !== (group.find(radio => radio.checked) ?? element)) return false;
                groups.add(element.name);
                return true;
            });
            return window.walk.length;
        }"""
    )
    faults = []
    visited = []
    for _ in range(expected + 5):
        page.keyboard.press("Tab")
        stop = page.evaluate(
            """() => {
                const element = document.activeElement;
                if (!element || element === document.body) return null;
                const style = getComputedStyle(element), box = element.getBoundingClientRect();
                const marked = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0
                    || style.boxShadow !== 'none' || style.backgroundColor === 'rgb(255, 235, 59)';
                return { index: window.walk.indexOf(element), marked, html: element.outerHTML.slice(0, 120),
                         inView: box.bottom > 0 && box.top < window.innerHeight };
            }"""
        )
        if stop is None or (visited and stop["index"] == visited[0]):
            break
        visited.append(stop["index"])
        if not stop["marked"]:
            faults.append(f"focus cannot be seen on {stop['html']}")
        if not stop["inView"]:
            faults.append(f"focus is out of view on {stop['html']}")
    reached = [index for index in visited if index >= 0]
    if reached != sorted(reached):
        faults.append(f"Tab does not follow the order of the page: {reached}")
    for index in sorted(set(range(expected)) - set(reached)):
        faults.append("Tab does not reach " + page.evaluate("index => window.walk[index].outerHTML.slice(0, 120)", index))
    return faults


# The reflow comes last: after the window was narrow the header takes a moment to unfold its menu.
GATES: tuple[Callable[[Page], list[str]], ...] = (well_formed, accessible, big_enough_targets, keyboard_walk, reflows)


def faults_of(page: Page) -> list[str]:
    return [fault for gate in GATES for fault in gate(page)]
