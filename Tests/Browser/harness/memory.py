"""The most memory that a process ever had at once, and beginning to look anew."""

import re
from pathlib import Path


def most_memory(pid: int) -> int:
    """The most physical memory that the process had at once, in bytes."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(re.search(r"VmHWM:\s+(\d+) kB", status).group(1)) << 10


def forget_most_memory(pid: int) -> None:
    Path(f"/proc/{pid}/clear_refs").write_text("5", encoding="ascii")
