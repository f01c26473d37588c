"""A server's clock that a test can set."""

import mmap
import struct
import subprocess
from pathlib import Path

SOURCE = Path(__file__).with_suffix(".c")


class Clock:
    """The machine's own time of day, put forward or back by so many seconds. The server is told by these settings."""

    def __init__(self, folder: Path) -> None:
        library = folder / "clock.so"
        subprocess.run(["cc", "-O2", "-Wall", "-Werror", "-shared", "-fPIC", "-o", library, SOURCE], check=True)
        offset = folder / "clock.offset"
        offset.write_bytes(bytes(8))
        self.settings = {"LD_PRELOAD": str(library), "CLOCK_OFFSET": str(offset)}
        with offset.open("r+b") as file:
            self._offset = mmap.mmap(file.fileno(), 8)

    def is_off_by(self, seconds: int) -> None:
        self._offset[:8] = struct.pack("=q", seconds)
