"""The power goes at random moments while people write: nothing that was acknowledged is lost, and nothing is there twice."""

import os
import random
import re
import shutil
import subprocess
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from harness.command import Command
from harness.databases import Engine, PostgreSQL
from harness.load import Load
from harness.nodes import Machine
from harness.server import ROOT, binary

AT_ONCE = 2  # servers, each with its own folder and database: most of a cycle is one core starting up
LONGEST_LIFE = 0.4  # seconds of writing before the next kill
REBUILDS = 5


def test_kill_9_during_writes_loses_nothing_that_was_acknowledged(
    tmp_path: Path, engine: Engine, pytestconfig: pytest.Config, figure: Callable[[str], None]
) -> None:
    kills = pytestconfig.getoption("kills")
    shares = [kills // AT_ONCE + (1 if number < kills % AT_ONCE else 0) for number in range(AT_ONCE)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        ordeals = [Ordeal(tmp_path / f"desk-{number}", engine, number) for number in range(AT_ONCE)]
        try:
            for ordeal in pool.map(Ordeal.goes_through, ordeals, shares):
                assert len(ordeal.load.notes) > ordeal.kills, "too few writes to have been in the middle of one"
                assert ordeal.load.files and ordeal.load.messages, "not one file or message was acknowledged"
                ordeal.proves_nothing_lost()
                left, unnamed = ordeal.remnants()
                ordeal.sweeps()
                ordeal.survives_killed_rebuilds()
                figure(
                    f"{engine.name}, {ordeal.kills} kills of {ordeal.killed}: {ordeal.load.acknowledged}, {ordeal.load.unanswered} sent "
                    f"again, each there once; verify (with files) and rebuild clean; {left} files without a row and "
                    f"{unnamed} without an entry left behind, none after the sweep; {REBUILDS} rebuilds killed, the "
                    "lists whole each time"
                )
        finally:
            for ordeal in ordeals:
                ordeal.ends()


class Ordeal:
    def __init__(self, folder: Path, engine: Engine, number: int) -> None:
        folder.mkdir()
        self.kills = 0
        self._chance = random.Random(number)
        self._settings = {"RIGHTSDESK_POLICIES": str(_one_policy(folder))}
        self._server, self._database = engine.server(folder, self._settings)
        self._command = Command(RIGHTSDESK_DATA=str(self._server.data), **self._settings, **self._database.settings)
        # Where several may work on one database, a worker in a process of its own dies as well.
        own = {**self._settings, **self._database.settings, "RIGHTSDESK_CLAMD": "none"}
        self._workers = [Machine(folder, own)] if isinstance(engine, PostgreSQL) else []
        self.load = Load(self._server, seed=number)

    @property
    def killed(self) -> str:
        return "the server and of a worker beside it" if self._workers else "the server"

    # The kills

    def goes_through(self, kills: int) -> "Ordeal":
        self._server.start()
        self.load.signs_in()
        self._before = self._count("opening")
        for worker in self._workers:
            worker.start()
        self.load.begins()
        try:
            while self.kills < kills:
                time.sleep(self._chance.uniform(0, LONGEST_LIFE))
                self.load.fails_early()
                for one in (self._server, *self._workers):
                    one.kill()
                self.kills += 1
                for one in (self._server, *self._workers):
                    one.start()
        finally:
            self.load.ends()
        for worker in self._workers:
            worker.stop()
        return self

    # What must be there afterwards

    def proves_nothing_lost(self) -> None:
        self._lets_files_be_checked()
        self.load.finds_each_once(self._before, self._count("opening"))
        self._server.stop()
        verified = self._command.does("verify", "--files")
        assert re.search(r"Verified: \d+ cases, \d+ facts, \d+ files of \d+ bytes, nothing changed\.", verified), verified
        assert re.search(r"Rebuilt: \d+ cases\.", self._command.does("rebuild"))

    def _lets_files_be_checked(self) -> None:
        """As if the minutes had passed after which the work of a worker that died is another's."""
        checks = "kind = 'scan-file' AND state = 'waiting'"
        self._server.stop()
        self._database.run(f"UPDATE job SET claimed_by = NULL, claimed_until = NULL, run_at = made_at WHERE {checks}")
        self._server.start()
        deadline = time.monotonic() + 60
        while left := self._count(f"job WHERE {checks}"):
            assert time.monotonic() < deadline, f"{left} files were not checked"
            time.sleep(0.1)

    def remnants(self) -> tuple[int, int]:
        """Files in the vault that no row knows, and rows of files that no entry of a case names."""
        kept = {file for (file,) in self._database.rows("SELECT file_id FROM file")}
        unnamed = self._count("file WHERE case_id IS NOT NULL AND state = 'received'")
        return len([path for path in self._vault() if path.name not in kept]), unnamed

    def sweeps(self) -> None:
        """A day later the next start takes all of them away, and nothing else."""
        long_ago = time.time() - 3 * 86_400
        for path in self._vault():
            os.utime(path, (long_ago, long_ago))
        self._database.run("UPDATE file SET added_at = '2020-01-01T00:00:00.000Z'")
        self._server.start()
        deadline = time.monotonic() + 60
        while self.remnants() != (0, 0):
            assert time.monotonic() < deadline, f"{self.remnants()} were left behind"
            time.sleep(0.1)
        self.load.finds_each_once(self._before, self._count("opening"))
        self._server.stop()

    def survives_killed_rebuilds(self) -> None:
        """Killed after it has read every case, which is when it empties the lists and fills them."""
        whole = self._listed()
        assert whole[0] == whole[1] > 0
        for _ in range(REBUILDS):
            with subprocess.Popen(
                [binary(), "rebuild"], cwd=ROOT, env={**os.environ, **self._command.settings}, stdout=subprocess.PIPE,
                stderr=subprocess.PIPE, text=True,
            ) as rebuild:
                for line in rebuild.stderr:
                    if re.match(r"(\d+) of \1 cases", line):
                        break
                time.sleep(self._chance.uniform(0, 0.05))
                rebuild.kill()
            assert self._listed() == whole, "a killed rebuild left the lists incomplete"

    def _listed(self) -> tuple[int, int]:
        return self._count("case_summary"), self._count("case_search")

    def _count(self, what: str) -> int:
        return self._database.number(f"SELECT count(*) FROM {what}")

    def _vault(self) -> list[Path]:
        vault = self._server.data / "vault"
        others = ("incoming", "set-aside")
        return [path for folder in vault.iterdir() if folder.name not in others for path in folder.iterdir()]

    def ends(self) -> None:
        with self.load, self._server:
            for worker in self._workers:
                worker.stop()


def _one_policy(folder: Path) -> Path:
    """One policy is enough, and read in half the time of two."""
    policies = folder / "policies"
    policies.mkdir()
    for name in ("poole-2017", "bank-holidays"):
        shutil.copytree(ROOT / "policies" / name, policies / name)
    return policies
