"""docs/configuring.md and the program know the same settings."""

import re
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class Settings(unittest.TestCase):
    def test_every_setting_is_described_once_and_nothing_else_is(self) -> None:
        source = (ROOT / "Sources/rightsdesk/Configuration/Settings.swift").read_text(encoding="utf-8")
        listed = re.search(r"static let names: \[String\] = \[(.*?)\]\.map", source, re.DOTALL)
        self.assertIsNotNone(listed, "Settings.names is not where this test looks for it")
        known = sorted("RIGHTSDESK_" + name for name in re.findall(r'"([A-Z_]+)"', listed.group(1)))
        described = re.findall(
            r"^\| `(RIGHTSDESK_[A-Z_]+)` \|", (ROOT / "docs/configuring.md").read_text(encoding="utf-8"), re.MULTILINE
        )
        self.assertEqual(sorted(described), known)


if __name__ == "__main__":
    unittest.main()
