"""Writing into the log by what one asks for, and reading people out of it."""

import json
import re
import time
from collections.abc import Iterator

import pytest

from harness.caller import Caller
from harness.hostile import logged_by_letter, sent_from_the_portal
from harness.server import Server
from harness.wire import Wire

FORGED = '{"level":"error","msg":"forged","ts":"2026-01-01T00:00:00.000Z"}'
MARK = "zqzqzq"
HOSTILE = ("%0d%0a", "%0a", "%1b[2J%1b[31m", "\x1b[2J", "%00", "%e2%80%a8", "%c2%85", "\u202e", '","level":"error","x":"', "\\u000a")


@pytest.fixture(scope="module")
def lines(attacked: Server, aisha: Caller, solicitor: Caller, hughes: Caller) -> Iterator[list[str]]:
    """What the log says after a day's work and every kind of hostile text."""
    for site in (attacked.portal, attacked.desk):
        wire = Wire(site)
        for text in HOSTILE:
            raw = text.encode("utf-8").decode("latin-1")
            for piece in (
                wire.request(f"GET /{MARK}{raw}{FORGED.replace(' ', '')} HTTP/1.1", "Connection: close"),
                wire.request(f"GET /requests/{MARK}{raw}?q={MARK}{raw} HTTP/1.1", "Connection: close"),
                wire.request("GET / HTTP/1.1", f"User-Agent: {MARK}{raw}{FORGED}", f"X-Request-ID: {MARK}{raw}", "Connection: close"),
                wire.request("GET / HTTP/1.1", f"X-Forwarded-For: {MARK}{raw}", f"Referer: {MARK}{raw}", "Connection: close"),
                wire.request(f"{MARK.upper()} /{MARK} HTTP/1.1", "Connection: close"),
                wire.request("GET / HTTP/1.1", "Connection: close", host=f"{MARK}{raw}"),
            ):
                wire.exchange(piece)
        breaks_off(attacked, site, "/sign-in" if site == attacked.desk else "/Account/Login")
    for typed in ("wrong.person@example.org", f"{MARK}\r\n{FORGED}", "999 004 1873"):
        Caller(attacked.portal).fills("/Account/Login", {"email": typed, "password": f"{MARK}-secret"}, action="/Account/Login")
    sent_from_the_portal(aisha, f"Persephone {MARK}\r\n{FORGED}")
    logged_by_letter(hughes, f"Quintilian {MARK}")
    hughes.get("/search?q=Persephone")
    solicitor.get("/requests?q=Venkataraman")
    deadline = time.monotonic() + 10
    while attacked.printed.count('"request"') < 100 and time.monotonic() < deadline:
        time.sleep(0.1)
    yield [line for line in attacked.printed.split("\n") if line]


def breaks_off(attacked: Server, site: str, path: str) -> None:
    """A form whose connection breaks in the middle; until the log has a line of it."""
    def posts() -> int:
        return sum(f'"route":"{path}"' in line and '"method":"POST"' in line for line in attacked.printed.split("\n"))

    wire, before = Wire(site), posts()
    head = (f"POST {path} HTTP/1.1", f"Origin: {site}", "Content-Type: application/x-www-form-urlencoded", "Content-Length: 1000")
    with wire.opens() as connection:
        connection.sendall(wire.request(*head, body=b"email=a"))
    deadline = time.monotonic() + 30
    while posts() == before and time.monotonic() < deadline:
        time.sleep(0.1)
    assert posts() > before


def written(lines: list[str]) -> list[str]:
    """The log's own lines: those before the banner of the demonstration and after it are for people."""
    return [line for line in lines if line.startswith("{")]


def test_the_log_is_one_object_a_line_and_nobody_adds_a_line(lines: list[str]) -> None:
    found = [json.loads(line) for line in written(lines)]
    assert len(found) > 100
    assert all({"ts", "level", "msg", "log"} <= one.keys() for one in found)
    assert not [one for one in found if one["msg"] == "forged" or one["level"] not in ("info", "error", "notice", "warning")]
    after = lines[lines.index(next(line for line in lines if "Stop with" in line)) + 1:] if any("Stop with" in line for line in lines) else lines
    assert all(line.startswith('{"') for line in after)


def test_nobody_can_make_the_log_call_an_error_what_is_their_own_doing(lines: list[str]) -> None:
    assert not [line for line in written(lines) if '"level":"error"' in line or '"status":"5' in line]


def test_no_control_and_no_mark_of_direction_reaches_the_log(lines: list[str]) -> None:
    for line in written(lines):
        assert not re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e]|\\u00|\\u20|\\[rn]", line), line


def test_the_log_has_nothing_that_somebody_wrote(lines: list[str]) -> None:
    text = "\n".join(written(lines))
    assert MARK not in text and "forged" not in text
    # A method nobody knows is the one thing of a request that is noted; it cannot hold more than letters.
    assert not [one for one in re.findall(r'"method":"([^"]*)"', text) if not re.fullmatch(r"[A-Z]+", one)]


def test_the_log_has_no_name_address_number_or_secret_of_anybody(attacked: Server, lines: list[str], aisha: Caller, hughes: Caller) -> None:
    text = "\n".join(written(lines))
    people = [one.email for one in attacked.staff + attacked.requesters] + [one.password for one in attacked.staff + attacked.requesters]
    people += ["Rahman", "Aisha", "Venkataraman", "Birtwhistle", "Hughes", "Persephone", "Quintilian", "wrong.person", "example.org"]
    people += [aisha.session, hughes.session, *aisha.cookies.values(), "07700", "9990041873", "999 004 1873", "secret", "csrf"]
    assert not [one for one in people if one and one.lower() in text.lower()]
    assert not re.search(r"\b999\s?\d{3}\s?\d{4}\b|[\w.]+@[\w.]+|SAR-\d{4}", text)
    assert "/requests/:request" in text and not re.search(r"/requests/[0-9a-z]{26}", text), "patterns, not paths"
