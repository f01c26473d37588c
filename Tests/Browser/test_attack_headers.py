"""What every answer says besides its content, and what its cookies are closed to."""

import re
from collections.abc import Iterator

import pytest

from harness import routes
from harness.caller import Answer, Caller
from harness.server import Server

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",
}
TELLTALES = ("Server", "X-Powered-By", "Via", "Access-Control-Allow-Origin")
SOMETHING = "01arz3ndektsv4rrffq69g5faa"


def faults(answer: Answer) -> list[str]:
    found = [f"{name}: {answer.header(name)!r}" for name, value in ALWAYS.items() if answer.header(name) != value]
    policy = dict(part.strip().split(" ", 1) for part in answer.header("Content-Security-Policy").split(";") if part.strip())
    if policy.get("default-src") != "'none'" or policy.get("frame-ancestors") != "'none'" or policy.get("base-uri") != "'none'":
        found.append(f"a policy that is not closed: {policy}")
    if policy.get("form-action") != "'self'" or policy.get("script-src") != "'self'" or policy.get("style-src") != "'self'":
        found.append(f"a policy that lets others in: {policy}")
    found += [f"{name} is told" for name in TELLTALES if answer.header(name)]
    for cookie in answer.all("Set-Cookie"):
        words = {word.strip().lower() for word in cookie.split(";")[1:]}
        if not {"httponly", "samesite=lax", "path=/"} <= words or any(word.startswith("domain") for word in words):
            found.append(f"an open cookie: {re.sub('=[^;]*', '=…', cookie, count=1)} {words}")
    if answer.body and not answer.header("Content-Type"):
        found.append("no content type")
    return found


def answers(site: str, caller: Caller) -> Iterator[tuple[str, Answer]]:
    """Every page of a site, most of them about something that is not there."""
    for page in routes.pages(site):
        path = page.filled({}, SOMETHING)
        yield f"GET {path}", caller.get(path)


def test_every_page_of_the_portal_carries_the_headers_for_a_stranger_and_a_requester(stranger: Caller, aisha: Caller) -> None:
    wrong = {what: faults(answer) for who in (stranger, aisha) for what, answer in answers("portal", who)}
    assert not {what: found for what, found in wrong.items() if found}
    assert len(wrong) > 30


def test_every_page_of_the_desk_carries_the_headers_for_a_stranger_and_a_manager(attacked: Server, hughes: Caller) -> None:
    wrong = {what: faults(answer) for who in (Caller(attacked.desk), hughes) for what, answer in answers("desk", who)}
    assert not {what: found for what, found in wrong.items() if found}
    assert len(wrong) > 40


def test_assets_problem_pages_redirects_refusals_and_downloads_carry_the_headers(
    stranger: Caller, aisha: Caller, solicitor: Caller
) -> None:
    assets = re.findall(r'(?:href|src)="(/assets/[^"]+)"', stranger.get("/").text)
    seen = {f"asset {path}": stranger.get(path) for path in assets}
    seen["not found"] = stranger.get("/nothing/here")
    seen["asset not found"] = stranger.get("/assets/0/none.css")
    seen["wrong method"] = stranger.send("DELETE", "/")
    seen["asset posted to"] = stranger.send("POST", assets[0])
    seen["redirect"] = stranger.get("/home")
    seen["foreign form"] = stranger.post("/Account/Login", {}, origin="https://evil.example")
    seen["no form"] = stranger.send("POST", "/Account/Login", b"{}", {"Content-Type": "application/json"})
    seen["stale form"] = stranger.post("/Account/Login", {"csrf": "x"})
    seen["wrong host"] = stranger.get("/", {"Host": "evil.example"})
    seen["head"] = stranger.send("HEAD", "/")
    seen["health"] = stranger.get("/health/live")
    seen["list"] = aisha.get("/requests.csv")
    seen["download"] = solicitor.get(released_file(solicitor))
    seen["part of a download"] = solicitor.get(released_file(solicitor), {"Range": "bytes=0-3"})
    seen["no such part"] = solicitor.get(released_file(solicitor), {"Range": "bytes=999999999-"})
    expected = {
        "not found": 404, "asset not found": 404, "wrong method": 405, "asset posted to": 405, "redirect": 303,
        "foreign form": 403, "no form": 415, "wrong host": 421, "list": 200, "download": 200,
        "part of a download": 206, "no such part": 416,
    }
    assert {name: seen[name].status for name in expected} == expected
    assert len(assets) >= 4
    assert not {name: found for name, answer in seen.items() if (found := faults(answer))}


def test_pages_and_downloads_are_kept_by_no_cache_and_assets_are(stranger: Caller, aisha: Caller, solicitor: Caller) -> None:
    for answer in (
        stranger.get("/"), stranger.get("/nothing"), aisha.get("/requests"), aisha.get("/requests.csv"),
        stranger.get("/home"), solicitor.get(released_file(solicitor)),
    ):
        assert answer.header("Cache-Control") == "no-store"
    asset = re.search(r'src="(/assets/[^"]+)"', stranger.get("/").text)
    assert asset and "immutable" in stranger.get(asset.group(1)).header("Cache-Control")


def test_a_download_is_saved_and_never_shown(aisha: Caller, solicitor: Caller) -> None:
    for answer in (aisha.get("/requests.csv"), solicitor.get(released_file(solicitor))):
        assert answer.status == 200
        assert answer.header("Content-Disposition").startswith("attachment; ")


def test_another_site_is_not_let_read_answers(stranger: Caller) -> None:
    for method in ("GET", "OPTIONS"):
        answer = stranger.send(
            method, "/", headers={"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}, origin=None
        )
        assert not [name for name, _ in answer.headers if name.lower().startswith("access-control")]


def test_over_tls_cookies_are_bound_to_the_host_and_the_browser_is_told_to_stay(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The addresses people type are https; a proxy ends TLS."""
    server = Server(
        tmp_path_factory.mktemp("tls"),
        {"RIGHTSDESK_PORTAL_ADDRESS": "https://records.example.org", "RIGHTSDESK_DESK_ADDRESS": "https://desk.example.org"},
        is_demo=False,
    )
    server.start()
    try:
        for site, host in ((server.portal, "records.example.org"), (server.desk, "desk.example.org")):
            path = "/Account/Login" if site == server.portal else "/sign-in"
            answer = Caller(site).get(path, {"Host": host})
            assert answer.status == 200
            assert answer.header("Strict-Transport-Security") == "max-age=31536000; includeSubDomains"
            cookies = answer.all("Set-Cookie")
            assert cookies and all(cookie.startswith("__Host-") and "; Secure" in cookie for cookie in cookies)
            assert Caller(site).get(path).status == 421, "the machine's own name is not the site's"
    finally:
        server.stop()


def released_file(solicitor: Caller) -> str:
    """The address of a file that the firm may download."""
    for request in re.findall(r'href="(/requests/[0-9a-z]{26})"', solicitor.get("/requests?q=Venkataraman").text):
        found = re.search(r'href="(/requests/\w+/parts/\w+/files/\w+)"', solicitor.get(request).text)
        if found:
            return found.group(1)
    raise AssertionError("the demonstration has a released request")
