"""The program's commands, run as an administrator runs them, and what they leave in the two kinds of database."""

import os
import sqlite3
import subprocess
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from .databases import PostgreSQLDatabase
from .server import ROOT, binary

Rows = dict[str, list[tuple[str, ...]]]


class Command:
    """One installation, as the settings name it."""

    def __init__(self, **settings: str) -> None:
        self.settings = {"RIGHTSDESK_ASSETS": str(ROOT / "assets"), **settings}

    def but(self, **settings: str) -> "Command":
        return Command(**{**self.settings, **settings})

    def runs(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [binary(), *words], cwd=ROOT, env=self._environment, text=True, capture_output=True, timeout=1_800, check=False
        )

    def does(self, *words: str) -> str:
        done = self.runs(*words)
        assert done.returncode == 0, f"{words}: {done.stdout}{done.stderr}"
        return done.stdout

    def begins(self, *words: str) -> subprocess.Popen[str]:
        """The same without waiting for its end."""
        return begun(self._environment, *words)

    def is_killed(self, *words: str, at: str) -> bool:
        """Killed when it says something with these words. False if it did not come to say that."""
        with subprocess.Popen(
            [binary(), *words], cwd=ROOT, env=self._environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
            text=True,
        ) as process:
            for line in process.stderr:
                if at in line:
                    process.kill()
                    process.wait()
                    return True
        return False

    @property
    def _environment(self) -> dict[str, str]:
        return {**os.environ, **self.settings}


def begun(environment: Mapping[str, str], *words: str) -> subprocess.Popen[str]:
    """One of the program's commands, which goes on while others are looked at."""
    return subprocess.Popen(
        [binary(), *words], cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True,
    )


def damages_one(folder: Path) -> str:
    """Alters the last byte of a file in a data folder; returns the file's name."""
    path = min(path for path in (folder / "vault").glob("??/*") if path.is_file())
    sealed = bytearray(path.read_bytes())
    sealed[-1] ^= 1
    path.write_bytes(sealed)
    return path.name


def rows(folder: Path) -> Rows:
    """Everything that an SQLite database keeps, table by table."""
    with closing(sqlite3.connect(f"file:{folder / 'rightsdesk.sqlite'}?mode=ro", uri=True)) as database:
        tables = [
            name for (name,) in database.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'case_search_%'"
                " AND name NOT LIKE 'sqlite_%' ORDER BY name"
            )
        ]
        return {table: sorted(database.execute(f'SELECT * FROM "{table}"'), key=repr) for table in tables}


def rows_of(database: PostgreSQLDatabase) -> Rows:
    """The same of a PostgreSQL database, each row in one line."""
    tables = [name for (name,) in database.rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
    return {table: sorted(database.rows(f'SELECT row_to_json(t) FROM "{table}" t')) for table in tables}


def files(folder: Path) -> dict[str, bytes]:
    """The sealed files of a data folder."""
    vault = folder / "vault"
    return {str(path.relative_to(vault)): path.read_bytes() for path in vault.rglob("*") if path.is_file()}
