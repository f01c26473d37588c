"""The places that encrypted files can lie in, measured in one run on one database: a large file in and out of each."""

import hashlib
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from harness.client import Attachment
from harness.postgres import Postgres
from harness.server import ROOT, Server
from test_process_files import MOST_MEMORY, FilesDesk, Measured, Stream, soon

ADDRESSES = {"folder": "folder", "database": "database", "bucket": "s3://files/trust/"}
DOUBLE = ROOT / "Tests" / "StoreTests" / "bucket_server.py"


@pytest.fixture
def postgres() -> Iterator[Postgres]:
    started = Postgres()
    yield started
    started.stop()


@pytest.fixture
def bucket(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The settings for a bucket of a double that keeps everything in memory."""
    credentials = tmp_path / "bucket-credentials"
    credentials.write_text("access\nsecret\n", encoding="utf-8")
    with subprocess.Popen([sys.executable, DOUBLE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as double:
        yield {
            "RIGHTSDESK_FILES": "s3://files/trust",
            "RIGHTSDESK_FILES_ENDPOINT": double.stdout.readline().strip(),
            "RIGHTSDESK_FILES_CREDENTIALS_FILE": str(credentials),
        }
        double.stdin.close()


def test_a_large_file_goes_in_and_comes_out_of_every_place_without_going_through_memory(
    tmp_path: Path, postgres: Postgres, bucket: dict[str, str], figure: Callable[[str], None],
    pytestconfig: pytest.Config,
) -> None:
    size = pytestconfig.getoption("large_file") << 18
    seeded: Path | None = None
    for place, settings in (
        ("folder", {"RIGHTSDESK_FILES": "folder"}), ("database", {"RIGHTSDESK_FILES": "database"}), ("bucket", bucket),
    ):
        folder = tmp_path / place
        folder.mkdir()
        server = Server(folder, {"RIGHTSDESK_DATABASE": postgres.url, **settings}, seeded=seeded)
        if seeded:
            # The files of before stay where they are, and nobody asks for them.
            postgres.rows(f"UPDATE files_place SET place = '{ADDRESSES[place]}'")
        in_folder = large_files(server, size)
        server.start()
        try:
            desk = FilesDesk(server)
            name = f"film in a {place}.txt"
            before = Cost(server, postgres)
            with Measured(server.pid, size) as upload:
                stream = Stream(size)
                answer = desk.adds(Attachment(name, size, stream))
                assert answer.status == 303, answer.words[:500]
            middle = Cost(server, postgres)
            link = soon(lambda: desk.link(name), "the file was not checked in time")
            received = hashlib.sha256()
            beginning = Cost(server, postgres)
            with Measured(server.pid, size) as download:
                for piece in desk.client.downloads(link):
                    received.update(piece)
            end = Cost(server, postgres)
            assert received.hexdigest() == stream.sent.hexdigest(), "what came out is not what went in"
            figure(f"{place}, in:  {upload}; {middle.since(before)}")
            figure(f"{place}, out: {download}; {end.since(beginning)}")
            assert upload.memory < MOST_MEMORY and download.memory < MOST_MEMORY
            assert large_files(server, size) - in_folder == (1 if place == "folder" else 0)
        finally:
            server.stop()
        seeded = server.data


def large_files(server: Server, size: int) -> int:
    return sum(path.stat().st_size > size for path in (server.data / "vault").glob("??/*"))


class Cost:
    """Seconds of processor time so far, of the server and of its database."""

    def __init__(self, server: Server, postgres: Postgres) -> None:
        self.server = seconds([server.pid])
        self.database = seconds(postgres.processes)

    def since(self, before: "Cost") -> str:
        return (
            f"{self.server - before.server:.1f} s of processor time, "
            f"the database {self.database - before.database:.1f} s"
        )


def seconds(processes: list[int]) -> float:
    """proc(5): time of the process in user and system mode, and of the children that it waited for, in hundredths."""
    total = 0
    for process in processes:
        try:
            fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
        except FileNotFoundError:
            continue
        total += sum(map(int, fields[11:15]))
    return total / 100
