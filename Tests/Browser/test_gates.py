"""Each gate must find the fault it is there for, and nothing on a page without one."""

import pytest
from playwright.sync_api import Browser, Page

from harness import gates

STYLE = "<style>a:focus, button:focus { outline: 3px solid black } .skip { outline: none !important }</style>"


@pytest.fixture
def page(browser: Browser):
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def shows(page: Page, body: str, title: str = "Page – Access to records – Meadowbank") -> Page:
    page.set_content(f'<!DOCTYPE html><html lang="en"><head><title>{title}</title>{STYLE}</head><body>{body}</body></html>')
    return page


def test_a_sound_page_passes_every_gate(page: Page) -> None:
    shows(page, '<main><h1>Requests</h1><p>Read <a href="#a">the guide</a> first.</p><p>7</p><button>Continue with this</button></main>')
    assert gates.faults_of(page) == []


@pytest.mark.parametrize(
    ("gate", "body", "words"),
    [
        (gates.accessible, "<main><h1>A</h1><img src='data:,'></main>", "axe image-alt"),
        (gates.accessible, "<main><h1>A</h1><input></main>", "axe label"),
        (gates.well_formed, "<main><h1>A</h1><h1>B</h1></main>", "2 h1"),
        (gates.well_formed, "<main><h1 id='a'>A</h1><p id='a'>B</p></main>", "used twice: a"),
        (gates.well_formed, "<main><h1>A</h1>&lt;h2&gt;B&lt;/h2&gt;</main>", "shown as text"),
        (gates.well_formed, "<main><div class='nhsuk-error-summary'></div><h1>A</h1></main>", "error summary"),
        (gates.accessible, "<main><h1>A</h1><p style='color: #ccc'>Pale words</p></main>", "axe color-contrast"),
        (gates.accessible, "<main><h1>A</h1><p style='color: #ccc'>7</p></main>", "cannot decide color-contrast"),
        (
            gates.accessible,
            "<main><h1>A</h1><p style='background: linear-gradient(#fff, #000)'>B</p></main>",
            "cannot decide color-contrast",
        ),
        (
            gates.accessible,
            "<main><h1>A</h1><p style='forced-color-adjust: none; color: #ccc; background: #fff'>Pale words</p></main>",
            "with forced colours, color-contrast",
        ),
        (gates.reflows, "<main><h1>A</h1><p style='width: 600px'>B</p></main>", "at 320 px the page scrolls sideways"),
        (gates.reflows, "<main><h1>A</h1><p style='width: 70rem'>B</p></main>", "at 200% the page scrolls sideways"),
        (gates.reflows, "<main><h1>A</h1><p style='height: 20px; overflow: hidden'>B</p></main>", "text is cut off"),
        (
            gates.reflows,
            "<main><h1>A</h1><div style='overflow-x: auto'><p style='width: 600px'>B</p></div></main>",
            "no named region",
        ),
        (
            gates.big_enough_targets,
            "<main><h1>A</h1>" + "<button style='width: 14px; height: 14px; padding: 0'>x</button>" * 3 + "</main>",
            "14 x 14",
        ),
        (gates.keyboard_walk, "<main><h1>A</h1><button style='outline: none'>B</button></main>", "cannot be seen"),
        (gates.keyboard_walk, "<main><h1>A</h1><a href='#a' style='position: fixed; top: -500px'>B</a></main>", "out of view"),
        (
            gates.keyboard_walk,
            "<main><h1>A</h1><a href='#a'>B</a><a href='#b' tabindex='1'>C</a></main>",
            "does not reach",
        ),
    ],
)
def test_a_gate_finds_its_fault(page: Page, gate, body: str, words: str) -> None:
    found = gate(shows(page, body))
    assert any(words in fault for fault in found), found


def test_a_title_without_its_pattern_is_a_fault(page: Page) -> None:
    assert gates.well_formed(shows(page, "<main><h1>A</h1></main>", title="Requests"))
