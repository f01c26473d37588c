"""Words that would be part of a statement, a pattern or a search expression, in everything that reaches the database."""

import re
import sqlite3
from urllib.parse import quote

import pytest

from harness import routes
from harness.caller import Caller
from harness.server import Server

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
NAMES = ("q", "sort", "order", "page", "state", "handler", "department", "action", "due", "result", "month", "from", "to", "done")


def references(text: str) -> set[str]:
    return set(re.findall(r"SAR-\d{4}-\d{6}", text))


def tables(server: Server) -> dict[str, int]:
    with sqlite3.connect(f"file:{server.data / 'rightsdesk.sqlite'}?mode=ro", uri=True) as database:
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'")]
        return {name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}


@pytest.mark.parametrize("words", STATEMENTS)
def test_no_part_of_an_address_is_part_of_a_statement(attacked: Server, aisha: Caller, hughes: Caller, words: str) -> None:
    kept = tables(attacked)
    own = references(aisha.get("/requests").text)
    everything = references(aisha.get("/requests.csv").text)
    assert own and own <= everything
    for caller, site in ((aisha, "portal"), (hughes, "desk")):
        for page in routes.pages(site):
            if page.pattern.count(":") or page.access == "anyone":
                continue
            answer = caller.get(page.pattern + "?" + "&".join(f"{name}={quote(words)}" for name in NAMES))
            assert answer.status < 500, page.pattern
            assert site == "desk" or references(answer.text) <= everything, "somebody else's"
    assert not references(aisha.get(f"/requests?q={quote(words)}").text) or words in ("$1", "?1", "(SELECT 1)")
    for name, count in tables(attacked).items():
        assert count >= kept[name] or name in ("job", "session", "draft"), name


@pytest.mark.parametrize("words", STATEMENTS)
def test_no_identifier_in_a_path_is_part_of_a_statement(aisha: Caller, hughes: Caller, words: str) -> None:
    for caller, site in ((aisha, "portal"), (hughes, "desk")):
        for page in routes.pages(site):
            if page.pattern.count(":") == 1:
                answer = caller.get(page.filled({}, quote(words, safe="")))
                assert answer.status in (303, 403, 404, 410), (page.pattern, answer.status)


@pytest.mark.parametrize("words", STATEMENTS)
def test_no_name_or_password_is_part_of_a_statement(attacked: Server, words: str) -> None:
    for site, path in ((attacked.portal, "/Account/Login"), (attacked.desk, "/sign-in")):
        for typed in ((words, "x"), (f"aisha.rahman@example.org{words}", words), ("aisha.rahman@example.org", words)):
            caller = Caller(site)
            answer = caller.fills(path, {"email": typed[0], "password": typed[1]}, action=path)
            assert answer.status == 422 and not caller.session
            assert "step" not in " ".join(caller.cookies)


@pytest.mark.parametrize("words", EXPRESSIONS)
def test_a_search_takes_every_expression_as_words(aisha: Caller, hughes: Caller, words: str) -> None:
    found = hughes.get(f"/search?q={quote(words)}")
    assert found.status == 200
    assert aisha.get(f"/requests?q={quote(words)}").status == 200
    if "zzqq" in words:
        assert not references(found.text), "every word must be there, and OR and NOT are words"
    if not any(letter.isalnum() for letter in words):
        assert not references(found.text) and not references(aisha.get(f"/requests?q={quote(words)}").text), "a pattern found everything"


def test_the_same_search_without_an_expression_finds_somebody(aisha: Caller, hughes: Caller) -> None:
    assert references(hughes.get("/search?q=aisha+rahman").text)
    assert references(aisha.get("/requests?q=rahman").text)


@pytest.mark.parametrize("order", ["governing_due", "s.number", "1", "received_on--", "rowid", "random()", "(CASE WHEN 1 THEN 1 END)", "DUE"])
def test_an_order_that_is_not_offered_is_the_usual_one(aisha: Caller, hughes: Caller, order: str) -> None:
    def in_order(caller: Caller, path: str) -> list[str]:
        return re.findall(r"SAR-\d{4}-\d{6}", caller.get(path).text)

    for caller, path in ((aisha, "/requests"), (hughes, "/requests")):
        assert in_order(caller, f"{path}?sort={quote(order)}") == in_order(caller, path)
