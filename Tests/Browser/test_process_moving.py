"""Everything is moved to the other database and back, by the commands that an administrator uses."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from harness.caller import Caller
from harness.command import Command, Rows, damages_one, files, rows, rows_of
from harness.databases import PostgreSQLDatabase, PostgreSQLServer
from harness.server import Server

pytestmark = pytest.mark.thorough

# What each database has of its own.
OWN = "migration"


@pytest.fixture
def home(seeded: Path, tmp_path: Path) -> Path:
    """The data folder of a demonstration that has stopped."""
    return Path(shutil.copytree(seeded, tmp_path / "home"))


def moved(tables: Rows) -> Rows:
    return {table: lines for table, lines in tables.items() if table != OWN}


def on_socket(database: PostgreSQLDatabase) -> str:
    """Its address without a password, by the socket."""
    return database.url.replace("postgres:///", "postgresql:///")


def test_everything_moves_to_postgresql_and_back_and_is_the_same(
    home: Path, postgres: PostgreSQLServer, tmp_path: Path, figure: Callable[[str], None]
) -> None:
    there, database = Command(RIGHTSDESK_DATA=str(home)), postgres.database()
    said = there.does("copy", "--to", on_socket(database))
    tables, count = map(int, re.search(r"Copied: (\d+) tables, (\d+) rows, equal on both sides", said).groups())
    before = moved(rows(home))
    assert tables == len(before) and count == sum(map(len, before.values())) > 500

    moving = there.but(RIGHTSDESK_DATABASE=database.url)
    assert re.search(r"Verified: \d+ cases, \d+ facts, \d+ files of \d+ bytes, nothing changed\.", moving.does("verify", "--files"))
    back = tmp_path / "back"
    moving.does("copy", "--to-folder", str(back))
    after = moved(rows(back))
    assert after.keys() == before.keys()
    for table in before:
        assert after[table] == before[table], table
    assert files(back) == files(home)
    assert (back / "keys/master.key").read_bytes() == (home / "keys/master.key").read_bytes()
    assert back.stat().st_mode & 0o077 == 0 and (back / "rightsdesk.sqlite").stat().st_mode & 0o077 == 0
    figure(f"moved to PostgreSQL and back: {tables} tables, {count} rows, {len(files(back))} files, all equal")


def test_the_sites_go_on_where_everything_was_moved_to(home: Path, postgres: PostgreSQLServer, tmp_path: Path) -> None:
    database = postgres.database()
    Command(RIGHTSDESK_DATA=str(home)).does("copy", "--to", on_socket(database))
    sessions = len(rows(home)["session"])
    (home / "rightsdesk.sqlite").unlink()
    server = Server(tmp_path / "served", database.settings, seeded=home, is_demo=False)
    known = server.requesters[0]
    server.start()
    try:
        caller = Caller(server.portal)
        caller.signs_in(known)
        assert known.email in caller.opens("/").text
        assert re.search(r"/requests/[0-9a-z]{26}", caller.opens("/requests").text)
        # Nobody copies what the sites are still writing to.
        busy = Command(RIGHTSDESK_DATA=str(server.data), **database.settings).runs("copy", "--to-folder", str(tmp_path / "no"))
        assert busy.returncode == 69 and "Stop the sites" in busy.stderr
        assert not (tmp_path / "no").exists()
    finally:
        server.stop()
    moving = Command(RIGHTSDESK_DATA=str(server.data), **database.settings)
    back = tmp_path / "back"
    moving.does("copy", "--to-folder", str(back))
    assert "nothing changed" in Command(RIGHTSDESK_DATA=str(back)).does("verify", "--files")
    # What was done there came along.
    assert len(rows(back)["session"]) == sessions + 1


def test_nothing_is_copied_while_the_sites_run(server: Server, postgres: PostgreSQLServer) -> None:
    database = postgres.database()
    busy = Command(RIGHTSDESK_DATA=str(server.data)).runs("copy", "--to", on_socket(database))
    assert busy.returncode == 69 and "Stop the sites" in busy.stderr
    assert rows_of(database) == {}


def test_a_copy_that_is_killed_leaves_nothing_and_is_begun_again(
    home: Path, postgres: PostgreSQLServer, tmp_path: Path, figure: Callable[[str], None]
) -> None:
    there = Command(RIGHTSDESK_DATA=str(home))
    before = moved(rows(home))
    database, folder = postgres.database(), tmp_path / "new"
    moments = ["fact: ", "comparing account", "comparing staff_role", "verifying"]
    for at in moments:
        assert there.is_killed("copy", "--to", on_socket(database), at=at)
        # The server rolls it back as soon as it notices; whoever comes then waits for that.
        assert database.rows("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == [("0",)], at
    for at in ["files copied", *moments]:
        assert there.is_killed("copy", "--to-folder", str(folder), at=at)
        assert not folder.exists(), at
    there.does("copy", "--to", on_socket(database))
    there.does("copy", "--to-folder", str(folder))
    assert moved(rows(folder)) == before == moved(rows(home))
    assert {table: len(lines) for table, lines in rows_of(database).items() if table != OWN} == {
        table: len(lines) for table, lines in before.items()
    }
    figure(f"copies killed: {2 * len(moments) + 1}, nothing left of any")


def test_nothing_is_copied_over_what_is_there(home: Path, postgres: PostgreSQLServer, tmp_path: Path) -> None:
    there, database = Command(RIGHTSDESK_DATA=str(home)), postgres.database()
    there.does("copy", "--to", on_socket(database))
    again = there.runs("copy", "--to", on_socket(database))
    assert again.returncode != 0 and "not empty" in again.stderr
    other = there.runs("copy", "--to-folder", str(home))
    assert other.returncode == 65 and "is not empty" in other.stderr
    somebody = postgres.database()
    somebody.run("CREATE TABLE invoices (id bigint PRIMARY KEY)")
    refused = there.runs("copy", "--to", on_socket(somebody))
    assert refused.returncode != 0 and "invoices" in refused.stderr
    assert rows_of(somebody).keys() == {"invoices"}
    assert not list(home.parent.glob("*.part"))


def test_a_file_that_was_damaged_before_is_moved_as_it_is_and_named(home: Path, postgres: PostgreSQLServer, tmp_path: Path) -> None:
    damaged, whole = damages_one(home), Command(RIGHTSDESK_DATA=str(home))
    gone = max(path for path in (home / "vault").glob("??/*") if path.is_file())
    gone.unlink()
    copied = whole.runs("copy", "--to-folder", str(tmp_path / "copy"))
    assert copied.returncode == 2 and "2 files were missing or damaged before the copy" in copied.stderr, copied.stderr
    moved_to = whole.runs("move-files", "--to", "database")
    assert moved_to.returncode == 2 and "2 files were missing or damaged before the move" in moved_to.stderr, moved_to.stderr
    in_database = whole.but(RIGHTSDESK_FILES="database")
    database = postgres.database()
    in_database.does("copy", "--to", on_socket(database))
    back = in_database.but(RIGHTSDESK_DATABASE=database.url).runs("copy", "--to-folder", str(tmp_path / "back"))
    assert back.returncode == 2 and "2 files were missing or damaged" in back.stderr, back.stderr
    for command in (
        whole.but(RIGHTSDESK_DATA=str(tmp_path / "copy")), in_database, in_database.but(RIGHTSDESK_DATA=str(tmp_path / "back")),
    ):
        verified = command.runs("verify", "--files")
        assert verified.returncode == 65, verified.stdout
        assert f"file {damaged}: changed" in verified.stdout and f"file {gone.name}: missing" in verified.stdout
        assert "2 faults" in verified.stderr


def test_a_password_is_not_taken_from_the_command_line(home: Path, postgres: PostgreSQLServer, tmp_path: Path) -> None:
    there, database = Command(RIGHTSDESK_DATA=str(home)), postgres.database()
    port = re.search(r"port=(\d+)", database.url)[1]
    secret = f"postgres://postgres:fictional@127.0.0.1:{port}/{database.name}"
    refused = there.runs("copy", "--to", secret)
    assert refused.returncode == 65 and "--to-file" in refused.stderr
    assert "fictional" not in refused.stderr + refused.stdout
    (tmp_path / "address").write_text(secret + "\n", encoding="utf-8")
    done = there.runs("copy", "--to-file", str(tmp_path / "address"))
    assert done.returncode == 0, done.stderr
    assert "fictional" not in done.stdout + done.stderr
