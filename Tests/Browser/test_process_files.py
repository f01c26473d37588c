"""Files that are too large for memory, that nobody should open, and for which there is no room."""

import hashlib
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from harness.client import Attachment, Client
from harness.memory import forget_most_memory, most_memory
from harness.outbox import Outbox
from harness.server import ROOT, Server

SAMPLES = ROOT / "Tests" / "DocumentsTests" / "Samples"
PHONE = "+447700900010"  # of the demonstration's first member of staff
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

    def identifiers(self) -> set[str]:
        """Of every file that the page names, whether it can be opened or not."""
        return set(re.findall(rf"{self.files}/([0-9a-z]{{26}})", self._text(self.files)))

    def link(self, name: str) -> str | None:
        """Where the file can be opened, if it can."""
        found = re.search(rf'<a[^>]*href="({self.files}/[0-9a-z]{{26}})"[^>]*>(?:<bdi>)?{re.escape(name)}', self._text(self.files))
        return found.group(1) if found else None


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, seeded: Path) -> Iterator[FilesDesk]:
    server = Server(tmp_path_factory.mktemp("files"), seeded=seeded)
    server.start()
    yield FilesDesk(server)
    server.stop()


def test_a_large_file_goes_in_and_comes_out_without_going_through_memory(
    desk: FilesDesk, figure: Callable[[str], None], pytestconfig: pytest.Config
) -> None:
    size = pytestconfig.getoption("large_file") << 20
    stream = Stream(size)
    with Measured(desk.server.pid, size) as upload:
        answer = desk.adds(Attachment("film.txt", size, stream))
        assert answer.status == 303, answer.words[:500]
    figure(f"upload:   {upload}")
    link = soon(lambda: desk.link("film.txt"), "the file was not checked in time")
    received, count = hashlib.sha256(), 0
    with Measured(desk.server.pid, size) as download:
        for piece in desk.client.downloads(link):
            received.update(piece)
            count += len(piece)
    figure(f"download: {download}")
    assert count == size
    assert received.hexdigest() == stream.sent.hexdigest(), "what came out is not what went in"
    assert upload.memory < MOST_MEMORY and download.memory < MOST_MEMORY


def test_any_part_of_a_file_can_be_fetched(desk: FilesDesk) -> None:
    size = 1_000_000
    assert desk.adds(Attachment("long.txt", size, Stream(size))).status == 303
    link = soon(lambda: desk.link("long.txt"), "the file was not checked in time")
    whole = b"".join(Stream(size))
    # Within a record of the vault, across its edges, the end, and more than there is.
    for part, start, end in [
        ("bytes=0-0", 0, 1), ("bytes=262143-262144", 262_143, 262_145), ("bytes=999990-", 999_990, size),
        ("bytes=-7", size - 7, size), ("bytes=5-99999999", 5, size),
    ]:
        status, place, content = desk.client.downloads_part(link, part)
        assert (status, place) == (206, f"bytes {start}-{end - 1}/{size}"), part
        assert content == whole[start:end], part
    status, place, _ = desk.client.downloads_part(link, f"bytes={size}-")
    assert (status, place) == (416, f"bytes */{size}")


def test_ten_megabytes_of_text_in_a_name_are_answered_in_words_and_not_kept(desk: FilesDesk) -> None:
    flood = "A" * 10_000_000
    forget_most_memory(desk.server.pid)
    form = desk.client.form("/intake", "/intake")
    names = [name for name in form if "name" in name]
    assert names, "the form for a new request asks for no name"
    answer = desk.client.sends("/intake", {**form, names[0]: flood})
    assert answer.status == 422 and "Your answer is too long" in answer.words, answer.words[:500]
    assert len(answer.text) < 200_000, "most of it was sent back"

    answer = desk.adds(Attachment(f"{flood}.txt", 5, [b"hello"]))
    assert 400 <= answer.status < 500 or "files" in answer.words, f"{answer.status}: {answer.words[:500]}"
    assert answer.status != 500 and "AAAAAAAAAA" * 50 not in desk.client.gets(desk.files).text
    assert most_memory(desk.server.pid) < MOST_MEMORY


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
    before = desk.identifiers()
    answer = desk.adds(Attachment("prize.txt", len(eicar), [eicar]))
    assert answer.status == 303, answer.words[:500]
    soon(lambda: "Holds malware" in desk.client.gets(desk.files).text, "the file was not checked in time")
    assert desk.link("prize.txt") is None
    for file in desk.identifiers() - before:
        opened = desk.client.gets(f"{desk.files}/{file}")
        assert opened.status == 422 and "EICAR" not in opened.text, "malware was handed out"


class Measured:
    """The most memory that the server had while something happened, and how long that took."""

    def __init__(self, pid: int, size: int) -> None:
        self._pid = pid
        self._size = size

    def __enter__(self) -> "Measured":
        forget_most_memory(self._pid)
        self._began = time.monotonic()
        return self

    def __exit__(self, *_) -> None:
        self.seconds = time.monotonic() - self._began
        self.memory = most_memory(self._pid)

    def __str__(self) -> str:
        size = self._size >> 20
        return (
            f"{size} MB in {self.seconds:.1f} s ({size / self.seconds:.0f} MB/s), "
            f"at most {self.memory >> 20} MB of memory (limit {MOST_MEMORY >> 20} MB)"
        )


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
