"""The two database engines, as a test of whole processes has to do with them: it starts from a copy, and looks beside."""

import os
import re
import signal
import sqlite3
import subprocess
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Protocol

from .outbox import Letter, Outbox
from .server import ROOT, Server

SCRIPT = ROOT / "scripts" / "private-postgres"


class Database(Protocol):
    """One server's own."""

    settings: dict[str, str]
    # The function that makes a character of its number.
    character: str

    def rows(self, sql: str) -> list[tuple[str, ...]]:
        """What a statement answers, each value as a text."""

    def run(self, sql: str) -> None: ...

    def number(self, sql: str) -> int:
        """What a statement answers that answers one number."""


class SQLiteFile:
    character = "char"

    def __init__(self, data: Path) -> None:
        self.settings: dict[str, str] = {}
        self._path = data / "rightsdesk.sqlite"

    def rows(self, sql: str) -> list[tuple[str, ...]]:
        with closing(sqlite3.connect(self._path, timeout=30)) as database:
            return [tuple(map(str, row)) for row in database.execute(sql)]

    def number(self, sql: str) -> int:
        return int(self.rows(sql)[0][0])

    def run(self, sql: str) -> None:
        with closing(sqlite3.connect(self._path, timeout=30)) as database, database:
            database.execute(sql)


class PostgreSQLDatabase:
    character = "chr"

    def __init__(self, url: str) -> None:
        self.url = url
        self.settings = {"RIGHTSDESK_DATABASE": url}

    @property
    def name(self) -> str:
        return re.search("/([^/?]+)[?]", self.url)[1]

    def rows(self, sql: str) -> list[tuple[str, ...]]:
        lines = self._asked(sql).splitlines()
        return [tuple(line.split("\x1f")) for line in lines]

    def number(self, sql: str) -> int:
        return int(self.rows(sql)[0][0])

    def run(self, sql: str) -> None:
        self._asked(sql)

    def _asked(self, sql: str) -> str:
        done = subprocess.run(
            ["psql", "--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--field-separator=\x1f",
             "--set=ON_ERROR_STOP=1", f"--command={sql}", self.url],
            capture_output=True, text=True, timeout=120, check=False,
        )
        assert done.returncode == 0, f"{sql}: {done.stderr}"
        return done.stdout


