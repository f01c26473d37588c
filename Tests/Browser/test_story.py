"""The main job, end to end: a person asks, the trust answers in time, the files arrive."""

import datetime
import re
from collections.abc import Callable
from pathlib import Path

from harness import papers
from harness.member import Member
from harness.outbox import Outbox
from harness.requester import Requester
from harness.server import Server

TODAY = datetime.date.today().isoformat()


def test_from_the_first_click_to_the_download(
    requester: Callable[[str], Requester],
    member: Callable[[str], Member],
    medico_legal: dict,
    server: Server,
    outbox: Outbox,
    email: str,
    tmp_path: Path,
) -> None:
    patient = requester("patient")
    patient.registers(outbox, email)
    patient.signs_in(email)
    passport = papers.photo(tmp_path / "passport.png")
    bill = papers.letter(tmp_path / "council tax bill.pdf", "Council tax bill, made up")
    reference = patient.asks_for_own_records("Oluwaseun", "Adébáyọ̀", [passport], [bill])
    assert outbox.has(email, f"We have your request {reference}")

    staff = member("medico-legal")
    staff.comes_in_by(medico_legal)
    staff.goes_to("/")
    staff.sees_heading("Today")
    staff.finds(reference)
    case = staff.page.url.split("?")[0]
    staff.sees("You cannot release this case yet.")
    staff.accepts("Identity", "Passport", arrived=TODAY, expires="2031-05-05")
    staff.accepts("Address", "Council tax bill", arrived=TODAY, issued=TODAY)
    staff.accepts("Authority", arrived=TODAY)
    staff.goes_to(f"{case}/clock")
    staff.sees("28")
    staff.presses("Pause clock")
    staff.ticks(staff.page.get_by_role("group", name="Why does the clock stop?").get_by_role("radio").first)
    staff.fills("What do you ask the requester?", "Please send the letter that names the clinic.")
    staff.chooses("A document")
    staff.presses("Send and pause the clock")
    staff.sees("The question is sent, and the clock is stopped.")
    assert outbox.has(email, f"A question about your request {reference}")

    patient.goes_to("/home")
    patient.sees("There is a question that needs your attention.")
    patient.opens_request(reference)
    patient.sees("The clock is stopped")
    patient.presses_starting("Read this question and send a document")
    patient.attaches(papers.letter(tmp_path / "clinic letter.pdf", "Letter of a clinic, made up"))
    patient.fills("Your message (optional)", "It was the hip clinic.")
    patient.sends("Save")
    patient.sees("Your answer has been sent to the trust.")

    staff.goes_to(case)
    staff.sees("It was the hip clinic.")
    staff.goes_to(f"{case}/clock")
    staff.follows(re.compile("^Restart the clock"), within=staff.page.locator("main"))
    staff.presses("Restart the clock")
    staff.sees("The clock runs again.")
    staff.goes_to(f"{case}/files")
    staff.attaches(
        papers.letter(tmp_path / "case notes.pdf", "Made-up case notes"),
        papers.photo(tmp_path / "x-ray of the hip.png"),
    )
    staff.sends("Add the files")
    staff.waits_for("Not scanned", at=f"{case}/files")
    staff.goes_to(f"{case}/release")
    staff.passes_release_check()
    staff.presses("Release files")
    staff.presses("Continue to the covering note")
    staff.presses("Release the files")
    staff.sees("The files are released, and the requester has been told.")
    assert outbox.has(email, f"Files are ready for your request {reference}")

    patient.opens_request(reference)
    assert patient.downloads("case notes.pdf").startswith(b"%PDF-")
    assert patient.downloads("x-ray of the hip.png").startswith(b"\x89PNG")

    staff.goes_to(f"{case}/history")
    for what in ("M. Hughes", "Requester", datetime.date.today().strftime("%-d %B %Y"), "downloaded"):
        staff.sees(re.compile(what, re.IGNORECASE))
