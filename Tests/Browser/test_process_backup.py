"""A backup is taken while the sites run, brought back into an empty place, and compared."""

import os
import re
import shutil
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from harness.command import Command, damages_one, files, rows, rows_of
from harness.databases import PostgreSQLServer
from harness.large import LargeTrust, size
from harness.server import Server
from test_process_files import soon

Run = Callable[..., subprocess.CompletedProcess[str]]

# What the server's own work changes meanwhile.
MOVING = ("job", "outbox", "session", "access")


@pytest.fixture
def places(tmp_path: Path) -> dict[str, str]:
    """Where backups go."""
    for name in ("backup", "keys"):
        (tmp_path / f"{name}.password").write_text(f"{name} with a long password\n", encoding="utf-8")
    return {
        "RIGHTSDESK_BACKUP": str(tmp_path / "backup"),
        "RIGHTSDESK_BACKUP_PASSWORD_FILE": str(tmp_path / "backup.password"),
        "RIGHTSDESK_KEY_BACKUP": str(tmp_path / "keys"),
        "RIGHTSDESK_KEY_BACKUP_PASSWORD_FILE": str(tmp_path / "keys.password"),
    }


@pytest.fixture
def run(server: Server, places: dict[str, str]) -> Run:
    command = Command(RIGHTSDESK_DATA=str(server.data), **places)
    return lambda *words, **changes: command.but(**changes).runs(*words)


def test_what_is_restored_is_what_was_there(server: Server, run: Run, tmp_path: Path) -> None:
    taken = run("backup", "--first")
    assert taken.returncode == 0, taken.stderr
    restored = tmp_path / "restored"
    back = run("restore", "--into", str(restored))
    assert back.returncode == 0, back.stderr
    assert "nothing changed" in back.stdout
    there, here = rows(server.data), rows(restored)
    assert there.keys() == here.keys() and len(there["fact"]) > 100
    for table in there:
        if table not in MOVING:
            assert here[table] == there[table], table
    assert files(restored) == files(server.data)
    assert (restored / "keys/master.key").read_bytes() == (server.data / "keys/master.key").read_bytes()
    assert (restored / "keys/master.key").stat().st_mode & 0o077 == 0


def test_what_is_restored_to_postgresql_is_what_was_there(
    seeded: Path, postgres: PostgreSQLServer, places: dict[str, str], tmp_path: Path, figure: Callable[[str], None]
) -> None:
    home, database = Path(shutil.copytree(seeded, tmp_path / "home")), postgres.database()
    Command(RIGHTSDESK_DATA=str(home)).does("copy", "--to", database.url.replace("postgres://", "postgresql://"))
    server = Server(tmp_path / "served", database.settings, seeded=home, is_demo=False)
    # The password is the address's own, and must come up nowhere.
    secret = f"postgres://postgres:fictional@127.0.0.1:{database.url.split('port=')[1]}/{database.name}"
    command = Command(RIGHTSDESK_DATA=str(server.data), RIGHTSDESK_DATABASE=secret, **places)
    server.start()
    try:
        taken = command.runs("backup", "--first")
    finally:
        server.stop()
    assert taken.returncode == 0, taken.stderr
    assert "fictional" not in taken.stdout + taken.stderr
    assert not (server.data / "backup").exists()

    restored, target = tmp_path / "restored", postgres.database()
    nowhere = command.runs("restore", "--into", str(restored))
    assert nowhere.returncode == 66 and "--to" in nowhere.stderr and not restored.exists()
    back = command.runs("restore", "--into", str(restored), "--to", target.url)
    assert back.returncode == 0, back.stderr
    assert "nothing changed" in back.stdout
    there, here = rows_of(database), rows_of(target)
    assert there.keys() == here.keys() and len(there["fact"]) > 100
    for table in there:
        if table not in MOVING:
            assert here[table] == there[table], table
    assert files(restored) == files(server.data)
    assert sorted(path.name for path in restored.iterdir()) == ["keys", "vault"]
    # Also what is no row: the protection of the facts, the indexes, the functions.
    schema = "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' UNION SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal"
    assert sorted(target.rows(schema)) == sorted(database.rows(schema))

    again = command.runs("restore", "--into", str(tmp_path / "other"), "--to", target.url)
    assert again.returncode == 65 and "There is something in" in again.stderr
    assert not (tmp_path / "other").exists()
    figure(f"backup and restore on PostgreSQL: {len(there)} tables, {sum(map(len, there.values()))} rows, all equal")


