"""Addresses that lead elsewhere, and paths that climb out of where they belong."""

import re
import socket
import urllib.parse
from html import unescape

import pytest

from harness.caller import Answer, Caller
from harness.hostile import logged_by_letter
from harness.server import ROOT, Server
from harness.wire import Wire

ELSEWHERE = (
    "//evil.example", "/\\evil.example", "/\\/evil.example", "\\\\evil.example", "https://evil.example", "http:evil.example",
    "https:///evil.example", "javascript:alert(1)", "data:text/html,x", "/%09/evil.example", "/\t/evil.example", "\t//evil.example",
    " //evil.example", "/\n/evil.example", "///evil.example", "/\u2028/evil.example", "//evil.example/%2e%2e", "/\r\nSet-Cookie: a=b",
    "@evil.example", ".evil.example", "/／evil.example", "evil.example", "?//evil.example", "#//evil.example",
)


def where(location: str, site: str) -> str:
    """The host that a browser would read in a redirect, by the rules of browsers (WHATWG URL)."""
    seen = re.sub(r"[\t\n\r]", "", location.strip()).replace("\\", "/")
    return urllib.parse.urlsplit(urllib.parse.urljoin(site + "/Account/Login", seen)).netloc


def elsewhere(page: Answer, site: str) -> list[str]:
    """What the page would send a browser to that is not this site: links, forms, and what a form asks to be sent on to."""
    told = re.findall(r'(?:href|src|action)="([^"]*)"|name="then" value="([^"]*)"', page.text)
    wanted = [unescape(one or other) for one, other in told]
    ours = (urllib.parse.urlsplit(site).hostname, "", None)
    return [one for one in wanted if not one.startswith("data:,") and urllib.parse.urlsplit(
        urllib.parse.urljoin(site, one)).hostname not in ours or "alert" in one]


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_signing_in_leads_to_no_other_site(attacked: Server, aisha: Caller, wanted: str) -> None:
    here = urllib.parse.urlsplit(attacked.portal).netloc
    quoted = urllib.parse.quote(wanted, safe="")
    page = Caller(attacked.portal).get(f"/Account/Login?then={quoted}")
    assert not elsewhere(page, attacked.portal)
    already = aisha.get(f"/Account/Login?then={quoted}")
    assert already.status == 303
    assert where(already.location, attacked.portal) == here and "%0d" not in already.location.lower()
    assert not already.header("Set-Cookie")


# A password takes seconds on the debug build, and the rule is one: some of each kind.
@pytest.mark.parametrize("wanted", ELSEWHERE[:6:2] + ELSEWHERE[9::4])
def test_a_form_that_signs_in_leads_to_no_other_site(attacked: Server, wanted: str) -> None:
    here = urllib.parse.urlsplit(attacked.portal).netloc
    sent = Caller(attacked.portal)
    page = sent.get("/Account/Login")
    token = re.search(r'name="csrf" value="([^"]+)"', page.text)
    assert token
    known = attacked.requesters[0]
    answer = sent.post(
        "/Account/Login", {"csrf": token.group(1), "email": known.email, "password": known.password, "then": wanted}
    )
    assert answer.status == 303 and sent.session
    assert where(answer.location, attacked.portal) == here


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_the_desk_leads_to_no_other_site(attacked: Server, hughes: Caller, wanted: str) -> None:
    here = urllib.parse.urlsplit(attacked.desk).netloc
    quoted = urllib.parse.quote(wanted, safe="")
    for name in ("then", "next", "return", "url", "redirect"):
        page = Caller(attacked.desk).get(f"/sign-in?{name}={quoted}")
        assert not elsewhere(page, attacked.desk)
        already = hughes.get(f"/sign-in?{name}={quoted}")
        assert not already.location or where(already.location, attacked.desk) == here


def test_a_page_that_was_wanted_is_reached_after_signing_in(attacked: Server) -> None:
    """Without this the refusals above could be a redirect that never looks at what was wanted."""
    caller = Caller(attacked.portal)
    assert caller.get("/requests?sort=status").location == "/Account/Login?then=%2Frequests%3Fsort%3Dstatus"
    assert caller.signs_in(attacked.requesters[0], then="/requests?sort=status").location == "/requests?sort=status"


def test_a_path_that_looks_like_a_host_is_not_made_a_redirect(attacked: Server) -> None:
    wire = Wire(attacked.portal)
    for path in ("//evil.example", "//evil.example/%2e%2e", "/\\evil.example", "///evil.example/home", "/home//evil.example/"):
        answer = wire.exchange(wire.request(f"GET {path} HTTP/1.1", "Connection: close"))
        locations = re.findall(r"(?im)^location: (.*)\r$", answer.text)
        assert all(where(one, attacked.portal) == wire.host for one in locations), path


