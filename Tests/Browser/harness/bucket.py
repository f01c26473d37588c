"""A double of a store that speaks S3, with one bucket, as the tests of the store have it too."""

import subprocess
import sys
from pathlib import Path

import boto3

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
        client = boto3.client(
            "s3", endpoint_url=self._address, region_name="eu-west-2", aws_access_key_id="access",
            aws_secret_access_key="secret",
        )
        listed = client.list_objects_v2(Bucket="files", Prefix=f"{PREFIX}/files/")
        assert not listed["IsTruncated"], listed
        return {one["Key"].removeprefix(f"{PREFIX}/files/") for one in listed.get("Contents", [])}
