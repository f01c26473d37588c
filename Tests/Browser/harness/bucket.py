"""A double of a store that speaks S3, with one bucket, as the tests of the store have it too."""

import re
import subprocess
import sys
import urllib.request
from pathlib import Path

from .server import ROOT

DOUBLE = ROOT / "Tests" / "StoreTests" / "bucket_server.py"
PREFIX = "trust"


class Bucket:
    """It keeps everything in memory."""

    def __init__(self, folder: Path) -> None:
        self._credentials = folder / "bucket-credentials"
        self._credentials.write_text("access\nsecret\n", encoding="utf-8")

    def start(self) -> None:
        self._double = subprocess.Popen(
            [sys.executable, DOUBLE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self._address = self._double.stdout.readline().strip()

    def stop(self) -> None:
        """It ends with its standard input."""
        self._double.communicate()

    @property
    def settings(self) -> dict[str, str]:
        return {
            "RIGHTSDESK_FILES": f"s3://files/{PREFIX}",
            "RIGHTSDESK_FILES_ENDPOINT": self._address,
            "RIGHTSDESK_FILES_CREDENTIALS_FILE": str(self._credentials),
        }

    @property
    def names(self) -> set[str]:
        """Of the files that lie there, which are no more than the thousand of one answer."""
        with urllib.request.urlopen(f"{self._address}/files?list-type=2&prefix={PREFIX}/files/", timeout=30) as answer:
            listed = answer.read().decode("utf-8")
        assert "<IsTruncated>false</IsTruncated>" in listed, listed
        return set(re.findall(rf"<Key>{PREFIX}/files/([^<]*)</Key>", listed))
