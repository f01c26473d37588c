"""The master key is replaced, and the power goes at every moment of it: the old key or the new one opens everything."""

import re
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from harness.client import Client
from harness.databases import Engine
from harness.server import ROOT, Server, binary

pytestmark = pytest.mark.thorough

ROTATIONS = {"SQLite": 40, "PostgreSQL": 20}
BEGINS = b"This makes a new master key"
PHONE = "+447700900010"  # of the demonstration's first member of staff


@pytest.fixture
def stopped(engine: Engine, tmp_path: Path) -> Server:
    """A demonstration that has stopped, on each engine."""
    server, _ = engine.server(tmp_path, {})
    return server


def name_of_key(server: Server) -> str:
    """Checks the key, and that it opens everything."""
    checked = server.runs("key", "check")
    found = re.search(r"The master key ([0-9a-f]{8}) opens all of (\d+) keys of cases", checked.stdout)
    assert checked.returncode == 0 and found and int(found[2]) > 10, checked.stdout + checked.stderr
    return found[1]


def verifies(server: Server, *options: str) -> None:
    verified = server.runs("verify", *options)
    assert verified.returncode == 0 and "nothing changed" in verified.stdout, verified.stdout + verified.stderr


def test_kill_9_at_every_moment_of_a_rotation_leaves_a_key_that_opens_everything(
    engine: Engine, stopped: Server, figure: Callable[[str], None]
) -> None:
    name = name_of_key(stopped)
    lasted, _ = rotates(stopped, None)
    names = [name, name_of_key(stopped)]
    assert names[0] != names[1]
    kills, changed = ROTATIONS[engine.name], 0
    for number in range(kills):
        # A little beyond the end too, so that the last moments are among them.
        _, is_killed = rotates(stopped, lasted * 1.2 * number / kills)
        name = name_of_key(stopped)
        changed += is_killed and name != names[-1]
        names.append(name)
        if number % 10 == 0:
            verifies(stopped)
    verifies(stopped, "--files")
    files = sorted(path.name for path in (stopped.data / "keys").iterdir())
    assert "master.key" in files and not any(file.endswith(".part") for file in files if file != "master.key.next.part")
    # Every key that was ever in use is still there, for the backups of its time.
    assert set(names[:-1]) - {names[-1]} <= {file.removeprefix("master.key.") for file in files}
    stopped.start()
    staff = stopped.staff[0]
    Client(stopped.desk).signs_in_at_desk(staff.email, staff.password, lambda: stopped.outbox.code(PHONE))
    stopped.stop()
    figure(
        f"{engine.name}: a rotation of {lasted * 1000:.0f} ms killed at {kills} moments: {len(set(names)) - 1} ended with the "
        f"new key, {changed} of them although they were killed; every key opens everything, verify clean"
    )


def rotates(server: Server, patience: float | None) -> tuple[float, bool]:
    """Replaces the key; kills the command so long after it has begun. How long it took, and whether it was killed."""
    environment = {**server._environment, "RIGHTSDESK_DATA": str(server.data)}
    with subprocess.Popen(
        [binary(), "key", "rotate", "--yes"], cwd=ROOT, env=environment, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as rotation:
        assert rotation.stderr and BEGINS in rotation.stderr.readline()
        began = time.monotonic()
        if patience is None:
            assert b"The master key is now" in rotation.stdout.readline()
        else:
            try:
                rotation.wait(patience)
            except subprocess.TimeoutExpired:
                rotation.kill()
        lasted = time.monotonic() - began
        _, said = rotation.communicate()
        assert rotation.returncode in (0, -9), said
        return lasted, rotation.returncode == -9


def test_nothing_is_replaced_while_the_sites_run_or_unasked(tmp_path: Path, seeded: Path) -> None:
    server = Server(tmp_path, seeded=seeded)
    unasked = server.runs("key", "rotate")
    assert unasked.returncode == 65 and "there is nobody to ask" in unasked.stderr
    server.start()
    before = (server.data / "keys/master.key").read_bytes()
    refused = server.runs("key", "rotate", "--yes")
    assert refused.returncode == 69 and "Nothing was changed" in refused.stderr, refused.stderr
    assert (server.data / "keys/master.key").read_bytes() == before
    assert [path.name for path in (server.data / "keys").iterdir()] == ["master.key"]
    server.stop()


def test_people_stay_signed_in_and_a_copy_in_a_safe_is_told_from_another(tmp_path: Path, seeded: Path) -> None:
    server = Server(tmp_path, seeded=seeded)
    server.start()
    person = server.requesters[0]
    client = Client(server.portal)
    client.signs_in_at_portal(person.email, person.password)
    assert person.email in client.gets("/home").text
    server.stop()
    safe = tmp_path / "safe.key"
    shutil.copy(server.data / "keys/master.key", safe)
    assert server.runs("key", "check", "--file", str(safe)).returncode == 0

    rotated = server.runs("key", "rotate", "--yes")
    assert rotated.returncode == 0, rotated.stderr
    other = server.runs("key", "check", "--file", str(safe))
    assert other.returncode == 65 and "is not the master key" in other.stderr
    safe.write_text((server.data / "keys/master.key").read_text(encoding="utf-8")[:-3], encoding="utf-8")
    typed = server.runs("key", "check", "--file", str(safe))
    assert typed.returncode == 65 and "does not hold 64 hexadecimal digits" in typed.stderr
    assert "is a master key beside the one in use" in server.runs("doctor").stdout
    server.start()
    assert person.email in client.gets("/home").text
    server.stop()
