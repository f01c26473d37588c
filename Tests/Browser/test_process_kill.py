"""The power goes at random moments while staff write: nothing that was acknowledged is lost, and nothing is there twice."""

import http.client
import os
import random
import re
import shutil
import sqlite3
import subprocess
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from harness.client import Answer, Attachment, Client, Fields
from harness.outbox import Outbox
from harness.server import ROOT, Server, binary

AT_ONCE = 2  # servers, each with its own folder: most of a cycle is one core starting up
WRITERS = 3  # of notes; one more uploads
CASES = 8
LONGEST_LIFE = 0.4  # seconds of writing before the next kill
REBUILDS = 10
PHONE = "+447700900010"  # of the demonstration's first member of staff
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


def test_kill_9_during_writes_loses_nothing_that_was_acknowledged(
    tmp_path: Path, seeded: Path, pytestconfig: pytest.Config, figure: Callable[[str], None]
) -> None:
    kills = pytestconfig.getoption("kills")
    shares = [kills // AT_ONCE + (1 if number < kills % AT_ONCE else 0) for number in range(AT_ONCE)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        ordeals = [Ordeal(tmp_path / f"desk-{number}", seeded, number) for number in range(AT_ONCE)]
        try:
            for ordeal in pool.map(Ordeal.goes_through, ordeals, shares):
                assert len(ordeal.notes) > ordeal.kills, "too few writes to have been in the middle of one"
                assert ordeal.uploads, "not one upload was acknowledged"
                ordeal.proves_nothing_lost()
                left, unnamed = ordeal.remnants()
                ordeal.sweeps()
                ordeal.survives_killed_rebuilds()
                figure(
                    f"{ordeal.kills} kills: {len(ordeal.notes)} notes and {len(ordeal.uploads)} files acknowledged, "
                    f"{ordeal.sent_again} sent again, each there once; verify and rebuild clean; "
                    f"{left} files without a row and {unnamed} without an entry left behind, none after the sweep; "
                    f"{REBUILDS} rebuilds killed, the lists whole each time"
                )
        finally:
            for ordeal in ordeals:
                ordeal.ends()


class Ordeal:
    def __init__(self, folder: Path, seeded: Path, number: int) -> None:
        folder.mkdir()
        self.kills = 0
        self.sent_again = 0
        self.notes: list[tuple[str, str]] = []
        self.uploads: list[tuple[str, str, bytes]] = []
        self._chance = random.Random(number)
        self._settings = {"RIGHTSDESK_POLICIES": str(_one_policy(folder))}
        self._server = Server(folder, self._settings, seeded=seeded)
        self._is_over = threading.Event()
        self._lock = threading.Lock()

    # The kills

    def goes_through(self, kills: int) -> "Ordeal":
        self._server.start()
        staff = self._server.staff[0]
        self._client = client = Client(self._server.desk)
        outbox = Outbox(self._server.portal)
        client.signs_in_at_desk(staff.email, staff.password, lambda: outbox.code(PHONE))
        found = sorted(set(re.findall(r'href="/cases/([0-9a-z]{26})"', client.gets("/").text)))
        open_for_files = [case for case in found if 'id="new"' in client.gets(f"/cases/{case}/files").text]
        assert len(open_for_files) >= CASES, "the demonstration has too few cases to write in"
        self._cases = open_for_files[:CASES]
        case = self._cases[0]
        # Without what the page saw last, against which somebody else's changes would be held.
        note = {"csrf": client.form(f"/cases/{case}/notes", f"/cases/{case}/notes")["csrf"]}
        upload = client.form(f"/cases/{case}/files", f"/cases/{case}/files")
        with ThreadPoolExecutor(WRITERS + 1) as pool:
            work = [pool.submit(self._writes, number, dict(client.cookies), note) for number in range(WRITERS)]
            work.append(pool.submit(self._uploads, dict(client.cookies), upload))
            try:
                while self.kills < kills:
                    time.sleep(self._chance.uniform(0, LONGEST_LIFE))
                    self._server.kill()
                    self.kills += 1
                    self._server.start()
            finally:
                self._is_over.set()
        for one in work:
            one.result()
        return self

    def _writes(self, number: int, cookies: dict[str, str], form: Fields) -> None:
        """Notes one after the other. One that was not answered is sent again as a person would: the same form."""
        chance = random.Random(number)
        client = Client(self._server.desk, cookies)
        count = 0
        while not self._is_over.is_set():
            count += 1
            case, text = chance.choice(self._cases), f"Note {number}-{count}."
            fields = {**form, "once": _once(chance), "text": text}
            if self._acknowledged(lambda: client.sends(f"/cases/{case}/notes", fields)):
                self.notes.append((case, text))

    def _uploads(self, cookies: dict[str, str], form: Fields) -> None:
        """The same with files: large enough that many kills come between the first byte and the answer."""
        chance = random.Random(WRITERS)
        client = Client(self._server.desk, cookies)
        count = 0
        while not self._is_over.is_set():
            count += 1
            case, name = chance.choice(self._cases), f"volume-{count}.txt"
            content = f"Volume {count}\n".encode() * chance.randint(1, 60_000)
            fields = {**form, "once": _once(chance)}
            file = Attachment(name, len(content), [content])
            if self._acknowledged(lambda: client.uploads(f"/cases/{case}/files", fields, "files", [file])):
                self.uploads.append((case, name, content))

    def _acknowledged(self, send: Callable[[], Answer]) -> bool:
        while True:
            try:
                answer = send()
            except (OSError, http.client.HTTPException):
                with self._lock:
                    self.sent_again += 1
                if self._is_over.is_set():
                    return False
                time.sleep(0.02)
                continue
            assert answer.status == 303, f"{answer.status}: {answer.words[:300]}"
            return True

    # What must be there afterwards

    def proves_nothing_lost(self) -> None:
        self._lets_files_be_checked()
        self._finds_each_once()
        self._server.stop()
        verified = self._runs("verify")
        assert re.search(r"Verified: \d+ cases, \d+ facts, nothing changed\.", verified), verified
        assert re.search(r"Rebuilt: \d+ cases\.", self._runs("rebuild"))

    def _lets_files_be_checked(self) -> None:
        """As if the minutes had passed after which the work of a worker that died is another's."""
        checks = "kind = 'scan-file' AND state = 'waiting'"
        self._server.stop()
        with closing(self._database()) as database, database:
            database.execute(
                f"UPDATE job SET claimed_by = NULL, claimed_until = NULL, run_at = made_at WHERE {checks}"
            )
        self._server.start()
        deadline = time.monotonic() + 60
        with closing(self._database()) as database:
            while left := database.execute(f"SELECT count(*) FROM job WHERE {checks}").fetchone()[0]:
                assert time.monotonic() < deadline, f"{left} files were not checked"
                time.sleep(0.1)

    def _finds_each_once(self) -> None:
        for case in self._cases:
            history = self._client.gets(f"/cases/{case}/history").words
            files = self._client.gets(f"/cases/{case}/files").text
            for text in (text for written, text in self.notes if written == case):
                assert history.count(text) == 1, f"{text} is {history.count(text)} times in its case"
            for name, content in ((name, content) for written, name, content in self.uploads if written == case):
                links = re.findall(rf'<a[^>]*href="(/cases/{case}/files/[0-9a-z]{{26}})"[^>]*>(?:<bdi>)?{name}', files)
                assert len(links) == 1, f"{name} is {len(links)} times in its case"
                assert b"".join(self._client.downloads(links[0])) == content, f"{name} is not what was sent"

    def remnants(self) -> tuple[int, int]:
        """Files in the vault that no row knows, and rows of files that no entry of a case names."""
        with closing(self._database()) as database:
            kept = {file for (file,) in database.execute("SELECT file_id FROM file")}
            (unnamed,) = database.execute(
                "SELECT count(*) FROM file WHERE case_id IS NOT NULL AND state = 'received'"
            ).fetchone()
        return len([path for path in self._vault() if path.name not in kept]), unnamed

    def sweeps(self) -> None:
        """A day later the next start takes all of them away, and nothing else."""
        long_ago = time.time() - 3 * 86_400
        for path in self._vault():
            os.utime(path, (long_ago, long_ago))
        with closing(self._database()) as database, database:
            database.execute("UPDATE file SET added_at = '2020-01-01T00:00:00.000Z'")
        self._server.start()
        deadline = time.monotonic() + 30
        while self.remnants() != (0, 0):
            assert time.monotonic() < deadline, f"{self.remnants()} were left behind"
            time.sleep(0.1)
        self._finds_each_once()
        self._server.stop()

    def survives_killed_rebuilds(self) -> None:
        """Killed after it has read every case, which is when it empties the lists and fills them."""
        whole = self._listed()
        assert whole[0] == whole[1] > 0
        for _ in range(REBUILDS):
            with subprocess.Popen(
                [binary(), "rebuild"], cwd=ROOT, env=self._environment(), stdout=subprocess.PIPE,
                stderr=subprocess.PIPE, text=True,
            ) as rebuild:
                for line in rebuild.stderr:
                    if re.match(r"(\d+) of \1 cases", line):
                        break
                time.sleep(self._chance.uniform(0, 0.05))
                rebuild.kill()
            assert self._listed() == whole, "a killed rebuild left the lists incomplete"

    def _listed(self) -> tuple[int, int]:
        with closing(self._database()) as database:
            return tuple(
                database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
                for table in ("case_summary", "case_search")
            )

    def _database(self) -> sqlite3.Connection:
        return sqlite3.connect(self._server.data / "rightsdesk.sqlite", timeout=30)

    def _vault(self) -> list[Path]:
        vault = self._server.data / "vault"
        others = ("incoming", "set-aside")
        return [path for folder in vault.iterdir() if folder.name not in others for path in folder.iterdir()]

    def _environment(self) -> dict[str, str]:
        return {**os.environ, **self._settings, "RIGHTSDESK_DATA": str(self._server.data)}

    def _runs(self, command: str) -> str:
        done = subprocess.run(
            [binary(), command], cwd=ROOT, capture_output=True, text=True, timeout=120, env=self._environment()
        )
        assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
        return done.stdout

    def ends(self) -> None:
        self._server.stop()


def _once(chance: random.Random) -> str:
    return "".join(chance.choices(ALPHABET, k=26))


def _one_policy(folder: Path) -> Path:
    """One policy is enough, and read in half the time of two."""
    policies = folder / "policies"
    policies.mkdir()
    for name in ("poole-2017", "bank-holidays"):
        shutil.copytree(ROOT / "policies" / name, policies / name)
    return policies
