"""Taking over a session: a token put there before, one that should be dead, one that is guessed."""

import re

import pytest

from harness.caller import Caller, form_of
from harness.member import Known
from harness.requester import PASSWORD
from harness.server import Server

GUESSES = ("", "x", "A" * 43, "0" * 64, "../../etc/passwd", "' OR 1=1 --", "%00", "é" * 20)
NEW = "harvest pebble quietly 77"


@pytest.fixture
def victim(attacked: Server, request: pytest.FixtureRequest) -> Known:
    """Somebody with an account that this test alone uses."""
    email = f"{re.sub('[^a-z]+', '-', request.node.originalname.removeprefix('test_'))[:40]}@example.org"
    return Caller(attacked.portal).registers(email, PASSWORD, attacked.outbox)


def is_in(caller: Caller) -> bool:
    return caller.get("/home").status == 200


def with_session(server: Server, token: str) -> Caller:
    """Another browser with this token in its cookie."""
    caller = Caller(server.portal)
    caller.cookies["rightsdesk-portal-session"] = token
    return caller


def test_a_session_put_into_a_browser_beforehand_is_not_the_one_signed_in(attacked: Server, victim: Known) -> None:
    planted = "attackers-own-token-attackers-own-token-abc"
    caller = with_session(attacked, planted)
    caller.cookies["rightsdesk-portal-visit"] = planted
    caller.signs_in(victim)
    assert is_in(caller)
    assert caller.session != planted
    assert not is_in(with_session(attacked, planted))


def test_a_real_session_put_into_a_browser_is_ended_by_signing_in(attacked: Server, victim: Known) -> None:
    attacker = Caller(attacked.portal)
    attacker.signs_in(attacker.registers("who.plants.a.session@example.org", PASSWORD, attacked.outbox))
    caller = with_session(attacked, attacker.session)
    page = caller.get("/profile")
    assert page.status == 200
    # The victim signs in on top: through the form, in the same browser.
    caller.cookies.pop("rightsdesk-portal-visit", None)
    token = dict(form_of(page, "/Account/Logout").values)["csrf"]
    answer = caller.post("/Account/Login", {"csrf": token, "email": victim.email, "password": victim.password})
    assert answer.status == 303 and caller.session != attacker.session
    assert victim.email in caller.get("/profile").text
    assert not is_in(attacker), "the session that came along is over"


def test_every_sign_in_gets_a_token_of_its_own_that_tells_nothing(attacked: Server, victim: Known) -> None:
    tokens = set()
    for _ in range(4):
        caller = Caller(attacked.portal)
        caller.signs_in(victim)
        tokens.add(caller.session)
    assert len(tokens) == 4
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{43}", token) for token in tokens), "32 bytes"
    assert len({token[:4] for token in tokens}) == 4, "they begin alike"


def test_a_token_is_dead_after_signing_out_and_the_browser_is_told_to_forget(attacked: Server, victim: Known) -> None:
    caller = Caller(attacked.portal)
    caller.signs_in(victim)
    token = caller.session
    answer = caller.fills("/home", {}, action="/Account/Logout")
    assert answer.header("Clear-Site-Data") == '"cache", "storage"'
    assert caller.session == ""
    assert not is_in(with_session(attacked, token))


def test_a_changed_password_ends_the_other_sessions(attacked: Server, victim: Known) -> None:
    thief, owner = Caller(attacked.portal), Caller(attacked.portal)
    thief.signs_in(victim)
    owner.signs_in(victim)
    changed = owner.fills(
        "/profile/password/change",
        {"current": victim.password, "password": NEW, "confirm": NEW}, action="/profile/password/change",
    )
    assert changed.status == 303
    assert is_in(owner) and not is_in(thief)


def test_a_reset_ends_every_session_and_its_link_works_once(attacked: Server, victim: Known) -> None:
    thief, owner = Caller(attacked.portal), Caller(attacked.portal)
    thief.signs_in(victim)
    link = owner.forgets_password(victim.email, NEW, attacked.outbox)
    assert not is_in(thief)
    again = Caller(attacked.portal).opens(link.removeprefix(attacked.portal))
    assert 'name="password"' not in again.text
    late = Caller(attacked.portal)
    late.signs_in(victim)
    assert not is_in(late), "the old password is no good"


@pytest.mark.parametrize("guess", GUESSES)
def test_a_guessed_token_opens_nothing_and_breaks_nothing(attacked: Server, guess: str) -> None:
    answer = Caller(attacked.portal).get("/home", {"Cookie": f"rightsdesk-portal-session={guess}".encode().decode("latin-1")})
    assert answer.status == 303 and answer.location.startswith("/Account/Login")


def test_a_requesters_token_opens_nothing_at_the_desk_nor_the_other_way_round(
    attacked: Server, aisha: Caller, hughes: Caller
) -> None:
    desk = Caller(attacked.desk)
    desk.cookies["rightsdesk-desk-session"] = aisha.session
    assert desk.get("/requests").status == 303
    assert with_session(attacked, hughes.session).get("/home").status == 303


def test_the_hash_of_a_token_that_the_database_keeps_is_no_token(attacked: Server, aisha: Caller) -> None:
    import sqlite3

    with sqlite3.connect(f"file:{attacked.data / 'rightsdesk.sqlite'}?mode=ro", uri=True) as database:
        kept = "".join(repr(row) for row in database.execute("SELECT * FROM session"))
    assert len(kept) > 100
    assert aisha.session not in kept


def test_a_token_is_in_no_address_and_no_page(aisha: Caller) -> None:
    for path in ("/home", "/requests", "/profile", "/profile/sessions", "/new-request"):
        assert aisha.session not in aisha.get(path).text


def test_half_a_sign_in_opens_nothing(attacked: Server) -> None:
    """The password is right; the code is not given."""
    caller = Caller(attacked.desk)
    caller.fills("/sign-in", {"email": attacked.staff[3].email, "password": attacked.staff[3].password}, action="/sign-in")
    assert caller.session == ""
    assert caller.get("/requests").status == 303
    for path in ("/sign-in/code",):
        form = form_of(caller.get(path), path)
        tried = [caller.post(path, [*form.values, ("code", f"{code:06}")]) for code in range(6)]
        assert caller.session == ""
        assert any("wrong" in one.text.lower() or "again" in one.text.lower() or one.status == 303 for one in tried)
