"""Asking for what belongs to somebody else, by identifiers that are right: beside the walk over every route in Swift."""

import re
from dataclasses import dataclass

import pytest

from harness import routes
from harness.caller import Answer, Caller, Part, form_of
from harness.hostile import PAPER
from harness.server import Server

SOMETHING = "01arz3ndektsv4rrffq69g5faa"


def identifiers(caller: Caller) -> dict[str, str]:
    """A request of the firm's own that was released, with one part and one file of it."""
    for request in re.findall(r'href="/requests/([0-9a-z]{26})"', caller.get("/requests?q=Venkataraman").text):
        found = re.search(r'href="/requests/\w+/parts/(\w+)/files/(\w+)"', caller.get(f"/requests/{request}").text)
        if found:
            return {"request": request, "part": found.group(1), "file": found.group(2), "number": "1"}
    raise AssertionError("the demonstration has a released request")


def test_everything_of_a_request_is_its_own_requesters_and_nobody_elses(aisha: Caller, solicitor: Caller, stranger: Caller) -> None:
    theirs = identifiers(solicitor)
    walked = 0
    for page in routes.pages("portal"):
        if ":request" in page.pattern:
            path = page.filled(theirs, SOMETHING)
            assert solicitor.get(path).status in (200, 303), path
            assert aisha.get(path).status == 404, path
            assert stranger.get(path).status == 303, path
            walked += 1
    form = form_of(aisha.get("/new-request"))
    for page in routes.acts("portal"):
        if ":request" in page.pattern:
            path = page.filled(theirs, SOMETHING)
            files = page.pattern.endswith("/documents")
            secrets = [Part(f'form-data; name="{name}"', value.encode()) for name, value in form.values]
            file = Part('form-data; name="document"; filename="a.pdf"', PAPER, "application/pdf")
            answer = aisha.multipart(path, [*secrets, file]) if files else aisha.post(path, [*form.values, ("text", "Not mine")])
            assert answer.status == 404, path
            walked += 1
    assert walked >= 8
    assert "Not mine" not in solicitor.get(f"/requests/{theirs['request']}").text


def test_parts_and_files_of_one_request_are_not_had_through_another_of_the_same_firm(solicitor: Caller) -> None:
    theirs = identifiers(solicitor)
    others = [one for one in re.findall(r'href="/requests/([0-9a-z]{26})"', solicitor.get("/requests").text) if one != theirs["request"]]
    assert len(others) > 3
    for other in others[:10]:
        assert solicitor.get(f"/requests/{other}/parts/{theirs['part']}/files/{theirs['file']}").status == 404
    assert solicitor.get(f"/requests/{theirs['request']}/parts/{SOMETHING}/files/{theirs['file']}").status == 404


def test_a_draft_and_a_session_are_their_owners(attacked: Server, aisha: Caller, solicitor: Caller) -> None:
    theirs = solicitor.fills("/new-request", {"type": "living"}).location.removeprefix("/drafts/")
    values = {"draft": theirs, "page": "who"}
    walked = [page for page in [*routes.pages("portal"), *routes.acts("portal")] if ":draft" in page.pattern]
    assert len(walked) > 7
    for page in routes.pages("portal"):
        if page in walked:
            assert solicitor.get(page.filled(values, SOMETHING)).status in (200, 303), page.pattern
            assert aisha.get(page.filled(values, SOMETHING)).status == 404, page.pattern
    for page in routes.acts("portal"):
        if page in walked:
            answer = sends_something(aisha, "/new-request", page.filled(values, SOMETHING))
            # Deleting what is not there, or not yours, is as if it had been done: nothing is told by it.
            assert answer.status == (303 if page.pattern.endswith("/delete") else 404), page.pattern
    assert solicitor.get(f"/drafts/{theirs}").status == 200
    sessions = re.findall(r'action="(/profile/sessions/\w+/end)"', solicitor_with_two(attacked).get("/profile/sessions").text)
    assert sessions
    sends_something(aisha, "/new-request", sessions[0])
    assert solicitor.get("/home").status == 200