def test_the_copy_is_verified_and_not_the_database_that_the_sites_use(run: Run, tmp_path: Path) -> None:
    run("backup", "--first")
    # Nobody listens there: whoever opened it instead of the copy would fail.
    elsewhere = {"RIGHTSDESK_DATABASE": "postgres://nobody@127.0.0.1:1/none"}
    back = run("restore", "--into", str(tmp_path / "restored"), **elsewhere)
    assert back.returncode == 0, back.stderr
    assert "nothing changed" in back.stdout


def test_what_was_damaged_before_the_backup_is_restored_and_named(seeded: Path, places: dict[str, str], tmp_path: Path) -> None:
    home, restored = Path(shutil.copytree(seeded, tmp_path / "home")), tmp_path / "restored"
    damaged = damages_one(home)
    with closing(sqlite3.connect(home / "rightsdesk.sqlite")) as database, database:
        database.execute("DROP TRIGGER fact_is_never_changed")
        (case,) = database.execute("SELECT min(case_id) FROM fact").fetchone()
        database.execute("UPDATE fact SET actor = 'nobody' WHERE case_id = ? AND sequence = 1", (case,))
    command = Command(RIGHTSDESK_DATA=str(home), **places)
    command.does("backup", "--first")
    back = command.runs("restore", "--into", str(restored))
    assert back.returncode == 2, back.stdout + back.stderr
    assert f"file {damaged}: changed" in back.stdout and f"case {case}, fact 1: changed" in back.stdout
    assert "Everything was restored" in back.stderr and "nothing changed" not in back.stdout
    assert files(restored) == files(home)
    assert rows(restored)["fact"] == rows(home)["fact"]


def test_a_second_backup_keeps_only_what_is_new_and_no_key_lies_with_the_files(run: Run, places: dict[str, str]) -> None:
    first = run("backup", "--first").stdout
    second = run("backup").stdout

    def added(text: str) -> int:
        return int(text.split(" bytes of them new")[0].split()[-1])

    assert added(second) < added(first) / 4
    listed = subprocess.run(
        ["restic", "--no-cache", "--repo", places["RIGHTSDESK_BACKUP"], "--password-file",
         places["RIGHTSDESK_BACKUP_PASSWORD_FILE"], "ls", "latest"],
        text=True, capture_output=True, check=True,
    ).stdout
    assert "rightsdesk.sqlite" in listed and "master.key" not in listed and "demo-people" not in listed


class WaitingRestic:
    """restic, which reads the copy of the database when it is told to."""

    SCRIPT = """#!/bin/sh
case "$*" in *" --json backup "*) echo $$ >"$0.part" && mv "$0.part" "$0.waits"; read -r word <"$0.goes-on";; esac
exec {restic} "$@"
"""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.path = f"{folder}:{os.environ['PATH']}"
        (folder / "restic").write_text(self.SCRIPT.format(restic=shutil.which("restic")), encoding="utf-8")
        (folder / "restic").chmod(0o755)
        self._waits, self._goes_on = folder / "restic.waits", folder / "restic.goes-on"
        os.mkfifo(self._goes_on)

    def waits(self) -> bool:
        return self._waits.exists()

    def goes_on(self) -> None:
        self._waits.unlink()
        self._goes_on.write_text("now\n", encoding="ascii")

    def dies(self) -> None:
        """It has a group of its own, and outlives who started it."""
        os.kill(int(self._waits.read_text(encoding="ascii")), signal.SIGKILL)


