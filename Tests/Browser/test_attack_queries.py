"""Words that would be part of a statement, a pattern or a search expression, in everything that reaches the database."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

import pytest

from harness import routes
from harness.caller import Caller, member_of, requester_of
from harness.databases import Database, SQLiteFile
from harness.member import Known
from harness.requester import PASSWORD
from harness.server import Server
from harness.wire import Wire

SOMETHING = "01arz3ndektsv4rrffq69g5faa"
STATEMENTS = (
    "' OR '1'='1", "' OR 1=1 --", '" OR ""="', "') OR ('1'='1", "1; DROP TABLE fact; --", "' UNION SELECT token_hash FROM session --",
    "1 OR 1=1", "$1", "?1", ":q", "@q", "%' OR '%'='", "\\' OR 1=1 --", "';SELECT load_extension('x');--", "' AND randomblob(900000000) --",
    "due_key; DELETE FROM job", "(SELECT 1)", "\u02bc OR 1=1 --", "'||(SELECT name FROM staff)||'",
    "'; SELECT pg_sleep(60); --", "$$ OR 1=1 --", "'::text OR 'a'='a", "\\'; DROP TABLE fact; --", "E'\\047 OR 1=1 --",
)
# What a full-text search would understand; here each is words.
EXPRESSIONS = (
    '"', '""', "*", "R*", "a*b", "zzqq OR rahman", "zzqq or aisha", "rahman NOT zzqq", "NEAR(aisha rahman)", "NEAR/2", "^aisha", "-aisha",
    "subject:aisha", "{subject requester}:aisha", "(aisha", "aisha)", "aisha AND", "AND", "OR OR OR", "aisha + rahman", "'", "\\", "a:b:c",
    "aisha\u0000rahman", "%", "_", "SAR-____-______", "%%%%", "[a-z]", "é̂̃", "\ufb01", "\U0001f600", "x" * 5_000,
    "aisha & rahman", "zzqq | rahman", "!zzqq", "aisha <-> rahman", "aisha <9> rahman", "aisha:*", "rahman:AB", "'aisha' 'rahman", ":*", "&|!",
)
# Beyond what any machine counts to, beside and below what is expected.
NUMBERS = (
    "9223372036854775807", "9223372036854775808", "-9223372036854775808", "18446744073709551616", "9" * 400, "-1", "0", "1e9", "0x10", "+1",
    "NaN", "\u0661\u0662", "1\u0000", "2147483648",
)
NAMES = ("q", "sort", "order", "page", "state", "handler", "department", "action", "due", "result", "month", "from", "to", "done")


def references(text: str) -> set[str]:
    return set(re.findall(r"SAR-\d{4}-\d{6}", text))


@dataclass(frozen=True)
class Site:
    """A demonstration on one engine, and who is signed in to it."""

    server: Server
    database: Database
    list_of_tables: str
    aisha: Caller
    solicitor: Caller
    hughes: Caller
    # Somebody whose account no other test signs in to.
    queried: Known

    @property
    def tables(self) -> dict[str, int]:
        """How many rows each has."""
        names = [name for (name,) in self.database.rows(self.list_of_tables)]
        counts = " UNION ALL ".join(f"SELECT '{name}', count(*) FROM {name}" for name in names)
        return {name: int(count) for name, count in self.database.rows(counts)}


@pytest.fixture(scope="module", params=["SQLite", "PostgreSQL"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    if request.param == "SQLite":
        server = request.getfixturevalue("attacked")
        tables = "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
        people = [request.getfixturevalue(name) for name in ("aisha", "solicitor", "hughes")]
        yield Site(server, SQLiteFile(server.data), tables, *people, queried(server))
        return
    server, database = request.getfixturevalue("on_postgresql").server(tmp_path_factory.mktemp("queried"), {})
    tables = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
    with server:
        server.start()
        people = [requester_of(server, 0), requester_of(server, 1), member_of(server, 0)]
        yield Site(server, database, tables, *people, queried(server))


def queried(server: Server) -> Known:
    return Caller(server.portal).registers("queried@example.org", PASSWORD, server.outbox)


@pytest.mark.parametrize("words", STATEMENTS)
def test_no_part_of_an_address_is_part_of_a_statement(site: Site, words: str) -> None:
    kept, solicitor = site.tables, site.solicitor
    own = references(solicitor.get("/requests").text)
    everything = references(solicitor.get("/requests.csv").text)
    assert own and own <= everything
    for caller, place in ((solicitor, "portal"), (site.hughes, "desk")):
        for page in routes.pages(place):
            if page.pattern.count(":") or page.access == "anyone":
                continue
            answer = caller.get(page.pattern + "?" + "&".join(f"{name}={quote(words)}" for name in NAMES))
            assert answer.status < 500, page.pattern
            assert place == "desk" or references(answer.text) <= everything, "somebody else's"
    plain = " ".join(re.findall(r"\w+", words))
    found = references(solicitor.get(f"/requests?q={quote(words)}").text)
    assert found == references(solicitor.get(f"/requests?q={quote(plain)}").text), "what it finds, its words find"
    for name, count in site.tables.items():
        assert count >= kept[name] or name in ("job", "session", "draft"), name


@pytest.mark.parametrize("words", STATEMENTS)
def test_no_identifier_in_a_path_is_part_of_a_statement(site: Site, words: str) -> None:
    for caller, place in ((site.solicitor, "portal"), (site.hughes, "desk")):
        for page in routes.pages(place):
            if page.pattern.count(":") == 1:
                answer = caller.get(page.filled({}, quote(words, safe="")))
                assert answer.status in (303, 403, 404, 410), (page.pattern, answer.status)


@pytest.mark.parametrize("words", STATEMENTS)
def test_no_name_or_password_is_part_of_a_statement(site: Site, words: str) -> None:
    server, email = site.server, site.queried.email
    typed = [(server.portal, "/Account/Login", f"{email}{words}")]
    if words in STATEMENTS[::4]:  # Both sites ask in the same words.
        typed += [(server.desk, "/sign-in", words), (server.portal, "/Account/Login", email)]
    for address, path, name in typed:
        caller = Caller(address)
        answer = caller.fills(path, {"email": name, "password": words}, action=path)
        assert answer.status == 422 and not caller.session
        assert "step" not in " ".join(caller.cookies)


@pytest.mark.parametrize("number", NUMBERS)
def test_no_number_is_too_large_or_too_small(site: Site, number: str) -> None:
    """Counting beyond the end would end the process: every page and every date, size and place in a list is asked for so."""
    words, aisha, hughes = quote(number), site.aisha, site.hughes
    for caller, place in ((aisha, "portal"), (hughes, "desk")):
        for page in routes.pages(place):
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
def test_a_search_takes_every_expression_as_words(site: Site, words: str) -> None:
    solicitor, hughes = site.solicitor, site.hughes
    found = hughes.get(f"/search?q={quote(words)}")
    assert found.status == 200
    assert solicitor.get(f"/requests?q={quote(words)}").status == 200
    if "zzqq" in words:
        assert not references(found.text), "every word must be there, and OR and NOT are words"
    if not any(letter.isalnum() for letter in words):
        assert not references(found.text) and not references(solicitor.get(f"/requests?q={quote(words)}").text), "a pattern found everything"


def test_the_same_search_without_an_expression_finds_somebody(site: Site) -> None:
    assert references(site.hughes.get("/search?q=aisha+rahman").text)
    assert references(site.solicitor.get("/requests?q=venkataraman").text)


@pytest.mark.parametrize("order", ["governing_due", "s.number", "1", "received_on--", "rowid", "random()", "(CASE WHEN 1 THEN 1 END)", "DUE"])
def test_an_order_that_is_not_offered_is_the_usual_one(site: Site, order: str) -> None:
    def in_order(caller: Caller, path: str) -> list[str]:
        return re.findall(r"SAR-\d{4}-\d{6}", caller.get(path).text)

    for caller in (site.solicitor, site.hughes):
        assert in_order(caller, f"/requests?sort={quote(order)}") == in_order(caller, "/requests")
