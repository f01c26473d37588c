"""A PostgreSQL server of a test's own."""

import os
import subprocess
import uuid
from pathlib import Path

from .server import ROOT

SCRIPT = ROOT / "scripts" / "private-postgres"


class Postgres:
    """Started where there is memory to spare, because its durability is that of a real one."""

    def __init__(self) -> None:
        shared = Path("/dev/shm")
        place = shared if os.access(shared, os.W_OK) else Path("/tmp")
        self._folder = place / f"rightsdesk-nodes-{uuid.uuid4().hex[:8]}"
        subprocess.run([SCRIPT, "start", self._folder], check=True, timeout=120)
        self.url = (self._folder / "url").read_text(encoding="utf-8").strip().replace("/postgres?", "/trust?")
        self._ask(self.url.replace("/trust?", "/postgres?"), "CREATE DATABASE trust TEMPLATE template0")

    def rows(self, sql: str) -> list[list[str]]:
        return [line.split("\t") for line in self._ask(self.url, sql).splitlines()]

    def number(self, sql: str) -> int:
        return int(self.rows(sql)[0][0])

    @staticmethod
    def _ask(url: str, sql: str) -> str:
        command = ["psql", "--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--field-separator", "\t"]
        done = subprocess.run([*command, "--command", sql, url], capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr
        return done.stdout

    @property
    def processes(self) -> list[int]:
        """The server and the processes of its connections."""
        first = int((self._folder / "data" / "postmaster.pid").read_text(encoding="ascii").split()[0])
        children = Path(f"/proc/{first}/task/{first}/children").read_text(encoding="ascii").split()
        return [first, *map(int, children)]

    def stop(self) -> None:
        subprocess.run([SCRIPT, "stop", self._folder], check=True, timeout=60)
