"""Bytes and facts that are not what was put in: detected, named, and never given to anybody."""

import http.client
import random
import re
import sqlite3
import urllib.parse
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from harness.caller import Caller
from harness.client import Attachment
from harness.command import Command
from harness.databases import SQLiteFile
from harness.server import Server
from test_process_files import FilesDesk, soon

pytestmark = pytest.mark.thorough

RECORD = 256 * 1024  # plain bytes of a record
SEALED = RECORD + 16  # and with its tag
HEADER = 32


@dataclass(frozen=True)
class Sample:
    """A file of a case: where it can be fetched, what it is, and its sealed bytes, wherever they lie."""

    link: str
    content: bytes
    data: Path
    place: str

    @property
    def name(self) -> str:
        return self.link.rsplit("/", 1)[1]

    def sealed(self) -> bytes:
        if self.place == "folder":
            return self._path.read_bytes()
        chunks = self._asks("SELECT bytes FROM file_chunk WHERE file_id = ? ORDER BY number")
        return b"".join(chunk for (chunk,) in chunks)

    def becomes(self, sealed: bytes | None) -> None:
        """Other bytes are in its place, or nothing is."""
        if self.place == "folder":
            self._path.unlink(missing_ok=True)
            if sealed is not None:
                self._path.write_bytes(sealed)
            return
        self._asks("DELETE FROM file_chunk WHERE file_id = ?")
        if sealed is None:
            self._asks("DELETE FROM file_bytes WHERE file_id = ?")
            return
        self._asks(
            "INSERT OR REPLACE INTO file_bytes (file_id, state, chunk_size, size, changed_at) "
            f"VALUES (?, 'whole', {1 << 20}, {len(sealed)}, '2020-01-01T00:00:00.000Z')"
        )
        self._asks("INSERT INTO file_chunk (file_id, number, bytes) VALUES (?, 0, ?)", sealed)

    @property
    def _path(self) -> Path:
        return self.data / "vault" / self.name[-2:] / self.name

    def _asks(self, sql: str, *values: bytes) -> list[tuple]:
        with closing(sqlite3.connect(self.data / "rightsdesk.sqlite", timeout=30)) as database, database:
            return database.execute(sql, (self.name, *values)).fetchall()


