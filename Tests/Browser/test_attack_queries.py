"""Words that would be part of a statement, a pattern or a search expression, in everything that reaches the database."""

import re
import sqlite3
from urllib.parse import quote

import pytest

from harness import routes
from harness.caller import Caller
from harness.member import Known
from harness.requester import PASSWORD
from harness.server import Server
from harness.wire import Wire

SOMETHING = "01arz3ndektsv4rrffq69g5faa"
STATEMENTS = (
    "' OR '1'='1", "' OR 1=1 --", '" OR ""="', "') OR ('1'='1", "1; DROP TABLE fact; --", "' UNION SELECT token_hash FROM session --",
    "1 OR 1=1", "$1", "?1", ":q", "@q", "%' OR '%'='", "\\' OR 1=1 --", "';SELECT load_extension('x');--", "' AND randomblob(900000000) --",
    "due_key; DELETE FROM job", "(SELECT 1)", "\u02bc OR 1=1 --", "'||(SELECT name FROM staff)||'",
)
# What a full-text search would understand; here each is words.
EXPRESSIONS = (
    '"', '""', "*", "R*", "a*b", "zzqq OR rahman", "zzqq or aisha", "rahman NOT zzqq", "NEAR(aisha rahman)", "NEAR/2", "^aisha", "-aisha",
    "subject:aisha", "{subject requester}:aisha", "(aisha", "aisha)", "aisha AND", "AND", "OR OR OR", "aisha + rahman", "'", "\\", "a:b:c",
    "aisha\u0000rahman", "%", "_", "SAR-____-______", "%%%%", "[a-z]", "é̂̃", "\ufb01", "\U0001f600", "x" * 5_000,
)
# Beyond what any machine counts to, beside and below what is expected.
NUMBERS = (
    "9223372036854775807", "9223372036854775808", "-9223372036854775808", "18446744073709551616", "9" * 400, "-1", "0", "1e9", "0x10", "+1",
    "NaN", "\u0661\u0662", "1\u0000", "2147483648",
)
NAMES = ("q", "sort", "order", "page", "state", "handler", "department", "action", "due", "result", "month", "from", "to", "done")


def references(text: str) -> set[str]:
    return set(re.findall(r"SAR-\d{4}-\d{6}", text))


def tables(server: Server) -> dict[str, int]:
    with sqlite3.connect(f"file:{server.data / 'rightsdesk.sqlite'}?mode=ro", uri=True) as database:
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'")]
        return {name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}


@pytest.fixture(scope="module")
def queried(attacked: Server) -> Known:
    """Somebody whose account no other test signs in to."""
    return Caller(attacked.portal).registers("queried@example.org", PASSWORD, attacked.outbox)


@pytest.mark.parametrize("words", STATEMENTS)
def test_no_part_of_an_address_is_part_of_a_statement(attacked: Server, solicitor: Caller, hughes: Caller, words: str) -> None:
    kept = tables(attacked)
    own = references(solicitor.get("/requests").text)
    everything = references(solicitor.get("/requests.csv").text)
    assert own and own <= everything
    for caller, site in ((solicitor, "portal"), (hughes, "desk")):
        for page in routes.pages(site):
            if page.pattern.count(":") or page.access == "anyone":
                continue
            answer = caller.get(page.pattern + "?" + "&".join(f"{name}={quote(words)}" for name in NAMES))
            assert answer.status < 500, page.pattern
            assert site == "desk" or references(answer.text) <= everything, "somebody else's"
    plain = " ".join(re.findall(r"\w+", words))
    found = references(solicitor.get(f"/requests?q={quote(words)}").text)
    assert found == references(solicitor.get(f"/requests?q={quote(plain)}").text), "what it finds, its words find"
    for name, count in tables(attacked).items():
        assert count >= kept[name] or name in ("job", "session", "draft"), name


