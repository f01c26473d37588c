"""The gates of every page. Each function returns the faults it found, in words; none is a pass."""

import re
from collections.abc import Callable
from importlib.resources import files

from playwright.sync_api import Page
from playwright.sync_api import TimeoutError as PlaywrightTimeout

AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
# `region` alone is off: the back link stands outside `main`, as the NHS library wants it and as it tests it.
AXE_OPTIONS = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "rules": {"region": {"enabled": False}},
    "resultTypes": ["violations"],
}

# A radio button or checkbox that reveals a field gets `aria-expanded` from the NHS library's own script. Both libraries
# leave the rule out for these (alphagov/govuk-frontend#979): screen readers do say it, and nothing else would.
LIBRARY_REVEALS = re.compile(r'<input class="nhsuk-(radios|checkboxes)__input"[^>]*aria-expanded=')


def accessible(page: Page) -> list[str]:
    # Evaluated by the driver, not by a script element, so the page's own content security policy stays in force.
    page.evaluate(AXE)
    violations = page.evaluate("options => axe.run(document, options).then(result => result.violations)", AXE_OPTIONS)
    for violation in violations:
        if violation["id"] == "aria-allowed-attr":
            violation["nodes"] = [node for node in violation["nodes"] if not LIBRARY_REVEALS.search(node["html"])]
    violations = [violation for violation in violations if violation["nodes"]]
    return [
        f"axe {violation['id']}: {violation['help']}: {violation['nodes'][0]['html'][:160]}"
        f" ({len(violation['nodes'])} in all)"
        for violation in violations
    ]


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
    if found["title"].count(" – ") < 1:
        faults.append(f"the title is “{found['title']}”, not “page – service – organisation”")
    if found["summary"] != found["title"].startswith("Error: "):
        faults.append(f"the title is “{found['title']}” and an error summary is {'' if found['summary'] else 'not '}there")
    if found["markup"]:
        faults.append(f"markup is shown as text: {found['markup']}")
    if not found["language"]:
        faults.append("the page does not name its language")
    return faults


def reflows(page: Page) -> list[str]:
    """No sideways scrolling at 320 CSS px, which is 1280 px at 400%, also with wide text spacing."""
    size = page.viewport_size
    page.set_viewport_size({"width": 320, "height": 256})
    faults = _sideways(page, "at 320 px")
    # WCAG 1.4.12. A constructed sheet, because the content security policy rightly refuses an inline one.
    page.evaluate(
        """() => {
            const sheet = new CSSStyleSheet();
            sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
                word-spacing: 0.16em !important } p { margin-bottom: 2em !important }`);
            document.adoptedStyleSheets = [sheet];
        }"""
    )
    faults += _sideways(page, "at 320 px with wide text spacing")
    page.evaluate("() => { document.adoptedStyleSheets = [] }")
    page.set_viewport_size(size)
    return faults


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
