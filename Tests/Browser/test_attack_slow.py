"""Clients that take their time: each is dropped after a while, and nobody else waits for them."""

import re
import socket
import threading
import time
from collections.abc import Iterator

import pytest

from harness.caller import Caller
from harness.server import Server
from harness.wire import Wire

# The idle time-out is 75 seconds, and a body has 60 seconds of grace. A busy machine is given some more.
MOST = 110
FORM = "Content-Type: application/x-www-form-urlencoded"


@pytest.fixture(scope="module")
def lasted(attacked: Server) -> Iterator[dict[str, float]]:
    """How long each slow client was kept, all at once; a crowd of them holds connections meanwhile."""
    wire = Wire(attacked.portal)
    post = ("POST /Account/Login HTTP/1.1", FORM, f"Origin: {wire.site}")
    clients = {
        "silent": (b"", b""),
        "headers": (wire.request()[:-2], b"X: a\r\n"),
        "one header without an end": (wire.request()[:-2] + b"X: ", b"a"),
        "body": (wire.request(*post, "Content-Length: 1000000"), b"a"),
        "chunks": (wire.request(*post, "Transfer-Encoding: chunked"), b"1\r\na\r\n"),
        "the size of a chunk": (wire.request(*post, "Transfer-Encoding: chunked", body=b"1;"), b"a"),
        "a body that is refused": (wire.request("POST /Account/Login HTTP/1.1", FORM, "Content-Length: 1000000"), b"a"),
        "a body of a page": (wire.request("GET /contact HTTP/1.1", "Content-Length: 1000000"), b"a"),
        "trailers": (wire.request("GET /contact HTTP/1.1", "Transfer-Encoding: chunked", body=b"0\r\n"), b"X: a\r\n"),
    }
    kept: dict[str, float] = {}

    def drip(name: str, first: bytes, drop: bytes) -> None:
        kept[name] = wire.drips(first, drop, MOST)

    def unread() -> None:
        kept["unread"] = asks_and_reads_nothing(wire)

    threads = [threading.Thread(target=drip, args=(name, *client)) for name, client in clients.items()] + [threading.Thread(target=unread)]
    crowd = [wire.opens() for _ in range(200)]
    for connection in crowd:
        connection.sendall(wire.request()[:-2])
    for thread in threads:
        thread.start()
    time.sleep(3)
    kept["answers meanwhile"] = slowest_answer(attacked)
    for thread in threads:
        thread.join()
    for connection in crowd:
        connection.close()
    yield kept


def asks_and_reads_nothing(wire: Wire) -> float:
    """Asks for much more than a socket holds, in one go, and takes nothing; how long until it was dropped."""
    found = re.search(r'"(/assets/[^"]+min\.css)"', Caller(wire.site).get("/").text)
    assert found
    began = time.monotonic()
    with socket.socket() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        connection.connect(("127.0.0.1", int(wire.site.rsplit(":", 1)[1])))
        connection.sendall(wire.request(f"GET {found.group(1)} HTTP/1.1") * 200)
        while time.monotonic() - began < MOST:
            time.sleep(1)
            try:
                connection.sendall(b"G")
            except ConnectionError:
                return time.monotonic() - began
    return MOST


def slowest_answer(server: Server) -> float:
    slowest = 0.0
    for _ in range(10):
        began = time.monotonic()
        assert Caller(server.portal).get("/contact").status == 200
        slowest = max(slowest, time.monotonic() - began)
    return slowest


@pytest.mark.parametrize(
    "client",
    ["silent", "headers", "one header without an end", "body", "chunks", "the size of a chunk", "a body that is refused", "a body of a page",
     "trailers", "unread"],
)
def test_the_connection_ends_of_a_client_that_is_slow_with(client: str, lasted: dict[str, float]) -> None:
    assert lasted[client] < MOST


def test_others_are_served_while_two_hundred_dawdle(lasted: dict[str, float]) -> None:
    assert lasted["answers meanwhile"] < 20


def test_a_client_that_is_not_slow_keeps_its_connection(attacked: Server) -> None:
    """Without this a server that drops everybody would pass."""
    wire = Wire(attacked.portal)
    with wire.opens() as connection:
        for _ in range(3):
            connection.sendall(wire.request())
            assert connection.recv(65_536).startswith(b"HTTP/1.1 200")
            time.sleep(2)