class DamageDesk(FilesDesk):
    place: str

    @property
    def command(self) -> Command:
        return Command(RIGHTSDESK_DATA=str(self.server.data), RIGHTSDESK_FILES=self.place)

    def sample(self, name: str, size: int) -> Sample:
        content = random.Random(name).randbytes(size // 2).hex().encode()
        assert self.adds(Attachment(name, len(content), [content])).status == 303
        link = soon(lambda: self.link(name), "the file was not checked in time")
        return Sample(link, content, self.server.data, self.place)


@pytest.fixture(params=["folder", "database"])
def desk(request: pytest.FixtureRequest, tmp_path: Path, seeded: Path) -> Iterator[DamageDesk]:
    # The place is chosen once, before the first file.
    begun = seeded if request.param == "folder" else None
    with Server(tmp_path, {"RIGHTSDESK_FILES": request.param}, seeded=begun) as server:
        server.start()
        made = DamageDesk(server)
        made.place = request.param
        yield made


def flips(one: bytearray, place: int) -> None:
    one[place] ^= 0x10


def swaps_records(one: bytearray) -> None:
    first, second = (slice(HEADER + n * SEALED, HEADER + (n + 1) * SEALED) for n in (0, 1))
    one[first], one[second] = one[second], one[first]


def cuts_record(one: bytearray) -> None:
    del one[HEADER + SEALED:HEADER + 2 * SEALED]


DAMAGES: dict[str, Callable[[bytearray], None]] = {
    "a bit of the first record is flipped": lambda one: flips(one, HEADER + 5),
    "a bit of the last record is flipped": lambda one: flips(one, len(one) - 40),
    "a bit of the header is flipped": lambda one: flips(one, 20),
    "a bit of a tag is flipped": lambda one: flips(one, HEADER + SEALED - 1),
    "the last byte is cut off": lambda one: one.pop(),
    "a whole record is cut out": cuts_record,
    "all but the header is cut off": lambda one: one.__delitem__(slice(HEADER, None)),
    "nothing is left": lambda one: one.clear(),
    "two records are swapped": swaps_records,
    "bytes are appended": lambda one: one.extend(b"\0" * 100),
    "a record is appended": lambda one: one.extend(one[-SEALED:]),
}


def test_damaged_bytes_are_named_and_never_served(desk: DamageDesk, figure: Callable[[str], None]) -> None:
    sample = desk.sample("damaged.txt", 3 * RECORD + 1000)
    whole = sample.sealed()
    for damage, apply in DAMAGES.items():
        changed = bytearray(whole)
        apply(changed)
        sample.becomes(bytes(changed))
        is_refused(desk, sample, damage)
    sample.becomes(None)
    is_refused(desk, sample, "the file is gone", finding="missing")
    # Another file of the same case in its place, of the same size.
    other = desk.sample("other.txt", 3 * RECORD + 1000)
    sample.becomes(other.sealed())
    is_refused(desk, sample, "another file is in its place")
    sample.becomes(whole)
    assert fetched(desk, sample) == (200, sample.content)
    assert "nothing changed" in verifies(desk)
    figure(f"{len(DAMAGES) + 2} kinds of damage to a file in the {desk.place}: each named by verify and by the log, not a byte of it served")


def is_refused(desk: DamageDesk, sample: Sample, damage: str, finding: str = "changed") -> None:
    logged = len(desk.server.printed)
    status, received = fetched(desk, sample)
    if status == 200:
        # What was right before the damage may have gone out; the connection broke off there.
        assert len(received) < len(sample.content) and sample.content.startswith(received), damage
    else:
        assert status == 500 and b"This file is damaged" in received, (damage, status, received[:300])
    # The log is written by another thread than the answer.
    soon(lambda: f'"file":"{sample.name}"' in desk.server.printed[logged:], f"{damage}: the log does not name the file")
    # And a part from behind the damage is as little to be had as the whole.
    status, received = fetched(desk, sample, part=f"bytes={len(sample.content) - 10}-")
    assert status == 500 or received in (b"", sample.content[-10:]), damage
    assert re.search(rf"file {sample.name}: {finding}", verifies(desk)), damage


def fetched(desk: DamageDesk, sample: Sample, part: str = "") -> tuple[int, bytes]:
    """As much as came, although more had been announced."""
    address = urllib.parse.urlsplit(desk.server.desk)
    connection = http.client.HTTPConnection(address.hostname, address.port, timeout=30)
    cookies = "; ".join(f"{name}={value}" for name, value in desk.client.cookies.items())
    connection.request("GET", sample.link, headers={"Cookie": cookies, **({"Range": part} if part else {})})
    answer = connection.getresponse()
    try:
        return answer.status, answer.read()
    except http.client.IncompleteRead as broken:
        return answer.status, broken.partial
    finally:
        connection.close()


def verifies(desk: DamageDesk) -> str:
    done = desk.command.runs("verify", "--files")
    assert (done.returncode == 0) == ("nothing changed" in done.stdout), done.stdout + done.stderr
    return done.stdout


FACTS = {
    "its content": "UPDATE fact SET body = substr(body, 1, length(body) - 1) || x'00' WHERE {at}",
    "its day": "UPDATE fact SET effective_on = '2020-01-01' WHERE {at}",
    "who did it": "UPDATE fact SET actor = 'staff:nobody' WHERE {at}",
    "its place": "UPDATE fact SET sequence = 9999 WHERE {at}",
    "that it is there": "DELETE FROM fact WHERE {at}",
}


def test_an_altered_fact_is_named_and_its_case_is_not_shown(
    tmp_path: Path, seeded: Path, figure: Callable[[str], None]
) -> None:
    """One fact of each of five cases, by somebody who can write the file: past the triggers that keep facts as they are."""
    with Server(tmp_path, seeded=seeded) as server:
        database = SQLiteFile(server.data)
        for (trigger,) in database.rows("SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'fact'"):
            database.run(f'DROP TRIGGER "{trigger}"')
        cases = [
            case for (case,) in database.rows(
                f"SELECT case_id FROM case_head WHERE sequence > 3 ORDER BY case_id LIMIT {len(FACTS)}"
            )
        ]
        for case, alteration in zip(cases, FACTS.values(), strict=True):
            database.run(alteration.format(at=f"case_id = '{case}' AND sequence = 2"))
        server.start()
        staff = Caller(server.desk)
        staff.signs_in_with_code(server.staff[0], server.outbox)
        for case, what in zip(cases, FACTS, strict=True):
            for page in ("", "/history", "/files"):
                answer = staff.get(f"/cases/{case}{page}")
                assert answer.status == 500 and "Something went wrong" in answer.text, (what, page, answer.status)
        assert '"StoreError.tampered"' in server.printed
        # Every other case opens.
        other = next(one for one in re.findall(r'href="/cases/([0-9a-z]{26})"', staff.get("/").text) if one not in cases)
        assert staff.get(f"/cases/{other}").status == 200
        done = Command(RIGHTSDESK_DATA=str(server.data)).runs("verify")
        assert done.returncode == 65, done.stdout + done.stderr
        for case, what in zip(cases, FACTS, strict=True):
            assert f"case {case}, fact 2" in done.stdout, f"{what}: {done.stdout}"
    figure(f"a fact altered in {len(FACTS)} ways ({', '.join(FACTS)}): named by verify, its case closed, the others open")


def test_an_altered_line_of_the_lists_is_named_and_made_anew(
    tmp_path: Path, seeded: Path, figure: Callable[[str], None]
) -> None:
    server = Server(tmp_path, seeded=seeded)
    database = SQLiteFile(server.data)
    (case,) = database.rows("SELECT case_id FROM case_summary WHERE policy_due IS NOT NULL ORDER BY case_id LIMIT 1")[0]
    database.run(f"UPDATE case_summary SET policy_due = '2031-01-01', requester_name = 'Nobody' WHERE case_id = '{case}'")
    command = Command(RIGHTSDESK_DATA=str(server.data))
    found = command.runs("verify")
    assert found.returncode == 65 and f"case {case}: what lists say" in found.stdout, found.stdout + found.stderr
    command.does("rebuild")
    assert "nothing changed" in command.does("verify")
    figure("an altered line of the lists: named by verify, right again after rebuild")
