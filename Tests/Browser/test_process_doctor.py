"""What `rightsdesk doctor` finds on a machine that is not as it should be, and that it finds nothing where all is well."""

import os
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from harness.command import Command
from harness.scanner import Scanner
from harness.server import ROOT, binary
from test_process_room import CrampedServer

DAY = 86_400
GIGABYTE = 10**9


@pytest.fixture
def command(tmp_path: Path) -> Command:
    (tmp_path / "data").mkdir(mode=0o700)
    return Command(RIGHTSDESK_DATA=str(tmp_path / "data"))


@pytest.fixture
def scanner() -> Iterator[Scanner]:
    started = Scanner()
    yield started
    started.stop()


def finds(command: Command, **settings: str) -> str:
    done = command.but(**settings).runs("doctor")
    assert done.returncode == 69 and "well   Settings: can be read" in done.stdout, done.stderr
    return done.stdout


def test_bank_holidays_that_end_soon_are_told_before_they_do(command: Command, tmp_path: Path) -> None:
    year = date.today().year
    policies = Path(shutil.copytree(ROOT / "policies", tmp_path / "policies"))
    for nation, last in (("england-and-wales", year + 1), ("scotland", year + 2)):
        table = policies / f"bank-holidays/{nation}.yaml"
        text = re.sub(r"^to: .*$", f"to: {last}", table.read_text(encoding="utf-8"), flags=re.MULTILINE)
        kept = [line for line in text.splitlines() if not (found := re.search("date: ([0-9]{4})-", line)) or int(found[1]) <= last]
        table.write_text("\n".join(kept) + "\n", encoding="utf-8")
    said = finds(command, RIGHTSDESK_POLICIES=str(policies))
    assert f"LOOK   Bank holidays of England and Wales: end with {year + 1}.\n" in said
    assert f"Add {year + 2} to bank-holidays/england-and-wales.yaml as GOV.UK announces it." in said
    assert f"well   Bank holidays of Scotland: are known until the end of {year + 2}." in said


def test_signatures_of_the_scanner_grow_old_after_a_week(command: Command, scanner: Scanner) -> None:
    def says(days: int) -> str:
        scanner.version = f"ClamAV 1.0.7/27450/{time.asctime(time.gmtime(time.time() - days * DAY - 60))}"
        return finds(command, RIGHTSDESK_CLAMD=scanner.address)

    assert "well   Virus scanner: ClamAV 1.0.7 with signatures 7 days old." in says(7)
    old = says(8)
    assert "LOOK   Virus scanner: its signatures are 8 days old." in old and "clamav-freshclam" in old
    assert "is on another machine" not in old
    scanner.version = "ClamAV 1.0.7"
    assert "FAULT  Virus scanner: ClamAV 1.0.7 has no signatures." in finds(command, RIGHTSDESK_CLAMD=scanner.address)


def test_a_scanner_elsewhere_is_told_because_files_go_there_in_plain_text(command: Command) -> None:
    said = finds(command, RIGHTSDESK_CLAMD="tcp:scanner.invalid:3310")
    assert "LOOK   Virus scanner: is on another machine, scanner.invalid, to which every file goes in plain text." in said
    assert "FAULT  Virus scanner: does not answer" in said


@pytest.mark.parametrize(
    ("mode", "words"),
    [
        ("disable", "is in plain text"),
        ("allow", "is in plain text wherever the server, or somebody before it, offers nothing better"),
        ("prefer", "is in plain text wherever the server, or somebody before it, offers nothing better"),
        ("require", "is encrypted, but nobody checks that it leads to the server"),
        ("verify-full", None),
    ],
)
def test_a_database_elsewhere_is_reached_encrypted_and_proven_or_that_is_told(command: Command, mode: str, words: str | None) -> None:
    said = finds(command, RIGHTSDESK_DATABASE=f"postgres://records@db.invalid/records?sslmode={mode}")
    assert "FAULT  Database: cannot be opened" in said
    if words:
        assert f"LOOK   Way to the database: {words}." in said
    else:
        assert "Way to the database" not in said


def test_programs_that_a_backup_of_postgresql_needs_are_missed_before_the_night(command: Command, tmp_path: Path) -> None:
    database = {"RIGHTSDESK_DATABASE": "postgres://records@127.0.0.1:1/records"}
    assert "without which no backup is taken" not in finds(command, **database)
    (tmp_path / "nothing").mkdir()
    said = finds(command, PATH=str(tmp_path / "nothing"), **database)
    for program in ("pg_dump", "pg_restore"):
        assert f"LOOK   {program}: is not there, without which no backup is taken or brought back." in said
    assert "apt-get install postgresql-client" in said
    # SQLite is copied by the program itself.
    assert "pg_dump" not in finds(command, PATH=str(tmp_path / "nothing"))


@pytest.fixture
def finds_with_room(tmp_path: Path) -> Callable[[str, int], str]:
    """The doctor's words in a data folder on a file system of its own, and so many files in it."""
    mount = 'mount -t tmpfs -o "$1" tmpfs "$2" && cd "$2" && for file in $(seq 1 "$3"); do : >"$file"; done && shift 3 && exec "$@"'
    data = tmp_path / "small"
    data.mkdir()

    def run(*words: str | Path) -> subprocess.CompletedProcess[str]:
        settings = {"RIGHTSDESK_DATA": str(data), "RIGHTSDESK_POLICIES": str(ROOT / "policies")}
        return subprocess.run(
            [*CrampedServer.namespace(), "sh", "-c", mount, "sh", *words], env={**os.environ, **settings},
            capture_output=True, text=True, timeout=120, check=False,
        )

    trial = run("size=1m", data, "0", "true")
    if trial.returncode != 0:
        pytest.skip(f"a small disk cannot be mounted on this machine: {trial.stderr.strip()}")
    return lambda options, files: run(options, data, str(files), binary(), "doctor").stdout


def test_room_that_runs_out_is_told_before_it_has(finds_with_room: Callable[[str, int], str]) -> None:
    advice = "Make room: one request may bring several gigabytes."
    plenty = finds_with_room(f"size={10 * GIGABYTE + (1 << 20)}", 0)
    assert "well   Room on the disk: 10 GB are free." in plenty and advice not in plenty
    little = finds_with_room(f"size={9 * GIGABYTE}", 0)
    assert "LOOK   Room on the disk: only 8 GB are free." in little or "LOOK   Room on the disk: only 9 GB are free." in little
    assert advice in little
    none = finds_with_room("size=64m", 0)
    assert "FAULT  Room on the disk: only 0 GB are free." in none and advice in none
    files = finds_with_room("size=64m,nr_inodes=100", 96)
    assert re.search("LOOK   Room on the disk: is left for [0-4] more files only", files), files
    assert "more files only" not in none
