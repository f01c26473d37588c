"""A large trust, as `Benchmarks seed` makes one, and what it takes on the disk."""

import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path


class LargeTrust:
    """A copy of a data folder, without the files whose bytes were never made."""

    def __init__(self, seeded: Path, to: Path) -> None:
        self.data = Path(shutil.copytree(seeded, to))
        with closing(sqlite3.connect(self.database)) as database, database:
            # Seeding keeps the bytes of few files, and whoever is restored without them is told so.
            there = {path.name for path in (self.data / "vault").rglob("*") if path.is_file()}
            gone = [row for row in database.execute("SELECT file_id FROM file") if row[0] not in there]
            database.executemany("DELETE FROM released_file WHERE file_id = ?", gone)
            database.executemany("DELETE FROM file WHERE file_id = ?", gone)
            self.cases, self.facts, self.files = (
                database.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("opening", "fact", "file")
            )

    @property
    def database(self) -> Path:
        return self.data / "rightsdesk.sqlite"

    def has_the_facts_of(self, other: Path) -> bool:
        """Whether each has all that the other has."""
        with closing(sqlite3.connect(self.database)) as database:
            database.execute("ATTACH ? AS other", [str(other / "rightsdesk.sqlite")])
            return not any(
                database.execute(f"SELECT 1 FROM (SELECT * FROM {one}.fact EXCEPT SELECT * FROM {two}.fact)").fetchone()
                for one, two in (("main", "other"), ("other", "main"))
            )


def size(path: Path) -> str:
    """What it takes on the disk."""
    taken = subprocess.run(["du", "--summarize", "--block-size=1", path], capture_output=True, text=True, check=True).stdout
    return f"{int(taken.split()[0]) / 1e6:.0f} MB"
