"""The sites speak TLS themselves: what they show, whom they let in, and how a certificate is renewed while they run."""

import http.client
import json
import ssl
import threading
import time
import urllib.parse
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from harness.certificates import Authority, put
from harness.server import Server

PATIENCE = 30  # seconds for a new certificate to be served
RENEWALS = 5


class SecureServer(Server):
    """The product as a trust serves it, without a proxy."""

    def __init__(self, folder: Path, authority: Authority) -> None:
        self.authority = authority
        self.folder = folder
        self.chain, self.key = authority.issue(folder)
        super().__init__(
            folder, {"RIGHTSDESK_TLS_CERTIFICATE": str(self.chain), "RIGHTSDESK_TLS_KEY": str(self.key)}, is_demo=False
        )
        self.portal = self.portal.replace("http:", "https:")
        self.desk = self.desk.replace("http:", "https:")

    def connects(self, site: str, context: ssl.SSLContext | None = None) -> http.client.HTTPSConnection:
        address = urllib.parse.urlsplit(site)
        return http.client.HTTPSConnection(
            address.hostname, address.port, timeout=30, context=context or self.authority.trusted()
        )

    def served(self, site: str) -> bytes:
        """The certificate that a new visitor is shown."""
        connection = self.connects(site)
        connection.connect()
        try:
            shown = connection.sock.getpeercert(binary_form=True)
            assert shown
            return shown
        finally:
            connection.close()

    def awaits_another_than(self, shown: bytes, site: str) -> bytes:
        deadline = time.monotonic() + PATIENCE
        while (now := self.served(site)) == shown:
            assert time.monotonic() < deadline, "the renewed certificate is not served"
        return now

    def said(self, words: str) -> list[dict[str, str]]:
        lines = [line for line in self.printed.splitlines() if line.startswith("{")]
        return [event for event in map(json.loads, lines) if words in event["msg"]]


@pytest.fixture(scope="module")
def secure(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SecureServer]:
    server = SecureServer(tmp_path_factory.mktemp("tls"), Authority())
    server.start()
    yield server
    server.stop()


def get(connection: http.client.HTTPSConnection, path: str) -> http.client.HTTPResponse:
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read()
    return answer


def test_both_sites_show_the_whole_chain_and_tell_browsers_to_stay_with_tls(secure: SecureServer) -> None:
    for site in (secure.portal, secure.desk):
        # Only the root is known: without the certificate between, nobody could follow the chain.
        connection = secure.connects(site)
        answer = get(connection, "/Account/Login" if site == secure.portal else "/sign-in")
        assert answer.status == 200
        assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
        cookies = answer.headers.get_all("Set-Cookie") or []
        assert cookies and all("Secure" in cookie and cookie.startswith("__Host-") for cookie in cookies), cookies
        assert connection.sock.version() == "TLSv1.3"
        connection.close()


@pytest.mark.parametrize(
    ("version", "ciphers", "is_met"),
    [
        (ssl.TLSVersion.TLSv1, "ALL:@SECLEVEL=0", False),
        (ssl.TLSVersion.TLSv1_1, "ALL:@SECLEVEL=0", False),
        (ssl.TLSVersion.TLSv1_2, "ALL:@SECLEVEL=0", True),
        (ssl.TLSVersion.TLSv1_2, "ECDHE-ECDSA-AES128-SHA:ECDHE-RSA-AES128-SHA:AES128-SHA:@SECLEVEL=0", False),
        (ssl.TLSVersion.TLSv1_2, "AES128-GCM-SHA256:@SECLEVEL=0", False),
        (ssl.TLSVersion.TLSv1_3, "ALL:@SECLEVEL=0", True),
    ],
)
@pytest.mark.filterwarnings("ignore:ssl.TLSVersion:DeprecationWarning")
def test_old_versions_and_weak_ciphers_are_refused(
    secure: SecureServer, version: ssl.TLSVersion, ciphers: str, is_met: bool
) -> None:
    context = secure.authority.trusted()
    context.set_ciphers(ciphers)
    context.minimum_version = context.maximum_version = version
    if is_met:
        assert get(secure.connects(secure.portal, context), "/health/live").status == 200
    else:
        with pytest.raises(ssl.SSLError, match="(?i)alert"):
            secure.connects(secure.portal, context).connect()


def test_a_renewed_certificate_is_served_without_one_request_lost(
    secure: SecureServer, figure: Callable[[str], None]
) -> None:
    is_over = threading.Event()
    faults: list[str] = []
    counts = [0] * 4

    def visits(number: int, *, stays: bool) -> None:
        connection = secure.connects(secure.portal)
        try:
            while not is_over.is_set():
                answer = get(connection, "/contact")
                assert answer.status == 200
                counts[number] += 1
                if not stays:
                    connection.close()
        except Exception as fault:  # noqa: BLE001 - whatever goes wrong is what the test asks
            faults.append(f"visitor {number}, after {counts[number]}: {fault!r}")

    threads = [threading.Thread(target=visits, args=(number,), kwargs={"stays": number % 2 == 0}) for number in range(4)]
    for thread in threads:
        thread.start()
    before = len(secure.said("A new certificate is served"))
    shown = secure.served(secure.portal)
    try:
        for _ in range(RENEWALS):
            secure.authority.issue(secure.folder)
            shown = secure.awaits_another_than(shown, secure.portal)
            assert secure.served(secure.desk) == shown
    finally:
        is_over.set()
        for thread in threads:
            thread.join()
    assert faults == []
    assert all(count > 10 for count in counts), counts
    assert len(secure.said("A new certificate is served")) - before == RENEWALS
    figure(f"TLS: {RENEWALS} certificates renewed under {sum(counts)} requests on open and new connections, none lost")


