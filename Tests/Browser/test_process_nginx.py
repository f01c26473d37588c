"""The example for nginx, the very file, with a real nginx and the product as a trust serves it behind it."""

import http.client
import json
import re
import shutil
import socket
import sqlite3
import ssl
import subprocess
import urllib.parse
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from harness.certificates import Authority
from harness.server import ROOT, Server, free_pair_of_ports
from test_process_files import Stream, soon

NGINX = shutil.which("nginx") or "/usr/sbin/nginx"
PORTAL, DESK = "records.example.org", "records-desk.example.org"
HIDDEN = b"GET /health/live HTTP/1.1\r\nHost: hidden\r\n\r\n"
LARGE = 20 << 20  # twenty times what nginx takes unless it is told otherwise


class Proxied:
    """nginx with `deploy/nginx.conf`: only its ports, the places of its files and the desk's network are others."""

    def __init__(self, folder: Path) -> None:
        self.authority = Authority()
        for name in ("records", "desk"):
            (folder / name).mkdir()
        self.port, self.plain = free_pair_of_ports(), free_pair_of_ports()
        self.server = Server(
            folder,
            {
                "RIGHTSDESK_PORTAL_ADDRESS": f"https://{PORTAL}",
                "RIGHTSDESK_DESK_ADDRESS": f"https://{DESK}",
                "RIGHTSDESK_PROXIES": "127.0.0.1",
            },
            is_demo=False,
        )
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    def settings(self, *, desk_network: str = "10.0.0.0/8") -> None:
        def changed(text: str, *changes: tuple[str, str]) -> str:
            for old, new in changes:
                assert old in text, f"the example has no {old} any more"
                text = text.replace(old, new)
            return text

        folder = self._folder
        chains = [self.authority.issue(folder / name, (host,)) for name, host in (("records", PORTAL), ("desk", DESK))]
        example = changed(
            (ROOT / "deploy/nginx.conf").read_text(encoding="utf-8"),
            ("listen 80;", f"listen 127.0.0.1:{self.plain};"), ("    listen [::]:80;\n", ""),
            ("listen 443 ssl http2;", f"listen 127.0.0.1:{self.port} ssl http2;"), ("    listen [::]:443 ssl http2;\n", ""),
            ("/etc/ssl/rightsdesk/records.pem", str(chains[0][0])), ("/etc/ssl/rightsdesk/records.key", str(chains[0][1])),
            ("/etc/ssl/rightsdesk/desk.pem", str(chains[1][0])), ("/etc/ssl/rightsdesk/desk.key", str(chains[1][1])),
            ("/etc/nginx/rightsdesk-proxy.conf", str(ROOT / "deploy/nginx-proxy.conf")),
            ("http://127.0.0.1:8080", self.server.portal), ("http://127.0.0.1:8081", self.server.desk),
            ("10.0.0.0/8", desk_network),
        )
        temporary = "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        (folder / "nginx.conf").write_text(
            f"daemon off;\npid {folder}/pid;\nerror_log {folder}/error.log;\nevents {{}}\nhttp {{\n{temporary}{example}\n}}\n",
            encoding="utf-8",
        )

    def nginx(self, *options: str) -> list[str]:
        return [NGINX, *options, "-p", str(self._folder), "-c", str(self._folder / "nginx.conf")]

    def start(self) -> None:
        self.settings()
        self.server.start()
        tested = subprocess.run(self.nginx("-t"), capture_output=True, text=True, check=False)
        assert tested.returncode == 0 and "warn" not in tested.stderr, tested.stderr
        self._process = subprocess.Popen(self.nginx(), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        soon(self._answers, "nginx does not answer", 20)

    def _answers(self) -> bool:
        try:
            self.connects().close()
            return True
        except OSError:
            return False

    def lets_in(self, desk_network: str) -> None:
        """Reads the settings again, with another network for the desk."""
        self.settings(desk_network=desk_network)
        subprocess.run(self.nginx("-s", "reload"), check=True, capture_output=True)
        soon(lambda: self.asks("GET", "/sign-in", host=DESK)[0].status == 200, "the desk stays closed", 20)

    def stop(self) -> None:
        if self._process:
            self._process.terminate()
            self._process.wait(timeout=10)
        self.server.stop()

    def connects(self, host: str = PORTAL) -> ssl.SSLSocket:
        plain = socket.create_connection(("127.0.0.1", self.port), timeout=30)
        return self.authority.trusted().wrap_socket(plain, server_hostname=host)

    def asks(
        self, method: str, path: str, headers: dict[str, str] | None = None, body: object = None, host: str = PORTAL
    ) -> tuple[http.client.HTTPResponse, bytes]:
        connection = http.client.HTTPConnection(host, timeout=60)
        connection.sock = self.connects(host)
        connection.request(method, path, body, headers or {})
        answer = connection.getresponse()
        read = answer.read()
        connection.close()
        return answer, read

    def said(self, raw: bytes, quiet: float = 2) -> bytes:
        """Everything that comes back for these bytes."""
        received = b""
        with self.connects() as connection:
            connection.sendall(raw)
            connection.settimeout(quiet)
            try:
                while piece := connection.recv(65_536):
                    received += piece
            except (TimeoutError, ConnectionError):
                pass
        return received


@pytest.fixture(scope="module")
def proxied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxied]:
    made = Proxied(tmp_path_factory.mktemp("nginx"))
    try:
        made.start()
        yield made
    finally:
        made.stop()


