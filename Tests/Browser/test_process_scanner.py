"""The virus scanner is away, hangs, or talks nonsense: files stay closed with a reason, and open by themselves later."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from harness.caller import Caller
from harness.client import Attachment
from harness.databases import SQLiteFile
from harness.scanner import Scanner
from harness.server import Server
from test_process_files import FilesDesk, soon

pytestmark = pytest.mark.thorough

NONSENSE = {
    "an error": ("stream: Can't allocate memory ERROR", "The malware scanner answered: Can't allocate memory ERROR"),
    "another protocol": ("HTTP/1.1 400 Bad Request", "The malware scanner answered: HTTP/1.1 400 Bad Request"),
    "nothing at all": ("", "The malware scanner cannot be reached."),
    "the answer about another file": ("other: OK", "The malware scanner answered: other: OK"),
    "a sentence with OK in it": ("stream: NOT OK", "The malware scanner answered: NOT OK"),
}


class ScannedDesk(FilesDesk):
    def __init__(self, server: Server, scanner: Scanner) -> None:
        super().__init__(server)
        self.scanner = scanner
        self.database = SQLiteFile(server.data)
        # What was acknowledged: each file's identifier, with its name and what it holds.
        self.sent: dict[str, tuple[str, bytes]] = {}
        self._before = self.kept()

    def sends(self, name: str) -> str:
        """The identifier of the file that was sent."""
        before = self.identifiers()
        content = f"{name}\n".encode() * 100
        assert self.adds(Attachment(name, len(content), [content])).status == 303
        (file,) = self.identifiers() - before
        self.sent[file] = name, content
        return file

    def says(self, file: str) -> str:
        """What somebody is told who opens the file."""
        answer = self.client.gets(f"{self.files}/{file}")
        return answer.words if answer.status != 200 else ""

    def proves_nothing_lost(self) -> None:
        """Each file that was taken is there once, and no other: what can be opened is what was sent."""
        assert self.kept() - self._before == self.sent.keys()
        for file, (name, content) in self.sent.items():
            if link := self.link(name):
                assert link == f"{self.files}/{file}" and b"".join(self.client.downloads(link)) == content, name
        self.server.stops_whole()

    def kept(self) -> set[str]:
        return {file for (file,) in self.database.rows("SELECT file_id FROM file")}

    def is_later(self) -> None:
        """As if the time had passed after which what failed is tried again."""
        self.database.run("UPDATE job SET run_at = made_at WHERE state = 'waiting' AND claimed_by IS NULL")

    def opens(self, name: str) -> None:
        def link() -> str | None:
            self.is_later()
            return self.link(name)

        soon(link, f"{name} was not checked by itself when the scanner was back")


@pytest.fixture
def desk(tmp_path: Path, seeded: Path) -> Iterator[ScannedDesk]:
    scanner = Scanner(is_up=False)
    server = Server(tmp_path, {"RIGHTSDESK_CLAMD": scanner.address}, seeded=seeded)
    with server:
        server.start()
        made = ScannedDesk(server, scanner)
        yield made
        made.proves_nothing_lost()
    scanner.stop()


def test_while_the_scanner_is_away_files_stay_closed_and_open_by_themselves_later(
    desk: ScannedDesk, figure: Callable[[str], None]
) -> None:
    file = desk.sends("early.txt")
    soon(lambda: "The malware scanner cannot be reached." in desk.says(file), "nobody is told why it is closed")
    assert desk.link("early.txt") is None
    desk.scanner.start()
    desk.opens("early.txt")
    assert desk.scanner.scans > 0
    figure("scanner down: the file stayed closed with the reason, and opened by itself when it was back")


def test_while_the_scanner_hangs_files_stay_closed_and_other_work_goes_on(
    desk: ScannedDesk, figure: Callable[[str], None]
) -> None:
    desk.scanner.answer = None
    desk.scanner.start()
    file = desk.sends("hanging.txt")
    assert "This file is being checked for viruses." in desk.says(file)
    known = desk.server.requesters[0].email
    before = len(desk.server.outbox.to(known))
    # A page and a mail do not wait for it.
    assert desk.client.gets(desk.files.replace("/files", "")).status == 200
    asks_for_link(desk.server, known)
    soon(lambda: len(desk.server.outbox.to(known)) > before, "a mail waits for the scanner")
    assert desk.link("hanging.txt") is None
    desk.scanner.behaves()
    desk.opens("hanging.txt")
    figure("scanner hanging: the file stayed closed, pages and mails went on, and it opened when the scanner was back")


def test_what_is_no_answer_opens_no_file(desk: ScannedDesk, figure: Callable[[str], None]) -> None:
    desk.scanner.start()
    for number, (kind, (answer, words)) in enumerate(NONSENSE.items()):
        desk.scanner.answer = answer
        file = desk.sends(f"nonsense-{number}.txt")
        soon(lambda: words in desk.says(file), f"{kind}: {desk.says(file)[:300]}")
        assert desk.link(f"nonsense-{number}.txt") is None, kind
    desk.scanner.behaves()
    for number in range(len(NONSENSE)):
        desk.opens(f"nonsense-{number}.txt")
    figure(f"scanner answering nonsense in {len(NONSENSE)} ways: no file opened, each opened when it was well")


def test_a_file_beyond_the_scanners_limit_stays_closed_with_a_word_for_staff(
    desk: ScannedDesk, figure: Callable[[str], None]
) -> None:
    desk.scanner.answer = "INSTREAM size limit exceeded. ERROR"
    desk.scanner.start()
    file = desk.sends("large.txt")
    soon(lambda: "The file is larger than the malware scanner takes." in desk.says(file), "nobody is told why")
    desk.scanner.behaves()
    assert desk.link("large.txt") is None
    figure("scanner's limit exceeded: the file stays closed, and the page says that it is too large for the scanner")


def asks_for_link(server: Server, email: str) -> None:
    Caller(server.portal).fills("/Account/ForgottenPassword", {"email": email})
