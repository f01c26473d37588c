"""Asking for what belongs to somebody else, by identifiers that are right: beside the walk over every route in Swift."""

import re

from harness import routes
from harness.caller import Caller, Part, form_of
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
    draft = solicitor.fills("/new-request", {"type": "living"}).location
    own = form_of(aisha.get("/new-request")).values
    for path in ("", "/pages/who", "/check", "/delete"):
        assert aisha.get(draft + path).status == 404
        assert solicitor.get(draft + path).status in (200, 303)
    for path in ("/pages/who", "/submit", "/delete"):
        # Deleting what is not there, or not yours, is as if it had been done: nothing is told by it.
        assert aisha.post(draft + path, [*own, ("capacity", "patient")]).status == (303 if path == "/delete" else 404)
    assert solicitor.get(draft).status == 200
    sessions = re.findall(r'action="(/profile/sessions/\w+/end)"', solicitor_with_two(attacked).get("/profile/sessions").text)
    assert sessions
    aisha.post(sessions[0], own)
    assert solicitor.get("/home").status == 200


def solicitor_with_two(server: Server) -> Caller:
    second = Caller(server.portal)
    second.signs_in(server.requesters[1])
    return second


def test_one_case_is_not_reached_through_another_at_the_desk(hughes: Caller) -> None:
    cases = list(dict.fromkeys(re.findall(r'href="/cases/([0-9a-z]{26})', hughes.get("/requests?state=any").text)))
    assert len(cases) > 10
    tried = 0
    for case in cases:
        for link in set(re.findall(rf'href="/cases/{case}(/files/[0-9a-z]{{26}}[^"]*)"', hughes.get(f"/cases/{case}/files").text)):
            assert hughes.get(f"/cases/{case}{link}").status == 200
            other = next(one for one in cases if one != case)
            assert hughes.get(f"/cases/{other}{link}").status == 404, link
            tried += 1
        if tried > 3:
            break
    assert tried


def test_a_role_that_may_not_is_refused_by_the_route_and_shown_no_button(hughes: Caller, owen: Caller) -> None:
    for caller in (hughes, owen):
        for page in routes.pages("desk"):
            if "administer" in page.access:
                answer = caller.get(page.filled({}, SOMETHING))
                assert answer.status == 403 and "example.org" not in answer.text, page.pattern
        assert "/settings/staff" not in caller.get("/").text
