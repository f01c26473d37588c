"""Requests that two programs read differently, and requests that are too much: to the server itself and through nginx."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from harness.caller import Caller
from harness.proxies import DESK, PORTAL, Nginx
from harness.server import Server, answers
from harness.smuggling import ALIVE, AMBIGUOUS, HIDDEN
from harness.wire import Exchange, Wire

FORM = "Content-Type: application/x-www-form-urlencoded"


@pytest.fixture(scope="module")
def proxy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nginx]:
    with Nginx(tmp_path_factory.mktemp("nginx")) as begun:
        yield begun


@pytest.fixture
def proxied(proxy: Nginx) -> Wire:
    return proxy.wire


def at_once(exchanges: list[Callable[[], Exchange]]) -> list[Exchange]:
    """A connection that was refused lingers for seconds, so that its refusal is read; several linger together."""
    with ThreadPoolExecutor(len(exchanges)) as pool:
        return [found.result() for found in [pool.submit(one) for one in exchanges]]


@pytest.fixture
def wire(attacked: Server) -> Wire:
    return Wire(attacked.portal)


@pytest.mark.parametrize("kind", AMBIGUOUS)
def test_a_request_that_can_be_read_in_two_ways_is_refused_and_its_connection_ended(wire: Wire, kind: str) -> None:
    headers, body = AMBIGUOUS[kind]
    answer = wire.exchange(wire.request("POST /Account/Login HTTP/1.1", FORM, *headers, body=body))
    assert answer.is_closed, "nothing more is read from it"
    assert 200 not in answer.statuses, "the hidden request was answered"
    assert 400 in answer.statuses and ALIVE not in answer.received


@pytest.mark.parametrize("kind", AMBIGUOUS)
def test_no_request_is_smuggled_past_nginx(proxied: Wire, kind: str) -> None:
    headers, body = AMBIGUOUS[kind]
    answer = proxied.exchange(proxied.request("POST /Account/Login HTTP/1.1", FORM, *headers, body=body), quiet=1)
    assert ALIVE not in answer.received, "the hidden request passed the proxy unseen"
    # Nor to the next visitor, whose connection behind the proxy may be the same.
    for _ in range(3):
        after = proxied.exchange(proxied.request("GET /contact HTTP/1.1", "Connection: close"))
        assert after.statuses == [200] and "Contact" in after.text


def test_a_request_with_a_body_of_its_own_is_one_request(wire: Wire, proxied: Wire) -> None:
    """Without this the refusals above would prove nothing: bytes of a body are no request."""
    for one in (wire, proxied):
        answer = one.exchange(
            one.request("GET /contact HTTP/1.1", f"Content-Length: {len(HIDDEN)}", body=HIDDEN)
            + one.request("GET /contact HTTP/1.1", "Connection: close")
        )
        assert answer.statuses == [200, 200] and ALIVE not in answer.received
    assert ALIVE in wire.exchange(wire.request("GET /health/live HTTP/1.1", "Connection: close")).received
    assert ALIVE not in proxied.exchange(proxied.request("GET /health/live HTTP/1.1", "Connection: close")).received


def test_without_tls_the_proxy_only_says_where_to_go(proxy: Nginx) -> None:
    wire = proxy.without_tls
    for host in (PORTAL, DESK):
        answer = wire.exchange(wire.request("GET /contact?a=b HTTP/1.1", "Connection: close", host=host))
        assert answer.statuses == [301] and f"\r\nLocation: https://{host}/contact?a=b\r\n" in answer.text
        assert "Set-Cookie" not in answer.text and "Contact" not in answer.text


@pytest.mark.parametrize(
    "headers",
    [("X-Any: " + "a" * 100_000,), tuple(f"X-{number}: a" for number in range(3_000)), tuple(f"X-{number}: {'a' * 500}" for number in range(400)),
     ("Cookie: " + "a=b; " * 30_000,), ("X" * 90_000 + ": a",)],
    ids=["one of 100 kB", "3000 of them", "400 of 500 bytes", "a cookie of 150 kB", "a name of 90 kB"],
)
def test_huge_headers_are_refused(wire: Wire, proxied: Wire, headers: tuple[str, ...]) -> None:
    for one in (wire, proxied):
        answer = one.exchange(one.request("GET / HTTP/1.1", *headers))
        assert answer.is_closed and answer.statuses and answer.statuses[0] in (400, 414, 431, 494)
    assert answers(wire.site)


def test_an_address_without_an_end_is_refused_before_it_ends(wire: Wire, proxied: Wire) -> None:
    sent = [(one, size) for one in (wire, proxied) for size in (100_000, 5_000_000)]
    for answer in at_once([lambda one=one, size=size: one.exchange(b"GET /" + b"a" * size) for one, size in sent]):
        assert answer.is_closed and answer.statuses in ([400], [414], [])
    assert Caller(wire.site).get("/" + "a" * 20_000).status == 404
    assert Caller(wire.site).get("/?" + "a=b&" * 5_000).status == 200


@pytest.mark.parametrize("line", ["GET /", "GET / HTTP/0.9", "GET / HTTP/3.7", "GET", " GET / HTTP/1.1", "\x16\x03\x01", "GET /\x00 HTTP/1.1", "G\x01T / HTTP/1.1"])
def test_a_line_that_is_no_request_is_refused(wire: Wire, line: str) -> None:
    answer = wire.exchange(wire.request(line, "Connection: close"))
    assert answer.is_closed and answer.statuses in ([400], [404], [405], [505])


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "OPTIONS", "PROPFIND", "FOO", "get"])
def test_no_method_but_those_of_pages_and_forms_does_anything(wire: Wire, method: str) -> None:
    answer = wire.exchange(wire.request(f"{method} /contact HTTP/1.1", "Connection: close", "X-Echo: zqzq"))
    assert answer.statuses in ([400], [404], [405])
    assert b"zqzq" not in answer.received, "a request is not sent back"


def test_very_many_parts_and_fields_are_refused_or_left_out(aisha: Caller) -> None:
    from harness.caller import Part, form_of

    form = form_of(aisha.get("/new-request"))
    secrets = [Part(f'form-data; name="{name}"', value.encode()) for name, value in form.values]
    parts = [Part(f'form-data; name="p{number}"', b"") for number in range(20_000)]
    began = time.monotonic()
    answer = aisha.multipart("/new-request", secrets + parts)
    assert answer.status in (413, 422) and time.monotonic() - began < 60
    fields = [*form.values, *((f"p{number}", "a") for number in range(100_000))]
    assert aisha.post("/new-request", fields).status == 422
    nested = Part('form-data; name="' + "a" * 20_000 + '"', b"x")
    assert aisha.multipart("/new-request", [*secrets, nested]).status in (400, 422)
    assert aisha.get("/home").status == 200


def test_a_body_that_is_too_much_is_refused_before_it_is_sent(wire: Wire, aisha: Caller) -> None:
    cookies = "; ".join(f"{name}={value}" for name, value in aisha.cookies.items())
    head = ("POST /new-request HTTP/1.1", FORM, f"Origin: {wire.site}", f"Cookie: {cookies}")
    chunks = [b"100000\r\n" + b"a" * 0x100000 + b"\r\n"] * 40
    told, endless = at_once([
        lambda: wire.exchange(wire.request(*head, "Content-Length: 999999999999"), quiet=8),
        lambda: wire.exchange(wire.request(*head, "Transfer-Encoding: chunked"), *chunks, quiet=8),
    ])
    assert told.statuses[0] == 413 and told.is_closed
    assert endless.is_closed and endless.statuses in ([413], []), "16 MB are enough"
