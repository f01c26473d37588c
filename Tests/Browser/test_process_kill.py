"""The power goes at random moments while staff write: nothing that was acknowledged is lost, and nothing is there twice."""

import http.client
import os
import random
import re
import shutil
import subprocess
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from harness.client import Answer, Client, Fields
from harness.outbox import Outbox
from harness.server import ROOT, Server, binary

KILLS = int(os.environ.get("KILLS", "200"))
AT_ONCE = 2  # servers, each with its own folder: most of a cycle is one core starting up
WRITERS = 4
LONGEST_LIFE = 0.4  # seconds of writing before the next kill
PHONE = "+447700900010"  # of the demonstration's first member of staff
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


def test_kill_9_during_writes_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    shares = [KILLS // AT_ONCE + (1 if number < KILLS % AT_ONCE else 0) for number in range(AT_ONCE)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        ordeals = [Ordeal(tmp_path / f"desk-{number}", seed=number) for number in range(AT_ONCE)]
        try:
            for ordeal in pool.map(Ordeal.goes_through, ordeals, shares):
                assert len(ordeal.acknowledged) > ordeal.kills, "too few writes to have been in the middle of one"
                ordeal.proves_nothing_lost()
        finally:
            for ordeal in ordeals:
                ordeal.ends()


class Ordeal:
    def __init__(self, folder: Path, seed: int) -> None:
        folder.mkdir()
        self.kills = 0
        self.sent_again = 0
        self.acknowledged: list[tuple[str, str]] = []
        self._chance = random.Random(seed)
        self._settings = {"RIGHTSDESK_POLICIES": str(_one_policy(folder))}
        self._server = Server(folder, self._settings)
        self._is_over = threading.Event()
        self._lock = threading.Lock()

    def goes_through(self, kills: int) -> "Ordeal":
        self._server.start()
        staff = self._server.staff[0]
        client = Client(self._server.desk)
        outbox = Outbox(self._server.portal)
        client.signs_in_at_desk(staff.email, staff.password, lambda: outbox.code(PHONE))
        found = sorted(set(re.findall(r'href="/cases/([0-9a-z]{26})"', client.gets("/").text)))
        assert len(found) >= WRITERS, "the demonstration has too few cases to write in"
        secrets = client.form(f"/cases/{found[0]}/notes", f"/cases/{found[0]}/notes")
        with ThreadPoolExecutor(WRITERS) as pool:
            writers = [
                pool.submit(self._writes, number, found[:8], dict(client.cookies), secrets["csrf"])
                for number in range(WRITERS)
            ]
            try:
                while self.kills < kills:
                    time.sleep(self._chance.uniform(0, LONGEST_LIFE))
                    self._server.kill()
                    self.kills += 1
                    self._server.start()
            finally:
                self._is_over.set()
        for writer in writers:
            writer.result()
        self._client = client
        self._cases = found[:8]
        return self

    def _writes(self, number: int, cases: list[str], cookies: dict[str, str], csrf: str) -> None:
        """Notes one after the other. One that was not answered is sent again as a person would: the same form."""
        chance = random.Random(number)
        client = Client(self._server.desk, cookies)
        count = 0
        while not self._is_over.is_set():
            count += 1
            case, text = chance.choice(cases), f"Note {number}-{count}."
            form = {"csrf": csrf, "once": "".join(chance.choices(ALPHABET, k=26)), "text": text}
            while (answer := self._tries(client, f"/cases/{case}/notes", form)) is None:
                if self._is_over.is_set():
                    return
                time.sleep(0.02)
            assert answer.status == 303, f"{answer.status}: {answer.words[:300]}"
            with self._lock:
                self.acknowledged.append((case, text))

    def _tries(self, client: Client, action: str, form: Fields) -> Answer | None:
        try:
            return client.sends(action, form)
        except (OSError, http.client.HTTPException):
            with self._lock:
                self.sent_again += 1
            return None

    def proves_nothing_lost(self) -> None:
        histories = {case: self._client.gets(f"/cases/{case}/history").words for case in self._cases}
        counts = {case: _count(words) for case, words in histories.items()}
        for case, text in self.acknowledged:
            assert counts[case].get(text, 0) == 1, f"{text} is {counts[case].get(text, 0)} times in its case"
        self._server.stop()
        verified = self._runs("verify")
        assert re.search(r"Verified: \d+ cases, \d+ facts, nothing changed\.", verified), verified
        assert re.search(r"Rebuilt: \d+ cases\.", self._runs("rebuild"))

    def ends(self) -> None:
        self._server.stop()

    def _runs(self, command: str) -> str:
        done = subprocess.run(
            [binary(), command], cwd=ROOT, capture_output=True, text=True, timeout=120,
            env={**os.environ, **self._settings, "RIGHTSDESK_DATA": str(self._server.data)},
        )
        assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
        return done.stdout


def _count(words: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for text in re.findall(r"Note \d+-\d+\.", words):
        found[text] = found.get(text, 0) + 1
    return found


def _one_policy(folder: Path) -> Path:
    """One policy is enough, and read in half the time of two."""
    policies = folder / "policies"
    policies.mkdir()
    for name in ("poole-2017", "bank-holidays"):
        shutil.copytree(ROOT / "policies" / name, policies / name)
    return policies
