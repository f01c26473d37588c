"""The table of the security standard counts right, and names tests that are there."""

import re
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STATES = ("met", "partly", "not met", "not applicable")
# Chapters of which no requirement applies, and which are named in one sentence.
LEFT_OUT = 36


class Table(unittest.TestCase):
    def setUp(self) -> None:
        self.text = (ROOT / "docs/security/asvs.md").read_text(encoding="utf-8")
        self.rows = re.findall(r"^\| (V[\d.]+) \| [12] \| .*? \| ([a-z ]+) \| (.*) \|$", self.text, re.MULTILINE)

    def test_each_requirement_stands_once_with_a_state(self) -> None:
        self.assertEqual(len(self.rows), len(re.findall(r"^\| V\d", self.text, re.MULTILINE)))
        self.assertEqual(len({name for name, _, _ in self.rows}), len(self.rows))

    def test_the_counts_are_those_of_the_rows(self) -> None:
        told = {state: int(number) for state, number in re.findall(r"^\| ([a-z ]+) \| (\d+) \|$", self.text, re.MULTILINE)}
        found = {state: sum(row[1] == state for row in self.rows) for state in STATES}
        found["not applicable"] += LEFT_OUT
        self.assertEqual(told, {**found, "all": sum(found.values())})

    def test_every_file_named_in_the_security_documents_is_there(self) -> None:
        for page in (ROOT / "docs/security").glob("*.md"):
            for path in re.findall(r"`((?:Tests|Sources|deploy|scripts)/[\w./-]+)`", page.read_text(encoding="utf-8")):
                self.assertTrue((ROOT / path).exists(), f"{page.name}: {path}")


if __name__ == "__main__":
    unittest.main()