def test_a_second_backup_at_the_same_time_is_told_so_and_spoils_nothing(
    seeded: Path, places: dict[str, str], tmp_path: Path
) -> None:
    data = Path(shutil.copytree(seeded, tmp_path / "data"))
    command, restic = Command(RIGHTSDESK_DATA=str(data), **places), WaitingRestic(tmp_path / "bin")
    command.does("backup", "--first")
    first = command.but(PATH=restic.path).begins("backup")
    try:
        soon(restic.waits, "the first did not come to read its copy")
        second = command.runs("backup")
        assert second.returncode == 69 and "is under way" in second.stderr, second.stderr
        assert (data / "backup/rightsdesk.sqlite").exists(), "the copy that the first is reading is gone"
        restic.goes_on()
        said, _ = first.communicate()
        assert first.returncode == 0, said
        back = command.runs("restore", "--into", str(tmp_path / "restored"))
        assert "nothing changed" in back.stdout, back.stderr

        # One that dies leaves nobody waiting.
        first = command.but(PATH=restic.path).begins("backup")
        soon(restic.waits, "the next did not come to read its copy")
    finally:
        first.kill()
        if restic.waits():
            restic.dies()
        first.communicate()
    command.does("backup")


def test_a_place_that_is_not_there_is_not_made_by_accident(run: Run, tmp_path: Path) -> None:
    taken = run("backup")
    assert taken.returncode == 69
    assert not (tmp_path / "backup").exists()


def test_nothing_is_restored_over_what_is_there(server: Server, run: Run) -> None:
    run("backup", "--first")
    back = run("restore", "--into", str(server.data))
    assert back.returncode == 65
    assert "is not empty" in back.stderr


def test_a_backup_without_its_key_is_not_restored(run: Run, tmp_path: Path) -> None:
    run("backup", "--first")
    (tmp_path / "other.key").write_text("ab" * 32, encoding="utf-8")
    back = run("restore", "--into", str(tmp_path / "restored"), "--key", str(tmp_path / "other.key"))
    assert back.returncode != 0
    assert "master key is not the one" in back.stderr
    assert not (tmp_path / "restored").exists()


def test_the_doctor_names_what_is_not_well_and_nothing_else(server: Server, run: Run) -> None:
    before = run("doctor")
    assert before.returncode == 69
    assert "FAULT  Backup: cannot be looked at" in before.stdout
    assert "FAULT  Virus scanner: is not set up" in before.stdout
    assert "well   Database: opens with its key" in before.stdout
    run("backup", "--first")
    after = run("doctor", RIGHTSDESK_CLAMD="none")
    assert "well   Backup: was taken 0 hours ago" in after.stdout
    assert "LOOK   Virus scanner: is switched off" in after.stdout
    (server.data / "keys/master.key").chmod(0o644)
    try:
        assert "can be read by others" in run("doctor").stdout
    finally:
        (server.data / "keys/master.key").chmod(0o600)


def test_how_long_and_how_large_the_backup_of_a_large_trust_is(
    large: LargeTrust, places: dict[str, str], tmp_path: Path, pytestconfig: pytest.Config, figure: Callable[[str], None]
) -> None:
    """On made-up data, or on a folder that `Benchmarks seed` filled, with large files besides, which are sparse."""
    gigabytes, data = pytestconfig.getoption("sparse"), large.data
    (data / "vault/zz").mkdir(exist_ok=True)
    for number in range(gigabytes):
        with (data / f"vault/zz/01arz3ndektsv4rrffq69g{number:02}zz").open("wb") as file:
            os.truncate(file.fileno(), 1 << 30)
    command = Command(RIGHTSDESK_DATA=str(data), **places)
    restored = tmp_path / "restored"
    steps = {
        "first backup": ("backup", "--first"), "second": ("backup",), "restored and verified": ("restore", "--into", str(restored)),
        "verified alone": ("verify",),
    }
    figure(
        f"backup of {large.cases} cases, {large.facts} facts, {size(large.database)} of database, {gigabytes} GB of sparse files:"
    )
    for name, words in steps.items():
        began = time.monotonic()
        said = command.does(*words)
        seconds = time.monotonic() - began
        added = re.search(r"(\d+) bytes of them new", said)
        new = f", {int(added[1]) / 1e6:.1f} MB new" if added else ""
        figure(f"  {name}: {seconds:.1f} s{new}")
    figure(f"  the place of the backups: {size(Path(places['RIGHTSDESK_BACKUP']))}; restored: {size(restored)} on the disk")
    assert large.has_the_facts_of(restored)
    assert names(restored) == names(data)


def names(folder: Path) -> dict[str, int]:
    return {str(path.relative_to(folder)): path.stat().st_size for path in (folder / "vault").rglob("*") if path.is_file()}