def test_a_host_that_is_not_ours_is_refused_and_gets_into_no_link(attacked: Server) -> None:
    for site in (attacked.portal, attacked.desk):
        wire = Wire(site)
        for host in ("evil.example", f"{wire.host}.evil.example", f"{wire.host}@evil.example", "evil.example:80", ""):
            answer = wire.exchange(wire.request("GET /Account/Login HTTP/1.1", "Connection: close", host=host or " "))
            assert answer.statuses in ([421], [400]), host
            assert "evil.example" not in answer.text
    wire = Wire(attacked.portal)
    second = wire.exchange(wire.request("GET / HTTP/1.1", "Host: evil.example", "Connection: close"))
    assert second.statuses in ([421], [400])
    absolute = wire.exchange(wire.request("GET http://evil.example/ HTTP/1.1", "Connection: close"))
    assert "evil.example" not in absolute.text


def test_links_in_mails_name_the_configured_site_whatever_a_request_says(attacked: Server) -> None:
    caller = Caller(attacked.portal)
    email = "links.in.mails@example.org"
    page = caller.get("/Account/Register")
    token = re.search(r'name="csrf" value="([^"]+)"', page.text)
    assert token
    lies = {
        "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "ftp", "Forwarded": "host=evil.example", "X-Host": "evil.example",
        "X-Original-URL": "//evil.example", "X-Rewrite-URL": "/admin", "Referer": "https://evil.example/",
        "Host": f"localhost:{urllib.parse.urlsplit(attacked.portal).port}",
    }
    answer = caller.post("/Account/Register", {"csrf": token.group(1), "email": email, "confirm": email}, lies)
    assert answer.status in (200, 303) and "evil.example" not in answer.text + answer.location
    for letter in [attacked.outbox.link(email, about="Finish creating your account")]:
        assert letter.startswith(attacked.portal + "/")


CLIMBS = (
    "../", "..%2f", "%2e%2e/", "%2e%2e%2f", "..%5c", "..\\", "%252e%252e%252f", "..%252f", "..%c0%af", "%c0%ae%c0%ae/", "..%ef%bc%8f",
    "....//", "..;/", "%2e%2e%5c", "..%00/", "%uff0e%uff0e/", "..%u2215", "\u2025/",
)


@pytest.mark.parametrize("climb", CLIMBS)
def test_no_path_climbs_out_of_the_assets(attacked: Server, climb: str) -> None:
    secret = (attacked.data / "keys/master.key").read_bytes()[:24]
    digest = re.search(r"/assets/([0-9a-f]+)/", Caller(attacked.portal).get("/").text)
    assert digest
    targets = ("etc/passwd", "Package.swift", str(attacked.data / "keys/master.key").lstrip("/"))
    for site, roots in ((attacked.portal, ("/assets/", f"/assets/{digest.group(1)}/", "/requests/")), (attacked.desk, ("/assets/", "/"))):
        wire = Wire(site)
        for root in roots:
            for target in targets:
                path = (root + climb * 8 + target).encode("utf-8").decode("latin-1")
                answer = wire.exchange(wire.request(f"GET {path} HTTP/1.1", "Connection: close"))
                assert answer.statuses and answer.statuses[0] in (303, 400, 404), path
                assert b"root:" not in answer.received and secret not in answer.received
                assert b"swift-tools-version" not in answer.received


def test_a_name_with_a_nul_or_a_suffix_is_no_asset(stranger: Caller) -> None:
    path = re.search(r'"(/assets/[^"]+app\.js)"', stranger.get("/").text)
    assert path and stranger.get(path.group(1)).status == 200
    for suffix in ("%00", "%00.css", "%20", ".", "/", "%2e", "::$DATA", "~", ".bak", "%0a"):
        assert stranger.get(path.group(1) + suffix).status == 404, suffix


def test_no_folder_is_listed_and_no_source_is_served(attacked: Server) -> None:
    assert (ROOT / "Package.swift").exists()
    for site in (attacked.portal, attacked.desk):
        for path in ("/assets", "/assets/", "/.git/config", "/.env", "/Package.swift", "/data/", "/keys/master.key", "/server-status",
                     "/robots.txt.bak", "/metrics", "/debug", "/rightsdesk.sqlite", "/demo-people.json"):
            assert Caller(site).get(path).status == 404, path


def test_no_address_that_somebody_writes_is_fetched(attacked: Server, stranger: Caller, aisha: Caller, hughes: Caller) -> None:
    with socket.create_server(("127.0.0.1", 0)) as trap:
        trap.settimeout(3)
        address = f"http://127.0.0.1:{trap.getsockname()[1]}/"
        quoted = urllib.parse.quote(address, safe="")
        for caller, paths in ((stranger, ("/", "/Account/Login")), (aisha, ("/requests", "/home")), (hughes, ("/search", "/requests"))):
            for path in paths:
                headers = {"Referer": address, "X-Forwarded-Host": address, "X-Original-URL": address, "From": address}
                assert caller.get(f"{path}?q={quoted}&then={quoted}&url={quoted}&next={quoted}", headers).status == 200
        case = logged_by_letter(hughes, f"{address} <img src={address}> <!ENTITY x SYSTEM '{address}'>")
        assert hughes.get(f"/cases/{case}").status == 200
        wire = Wire(attacked.portal)
        assert wire.exchange(wire.request(f"GET {address} HTTP/1.1", "Connection: close")).statuses != []
        with pytest.raises(TimeoutError):
            trap.accept()