def solicitor_with_two(server: Server) -> Caller:
    second = Caller(server.portal)
    second.signs_in(server.requesters[1])
    return second


# Parameters that are words of the policy and mean the same in every case, and a second case, which may be any.
WORDS = (":check", ":other")


@dataclass(frozen=True)
class Reached:
    """Something real of a case, by the address that a page of the case gives it."""

    by: Caller
    case: str
    link: str


@pytest.fixture(scope="module")
def reached(hughes: Caller, owen: Caller, solicitor: Caller) -> dict[str, list[Reached]]:
    """For every route that names something of a case: some such things."""
    within = {page.pattern: page for page in [*routes.pages("desk"), *routes.acts("desk")] if is_of_a_case(page)}
    known: dict[str, list[Reached]] = {pattern: [] for pattern in within}
    for caller in (hughes, owen):
        for case in cases_of(caller):
            pages = (caller.get(f"/cases/{case}{path}").text for path in ("", "/messages", "/clock", "/tasks", "/history", "/files"))
            links = set(re.findall(rf'(?:href|action)="(/cases/{case}/[^"?#]+)', " ".join(pages)))
            for pattern, page in within.items():
                known[pattern] += [Reached(caller, case, link) for link in links if page.answers(link)]
    theirs = identifiers(solicitor)
    again = f"/cases/{theirs['request']}/parts/{theirs['part']}/again"
    known["/cases/:case/parts/:part/again"].append(Reached(hughes, theirs["request"], again))
    return known


def is_of_a_case(page: routes.Page) -> bool:
    """Not where the second parameter is a word of the policy, or another case, which may be any."""
    return ":case" in page.pattern and page.pattern.count(":") > 1 and not re.search(":check|:other", page.pattern)


def cases_of(staff: Caller) -> list[str]:
    return list(dict.fromkeys(re.findall(r'href="/cases/([0-9a-z]{26})', staff.get("/requests?state=any").text)))


def test_nothing_of_one_case_is_had_through_another(reached: dict[str, list[Reached]]) -> None:
    pages, acts = ({page.pattern for page in found} for found in (routes.pages("desk"), routes.acts("desk")))
    assert len(reached) > 6 and not [pattern for pattern, found in reached.items() if not found]
    for pattern, found in reached.items():
        for one in found[:3]:
            other = next(case for case in cases_of(one.by) if case != one.case)
            path = one.link.replace(one.case, other)
            before = lines_of(one.by, other)
            if pattern in pages:
                assert one.by.get(one.link).status in (200, 409), one.link
                # A number counts within its case, and the other may have that many of its own.
                assert one.by.get(path).status == 404 or re.search(r"/\d+(/|$)", path), path
            if pattern in acts:
                # Nothing is filled in of what the other case has by the same number.
                assert sends_something(one.by, "/advice", path).status in (404, 409, 422), path
            assert lines_of(one.by, other) == before


def lines_of(staff: Caller, case: str) -> int:
    return staff.get(f"/cases/{case}/history").text.count("<tr")


def sends_something(caller: Caller, page: str, path: str) -> Answer:
    """A form with the secrets of another page of one's own, with files where only that is taken."""
    fields = [*form_of(caller.get(page)).values, ("text", "Not theirs"), ("reason", "Not theirs"), ("capacity", "patient")]
    answer = caller.post(path, fields)
    if answer.status == 415:
        answer = caller.multipart(path, [Part(f'form-data; name="{name}"', value.encode()) for name, value in fields])
    return answer


def test_a_role_that_may_not_is_refused_by_the_route_and_shown_no_button(hughes: Caller, owen: Caller) -> None:
    for caller in (hughes, owen):
        for page in routes.pages("desk"):
            if "administer" in page.access:
                answer = caller.get(page.filled({}, SOMETHING))
                assert answer.status == 403 and "example.org" not in answer.text, page.pattern
        assert "/settings/staff" not in caller.get("/").text