@pytest.mark.parametrize("words", STATEMENTS)
def test_no_identifier_in_a_path_is_part_of_a_statement(solicitor: Caller, hughes: Caller, words: str) -> None:
    for caller, site in ((solicitor, "portal"), (hughes, "desk")):
        for page in routes.pages(site):
            if page.pattern.count(":") == 1:
                answer = caller.get(page.filled({}, quote(words, safe="")))
                assert answer.status in (303, 403, 404, 410), (page.pattern, answer.status)


@pytest.mark.parametrize("words", STATEMENTS)
def test_no_name_or_password_is_part_of_a_statement(attacked: Server, queried: Known, words: str) -> None:
    typed = [(attacked.portal, "/Account/Login", f"{queried.email}{words}")]
    if words in STATEMENTS[::4]:  # Both sites ask in the same words.
        typed += [(attacked.desk, "/sign-in", words), (attacked.portal, "/Account/Login", queried.email)]
    for site, path, email in typed:
        caller = Caller(site)
        answer = caller.fills(path, {"email": email, "password": words}, action=path)
        assert answer.status == 422 and not caller.session
        assert "step" not in " ".join(caller.cookies)


@pytest.mark.parametrize("number", NUMBERS)
def test_no_number_is_too_large_or_too_small(aisha: Caller, hughes: Caller, number: str) -> None:
    """Counting beyond the end would end the process: every page and every date, size and place in a list is asked for so."""
    words = quote(number)
    for caller, site in ((aisha, "portal"), (hughes, "desk")):
        for page in routes.pages(site):
            path = page.filled({}, words) + "?" + "&".join(f"{name}={words}" for name in NAMES)
            assert caller.get(path, {"Range": f"bytes={number}-{number}".encode().decode("latin-1")}).status < 500, path
    day = {f"received-on[{part}]": number for part in ("day", "month", "year")}
    assert hughes.fills("/intake", day).status == 422
    for length in (number, f"{number}, 1"):
        head = {"Content-Length": length.encode().decode("latin-1"), "Content-Type": "application/x-www-form-urlencoded"}
        wire = Wire(aisha.site)
        lines = [f"{name}: {value}" for name, value in head.items()]
        wire.exchange(wire.request("POST /Account/Login HTTP/1.1", f"Origin: {aisha.site}", "Connection: close", *lines), quiet=0.2)
    assert aisha.get("/home").status == 200 and hughes.get("/").status == 200


@pytest.mark.parametrize("words", EXPRESSIONS)
def test_a_search_takes_every_expression_as_words(solicitor: Caller, hughes: Caller, words: str) -> None:
    found = hughes.get(f"/search?q={quote(words)}")
    assert found.status == 200
    assert solicitor.get(f"/requests?q={quote(words)}").status == 200
    if "zzqq" in words:
        assert not references(found.text), "every word must be there, and OR and NOT are words"
    if not any(letter.isalnum() for letter in words):
        assert not references(found.text) and not references(solicitor.get(f"/requests?q={quote(words)}").text), "a pattern found everything"


def test_the_same_search_without_an_expression_finds_somebody(solicitor: Caller, hughes: Caller) -> None:
    assert references(hughes.get("/search?q=aisha+rahman").text)
    assert references(solicitor.get("/requests?q=venkataraman").text)


@pytest.mark.parametrize("order", ["governing_due", "s.number", "1", "received_on--", "rowid", "random()", "(CASE WHEN 1 THEN 1 END)", "DUE"])
def test_an_order_that_is_not_offered_is_the_usual_one(solicitor: Caller, hughes: Caller, order: str) -> None:
    def in_order(caller: Caller, path: str) -> list[str]:
        return re.findall(r"SAR-\d{4}-\d{6}", caller.get(path).text)

    for caller, path in ((solicitor, "/requests"), (hughes, "/requests")):
        assert in_order(caller, f"{path}?sort={quote(order)}") == in_order(caller, path)
