"""A scan counts only if it came to its end: what the scanners printed when they looked, and when they could not."""

import sys
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

import scans  # noqa: E402

MODULES = ("sql", "xss", "permanentxss")


def printed(name: str) -> str:
    return (Path(__file__).parent / "scans" / f"{name}.txt").read_text(encoding="utf-8")


class Scans(unittest.TestCase):
    def test_a_scan_that_came_to_its_end_counts(self) -> None:
        self.assertEqual(scans.sqlmap_gave_up(0, printed("sqlmap-to-its-end"), ["q", "sort"], 500), [])
        self.assertEqual(scans.sqlmap_gave_up(0, printed("sqlmap-path-to-its-end"), ["#1*"], 126), [])
        self.assertEqual(scans.wapiti_gave_up(0, printed("wapiti-to-its-end"), MODULES, 500), [])

    def test_one_that_reached_nobody_found_no_token_or_saw_no_page_does_not(self) -> None:
        for name, parameters, words in (
            ("sqlmap-nobody-there", ["q"], "unable to connect"),
            ("sqlmap-no-token", ["email"], "token 'nothere' can't be found"),
            ("sqlmap-signed-out", ["q", "sort"], "lack of content"),
        ):
            told = printed(name)
            self.assertEqual(scans.sqlmap_found(told), [], "which looks as if all were well")
            self.assertIn(words, " ".join(scans.sqlmap_gave_up(0, told, parameters, 500)), name)
        reasons = scans.wapiti_gave_up(0, printed("wapiti-nobody-there"), MODULES, 500)
        self.assertIn("it found no page", reasons)
        self.assertIn("[!] Connection error with URL http://127.0.0.1:1/", reasons)

    def test_nor_one_that_failed_left_something_out_or_hardly_asked(self) -> None:
        told = printed("sqlmap-to-its-end")
        self.assertEqual(scans.sqlmap_gave_up(1, told, ["q"], 500), ["ended with 1"])
        self.assertEqual(scans.sqlmap_gave_up(0, told, ["q", "page"], 500), ["the parameter page was not tried"])
        self.assertEqual(scans.sqlmap_gave_up(0, told, ["q"], 3), ["the site was asked 3 times only"])
        cut = told.split("[ERROR]")[0]
        self.assertEqual(scans.sqlmap_gave_up(0, cut, ["q"], 500), ["it came to no end"])
        told = printed("wapiti-to-its-end")
        self.assertEqual(scans.wapiti_gave_up(2, told, MODULES, 500), ["ended with 2"])
        self.assertEqual(scans.wapiti_gave_up(0, told, (*MODULES, "ssrf"), 500), ["the module ssrf was not begun"])
        self.assertEqual(scans.wapiti_gave_up(0, told, MODULES, 3), ["the site was asked 3 times only"])

    def test_what_sqlmap_can_use_is_found_and_is_an_end(self) -> None:
        told = printed("sqlmap-to-its-end")
        told = told.split("[ERROR]")[0] + "\nParameter: q (GET)\n    Type: boolean-based blind\n"
        self.assertEqual(scans.sqlmap_found(told), ["Parameter: q (GET)"])
        self.assertEqual(scans.sqlmap_gave_up(0, told, ["q"], 500), [])


if __name__ == "__main__":
    unittest.main()
