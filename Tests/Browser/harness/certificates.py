"""Certificates of an authority of the tests' own, as a trust would get them: the site's and the one that leads to it."""

import datetime
import os
import ssl
from pathlib import Path

import trustme

NAMES = ("localhost", "127.0.0.1")


class Authority:
    def __init__(self) -> None:
        self._root = trustme.CA()
        self._issuer = self._root.create_child_ca()

    def trusted(self) -> ssl.SSLContext:
        """What a browser has that knows the authority, and nothing of those between."""
        context = ssl.create_default_context()
        self._root.configure_trust(context)
        return context

    def issue(
        self, folder: Path, names: tuple[str, ...] = NAMES, *, begins: int = -1, ends: int = 90
    ) -> tuple[Path, Path]:
        """Puts a chain and its key into a folder, in place of those that are there; days are counted from now."""
        now = datetime.datetime.now(datetime.UTC)
        made = self._issuer.issue_cert(
            *names, not_before=now + datetime.timedelta(days=begins), not_after=now + datetime.timedelta(days=ends)
        )
        chain = b"".join(one.bytes() for one in made.cert_chain_pems)
        # The key first: until the chain follows they do not belong together, and that must harm nobody.
        return put(folder / "site.pem", chain, after=(folder / "site.key", made.private_key_pem.bytes())), folder / "site.key"

    def write(self, path: Path) -> None:
        self._root.cert_pem.write_to_path(str(path))


def put(path: Path, content: bytes, after: tuple[Path, bytes] | None = None) -> Path:
    """Replaces a file in one step, as programs that renew certificates do."""
    if after:
        put(*after)
    partial = path.with_suffix(".new")
    partial.write_bytes(content)
    partial.chmod(0o600)
    os.replace(partial, path)
    return path
