"""A socket and bytes: for what no client library would send."""

import re
import socket
import ssl
import time
import urllib.parse
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Exchange:
    """Everything that came back, and whether the other end closed the connection."""

    received: bytes
    is_closed: bool

    @property
    def statuses(self) -> list[int]:
        return [int(status) for status in re.findall(rb"HTTP/1\.1 (\d{3}) ", self.received)]

    @property
    def text(self) -> str:
        return self.received.decode("utf-8", errors="replace")


class Wire:
    """Connections to one address that say exactly what they are told to."""

    def __init__(self, site: str, host: str = "", trusts: Path | None = None) -> None:
        """`host` is the name asked for where it is not the address; with TLS, `trusts` is whose certificate it has."""
        address = urllib.parse.urlsplit(site)
        self.site = site
        self.host = host or address.netloc
        self._place = (address.hostname or "", address.port or 80)
        self._tls = ssl.create_default_context(cafile=trusts) if trusts else None

    def opens(self, patience: float = 10) -> socket.socket:
        connection = socket.create_connection(self._place, timeout=patience)
        return self._tls.wrap_socket(connection, server_hostname=self.host) if self._tls else connection

    def request(self, line: str = "GET /health/live HTTP/1.1", *headers: str, body: bytes = b"", host: str = "") -> bytes:
        """A request in bytes; a header is taken as it stands. Latin 1, so that every byte can be written."""
        lines = [line, f"Host: {host or self.host}", *headers]
        return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body

    def exchange(self, *pieces: bytes, quiet: float = 2) -> Exchange:
        """Sends the pieces and reads until the other end closes, or says nothing for so many seconds."""
        received = b""
        with self.opens() as connection:
            try:
                for piece in pieces:
                    connection.sendall(piece)
            except OSError:
                pass  # Refused before all was sent; what it answered is read below.
            connection.settimeout(quiet)
            try:
                while piece := connection.recv(65_536):
                    received += piece
            except TimeoutError:
                return Exchange(received, is_closed=False)
            except ConnectionError:
                pass
        return Exchange(received, is_closed=True)

    def drips(self, first: bytes, drop: bytes, most: float) -> float:
        """Sends a drop a second; how many seconds until the other end closed, `most` if it did not."""
        began = time.monotonic()
        with self.opens() as connection:
            connection.sendall(first)
            connection.settimeout(1)
            while time.monotonic() - began < most:
                try:
                    if not connection.recv(65_536):
                        return time.monotonic() - began
                except TimeoutError:
                    pass
                except ConnectionError:
                    return time.monotonic() - began
                try:
                    connection.sendall(drop)
                except ConnectionError:
                    return time.monotonic() - began
        return most
