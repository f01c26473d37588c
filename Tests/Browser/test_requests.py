"""Journeys 4 and 5: a request for one's own records, and one for the records of somebody who has died."""

from collections.abc import Callable
from pathlib import Path

import pytest

from harness import papers
from harness.outbox import Outbox
from harness.requester import Requester
from harness.sessions import APPLICANT


@pytest.fixture
def passport(tmp_path: Path) -> Path:
    return papers.photo(tmp_path / "passport photo page.png")


@pytest.fixture
def bill(tmp_path: Path) -> Path:
    return papers.letter(tmp_path / "council tax bill.pdf", "Council tax bill, made up")


def test_asking_for_ones_own_records(
    applicant: Callable[[str], Requester], outbox: Outbox, passport: Path, bill: Path, tmp_path: Path
) -> None:
    back = papers.photo(tmp_path / "passport back page.png")
    person = applicant("patient")
    reference = person.asks_for_own_records("Aoife", "Brennan", [passport, back], [bill])
    person.sees(f"We have sent an email with your reference number to {APPLICANT.email}")
    assert outbox.has(APPLICANT.email, reference)
    person.opens_request(reference)
    person.sees_heading("Aoife Brennan")
    person.sees("The time to reply has not started")
    person.sees("passport photo page.png")


def test_what_is_wrong_is_said_and_what_was_typed_is_kept(
    applicant: Callable[[str], Requester], tmp_path: Path
) -> None:
    person = applicant("hasty")
    person.goes_to("/new-request")
    person.presses("Continue")
    person.sees("There is a problem")
    person.begins_request("Living patient")
    person.opens_task("Who is asking, and on what authority")
    person.presses("Continue")
    person.sees_problem("Select who you are asking for")
    person.picks("I am the patient")
    person.gives_name("Hasty", "O’Neill-Featherstonehaugh")
    person.gives_address()
    person.continues()
    person.opens_task("Who the records are about")
    person.fills_day("What is the patient's date of birth?", "1984-13-45")
    person.continues()
    person.sees("There is a problem")
    person.fills_day("What is the patient's date of birth?", "1984-03-27")
    person.continues()
    person.continues()
    person.picks("Yes")
    person.fills("What is the patient's NHS number?", "999 004 1874")
    person.continues()
    person.sees("There is a problem")
    assert person.page.get_by_label("What is the patient's NHS number?").input_value() == "999 004 1874"
    draft = person.page.url.split("/pages/")[0]
    person.goes_to(f"{draft}/pages/identity")
    empty = tmp_path / "empty.pdf"
    empty.touch()
    person.attaches(empty)
    person.sends("Upload")
    person.sees_problem("is empty")
    person.goes_to(f"{draft}/check")
    person.sees("What is still missing")
    person.goes_to(f"{draft}/delete")
    person.presses("Delete this request")
    person.sees("Your unsent request has been deleted.")


def test_asking_for_the_records_of_somebody_who_has_died(
    applicant: Callable[[str], Requester], outbox: Outbox, passport: Path, bill: Path, tmp_path: Path
) -> None:
    will = papers.letter(tmp_path / "will.pdf", "Last will, made up")
    person = applicant("executor")
    person.begins_request("Deceased patient")
    person.opens_task("Who is asking, and by what right")
    person.picks("I am the executor named in the will")
    person.gives_name("Ellen", "Birtwhistle")
    person.continues()
    person.gives_address()
    person.continues()
    person.answers("How were you related to the patient?", "Daughter")
    person.opens_task("Who the records are about")
    person.gives_name("Joan", "Birtwhistle")
    person.fills_day("What was the patient's date of birth?", "1934-03-27")
    person.continues()
    person.fills_day("When did the patient die?", "2026-08-05")
    person.continues()
    person.continues()
    person.picks("No")
    person.continues()
    person.gives_address()
    person.opens_task("Records you need")
    person.answers("What do you need?", "The last admission.")
    person.picks("Everything you hold")
    person.continues()
    person.picks("No")
    person.opens_task("Proof of identity")
    person.uploads(passport)
    person.opens_task("Proof of address")
    person.uploads(bill)
    person.opens_task("Proof of your right to the records")
    person.attaches(will, to="Upload the will or the grant of probate")
    person.sends("Upload")
    person.sees("will.pdf")
    person.continues()
    reference = person.sends_request()
    assert outbox.has(APPLICANT.email, reference)
