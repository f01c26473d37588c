"""The places that encrypted files can lie in, measured in one run on one database: a large file in and out of each, and
moved from one to the next."""

import hashlib
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from harness.bucket import Bucket
from harness.client import Attachment
from harness.command import Command
from harness.databases import PostgreSQLDatabase, PostgreSQLServer
from harness.server import Server
from test_process_files import MOST_MEMORY, FilesDesk, Measured, Stream, soon

pytestmark = pytest.mark.thorough


def test_a_large_file_goes_in_and_comes_out_of_every_place_and_is_moved_from_one_to_the_next(
    tmp_path: Path, postgres: PostgreSQLServer, bucket: Bucket, figure: Callable[[str], None],
    pytestconfig: pytest.Config,
) -> None:
    size = pytestconfig.getoption("large_file") << 18
    database = postgres.database()
    server = Server(tmp_path, database.settings)
    command = Command(RIGHTSDESK_DATA=str(server.data), **database.settings)
    films: dict[str, str] = {}
    for place, settings in (
        ("folder", {"RIGHTSDESK_FILES": "folder"}), ("database", {"RIGHTSDESK_FILES": "database"}), ("bucket", bucket.settings),
    ):
        if films:
            moved = command.but(**{**settings, "RIGHTSDESK_FILES": lies_in}).does(
                "move-files", "--to", settings["RIGHTSDESK_FILES"]
            )
            figure(f"moved to the {place}: {moved.split(' are')[0]}")
            # As if an administrator had removed the old copies.
            forget(lies_in, server, database)
        lies_in = settings["RIGHTSDESK_FILES"]
        server.set(settings)
        server.start()
        try:
            desk = FilesDesk(server)
            for name, digest in films.items():
                assert digest_of(desk.client.downloads(desk.link(name))) == digest, f"{name} is not what was moved"
            stream, name = Stream(size), f"film in a {place}.txt"
            before = Cost(server, postgres)
            with Measured(server.pid, size) as upload:
                answer = desk.adds(Attachment(name, size, stream))
                assert answer.status == 303, answer.words[:500]
            figure(f"{place}, in:  {upload}; {Cost(server, postgres).since(before)}")
            link = soon(lambda: desk.link(name), "the file was not checked in time")
            films[name] = stream.sent.hexdigest()
            before = Cost(server, postgres)
            with Measured(server.pid, size) as download:
                assert digest_of(desk.client.downloads(link)) == films[name], "what came out is not what went in"
            figure(f"{place}, out: {download}; {Cost(server, postgres).since(before)}")
            assert upload.memory < MOST_MEMORY and download.memory < MOST_MEMORY
        finally:
            server.stop()
    looked = command.but(**bucket.settings).runs("doctor")
    assert "which lets us in" in looked.stdout, looked.stdout
    verified = command.but(**bucket.settings).does("verify", "--files")
    assert "nothing changed" in verified
    wrong = command.but(RIGHTSDESK_FILES="folder").runs("verify", "--files")
    assert wrong.returncode != 0 and "set RIGHTSDESK_FILES=s3://files/trust" in wrong.stderr


def forget(place: str, server: Server, database: PostgreSQLDatabase) -> None:
    if place == "folder":
        shutil.rmtree(server.data / "vault")
    else:
        database.run("TRUNCATE file_chunk, file_bytes")


def digest_of(pieces: Iterator[bytes]) -> str:
    received = hashlib.sha256()
    for piece in pieces:
        received.update(piece)
    return received.hexdigest()


class Cost:
    """Seconds of processor time so far, of the server and of its database."""

    def __init__(self, server: Server, postgres: PostgreSQLServer) -> None:
        children = Path(f"/proc/{postgres.pid}/task/{postgres.pid}/children").read_text(encoding="ascii").split()
        self.server = seconds([server.pid])
        self.database = seconds([postgres.pid, *map(int, children)])

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
