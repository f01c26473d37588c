"""Journey 8: a letter is logged, its proofs are checked, the clock is stopped and started, the files are released."""

import datetime
import re
from collections.abc import Callable
from pathlib import Path

from harness import papers
from harness.member import Member
from harness.outbox import Outbox
from harness.person import Way
from harness.server import Server

TODAY = datetime.date.today()


def days_ago(count: int) -> str:
    return (TODAY - datetime.timedelta(days=count)).isoformat()


def test_from_a_letter_to_the_release(
    member: Callable[[str], Member], server: Server, outbox: Outbox, way: Way, tmp_path: Path
) -> None:
    person = member("medico-legal")
    person.signs_in(outbox, server.staff[0])
    person.sees_heading("Today")
    person.follows_in_menu("New request")
    person.presses("Log the request")
    person.sees("There is a problem")
    person.chooses("Letter")
    person.fills_day("When did it reach the trust?", days_ago(3))
    person.chooses("Living patient")
    person.fills("First names", "Edith", within=person.part("The patient"))
    person.fills("Last name", f"Hargreaves {way.name}", within=person.part("The patient"))
    person.fills_day("Date of birth (optional)", "1951-02-28")
    person.selects("In what capacity?", "Patient")
    person.fills("Address (optional)", "4 Mill Lane, Meadowbank, MB1 4ZZ", within=person.part("Who asks"))
    person.fills("What is asked for, in the requester's words", "All letters from the chest clinic since 2015.")
    person.presses("Log the request")
    person.sees("The request is logged.")
    person.sees(f"Edith Hargreaves {way.name}")
    case = person.page.url.split("?")[0]

    person.accepts("Identity", "Passport", arrived=days_ago(3), expires="2030-01-01")
    person.accepts("Address", "Council tax bill", arrived=days_ago(3), issued=days_ago(40))
    person.accepts("Authority", arrived=days_ago(3))
    person.goes_to(case)
    person.sees("28")

    person.presses("Pause clock")
    person.presses("Send and pause the clock")
    person.sees("There is a problem")
    person.ticks(person.page.get_by_role("group", name="Why does the clock stop?").get_by_role("radio").first)
    person.fills("What do you ask the requester?", "Which clinic did you attend, the chest clinic or the asthma clinic?")
    person.chooses("A written answer")
    person.presses("Send and pause the clock")
    person.sees("The question is sent, and the clock is stopped.")
    person.follows("Messages")
    person.follows(re.compile("^Log an answer"), within=person.page.locator("main"))
    person.fills("What did the requester answer?", "She telephoned: the chest clinic.")
    person.presses("Log the answer")
    person.goes_to(f"{case}/clock")
    person.follows(re.compile("^Restart the clock"), within=person.page.locator("main"))
    person.presses("Restart the clock")
    person.sees("The clock runs again.")

    person.goes_to(case)
    person.follows("Files")
    person.sees("No record files have been added.")
    person.fills_day("When did they come?", TODAY.isoformat())
    person.attaches(papers.letter(tmp_path / "chest clinic letters.pdf", "Made-up letters"))
    person.sends("Add the files")
    person.sees("The files are added.")
    person.waits_for("Not scanned", at=f"{case}/files")
    person.goes_to(f"{case}/release")
    person.passes_release_check()
    person.presses("Release files")
    person.presses("Continue to the covering note")
    person.presses("Release the files")
    person.sees("The files are released, and the requester has been told.")
    person.follows("History")
    for step in ("Request received by letter", "Identity accepted", "Clock stopped", "Clock restarted", "Released: 1 file"):
        person.sees(step)
