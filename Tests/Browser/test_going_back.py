"""The back button, two tabs, and names that are not written in English: what people do, and no form expects."""

from collections.abc import Callable
from pathlib import Path

import pytest

from harness import papers
from harness.member import Member
from harness.outbox import Outbox
from harness.person import DESK, NO_SCRIPT, PHONE, Way
from harness.requester import Requester
from harness.server import Server

pytestmark = pytest.mark.parametrize("way", [DESK, PHONE, NO_SCRIPT], ids=lambda way: way.name)

# Right to left, a letter that is two code points, an apostrophe, and an emoji outside the first plane.
GIVEN = "נועה Zoë"
FAMILY = "العلي O’Ṋeill 🏥"


def test_a_name_in_other_scripts_from_the_form_to_the_desk(
    applicant: Callable[[str], Requester], member: Callable[[str], Member], medico_legal: dict, way: Way, tmp_path: Path
) -> None:
    person = applicant("other-scripts")
    letter = papers.letter(tmp_path / "פספורט 📄.pdf", "Made-up passport")
    reference = person.asks_for_own_records(GIVEN, FAMILY, [letter], [letter])
    person.opens_request(reference)
    person.sees_heading(f"{GIVEN} {FAMILY}")
    person.sees("פספורט 📄.pdf")
    staff = member("reads-other-scripts")
    staff.comes_in_by(medico_legal)
    staff.finds(reference)
    staff.sees_heading(f"{GIVEN} {FAMILY}")
    staff.goes_to("/search?q=العلي")
    staff.sees(reference)


def test_a_request_that_was_sent_is_not_sent_again_by_going_back(
    applicant: Callable[[str], Requester], outbox: Outbox, way: Way, tmp_path: Path
) -> None:
    person = applicant("goes-back")
    paper = papers.letter(tmp_path / "passport.pdf", "Made-up passport")
    reference = person.asks_for_own_records("Greta", f"Backman {way.name}", [paper], [paper])
    person.page.go_back()
    person.page.reload()
    # The draft has become the request: there is nothing left to send.
    assert person.page.get_by_role("button", name="Submit", exact=True).count() == 0
    person.goes_to("/requests")
    table = person.page.locator("main")
    assert table.get_by_text(f"Backman {way.name}").count() == 1, "one press of the button, one request"
    person.opens_request(reference)
    person.sees_heading(f"Greta Backman {way.name}")


def test_a_draft_in_two_tabs_keeps_what_was_typed_in_both(
    applicant: Callable[[str], Requester], requester: Callable[[str], Requester]
) -> None:
    first = applicant("first-tab")
    first.begins_request("Living patient")
    draft = first.page.url
    first.opens_task("Who is asking, and on what authority")
    second = requester("second-tab")
    second.comes_in_by(first.context.storage_state())
    second.goes_to(draft)
    second.opens_task("How you want to get the records")
    second.picks("Download from this website")
    # The first tab's page is older than the second's answer, and must not undo it. A task goes on at its first question
    # without an answer, so the heading tells which are kept.
    first.picks("I am the patient")
    first.goes_to(draft)
    first.opens_task("How you want to get the records")
    first.sees_heading("Do you need anything from us")
    second.goes_to(draft)
    second.opens_task("Who is asking, and on what authority")
    second.sees_heading("What is your name?")


def test_going_back_after_signing_out_shows_nothing(
    requester: Callable[[str], Requester], server: Server
) -> None:
    known = server.requesters[1]
    person = requester("leaves-the-library")
    person.signs_in(known.email, known.password)
    person.goes_to("/requests")
    reference = person.page.locator("tbody a").first.inner_text().strip()
    person.page.locator("tbody a").first.click()
    person.sees(reference)
    person.logs_out()
    for _ in range(2):
        person.page.go_back()
        person.does_not_see(reference)
