"""The disk is full: whoever uploads is told so in plain words, and nothing that was there is lost."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.client import Attachment
from harness.server import ROOT, Server, binary
from test_process_files import FilesDesk, Stream, soon

ROOM = 64 << 20


class CrampedServer(Server):
    """The server in a mount namespace of its own, with a data folder of so many bytes and no more."""

    MOUNTS = 'mount -t tmpfs -o size="$1" tmpfs "$2" && shift 2 && exec "$@"'

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.data.mkdir()
        self._command = [*self.namespace(), "sh", "-c", self.MOUNTS, "sh", str(ROOM), str(self.data), *self._command]

    @staticmethod
    def namespace() -> list[str]:
        return ["unshare", "--mount", *([] if os.geteuid() == 0 else ["--map-root-user"])]

    def start(self) -> None:
        super().start()
        # As the server sees it: outside its namespace the folder stays empty.
        self.data = Path(f"/proc/{self.pid}/root{self.data}")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[FilesDesk]:
    trial = subprocess.run(
        [*CrampedServer.namespace(), "sh", "-c", CrampedServer.MOUNTS, "sh", str(ROOM), str(tmp_path), "true"],
        capture_output=True, text=True,
    )
    if trial.returncode != 0:
        pytest.skip(f"a small disk cannot be mounted on this machine: {trial.stderr.strip()}")
    server = CrampedServer(tmp_path)
    server.start()
    yield FilesDesk(server)
    server.stop()


def test_a_file_for_which_there_is_no_room_is_refused_and_nothing_is_lost(desk: FilesDesk, tmp_path: Path) -> None:
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
    verifies(desk, tmp_path)


def test_a_disk_without_a_byte_left_refuses_notes_and_takes_them_again_later(desk: FilesDesk, tmp_path: Path) -> None:
    notes = desk.files.replace("/files", "/notes")
    history = desk.files.replace("/files", "/history")

    def adds(text: str):
        return desk.client.sends(notes, {**desk.client.form(notes, notes), "text": text})

    assert adds("Written before the disk was full.").status == 303
    ballast = desk.server.data / "ballast"
    fills(ballast)
    # The database has room of its own for some, and then no more.
    answers = []
    while not answers or answers[-1].status == 303:
        assert len(answers) < 500, "notes are acknowledged without room for them"
        answers.append(adds(f"Written on a full disk, {len(answers)}: " + "Please remember this. " * 2000))
    assert answers[-1].status == 500, answers[-1].words[:800]
    assert "Your note" in answers[-1].words or "went wrong" in answers[-1].words, answers[-1].words[:800]
    ballast.unlink()
    assert adds("Written when there was room again.").status == 303
    words = desk.client.gets(history).words
    assert words.count("Written before the disk was full.") == 1
    assert words.count("Written when there was room again.") == 1
    for number, answer in enumerate(answers):
        assert words.count(f"Written on a full disk, {number}:") == (1 if answer.status == 303 else 0)
    verifies(desk, tmp_path)


def fills(path: Path) -> None:
    with path.open("wb", buffering=0) as file:
        for size in (1 << 20, 4096, 1):
            try:
                while True:
                    file.write(b"\0" * size)
            except OSError:
                continue


def verifies(desk: FilesDesk, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(desk.server.data, copy)
    done = subprocess.run(
        [binary(), "verify"], cwd=ROOT, capture_output=True, text=True, timeout=120,
        env={**os.environ, "RIGHTSDESK_DATA": str(copy)},
    )
    assert re.search(r"Verified: \d+ cases, \d+ facts, nothing changed\.", done.stdout), done.stdout + done.stderr
