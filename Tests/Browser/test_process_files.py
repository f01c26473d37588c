"""Files that are too large for memory, that nobody should open, and for which there is no room."""

import hashlib
import os
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.client import Attachment, Client
from harness.outbox import Outbox
from harness.server import ROOT, Server

SAMPLES = ROOT / "Tests" / "DocumentsTests" / "Samples"
PHONE = "+447700900010"  # of the demonstration's first member of staff
LARGE = int(os.environ.get("LARGE_FILE_BYTES", 2 << 30))
MOST_MEMORY = 150 << 20


class FilesDesk:
    """The desk with one member of staff signed in and one case open, in which files can be added."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.client = Client(server.desk)
        staff = server.staff[0]
        outbox = Outbox(server.portal)
        self.client.signs_in_at_desk(staff.email, staff.password, lambda: outbox.code(PHONE))
        self.files = next(path for path in map("{}/files".format, self._cases()) if 'id="new"' in self._text(path))

    def _cases(self) -> list[str]:
        return sorted(set(re.findall(r'href="(/cases/[0-9a-z]{26})"', self._text("/"))))

    def _text(self, path: str) -> str:
        return self.client.gets(path).text

    def adds(self, *files: Attachment):
        return self.client.uploads(self.files, self.client.form(self.files, self.files), "files", list(files))

    def link(self, name: str) -> str | None:
        """Where the file can be opened, if it can."""
        found = re.search(rf'<a[^>]*href="({self.files}/[0-9a-z]{{26}})"[^>]*>(?:<bdi>)?{re.escape(name)}', self._text(self.files))
        return found.group(1) if found else None


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FilesDesk]:
    server = Server(tmp_path_factory.mktemp("files"))
    server.start()
    yield FilesDesk(server)
    server.stop()


def test_two_gigabytes_go_in_and_come_out_without_going_through_memory(desk: FilesDesk) -> None:
    forget_most_memory(desk.server.pid)
    stream = Stream(LARGE)
    answer = desk.adds(Attachment("film.txt", LARGE, stream))
    assert answer.status == 303, answer.words[:500]
    assert most_memory(desk.server.pid) < MOST_MEMORY, f"{most_memory(desk.server.pid) >> 20} MB while it came in"
    link = soon(lambda: desk.link("film.txt"), "the file was not checked in time")
    forget_most_memory(desk.server.pid)
    received, size = hashlib.sha256(), 0
    for piece in desk.client.downloads(link):
        received.update(piece)
        size += len(piece)
    assert size == LARGE
    assert received.hexdigest() == stream.sent.hexdigest(), "what came out is not what went in"
    assert most_memory(desk.server.pid) < MOST_MEMORY, f"{most_memory(desk.server.pid) >> 20} MB while it went out"


@pytest.mark.parametrize(
    ("sample", "sentence"),
    [
        ("bomb.zip", "must unpack to less than"),
        ("nested.zip", "must not hold another archive"),
        ("user-r6.pdf", "is password protected"),
        ("locked.xlsx", "is password protected"),
    ],
)
def test_a_file_that_nobody_could_open_is_refused_with_the_reason(desk: FilesDesk, sample: str, sentence: str) -> None:
    answer = desk.adds(Attachment.of(SAMPLES / sample))
    assert sentence in answer.words, answer.words[:800]
    assert desk.link(sample) is None


def test_an_empty_file_is_refused_with_the_reason(desk: FilesDesk) -> None:
    answer = desk.adds(Attachment("empty.pdf", 0, []))
    assert "is empty" in answer.words, answer.words[:800]
    assert desk.link("empty.pdf") is None


def test_a_bad_file_does_not_keep_a_good_one_out(desk: FilesDesk) -> None:
    answer = desk.adds(Attachment.of(SAMPLES / "bomb.zip", "bad.zip"), Attachment.of(SAMPLES / "table.pdf", "good.pdf"))
    assert "bad.zip" in answer.words, answer.words[:800]
    assert soon(lambda: desk.link("good.pdf"), "the good file was not checked in time")
    assert desk.link("bad.zip") is None


def test_malware_can_never_be_opened(desk: FilesDesk) -> None:
    # In two parts, so that no scanner takes this file for it.
    eicar = ("X5O!P%@AP[4\\PZX54(P^)7CC)7}" + "$EICAR-STANDARD-" + "ANTIVIRUS-TEST-FILE!" + "$H+H*").encode()
    answer = desk.adds(Attachment("prize.txt", len(eicar), [eicar]))
    if answer.status == 303:
        soon(lambda: "Holds malware" in desk.client.gets(desk.files).text, "the file was not checked in time")
    assert desk.link("prize.txt") is None
    for file in set(re.findall(rf'{desk.files}/([0-9a-z]{{26}})', desk.client.gets(desk.files).text)):
        opened = desk.client.gets(f"{desk.files}/{file}")
        assert "EICAR" not in opened.text, "malware was handed out"


class Stream:
    """Text that is made as it is sent, and its digest."""

    def __init__(self, size: int) -> None:
        self.sent = hashlib.sha256()
        self._size = size

    def __iter__(self) -> Iterator[bytes]:
        left, number = self._size, 0
        line = b"".join(b"%07d of the longest record that anybody ever asked for.\n" % one for one in range(16_384))
        while left > 0:
            piece = (b"%015d\n" % number + line)[:left]
            number += 1
            left -= len(piece)
            self.sent.update(piece)
            yield piece


def soon(look, otherwise: str, patience: float = 60):
    deadline = time.monotonic() + patience
    while not (found := look()):
        assert time.monotonic() < deadline, otherwise
        time.sleep(0.2)
    return found


def most_memory(pid: int) -> int:
    """The most physical memory that the process had at once, in bytes."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(re.search(r"VmHWM:\s+(\d+) kB", status).group(1)) << 10


def forget_most_memory(pid: int) -> None:
    Path(f"/proc/{pid}/clear_refs").write_text("5", encoding="ascii")
