"""The examples for nginx and Caddy, the very files, with the real ones and the product as a trust serves it behind them."""

import json
import re
import socket
import sqlite3
import ssl
import urllib.parse
from collections.abc import Callable, Iterator

import pytest

from harness.proxies import DESK, PORTAL, VISITOR, Caddy, Nginx, Proxy
from harness.wire import Wire
from test_process_files import Stream

LARGE = 20 << 20  # twenty times what nginx takes unless it is told otherwise


@pytest.fixture(scope="module", params=[Nginx, Caddy], ids=["nginx", "Caddy"])
def proxied(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    with request.param(tmp_path_factory.mktemp("proxy")) as begun:
        yield begun


def test_a_page_comes_over_tls_and_says_to_stay_there(proxied: Proxy) -> None:
    answer, page = proxied.asks("GET", "/Account/Login")
    assert answer.status == 200 and b"<form" in page
    assert answer.headers.get_all("Strict-Transport-Security") == ["max-age=31536000; includeSubDomains"]
    assert all("Secure" in cookie for cookie in answer.headers.get_all("Set-Cookie") or ["none"])


@pytest.mark.parametrize(
    ("version", "ciphers"),
    [
        (ssl.TLSVersion.TLSv1_1, "ALL:@SECLEVEL=0"),
        (ssl.TLSVersion.TLSv1_2, "ECDHE-ECDSA-AES128-SHA:ECDHE-ECDSA-AES256-SHA384:AES128-SHA:@SECLEVEL=0"),
    ],
)
@pytest.mark.filterwarnings("ignore:ssl.TLSVersion:DeprecationWarning")
def test_old_versions_and_weak_ciphers_are_refused(proxied: Proxy, version: ssl.TLSVersion, ciphers: str) -> None:
    context = proxied.trusted()
    context.set_ciphers(ciphers)
    context.minimum_version = context.maximum_version = version
    with socket.create_connection(("127.0.0.1", proxied.port), timeout=30) as plain, pytest.raises(ssl.SSLError, match="(?i)alert"):
        context.wrap_socket(plain, server_hostname=PORTAL)


def test_the_desk_is_for_the_trusts_network_only(proxied: Proxy) -> None:
    assert proxied.asks("GET", "/sign-in", host=DESK)[0].status == 403
    proxied.lets_in("127.0.0.0/8")
    assert proxied.asks("GET", "/sign-in", host=DESK)[0].status == 200


def test_what_a_visitor_says_of_its_own_address_is_thrown_away(proxied: Proxy) -> None:
    """The throttle and the record go by the address, so that whoever could choose it could be anybody."""
    invented = {"X-Forwarded-For": "203.0.113.9", "Forwarded": "for=203.0.113.9", "X-Real-IP": "203.0.113.9"}
    answer, page = proxied.asks("GET", "/Account/Login", invented)
    cookies = "; ".join(cookie.split(";")[0] for cookie in answer.headers.get_all("Set-Cookie") or [])
    fields = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', re.sub(r' (?:id|type|class)="[^"]*"', "", page.decode())))
    body = urllib.parse.urlencode({**fields, "email": "nobody@example.org", "password": "wrong wrong wrong"})
    headers = {
        **invented, "Cookie": cookies, "Origin": f"https://{PORTAL}", "Content-Type": "application/x-www-form-urlencoded",
    }
    assert proxied.asks("POST", "/Account/Login", headers, body)[0].status in (200, 303, 401, 422)
    with sqlite3.connect(f"file:{proxied.server.data}/rightsdesk.sqlite?mode=ro", uri=True) as database:
        sources = {source for (source,) in database.execute("SELECT source FROM account_event")}
    assert sources == {VISITOR}, "the visitor's own address is what the proxy saw"


def test_a_host_that_is_not_the_sites_own_gets_nothing(proxied: Proxy) -> None:
    received = proxied.wire.exchange(
        proxied.wire.request("GET /contact HTTP/1.1", "Connection: close", host="evil.example.com")
    ).received
    head, _, body = received.partition(b"\r\n\r\n")
    # Caddy answers an empty 200 by itself.
    assert re.match(rb"HTTP/1\.1 4\d\d ", head) or (head.startswith(b"HTTP/1.1 ") and not body), received[:200]
    assert b"evil.example.com" not in received


def test_an_upload_far_above_a_megabyte_is_streamed_to_the_program(
    proxied: Proxy, figure: Callable[[str], None]
) -> None:
    """Nobody is signed in, so the program refuses the form, in its own words: the proxy has not refused its size, and has
    kept nothing of it."""
    kept = []

    def looked_at() -> Iterator[bytes]:
        for piece in Stream(LARGE):
            kept.append(proxied.keeps())
            yield piece

    answer, page = proxied.asks(
        "POST", "/new-request",
        {"Content-Length": str(LARGE), "Content-Type": "multipart/form-data; boundary=b", "Origin": f"https://{PORTAL}"},
        looked_at(),
    )
    assert b"Meadowbank" in page and b"nginx" not in page, f"the proxy itself refused it: {answer.status}"
    assert not any(kept), f"the proxy has kept a copy: {kept}"
    figure(f"{type(proxied).__name__}: a form of {LARGE >> 20} MB was the program's to judge, through the example: {answer.status} in its own words")


def test_the_logs_name_no_address_of_a_page(proxied: Proxy) -> None:
    case, token = "01m5ev0nm07zpq10rs61rd6p9b", "token"
    proxied.asks("GET", f"/cases/{case}?secret={token}")
    plain = proxied.without_tls
    assert plain.exchange(plain.request(f"GET /cases/{case}?secret={token} HTTP/1.1", "Connection: close")).statuses[0] in (301, 308)
    # A line is written after the answer: when it has ended, all are.
    proxied.ends()
    written = proxied.access_log.read_text(encoding="utf-8")
    proxied.begins()
    assert case not in written and token not in written
    for line in proxied.server.printed.splitlines():
        if line.startswith("{"):
            assert token not in json.loads(line)["msg"] and case not in line


def test_nothing_of_the_demonstration_is_there(proxied: Proxy) -> None:
    """Its outbox would show everybody's mails to whoever is on the machine, as the proxy is."""
    assert proxied.asks("GET", "/demo/outbox")[0].status == 404
    for site in (proxied.server.portal, proxied.server.desk):
        for host in (PORTAL, DESK, ""):
            wire = Wire(site, host)
            assert 200 not in wire.exchange(wire.request("GET /demo/outbox HTTP/1.1", "Connection: close")).statuses
    assert not (proxied.server.data / "demo-people.json").exists()
