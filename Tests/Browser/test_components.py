"""The recorded templates that the components are compared with are those of the pinned package."""

import shutil
import subprocess
import sys
from pathlib import Path

from harness.server import ROOT

UPSTREAM = ROOT / "Tests" / "WebTests" / "Upstream"


def test_the_recorded_templates_are_what_the_pinned_package_makes(tmp_path: Path) -> None:
    script = shutil.copy(UPSTREAM / "record.py", tmp_path)
    subprocess.run([sys.executable, script], check=True, capture_output=True)
    made = {file.name: file.read_text(encoding="utf-8") for file in tmp_path.glob("*.html")}
    kept = {file.name: file.read_text(encoding="utf-8") for file in UPSTREAM.glob("*.html")}
    assert made == kept
