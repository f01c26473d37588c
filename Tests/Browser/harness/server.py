"""The product itself, started as `make run` starts it: on loopback, on free ports, with a fresh demo folder."""

import json
import os
import random
import re
import shutil
import socket
import ssl
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

from .member import Known
from .outbox import Outbox

ROOT = Path(__file__).resolve().parents[3]
PATIENCE = 240  # seconds for a debug build to seed and answer on a busy machine


class Server:
    """The demonstration; or, with `is_demo` off, the product as a trust serves it, on an empty data folder.

    `seeded` is a demonstration's data folder, of a server that has stopped, to start from a copy of.
    """

    def __init__(
        self, folder: Path, settings: dict[str, str] | None = None, *, is_demo: bool = True, seeded: Path | None = None
    ) -> None:
        self.data = folder / "data"
        if seeded:
            shutil.copytree(seeded, self.data)
        self.log = folder / "server.log"
        port = free_pair_of_ports()
        self.portal = f"http://127.0.0.1:{port}"
        self.desk = f"http://127.0.0.1:{port + 1}"
        watch = f"127.0.0.1:{free_pair_of_ports()}"
        self.watch = f"http://{watch}"
        if is_demo:
            options = {"--data": str(self.data), "--port": str(port), "--assets": str(ROOT / "assets")}
            self._command = [binary(), "demo", *(word for option in options.items() for word in option)]
            self._environment = {**os.environ, "RIGHTSDESK_METRICS_LISTEN": watch, **(settings or {})}
        else:
            self._command = [binary(), "serve"]
            self._environment = {
                **os.environ,
                "RIGHTSDESK_DATA": str(self.data),
                "RIGHTSDESK_ASSETS": str(ROOT / "assets"),
                "RIGHTSDESK_PORTAL_LISTEN": f"127.0.0.1:{port}",
                "RIGHTSDESK_DESK_LISTEN": f"127.0.0.1:{port + 1}",
                "RIGHTSDESK_METRICS_LISTEN": watch,
                **(settings or {}),
            }
        self._process: subprocess.Popen[bytes] | None = None

    def set(self, settings: dict[str, str]) -> None:
        """Other settings, from the next start on."""
        self._environment |= settings

    def start(self) -> None:
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command, cwd=ROOT, env=self._environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        deadline = time.monotonic() + PATIENCE
        while not (answers(self.portal) and answers(self.desk)):
            if self._process.poll() is not None:
                raise RuntimeError(f"the server ended with {self._process.returncode}:\n{self.printed[-4000:]}")
            if time.monotonic() > deadline:
                self.stop()
                raise RuntimeError(f"the server did not answer in {PATIENCE} s:\n{self.printed[-4000:]}")
            time.sleep(0.1)

    def stop(self) -> None:
        """Asks it to finish, and insists if it does not."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
            raise RuntimeError("the server did not stop within 20 s of being asked") from None
        finally:
            self._process = None

    def __enter__(self) -> "Server":
        return self

    def __exit__(self, *_: object) -> None:
        if self._process:
            self.kill()

    def is_told_to_stop(self) -> None:
        """What a service manager says; `ends` is what becomes of it."""
        assert self._process is not None, "it is not running"
        self._process.terminate()

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def ends(self, patience: float) -> int:
        """How it ended, once it has."""
        assert self._process is not None, "it is not running"
        try:
            return self._process.wait(timeout=patience)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
            raise
        finally:
            self._process = None

    def kill(self) -> None:
        """The power goes: it has no time for anything."""
        assert self._process is not None, "it is not running"
        self._process.kill()
        self._process.wait()
        self._process = None

    @property
    def pid(self) -> int:
        assert self._process is not None, "it is not running"
        return self._process.pid

    @property
    def process(self) -> int | None:
        """The number of the process, while it runs."""
        return self._process.pid if self._process else None

    @property
    def printed(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace") if self.log.exists() else ""

    def runs(self, *words: str, **changes: str) -> subprocess.CompletedProcess[str]:
        """One of the program's commands, with this server's settings."""
        environment = {**self._environment, "RIGHTSDESK_DATA": str(self.data), **changes}
        return subprocess.run(
            [binary(), *words], cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True,
            timeout=PATIENCE, check=False,
        )

    def stops_whole(self) -> None:
        """Stops, and then nothing that it keeps is missing or changed."""
        self.stop()
        self.is_whole()

    def is_whole(self) -> None:
        """Once it has stopped: every fact and every file is what was written."""
        verified = self.runs("verify", "--files")
        told = verified.stdout + verified.stderr
        assert verified.returncode == 0, told
        assert re.search(r"Verified: \d+ cases, \d+ facts, \d+ files of \d+ bytes, nothing changed\.", verified.stdout), told

    @property
    def outbox(self) -> Outbox:
        return Outbox(self.portal)

    @property
    def staff(self) -> list[Known]:
        """The demonstration's staff, in the order in which the terminal shows them."""
        return self._people("staff")

    @property
    def requesters(self) -> list[Known]:
        return self._people("requesters")

    def _people(self, kind: str) -> list[Known]:
        people = json.loads((self.data / "demo-people.json").read_text(encoding="utf-8"))[kind]
        return [Known(one["email"], one["password"]) for one in people]

    @property
    def first_administrator_link(self) -> str:
        """The one-time link for the first administrator, as the terminal shows it."""
        found = re.search(rf"{re.escape(self.desk)}/\S*[A-Za-z0-9_-]{{20,}}\S*", self.printed)
        if found is None:
            raise AssertionError(f"no link for the first administrator was printed:\n{self.printed[-2000:]}")
        return found.group()


def binary() -> str:
    path = os.environ.get("RIGHTSDESK")
    if not path:
        raise RuntimeError("RIGHTSDESK must name the built program; `make test-browser` sets it")
    return path


def free_pair_of_ports() -> int:
    """A free port whose next is free too: the portal takes the first and the desk the second.

    Below those that the system gives to connections going out: until a demonstration is seeded, one of these could take it.
    """
    while True:
        port = random.randrange(12_000, 32_000, 2)
        with socket.socket() as first, socket.socket() as second:
            try:
                first.bind(("127.0.0.1", port))
                second.bind(("127.0.0.1", port + 1))
            except OSError:
                continue
            return port


def answers(address: str) -> bool:
    try:
        # Whoever answers, answers: whose certificate it is, is what a test of it asks.
        with urllib.request.urlopen(address, timeout=5, context=ssl._create_unverified_context()):
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
