"""Clients that take their time, of every kind and all at once, and a crowd that only holds connections."""

import re
import socket
import threading
import time

from .caller import Caller
from .server import Server
from .wire import Wire

# The idle time-out is 75 seconds, and a body has 60 seconds of grace. A busy machine is given some more.
MOST = 110
CROWD = 200
FORM = "Content-Type: application/x-www-form-urlencoded"
KINDS = (
    "silent", "headers", "one header without an end", "body", "chunks", "the size of a chunk", "a body that is refused",
    "a body of a page", "trailers", "unread",
)


class Dawdlers:
    """They need more than a minute, so they begin with the demonstration, and the other attacks go on beside them."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._wire = Wire(server.portal)
        self._lasted: dict[str, float] = {}
        self._steady: list[bytes] = []
        self._slowest = MOST * 1.0
        post = ("POST /Account/Login HTTP/1.1", FORM, f"Origin: {self._wire.site}")
        clients = {
            "silent": (b"", b""),
            "headers": (self._request()[:-2], b"X: a\r\n"),
            "one header without an end": (self._request()[:-2] + b"X: ", b"a"),
            "body": (self._request(*post, "Content-Length: 1000000"), b"a"),
            "chunks": (self._request(*post, "Transfer-Encoding: chunked"), b"1\r\na\r\n"),
            "the size of a chunk": (self._request(*post, "Transfer-Encoding: chunked", body=b"1;"), b"a"),
            "a body that is refused": (self._request("POST /Account/Login HTTP/1.1", FORM, "Content-Length: 1000000"), b"a"),
            "a body of a page": (self._request("GET /contact HTTP/1.1", "Content-Length: 1000000"), b"a"),
            "trailers": (self._request("GET /contact HTTP/1.1", "Transfer-Encoding: chunked", body=b"0\r\n"), b"X: a\r\n"),
        }
        self._threads = [threading.Thread(target=self._drips, args=(name, *client)) for name, client in clients.items()]
        self._threads += [threading.Thread(target=one) for one in (self._reads_nothing, self._is_steady, self._asks_meanwhile)]
        self._crowd: list[socket.socket] = []

    def begin(self) -> None:
        self._crowd = [self._wire.opens() for _ in range(CROWD)]
        for connection in self._crowd:
            connection.sendall(self._request()[:-2])
        for thread in self._threads:
            thread.start()

    def end(self) -> None:
        for thread in self._threads:
            thread.join()
        for connection in self._crowd:
            connection.close()

    @property
    def lasted(self) -> dict[str, float]:
        """How many seconds each slow client was kept; `MOST` if to the end."""
        self.end()
        return self._lasted

    @property
    def slowest_answer(self) -> float:
        """How long somebody else waited meanwhile, at most."""
        self.end()
        return self._slowest

    @property
    def steady(self) -> list[bytes]:
        """What a client was answered that asks now and then on one connection."""
        self.end()
        return self._steady

    def _request(self, *words: str, body: bytes = b"") -> bytes:
        return self._wire.request(*words, body=body)

    def _drips(self, name: str, first: bytes, drop: bytes) -> None:
        self._lasted[name] = self._wire.drips(first, drop, MOST)

    def _reads_nothing(self) -> None:
        """Asks for much more than a socket holds, in one go, and takes nothing."""
        found = re.search(r'"(/assets/[^"]+min\.css)"', Caller(self._wire.site).get("/").text)
        assert found
        began = time.monotonic()
        with socket.socket() as connection:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
            connection.connect(("127.0.0.1", int(self._wire.site.rsplit(":", 1)[1])))
            connection.sendall(self._wire.request(f"GET {found.group(1)} HTTP/1.1") * 200)
            while time.monotonic() - began < MOST:
                time.sleep(1)
                try:
                    connection.sendall(b"G")
                except ConnectionError:
                    break
        self._lasted["unread"] = min(time.monotonic() - began, MOST)

    def _is_steady(self) -> None:
        with self._wire.opens() as connection:
            for _ in range(4):
                connection.sendall(self._wire.request())
                self._steady.append(connection.recv(65_536))
                time.sleep(10)

    def _asks_meanwhile(self) -> None:
        time.sleep(3)
        slowest = 0.0
        for _ in range(10):
            began = time.monotonic()
            assert Caller(self._server.portal).get("/contact").status == 200
            slowest = max(slowest, time.monotonic() - began)
        self._slowest = slowest
