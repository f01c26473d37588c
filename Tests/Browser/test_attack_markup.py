"""Words that would be markup, a template or a formula, in every field of a request: shown as they were typed."""

import csv
import io
import re
from html import escape, unescape
from html.parser import HTMLParser

import pytest

from harness import routes
from harness.caller import Caller
from harness.hostile import logged_by_letter, sent_from_the_portal
from harness.server import Server

SOMETHING = "01arz3ndektsv4rrffq69g5faa"

# Each has something that a page would show as a tag, an attribute or a result if it were not taken as text.
WORDS = {
    "a tag": "<zq>x</zq>",
    "a script": "<script>zq()</script>",
    "the end of an attribute": "\"'><zq a=\"",
    "an attribute after a combining mark": "\"\u0301'\u0301 onfocus=zq <zq>",
    "the end of a text area": "</textarea></title></script><zq>",
    "a comment": "--><zq><!--",
    "an entity": "&lt;zq&gt;&#60;zq&#62;",
    "templates": "{{191*7}}${191*7}#{191*7}<%= 191*7 %>{% 191*7 %}",
    "what turns text round": "\u202e<zq>\u2066",
}


class Elements(HTMLParser):
    """What a browser would make of a page that none of ours has."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if tag == "zq" or (tag == "script" and "src" not in names) or any(name.startswith("on") or name == "zq" for name in names):
            self.found.append(f"<{tag} {attrs}>")

    def handle_comment(self, data: str) -> None:
        self.found.append(f"<!--{data}-->")


def faults(page: str) -> list[str]:
    elements = Elements()
    elements.feed(page)
    if "1337" in re.sub(r"[0-9a-z]{26}|[A-Za-z0-9_-]{43}", "", page):
        elements.found.append("a template was worked out")
    return elements.found


def shown(words: str, page: str) -> bool:
    """Whether the words stand in the page's text as they were typed, marks of direction and white space apart."""
    def plain(text: str) -> str:
        return re.sub(r"[\s\u202a-\u202e\u2066-\u2069]+", "", text)

    return plain(words) in plain(unescape(re.sub(r"<[^>]*>", "", page)))


@pytest.mark.parametrize("kind", WORDS)
def test_hostile_words_of_a_letter_are_text_on_every_page_of_the_desk(hughes: Caller, kind: str) -> None:
    case = logged_by_letter(hughes, WORDS[kind])
    pages = {page.pattern: hughes.get(page.filled({"case": case}, SOMETHING)) for page in routes.pages("desk") if "/:case" in page.pattern}
    pages |= {path: hughes.get(path) for path in ("/", "/requests", "/requests?sort=received&order=down", "/search?q=solicitor")}
    assert not {path: found for path, answer in pages.items() if (found := faults(answer.text))}
    assert not [path for path, answer in pages.items() if answer.status >= 500]
    assert shown(WORDS[kind], pages["/cases/:case"].text)
    assert sum(shown(WORDS[kind], answer.text) for answer in pages.values()) > 10


@pytest.mark.parametrize("kind", WORDS)
def test_hostile_words_of_a_portal_request_are_text_on_both_sites(aisha: Caller, hughes: Caller, kind: str) -> None:
    request = sent_from_the_portal(aisha, WORDS[kind], file_name="<zq>paper&quot;.pdf")
    theirs = [aisha.get(path) for path in (f"/requests/{request}", f"/requests/{request}/sent", "/requests", "/home")]
    desk = [hughes.get(f"/cases/{request}{path}") for path in ("", "/checks", "/messages", "/history", "/files", "/tasks")]
    assert [answer.status for answer in theirs + desk] == [200] * 10
    assert not [found for answer in theirs + desk for found in faults(answer.text)]
    assert shown(WORDS[kind], theirs[0].text) and shown(WORDS[kind], desk[0].text)


@pytest.mark.parametrize("kind", WORDS)
def test_hostile_words_of_a_message_and_a_note_are_text(aisha: Caller, hughes: Caller, attacked: Server, kind: str) -> None:
    found = re.search(r'href="/requests/([0-9a-z]{26})"', aisha.get("/requests?sort=submitted").text)
    assert found
    request = found.group(1)
    aisha.fills(f"/requests/{request}", {"text": WORDS[kind]}, action=f"/requests/{request}/messages")
    hughes.fills(f"/cases/{request}/notes", {"text": WORDS[kind]}, action=f"/cases/{request}/notes")
    for answer in (aisha.get(f"/requests/{request}"), hughes.get(f"/cases/{request}/messages")):
        assert not faults(answer.text) and shown(WORDS[kind], answer.text)
    note = hughes.get(f"/cases/{request}/history")
    assert not faults(note.text) and shown(WORDS[kind], note.text)
    outbox = Caller(attacked.portal).get("/demo/outbox")
    assert not faults(outbox.text) and not shown(WORDS[kind], outbox.text), "a mail holds nothing of it"


@pytest.mark.parametrize("kind", WORDS)
def test_hostile_words_in_an_address_are_text(attacked: Server, aisha: Caller, hughes: Caller, kind: str) -> None:
    from urllib.parse import quote

    words = quote(WORDS[kind], safe="")
    names = ("q", "sort", "order", "page", "state", "department", "action", "due", "result", "month", "from", "to", "done", "then")
    query = "&".join(f"{name}={words}" for name in names)
    for caller, site in ((aisha, "portal"), (hughes, "desk")):
        for page in routes.pages(site):
            answer = caller.get(page.filled({}, words) + "?" + query)
            assert answer.status < 500, (page.pattern, answer.status)
            if answer.header("Content-Type").startswith("text/html"):
                assert not faults(answer.text), page.pattern


@pytest.mark.parametrize("kind", WORDS)
def test_hostile_words_that_a_form_refuses_come_back_as_text(stranger: Caller, kind: str) -> None:
    answer = stranger.fills("/Account/Register", {"email": WORDS[kind], "confirm": WORDS[kind]}, action="/Account/Register")
    assert answer.status == 422 and not faults(answer.text)
    assert escape(WORDS[kind][-3:]) in answer.text or kind == "what turns text round"


FORMULAS = ("=1+1", "+1+1", "-1+1", "@SUM(1)", "\t=1", " =1", "\r=1", "\n=1", "=\u0301+1", "\uff1d1+1", "=cmd|' /C calc'!A0", '";=1', '",=1')


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_of_a_list_is_a_formula(aisha: Caller, hughes: Caller, formula: str) -> None:
    logged_by_letter(hughes, formula)
    sent_from_the_portal(aisha, formula)
    for answer in (aisha.get("/requests.csv"), hughes.get("/requests.csv?state=any"), hughes.get("/reports/compliance.csv")):
        assert answer.status == 200 and answer.header("Content-Type") == "text/csv; charset=utf-8"
        rows = list(csv.reader(io.StringIO(answer.body.decode("utf-8-sig"), newline="")))
        assert len(rows) > 1 and len({len(row) for row in rows}) == 1, "no cell breaks out of its column"
        cells = [cell for row in rows for cell in row]
        assert not [cell for cell in cells if re.match("[\\s\ufeff]*[=+\\-@\uff1d\uff0b\uff0d\uff20]|[\t\r]", cell)]
    assert f"'{formula.strip()}".encode() in hughes.get("/requests.csv?state=any").body or formula[0] == '"'