def test_a_broken_file_is_said_and_harms_nobody(secure: SecureServer) -> None:
    shown = secure.served(secure.portal)
    whole = secure.chain.read_bytes()
    try:
        put(secure.chain, whole[: len(whole) // 3])
        deadline = time.monotonic() + PATIENCE
        while not secure.said("A certificate cannot be used"):
            assert secure.served(secure.portal) == shown
            assert time.monotonic() < deadline, "the broken file is not said"
        assert secure.served(secure.portal) == shown
        told = secure.runs("doctor").stdout
        assert f"FAULT  Certificate of the portal: {secure.chain} " in told, told
    finally:
        put(secure.chain, whole)


def test_a_site_does_not_start_with_a_key_that_is_another_s(secure: SecureServer, tmp_path: Path) -> None:
    chain, _ = secure.authority.issue(tmp_path)
    started = secure.runs("serve", RIGHTSDESK_TLS_CERTIFICATE=str(chain), RIGHTSDESK_DATA=str(tmp_path / "data"))
    assert started.returncode == 78
    assert "is not the key of the certificate" in started.stderr
    alone = secure.runs("serve", RIGHTSDESK_TLS_KEY="")
    assert alone.returncode == 78
    assert "RIGHTSDESK_TLS_KEY: name the file of the key" in alone.stderr


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ((-1, 90), "well   Certificate of the portal: is good until"),
        ((-1, 20), "LOOK   Certificate of the portal: ends on"),
        ((-90, -1), "FAULT  Certificate of the portal: ended on"),
        ((1, 90), "FAULT  Certificate of the portal: is not valid before"),
    ],
)
def test_the_doctor_says_how_long_a_certificate_lasts(
    secure: SecureServer, tmp_path: Path, days: tuple[int, int], words: str
) -> None:
    chain, key = secure.authority.issue(tmp_path, begins=days[0], ends=days[1])
    told = doctor(secure, chain, key)
    assert words in told, told


def test_the_doctor_says_what_else_is_wrong_with_a_certificate(secure: SecureServer, tmp_path: Path) -> None:
    for name in ("site", "other"):
        (tmp_path / name).mkdir()
    chain, key = secure.authority.issue(tmp_path / "site", ("records.example.org",))
    assert "is not for 127.0.0.1, so that browsers refuse it" in doctor(secure, chain, key)
    _, other = secure.authority.issue(tmp_path / "other")
    assert f"the key {other} does not belong to it" in doctor(secure, chain, other)
    assert "can be read by others" not in doctor(secure, chain, key)
    key.chmod(0o644)
    assert f"its key {key} can be read by others" in doctor(secure, chain, key)


def test_the_doctor_says_when_the_authorities_of_the_mail_server_end(secure: SecureServer, tmp_path: Path) -> None:
    authority = tmp_path / "authority.pem"
    secure.authority.write(authority)

    def told() -> str:
        # Nobody listens there, which is a fault of its own.
        settings = {"RIGHTSDESK_SMTP_HOST": "127.0.0.1", "RIGHTSDESK_SMTP_PORT": "1"}
        return secure.runs("doctor", RIGHTSDESK_SMTP_CERTIFICATES=str(authority), **settings).stdout

    assert "well   Certificates for the mail server: are good until" in told()
    ended, _ = secure.authority.issue(tmp_path, begins=-90, ends=-1)
    leaf = ended.read_text(encoding="utf-8").split("-----END CERTIFICATE-----")[0] + "-----END CERTIFICATE-----\n"
    authority.write_text(authority.read_text(encoding="utf-8") + leaf, encoding="utf-8")
    assert "LOOK   Certificates for the mail server: 1 of 2 in" in told()
    authority.write_text(leaf, encoding="utf-8")
    assert "FAULT  Certificates for the mail server: have ended" in told()


def test_a_password_that_others_can_read_is_named(secure: SecureServer, tmp_path: Path) -> None:
    password = tmp_path / "smtp.password"
    password.write_text("fictional\n", encoding="utf-8")
    settings = {"RIGHTSDESK_SMTP_HOST": "127.0.0.1", "RIGHTSDESK_SMTP_PORT": "1", "RIGHTSDESK_SMTP_USER": "sars"}
    password.chmod(0o600)
    assert str(password) not in secure.runs("doctor", RIGHTSDESK_SMTP_PASSWORD_FILE=str(password), **settings).stdout
    password.chmod(0o644)
    told = secure.runs("doctor", RIGHTSDESK_SMTP_PASSWORD_FILE=str(password), **settings).stdout
    assert f"FAULT  {password}: holds a password and can be read by others" in told


def doctor(server: SecureServer, chain: Path, key: Path) -> str:
    done = server.runs("doctor", RIGHTSDESK_TLS_CERTIFICATE=str(chain), RIGHTSDESK_TLS_KEY=str(key))
    # Mail, scanner and backup are not set up here, so it is never 0.
    assert done.returncode == 69, done.stderr
    return done.stdout
