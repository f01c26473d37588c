"""Making a browser act for somebody: every act of both sites, asked for in every way that is not its own form."""

import re
from collections.abc import Callable

import pytest

from harness import routes
from harness.caller import Answer, Caller, form_of
from harness.server import Server

SOMETHING = "01arz3ndektsv4rrffq69g5faa"
MULTIPART = "multipart/form-data; boundary=edge"


def multipart(fields: dict[str, str]) -> bytes:
    parts = (f'--edge\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in fields.items())
    return ("".join(parts) + "--edge--\r\n").encode()


def token(caller: Caller, page: str) -> str:
    return dict(form_of(caller.get(page)).values)["csrf"]


def case_of(caller: Caller, prefix: str) -> str:
    found = re.search(rf'href="{prefix}/([0-9a-z]{{26}})', caller.get("/requests").text)
    assert found
    return found.group(1)


def history(hughes: Caller, case: str) -> str:
    return re.sub(r"(?s)<form.*?</form>", "", hughes.get(f"/cases/{case}/history").text)


FORGERIES: dict[str, Callable[[Caller, str, str], Answer]] = {
    "another site's form": lambda one, path, right: one.post(path, {"csrf": right}, origin="https://evil.example"),
    "a page without an origin": lambda one, path, right: one.post(path, {"csrf": right}, origin="null"),
    "a browser that does not say": lambda one, path, right: one.post(path, {"csrf": right}, origin=None),
    "another port": lambda one, path, right: one.post(path, {"csrf": right}, origin="http://127.0.0.1:1"),
    "a name that begins like ours": lambda one, path, right: one.post(path, {"csrf": right}, origin=one.site + ".evil.example"),
    "a cross-site fetch": lambda one, path, right: one.post(path, {"csrf": right}, {"Sec-Fetch-Site": "cross-site"}),
    "a neighbouring site": lambda one, path, right: one.post(path, {"csrf": right}, {"Sec-Fetch-Site": "same-site"}),
    "no token": lambda one, path, right: one.post(path, {"once": SOMETHING}),
    "an empty token": lambda one, path, right: one.post(path, {"csrf": ""}),
    "half a token": lambda one, path, right: one.post(path, {"csrf": right[:20]}),
    "a token in the address": lambda one, path, right: one.post(f"{path}?csrf={right}", {}),
    "text": lambda one, path, right: one.send("POST", path, f"csrf={right}".encode(), {"Content-Type": "text/plain"}),
    "JSON": lambda one, path, right: one.send("POST", path, b'{"csrf":"x"}', {"Content-Type": "application/json"}),
    "a form with files and no token": lambda one, path, right: one.send(
        "POST", path, multipart({"once": SOMETHING}), {"Content-Type": MULTIPART}
    ),
    "a method that says it is another": lambda one, path, right: one.send(
        "GET", f"{path}?csrf={right}&_method=POST", headers={"X-HTTP-Method-Override": "POST"}
    ),
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_no_act_of_the_portal_is_done_by(forgery: str, aisha: Caller) -> None:
    request = case_of(aisha, "/requests")
    right = token(aisha, "/new-request")
    walk(routes.acts("portal"), {"request": request}, aisha, right, forgery)
    assert aisha.get("/home").status == 200, "the session is as it was"
    assert "Withdrawn" not in aisha.get(f"/requests/{request}").text


@pytest.mark.parametrize("forgery", FORGERIES)
def test_no_act_of_the_desk_is_done_by(forgery: str, hughes: Caller) -> None:
    case = case_of(hughes, "/cases")
    before = history(hughes, case)
    right = token(hughes, "/advice")
    walk(routes.acts("desk"), {"case": case}, hughes, right, forgery)
    assert hughes.get("/").status == 200, "the session is as it was"
    assert history(hughes, case) == before


def walk(acts: list[routes.Page], values: dict[str, str], caller: Caller, right: str, forgery: str) -> None:
    assert len(acts) > 30
    # What the check itself says, before it is known whether there is such a thing: not from here, or not the page's form.
    refusals = {415} if forgery in ("text", "JSON") else {403}
    if forgery.endswith(" token") and "files" not in forgery or forgery.startswith("a token"):
        refusals |= {415}  # Where files are sent, a form without any is none.
    if forgery.startswith("a method"):
        # A GET shows the page of the same address, which changes nothing, or there is none.
        refusals |= {200, 303, 404, 405, 410}
    wrong = []
    for act in acts:
        path = act.filled(values, SOMETHING)
        answer = FORGERIES[forgery](caller, path, right)
        if answer.status not in refusals:
            wrong.append(f"{path}: {answer.status} “{answer.heading}” {answer.location}")
    assert wrong == []


def test_a_token_is_good_for_its_own_session_only(attacked: Server, aisha: Caller, solicitor: Caller, stranger: Caller) -> None:
    theirs = token(solicitor, "/new-request")
    request = case_of(aisha, "/requests")
    answer = aisha.post(f"/requests/{request}/messages", {"csrf": theirs, "text": "Not mine"})
    assert answer.status == 403
    assert "Not mine" not in aisha.get(f"/requests/{request}").text
    before = token(stranger, "/Account/Login")
    other = Caller(attacked.portal)
    other.get("/Account/Login")
    refused = other.post("/Account/Login", {"csrf": before, "email": "a@example.org", "password": "x"})
    assert refused.status == 403, "nobody is signed in to somebody else's account by a form that was prepared"


def test_the_same_form_with_its_token_is_taken(aisha: Caller) -> None:
    """Without this the refusals above would prove nothing."""
    request = case_of(aisha, "/requests")
    words = "This one is from the page itself."
    answer = aisha.fills(f"/requests/{request}", {"text": words}, action=f"/requests/{request}/messages")
    assert answer.status == 303
    assert words in aisha.get(f"/requests/{request}").text


def test_a_get_changes_nothing_and_no_page_hides_an_act_behind_a_link(aisha: Caller, hughes: Caller) -> None:
    for caller, site, prefix in ((aisha, "portal", "/requests"), (hughes, "desk", "/cases")):
        acts = {page.pattern for page in routes.acts(site)} - {page.pattern for page in routes.pages(site)}
        case = case_of(caller, prefix)
        links = set(re.findall(r'<a [^>]*href="([^"]+)"', caller.get(f"{prefix}/{case}").text + caller.get("/requests").text))
        hidden = [link for link in links for act in acts if routes.Page(site, act, "").answers(link.split("?")[0].split("#")[0])]
        assert hidden == []
        assert len(links) > 5
