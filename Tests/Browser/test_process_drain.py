"""The process is told to stop while people are in the middle of something: what has begun ends well, nothing new begins."""

import hashlib
import socket
import struct
import threading
import time
import urllib.parse
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from harness.client import Answer, Attachment, Client
from harness.databases import Engine
from test_process_files import FilesDesk, Stream, soon

LARGE = 40 << 20  # more than all buffers between the vault and a reader hold
PATIENCE = 25  # seconds for the process to refuse visitors; it ends by force after 30


class SlowScanner:
    """A virus scanner that takes files, and says what it thinks of them when it is told to."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"tcp:127.0.0.1:{self._socket.getsockname()[1]}"
        self.is_quick = threading.Event()
        self.is_quick.set()
        self.holds = threading.Event()
        threading.Thread(target=self._listens, daemon=True).start()

    def _listens(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._scans, args=(connection,), daemon=True).start()

    def _scans(self, connection: socket.socket) -> None:
        with connection, connection.makefile("rb") as said:
            assert said.read(10) == b"zINSTREAM\0"
            while size := struct.unpack(">I", said.read(4))[0]:
                said.read(size)
            if not self.is_quick.is_set():
                self.holds.set()
            self.is_quick.wait(60)
            connection.sendall(b"stream: OK\0")

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def scanner() -> Iterator[SlowScanner]:
    made = SlowScanner()
    yield made
    made.close()


def test_what_has_begun_ends_well_and_nothing_new_begins(
    tmp_path: Path, engine: Engine, scanner: SlowScanner, figure: Callable[[str], None]
) -> None:
    server, database = engine.server(tmp_path, {"RIGHTSDESK_CLAMD": scanner.address})
    server.start()
    desk = FilesDesk(server)
    film = Stream(LARGE)
    assert desk.adds(Attachment("film.txt", LARGE, film)).status == 303
    link = soon(lambda: desk.link("film.txt"), "the file was not checked in time")

    # A job is being done, somebody uploads, somebody downloads.
    scanner.is_quick.clear()
    assert desk.adds(Attachment("scanned.txt", 1000, Stream(1000))).status == 303
    assert scanner.holds.wait(30), "no scan has begun"
    goes_on = threading.Event()
    begun = threading.Event()
    answers: list[Answer] = []

    def pieces() -> Iterator[bytes]:
        for number, piece in enumerate(Stream(LARGE)):
            yield piece
            if number == 3:
                begun.set()
                assert goes_on.wait(60)

    colleague = Client(server.desk, dict(desk.client.cookies))
    form = colleague.form(desk.files, desk.files)
    slow = [Attachment("slow.txt", LARGE, pieces())]
    upload = threading.Thread(target=lambda: answers.append(colleague.uploads(desk.files, form, "files", slow)))
    upload.start()
    assert begun.wait(30)
    received, download = hashlib.sha256(), desk.client.downloads(link)
    received.update(next(download))

    told = time.monotonic()
    server.is_told_to_stop()
    for site in (server.portal, server.desk):
        awaits_refusal(site)
    refused = time.monotonic() - told
    assert server.is_running, "it went without letting them finish"
    goes_on.set()
    upload.join(30)
    assert [answer.status for answer in answers] == [303]
    for piece in download:
        received.update(piece)
    assert received.hexdigest() == film.sent.hexdigest(), "the download was cut short"
    assert server.is_running, "it went in the middle of a job"
    scanner.is_quick.set()
    assert server.ends(PATIENCE) == 0
    assert database.rows("SELECT state FROM file WHERE size = 1000") == [("clean",)], "the scan that had begun was not kept"
    claimed = database.number("SELECT count(*) FROM job WHERE state = 'waiting' AND claimed_by IS NOT NULL")
    assert claimed == 0, "a job was left in the middle"
    server.is_whole()
    figure(
        f"stop, {engine.name}: visitors refused after {refused:.1f} s, an upload, a download and a scan ended well, the process after "
        f"{time.monotonic() - told:.1f} s"
    )


def awaits_refusal(site: str) -> None:
    address = urllib.parse.urlsplit(site)
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            with socket.create_connection((address.hostname, address.port), timeout=5):
                assert time.monotonic() < deadline, f"{site} still takes visitors"
        except ConnectionRefusedError:
            return
        time.sleep(0.05)
