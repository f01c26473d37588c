"""Journeys 6 and 7: answering the trust's question with a document, and downloading released files."""

import re
from collections.abc import Callable
from pathlib import Path

from harness import papers
from harness.member import Member
from harness.requester import Requester
from harness.server import Server
from harness.sessions import Sessions

QUESTION = "Please send a page that shows your new address. We found two patients with your name."


def test_answering_a_question_with_a_document(
    requester: Callable[[str], Requester], colleague: Member, server: Server, sessions: Sessions, tmp_path: Path
) -> None:
    patient = server.requesters[0]
    person = requester("patient")
    person.comes_in_by(sessions.requester(patient))
    person.goes_to("/requests?sort=-submitted")
    reference = person.page.locator("tbody tr").first.locator("a").first.inner_text()
    colleague.finds(reference)
    colleague.presses("Send message")
    colleague.fills("Message", QUESTION)
    colleague.chooses("A document")
    colleague.presses("Send message")
    colleague.sees("The message is sent.")
    assert server.outbox.has(patient.email, f"A question about your request {reference}")

    person.goes_to("/home")
    person.sees("There is a question that needs your attention.")
    person.follows(re.compile("^Manage Requests"), within=person.page.locator("main"))
    person.opens_request(reference)
    person.presses_starting("Read this question and send a document")
    person.sees(QUESTION)
    person.presses("Save")
    person.sees("There is a problem")
    person.attaches(papers.letter(tmp_path / "bank statement.pdf", "Bank statement, made up"))
    person.fills("Your message (optional)", "Here is my bank statement.")
    person.sends("Save")
    person.sees("Your answer has been sent to the trust.")
    person.sees("bank statement.pdf")


def test_downloading_released_files(
    requester: Callable[[str], Requester], server: Server, sessions: Sessions
) -> None:
    person = requester("solicitor")
    person.comes_in_by(sessions.requester(server.requesters[1]))
    person.goes_to("/requests?sort=status")
    person.fills("Search by name or reference", "Venkataraman")
    person.presses("Search")
    person.follows(person.page.locator("tbody a").first.inner_text())
    person.sees("You can download these files until")
    content = person.downloads("Case notes, volume 1.pdf")
    assert content.startswith(b"%PDF-")
    person.page.reload()
    person.sees("Last downloaded on")
