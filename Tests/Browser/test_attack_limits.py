"""Guessing at speed: it is slowed down, and nobody is locked out by it."""

import re
import threading

from harness.caller import Answer, Caller, form_of
from harness.member import Known
from harness.requester import PASSWORD
from harness.server import Server

NEW = "harvest pebble quietly 77"

WAIT = re.compile(r"(?i)wait|try again in|too many")


def tries(server: Server, known: Known, password: str, caller: Caller | None = None) -> Answer:
    caller = caller or Caller(server.portal)
    return caller.fills("/Account/Login", {"email": known.email, "password": password}, action="/Account/Login")


def test_a_password_is_guessed_a_few_times_and_then_not_even_the_right_one_is_taken(attacked: Server) -> None:
    owner = Caller(attacked.portal)
    known = owner.registers("guessed.at@example.org", PASSWORD, attacked.outbox)
    assert tries(attacked, known, known.password, owner).status == 303
    guesses = [tries(attacked, known, f"guess number {number}") for number in range(8)]
    assert not WAIT.search(guesses[0].text) and WAIT.search(guesses[-1].text)
    stranger = Caller(attacked.portal)
    assert WAIT.search(tries(attacked, known, known.password, stranger).text) and not stranger.session
    # Other headers do not make another place of it: nobody here is a proxy that is believed.
    lies = Caller(attacked.portal)
    form = form_of(lies.get("/Account/Login"), "/Account/Login")
    typed = [*form.values, ("email", known.email), ("password", known.password)]
    for header in ("X-Forwarded-For", "X-Real-IP", "Forwarded", "True-Client-IP"):
        assert lies.post("/Account/Login", typed, {header: "for=203.0.113.9" if header == "Forwarded" else "203.0.113.9"}).status == 422

    # The owner, at the browser they used before, comes in; and whoever is in stays in.
    assert owner.get("/home").status == 200
    owner.fills("/home", {}, action="/Account/Logout")
    assert tries(attacked, known, known.password, owner).status == 303 and owner.session
    # And others at the same place are not held up by it.
    other = Caller(attacked.portal)
    assert tries(attacked, other.registers("beside.them@example.org", PASSWORD, attacked.outbox), PASSWORD, other).status == 303


def test_somebody_whose_password_is_guessed_all_the_time_comes_in_by_mail(attacked: Server) -> None:
    """From the same network address, at a browser that was never used before, while the guessing goes on."""
    known = Caller(attacked.portal).registers("always.guessed.at@example.org", PASSWORD, attacked.outbox)
    for _ in range(5):
        assert not WAIT.search(tries(attacked, known, "not the password").text)
    is_over = threading.Event()

    def guesses() -> None:
        while not is_over.wait(0.1):
            tries(attacked, known, "not the password")

    guessing = threading.Thread(target=guesses)
    guessing.start()
    try:
        owner = Caller(attacked.portal)
        assert WAIT.search(tries(attacked, known, PASSWORD).text), "the right password is not taken either"
        owner.forgets_password(known.email, NEW, attacked.outbox)
        assert tries(attacked, known, NEW, owner).status == 303 and owner.get("/home").status == 200
        assert WAIT.search(tries(attacked, known, NEW).text), "others wait all the same"
    finally:
        is_over.set()
        guessing.join()


def test_a_wrong_password_and_an_unknown_address_are_answered_alike(attacked: Server) -> None:
    known = Caller(attacked.portal).registers("somebody.known@example.org", PASSWORD, attacked.outbox)

    def plain(answer: Answer, email: str) -> str:
        return re.sub(r'value="[^"]*"|[0-9a-z]{26}', "", answer.text.replace(email, ""))

    nobody = Known("nobody.at.all@example.org", "x")
    one, other = tries(attacked, known, "not the password"), tries(attacked, nobody, "not the password")
    assert one.status == other.status == 422
    assert plain(one, known.email) == plain(other, nobody.email)


def test_registering_and_forgetting_tell_nobody_who_has_an_account(attacked: Server) -> None:
    known = attacked.requesters[0].email
    for path, fields in (("/Account/Register", ("email", "confirm")), ("/Account/ForgottenPassword", ("email",))):
        seen = []
        for email in (known, "somebody.new@example.org"):
            answer = Caller(attacked.portal).fills(path, [(field, email) for field in fields], action=path)
            seen.append((answer.status, answer.location, re.sub(r'value="[^"]*"|[0-9a-z]{26}', "", answer.text.replace(email, ""))))
        assert seen[0] == seen[1]


def test_a_code_is_guessed_five_times_at_most(attacked: Server) -> None:
    caller, known = Caller(attacked.desk), attacked.staff[1]
    before = {letter.text for letter in attacked.outbox.to("")}
    caller.fills("/sign-in", {"email": known.email, "password": known.password}, action="/sign-in")
    right = attacked.outbox.code("", older=before)
    wrong = f"{(int(right) + 1) % 1_000_000:06}"
    for _ in range(6):
        page = caller.get("/sign-in/code")
        if page.status != 200:
            break
        caller.fills("/sign-in/code", {"code": wrong}, action="/sign-in/code")
    page = caller.get("/sign-in/code")
    if page.status == 200:
        caller.fills("/sign-in/code", {"code": right}, action="/sign-in/code")
    assert not caller.session, "the right code comes too late"
