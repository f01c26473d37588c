"""The disk is full: whoever uploads is told so in plain words, and nothing that was there is lost."""

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.client import Answer, Attachment
from harness.server import ROOT, Server, binary
from test_process_files import FilesDesk, Stream, soon

ROOM = 64 << 20
TOLD = "There is no room left on our side"


class CrampedServer(Server):
    """The server in a mount namespace of its own, with a data folder of so many bytes and no more."""

    MOUNTS = 'mount -t tmpfs -o size="$1" tmpfs "$2" && cp -a "$3/." "$2" && shift 3 && exec "$@"'

    def __init__(self, folder: Path, seeded: Path) -> None:
        super().__init__(folder)
        self.data.mkdir()
        self._command = [
            *self.namespace(), "sh", "-c", self.MOUNTS, "sh", str(ROOM), str(self.data), str(seeded), *self._command
        ]

    @staticmethod
    def namespace() -> list[str]:
        return ["unshare", "--mount", *([] if os.geteuid() == 0 else ["--map-root-user"])]

    def start(self) -> None:
        super().start()
        # As the server sees it: outside its namespace the folder stays empty.
        self.data = Path(f"/proc/{self.pid}/root{self.data}")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, seeded: Path) -> Iterator[FilesDesk]:
    folder = tmp_path_factory.mktemp("room")
    trial = subprocess.run(
        [*CrampedServer.namespace(), "sh", "-c", CrampedServer.MOUNTS, "sh", str(ROOM), str(folder), str(seeded), "true"],
        capture_output=True, text=True,
    )
    if trial.returncode != 0:
        pytest.skip(f"a small disk cannot be mounted on this machine: {trial.stderr.strip()}")
    server = CrampedServer(folder, seeded)
    server.start()
    yield FilesDesk(server)
    server.stop()


def test_a_file_for_which_there_is_no_room_is_refused_and_nothing_is_lost(desk: FilesDesk) -> None:
    assert desk.adds(Attachment("before.txt", 1000, Stream(1000))).status == 303
    soon(lambda: desk.link("before.txt"), "the first file was not checked in time")

    answer = desk.adds(Attachment("film.txt", 2 * ROOM, Stream(2 * ROOM)))
    assert "there is no room left on our side" in answer.words, answer.words[:800]
    assert "Nothing else is lost" in answer.words
    assert desk.link("film.txt") is None
    assert not list((desk.server.data / "vault" / "incoming").iterdir()), "the first half of it was left behind"

    assert desk.adds(Attachment("after.txt", 1000, Stream(1000))).status == 303
    soon(lambda: desk.link("after.txt"), "the second file was not checked in time")
    assert b"".join(desk.client.downloads(desk.link("before.txt"))) == b"".join(Stream(1000))
    verifies(desk)


def test_a_disk_without_a_byte_left_refuses_notes_and_takes_them_again_later(desk: FilesDesk) -> None:
    notes = desk.files.replace("/files", "/notes")
    history = desk.files.replace("/files", "/history")
    # Opened while there was room: no page can be opened on a full disk, because every view is recorded.
    forms = [desk.client.form(notes, notes) for _ in range(300)]

    def adds(text: str) -> Answer:
        return desk.client.sends(notes, {**forms.pop(), "text": text})

    assert adds("Written before the disk was full.").status == 303
    ballast = desk.server.data / "ballast"
    fills(ballast)
    # The database has room of its own for some, and then no more.
    answers: list[Answer] = []
    while not answers or answers[-1].status == 303:
        assert len(forms) > 1, "notes are acknowledged without room for them"
        answers.append(adds(f"Written on a full disk, {len(answers)}: " + "Please remember this. " * 400))
    refused = answers.pop()
    assert refused.status == 503 and TOLD in refused.words, refused.words[:800]
    # What is written of a view is shorter, and there may be room for some.
    pages = [desk.client.gets(history)]
    while pages[-1].status == 200 and len(pages) < 300:
        pages.append(desk.client.gets(history))
    assert pages[-1].status == 503 and TOLD in pages[-1].words, pages[-1].words[:800]
    ballast.unlink()
    # Nothing typed is lost: the page that said so has a button that sends it again.
    assert desk.client.sends(notes, refused.form(notes)).status == 303
    assert adds("Written when there was room again.").status == 303
    words = desk.client.gets(history).words
    assert words.count("Written before the disk was full.") == 1
    assert words.count("Written when there was room again.") == 1
    for number in range(len(answers) + 1):
        assert words.count(f"Written on a full disk, {number}:") == 1
    verifies(desk)


def fills(path: Path) -> None:
    with path.open("wb", buffering=0) as file:
        for size in (1 << 20, 4096, 1):
            try:
                while True:
                    file.write(b"\0" * size)
            except OSError:
                continue


def verifies(desk: FilesDesk) -> None:
    done = subprocess.run(
        [binary(), "verify"], cwd=ROOT, capture_output=True, text=True, timeout=120,
        env={**os.environ, "RIGHTSDESK_DATA": str(desk.server.data)},
    )
    assert re.search(r"Verified: \d+ cases, \d+ facts, nothing changed\.", done.stdout), done.stdout + done.stderr