class OutboxTable(Outbox):
    """The outbox where its page is no help: it shows the newest messages, and a clock that was set back makes old ones."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def to(self, recipient: str) -> list[Letter]:
        found = self._database.rows(
            "SELECT channel, subject, replace(body, chr(10), ' ') FROM outbox "
            f"WHERE recipient = '{recipient}' ORDER BY message_id DESC".replace("chr", self._database.character)
        )
        return [
            Letter("Text message" if channel == "text" else subject, body, tuple(re.findall(r"https?://\S+[^\s.]", body)))
            for channel, subject, body in found
        ]


class PostgreSQLServer:
    """A PostgreSQL of the test's own. Not in the test's folder, which its user may not enter."""

    def __init__(self) -> None:
        self.folder = Path(f"/tmp/rightsdesk-server-{uuid.uuid4().hex[:8]}")

    def start(self) -> None:
        self._script("start")

    def stop(self) -> None:
        self._script("stop")

    def restart(self, mode: str) -> None:
        """`mode` as pg_ctl knows it: `fast` or `immediate`."""
        self._script("restart", mode)

    def gains_standby(self) -> "PostgreSQLServer":
        """A copy that follows this one. From now on this one acknowledges what is on both."""
        standby = PostgreSQLServer()
        standby._script("standby", str(self.folder))
        return standby

    def loses_standby(self) -> None:
        """It acknowledges alone again."""
        own = PostgreSQLDatabase(self.address("postgres"))
        own.run("ALTER SYSTEM RESET synchronous_standby_names")
        own.run("SELECT pg_reload_conf()")
        own.run("SELECT pg_drop_replication_slot('standby')")

    def takes_over(self) -> None:
        self._script("promote")

    def kill(self) -> None:
        """The postmaster dies at once; what it leaves behind notices and ends."""
        os.kill(self.pid, 9)

    def revive(self) -> None:
        """Starts what was killed."""
        self._script("revive")

    @contextmanager
    def is_silent(self) -> Iterator[None]:
        """Its connections stay open, and nobody is answered."""
        stopped = [self.pid]
        try:
            os.kill(self.pid, signal.SIGSTOP)
            # It starts no more of them now.
            children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text(encoding="ascii")
            for child in map(int, children.split()):
                os.kill(child, signal.SIGSTOP)
                stopped.append(child)
            yield
        finally:
            for process in stopped:
                os.kill(process, signal.SIGCONT)

    def answers(self) -> bool:
        return subprocess.run(["pg_isready", "--quiet", f"--dbname={self.address('postgres')}"], check=False).returncode == 0

    @property
    def pid(self) -> int:
        return int((self.folder / "data" / "postmaster.pid").read_text(encoding="ascii").split()[0])

    def address(self, database: str) -> str:
        own = (self.folder / "url").read_text(encoding="ascii").strip()
        return own.replace("///postgres?", f"///{database}?")

    def address_with(self, standby: "PostgreSQLServer", database: str) -> str:
        """One address for both, of which only the one that may be written to is taken."""
        first, second = (dict(re.findall(r"(host|port)=([^&]+)", one.address(database))) for one in (self, standby))
        places = "&".join(f"{name}={first[name]},{second[name]}" for name in ("host", "port"))
        return f"postgres:///{database}?user=postgres&{places}&target_session_attrs=read-write"

    def database(self, like: str = "template0") -> PostgreSQLDatabase:
        """A new one, with everything that another has. Nobody may be in that meanwhile."""
        name = f"test_{uuid.uuid4().hex}"
        PostgreSQLDatabase(self.address("postgres")).run(f"CREATE DATABASE {name} TEMPLATE {like}")
        return PostgreSQLDatabase(self.address(name))

    def _script(self, word: str, *more: str) -> None:
        done = subprocess.run([SCRIPT, word, self.folder, *more], capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{word}: {done.stdout}{done.stderr}"


class CrampedPostgreSQLServer(PostgreSQLServer):
    """One with a disk of so many bytes and no more, in a mount namespace of its own. Only root can make it."""

    MOUNTS = 'mount -t tmpfs -o size="$1",mode=755 tmpfs "$2" && "$3" start "$4" && echo ready && exec sleep infinity'

    def __init__(self, room: int) -> None:
        super().__init__()
        self._place = Path(f"/tmp/rightsdesk-cramped-{uuid.uuid4().hex[:8]}")
        self._inside = self._place / "server"
        self._room = room

    def start(self) -> None:
        self._place.mkdir()
        self._holder = subprocess.Popen(
            ["unshare", "--mount", "sh", "-c", self.MOUNTS, "sh", str(self._room), self._place, SCRIPT, self._inside],
            stdout=subprocess.PIPE, text=True,
        )
        assert self._holder.stdout.readline() == "ready\n", "no server on a small disk"
        self.folder = Path(f"/proc/{self._holder.pid}/root{self._inside}")

    def stop(self) -> None:
        self._script("stop")
        self._holder.kill()
        self._holder.wait()
        self._place.rmdir()

    def address(self, database: str) -> str:
        # By its port: the socket is on the small disk, which nobody outside sees.
        port = re.search("port=([0-9]+)", (self.folder / "url").read_text(encoding="ascii"))[1]
        return f"postgres://postgres:fictional@127.0.0.1:{port}/{database}?sslmode=disable"

    def _script(self, word: str, *more: str) -> None:
        command = ["nsenter", f"--target={self._holder.pid}", "--mount", SCRIPT, word, self._inside, *more]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{word}: {done.stdout}{done.stderr}"


class SQLite:
    """Servers that keep everything in their data folder, each beginning with a copy of the same demonstration."""

    name = "SQLite"

    def __init__(self, seeded: Path) -> None:
        self._seeded = seeded

    def server(self, folder: Path, settings: dict[str, str]) -> tuple[Server, Database]:
        server = Server(folder, settings, seeded=self._seeded)
        return server, SQLiteFile(server.data)


class PostgreSQL:
    """The same with a database each on one PostgreSQL."""

    name = "PostgreSQL"

    def __init__(self, postgres: PostgreSQLServer, folder: Path) -> None:
        self._postgres = postgres
        self._seeded = postgres.database()
        once = Server(folder, self._seeded.settings)
        once.start()
        once.stop()
        self._data = once.data

    def server(self, folder: Path, settings: dict[str, str]) -> tuple[Server, Database]:
        database = self._postgres.database(like=self._seeded.name)
        return Server(folder, {**settings, **database.settings}, seeded=self._data), database


Engine = SQLite | PostgreSQL