def test_a_page_comes_over_tls_and_says_to_stay_there(proxied: Proxied) -> None:
    answer, page = proxied.asks("GET", "/Account/Login")
    assert answer.status == 200 and b"<form" in page
    assert answer.headers.get_all("Strict-Transport-Security") == ["max-age=31536000; includeSubDomains"]
    assert all("Secure" in cookie for cookie in answer.headers.get_all("Set-Cookie") or ["none"])
    connection = http.client.HTTPConnection("127.0.0.1", proxied.plain, timeout=30)
    connection.request("GET", "/contact?a=b", headers={"Host": PORTAL})
    moved = connection.getresponse()
    assert (moved.status, moved.headers["Location"]) == (301, f"https://{PORTAL}/contact?a=b")


@pytest.mark.parametrize(
    ("version", "ciphers"),
    [
        (ssl.TLSVersion.TLSv1_1, "ALL:@SECLEVEL=0"),
        (ssl.TLSVersion.TLSv1_2, "ECDHE-ECDSA-AES128-SHA:ECDHE-ECDSA-AES256-SHA384:AES128-SHA:@SECLEVEL=0"),
    ],
)
@pytest.mark.filterwarnings("ignore:ssl.TLSVersion:DeprecationWarning")
def test_old_versions_and_weak_ciphers_are_refused(proxied: Proxied, version: ssl.TLSVersion, ciphers: str) -> None:
    context = proxied.authority.trusted()
    context.set_ciphers(ciphers)
    context.minimum_version = context.maximum_version = version
    with socket.create_connection(("127.0.0.1", proxied.port), timeout=30) as plain, pytest.raises(ssl.SSLError, match="(?i)alert"):
        context.wrap_socket(plain, server_hostname=PORTAL)


def test_the_desk_is_for_the_trusts_network_only(proxied: Proxied) -> None:
    assert proxied.asks("GET", "/sign-in", host=DESK)[0].status == 403
    proxied.lets_in("127.0.0.0/8")
    assert proxied.asks("GET", "/sign-in", host=DESK)[0].status == 200


def test_what_a_visitor_says_of_its_own_address_is_thrown_away(proxied: Proxied) -> None:
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
    assert sources == {"127.0.0.1"}, "the visitor's own address is what nginx saw"


AMBIGUOUS = {
    "a length and chunks": (b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", b"0\r\n\r\n" + HIDDEN),
    "two lengths": (b"Content-Length: 0\r\nContent-Length: %d\r\n" % len(HIDDEN), HIDDEN),
    "a space before the colon": (b"Content-Length : 0\r\n", HIDDEN),
    "chunks under another name": (b"Transfer-Encoding: xchunked\r\n", b"0\r\n\r\n" + HIDDEN),
    "a folded line": (b"X-Any: a\r\n b: c\r\nContent-Length: 0\r\n", HIDDEN),
}


@pytest.mark.parametrize("kind", AMBIGUOUS)
def test_no_request_is_smuggled(proxied: Proxied, kind: str) -> None:
    headers, body = AMBIGUOUS[kind]
    head = f"POST /Account/Login HTTP/1.1\r\nHost: {PORTAL}\r\nContent-Type: application/x-www-form-urlencoded\r\n".encode()
    received = proxied.said(head + headers + b"\r\n" + body)
    assert b"\r\n\r\nalive\n" not in received, "the hidden request was answered"
    for _ in range(3):
        answer, page = proxied.asks("GET", "/contact")
        assert answer.status == 200 and b"Contact" in page


def test_a_host_that_is_not_the_sites_own_gets_nothing(proxied: Proxied) -> None:
    received = proxied.said(b"GET /contact HTTP/1.1\r\nHost: evil.example.com\r\nConnection: close\r\n\r\n")
    assert b" 421 " in received or b" 400 " in received or b" 404 " in received, received[:200]
    assert b"evil.example.com" not in received


def test_an_upload_far_above_a_megabyte_is_streamed_to_the_program(
    proxied: Proxied, figure: Callable[[str], None]
) -> None:
    """Nobody is signed in, so the program refuses the form, in its own words: nginx has not refused its size, and has
    kept nothing of it."""
    stream = Stream(LARGE)
    before = usage(proxied)
    answer, page = proxied.asks(
        "POST", "/new-request",
        {"Content-Length": str(LARGE), "Content-Type": "multipart/form-data; boundary=b", "Origin": f"https://{PORTAL}"},
        iter(stream),
    )
    assert b"Meadowbank" in page and b"nginx" not in page, f"nginx itself refused it: {answer.status}"
    assert usage(proxied) == before, "nginx has kept a copy"
    figure(f"nginx: a form of {LARGE >> 20} MB was the program's to judge, through the example: {answer.status} in its own words")


def usage(proxied: Proxied) -> int:
    return sum(path.stat().st_size for path in (proxied._folder / "client_body").rglob("*") if path.is_file())


def test_the_logs_name_no_address_of_a_page(proxied: Proxied) -> None:
    proxied.asks("GET", "/cases/01m5ev0nm07zpq10rs61rd6p9b?secret=token")
    assert not list(proxied._folder.glob("access*.log"))
    for line in proxied.server.printed.splitlines():
        if line.startswith("{"):
            assert "token" not in json.loads(line)["msg"] and "01m5ev0nm07zpq10rs61rd6p9b" not in line
