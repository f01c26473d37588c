"""On paper a case is its words alone: no menus, no buttons."""

from playwright.sync_api import expect

from harness.member import Member
from harness.person import OUTPUT, UNSEEN

NOT_PRINTED = (
    ".app-demo", ".nhsuk-header__navigation", ".nhsuk-header__account", ".app-subnav", ".app-actions",
    ".nhsuk-breadcrumb", ".nhsuk-footer", ".nhsuk-button",
)  # fmt: skip


def test_a_case_and_its_history_print_without_what_leads_elsewhere(arrives, medico_legal: dict) -> None:
    person = arrives(Member, "medico-legal", UNSEEN)
    person.comes_in_by(medico_legal)
    person.goes_to("/requests?state=open")
    person.page.locator("tbody a").first.click()
    person.sees_heading(" ")
    case = person.page.url
    folder = OUTPUT / "screenshots" / "print"
    folder.mkdir(parents=True, exist_ok=True)
    for name, address in (("case", case), ("history", f"{case}/history")):
        person.goes_to(address)
        person.page.emulate_media(media="print")
        for selector in NOT_PRINTED:
            for part in person.page.locator(selector).all():
                expect(part).to_be_hidden()
        expect(person.page.locator("h1")).to_be_visible()
        expect(person.page.locator(".app-timeline").first).to_be_visible()
        widths = "() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]"
        assert len(set(person.page.evaluate(widths))) == 1, "the paper is wide enough"
        person.page.screenshot(path=folder / f"{name}.png", full_page=True)
        assert person.page.pdf(path=folder / f"{name}.pdf", format="A4").startswith(b"%PDF-")
        person.page.emulate_media(media="screen")
