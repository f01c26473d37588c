"""The database server restarts, dies, or a standby takes over while people write. The program finds it again by itself."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from harness.command import Command
from harness.databases import CrampedPostgreSQLServer, PostgreSQL, PostgreSQLDatabase, PostgreSQLServer
from harness.load import Load
from harness.server import Server
from test_process_files import soon
from test_process_room import fills

pytestmark = pytest.mark.thorough

ROOM = 400 << 20  # bytes: twice what a new database with its journal needs
BETWEEN = 2.0  # seconds of writing before and after each blow

# What somebody may be told while the database is away.
CLEAR = {"We could not save this", "We cannot do this now", "We do not know whether this was saved"}


class Trial:
    """A server at work on a database, and what it acknowledged."""

    def __init__(self, server: Server, database: PostgreSQLDatabase) -> None:
        self.server = server
        self.database = database
        self.load = Load(server)

    def begins(self) -> None:
        self.server.start()
        self.load.signs_in()
        self.before = self.cases
        self.load.begins()

    @property
    def cases(self) -> int:
        return self.database.number("SELECT count(*) FROM opening")

    def works(self, seconds: float = BETWEEN) -> None:
        """Until so much was acknowledged again that everybody is at work."""
        done = len(self.load.notes) + 20
        deadline = time.monotonic() + 120
        time.sleep(seconds)
        while len(self.load.notes) < done:
            self.load.fails_early()
            assert time.monotonic() < deadline, f"nothing is acknowledged any more: {self.server.printed[-2000:]}"
            time.sleep(0.05)

    def is_whole(self) -> None:
        self.load.ends()
        assert set(self.load.told) <= CLEAR, self.load.told
        # As if the minutes had passed after which what failed is tried again.
        checks = "kind = 'scan-file' AND state = 'waiting'"
        self.database.run(f"UPDATE job SET claimed_by = NULL, claimed_until = NULL, run_at = made_at WHERE {checks}")
        soon(lambda: not self.database.rows(f"SELECT 1 FROM job WHERE {checks}"), "files were not checked")
        self.load.finds_each_once(self.before, self.cases)
        assert self.server.process, "the server ended"
        self.server.stop()
        command = Command(RIGHTSDESK_DATA=str(self.server.data), **self.database.settings)
        assert "nothing changed" in command.does("verify", "--files")


@pytest.fixture
def times(pytestconfig: pytest.Config) -> int:
    return pytestconfig.getoption("restarts")


@pytest.mark.parametrize("blow", ["fast", "immediate", "kill -9"])
def test_a_database_server_that_is_restarted_under_load_loses_nothing(
    tmp_path: Path, postgres: PostgreSQLServer, on_postgresql: PostgreSQL, blow: str, times: int,
    figure: Callable[[str], None],
) -> None:
    trial = Trial(*on_postgresql.server(tmp_path, {}))
    with trial.load, trial.server:
        trial.begins()
        for _ in range(times):
            trial.works()
            if blow == "kill -9":
                postgres.kill()
                postgres.revive()
            else:
                postgres.restart(blow)
        trial.works()
        trial.is_whole()
    figure(f"PostgreSQL restarted ({blow}) {times} times: {told(trial)}")


def test_a_standby_that_takes_over_has_everything_that_was_acknowledged(
    tmp_path: Path, postgres: PostgreSQLServer, on_postgresql: PostgreSQL, times: int, figure: Callable[[str], None]
) -> None:
    for number in range(times):
        folder = tmp_path / str(number)
        folder.mkdir()
        server, database = on_postgresql.server(folder, {})
        standby = postgres.gains_standby()
        both = PostgreSQLDatabase(postgres.address_with(standby, database.name))
        server.set(both.settings)
        trial = Trial(server, both)
        try:
            with trial.load, trial.server:
                trial.begins()
                trial.works()
                postgres.kill()
                standby.takes_over()
                promoted = time.monotonic()
                trial.works(0)
                healed = time.monotonic() - promoted
                trial.works()
                trial.is_whole()
        finally:
            standby.stop()
            postgres.revive()
            postgres.loses_standby()
        figure(f"PostgreSQL failed over: 20 notes acknowledged {healed:.1f} s after the promotion; {told(trial)}")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give PostgreSQL a small disk")
def test_a_database_without_room_refuses_in_words_and_goes_on_when_there_is_room(
    tmp_path: Path, figure: Callable[[str], None]
) -> None:
    postgres = CrampedPostgreSQLServer(ROOM)
    postgres.start()
    try:
        (tmp_path / "seeded").mkdir()
        trial = Trial(*PostgreSQL(postgres, tmp_path / "seeded").server(tmp_path, {}))
        with trial.load, trial.server:
            trial.begins()
            trial.works()
            ballast = postgres.folder / "ballast"
            fills(ballast)
            soon(lambda: trial.load.told, "notes are acknowledged without room for them")
            ballast.unlink()
            # Without room for its journal the server may have given up; then its administrator starts it again.
            if not postgres.answers():
                postgres.revive()
            trial.works()
            trial.is_whole()
    finally:
        postgres.stop()
    figure(f"PostgreSQL's disk full: {told(trial)}")


def told(trial: Trial) -> str:
    load = trial.load
    said = ", ".join(f"“{words}” {count} times" for words, count in load.told.items()) or "nobody was told of it"
    return f"{load.acknowledged}, each there once; {load.unanswered} not answered; {said}; verify (with files) clean"
