"""Journeys 1 to 3: an account, a forgotten password, a second step."""

from collections.abc import Callable

import pytest

from harness.outbox import Outbox
from harness.person import DESK, PHONE, WAYS, Way
from harness.requester import PASSWORD, Requester

CHANGED = "orchard candle slowly 77"


def test_from_registering_to_the_first_sign_in(requester: Callable[[str], Requester], outbox: Outbox, email: str) -> None:
    person = requester("newcomer")
    person.goes_to("/Account/Register")
    person.presses("Register Now!")
    person.sees_problem("Enter your email address")
    person.registers(outbox, email)
    person.follows("Login to your account")
    person.fills("Email", email)
    person.fills("Password", "not the password")
    person.presses("Sign in")
    person.sees("There is a problem")
    person.fills("Password", PASSWORD)
    person.presses("Sign in")
    person.sees_heading("Home")
    person.sees("New Request")
    person.goes_to("/requests")
    person.sees("You have not sent a request yet.")
    person.logs_out()
    person.goes_to("/home")
    person.sees_heading("Login")


def test_a_link_that_was_used_says_so(requester: Callable[[str], Requester], outbox: Outbox, email: str) -> None:
    person = requester("newcomer")
    person.registers(outbox, email)
    person.goes_to(outbox.link(email, about="Finish creating your account"))
    person.sees_heading("This link cannot be used")


def test_resetting_a_forgotten_password(requester: Callable[[str], Requester], outbox: Outbox, email: str) -> None:
    person = requester("forgetful")
    person.registers(outbox, email)
    person.goes_to("/Account/Login")
    person.follows("Forgotten your password?")
    person.fills("Email address", email)
    person.presses("Send link")
    person.sees_heading("Check your email")
    person.goes_to(outbox.link(email, about="Set a new password"))
    person.sets_password(CHANGED)
    person.sees_heading("Your password was changed")
    person.signs_in(email, PASSWORD)
    person.sees("There is a problem")
    person.signs_in(email, CHANGED)
    person.sees_heading("Home")


def test_turning_two_factor_on_and_signing_in_with_it(
    requester: Callable[[str], Requester], outbox: Outbox, email: str, way: Way
) -> None:
    person = requester("careful")
    phone = f"+4477009002{WAYS.index(way):02}"
    person.registers(outbox, email)
    person.signs_in(email)
    person.follows("My Profile", within=person.page.locator("main"))
    person.follows("Two Factor")
    person.fills("Mobile Number", "0" + phone.removeprefix("+44"))
    person.fills("Password", PASSWORD)
    person.presses("Get code")
    person.fills("Security code", "000000")
    person.presses("Confirm")
    person.sees_problem("The security code is not right.")
    first = outbox.to(phone)
    person.fills("Security code", outbox.code(phone))
    person.presses("Confirm")
    person.sees("Two-factor authentication is on.")
    person.logs_out()
    person.signs_in(email)
    person.sees_heading("Enter your security code")
    person.fills("Security code", outbox.code(phone, older={letter.text for letter in first}))
    person.presses("Sign in")
    person.sees_heading("Home")


@pytest.mark.parametrize("way", [DESK, PHONE], ids=lambda way: way.name)
def test_changing_the_number_and_turning_two_factor_off(
    requester: Callable[[str], Requester], outbox: Outbox, email: str, way: Way
) -> None:
    person = requester("careful")
    old, new = (f"+44770090030{WAYS.index(way)}", f"+44770090040{WAYS.index(way)}")
    person.registers(outbox, email)
    person.signs_in(email)
    person.goes_to("/profile/two-factor")
    person.fills("Mobile Number", "0" + old.removeprefix("+44"))
    person.fills("Password", PASSWORD)
    person.presses("Get code")
    person.opens("Not received a text message?")
    person.presses("Send another code")
    person.sees_problem("you can ask for another in 1 minute")
    person.fills("Security code", outbox.code(old))
    person.presses("Confirm")
    person.follows("Two Factor")

    before = {letter.text for letter in outbox.to(old)}
    person.presses("Change the number")
    person.fills("New mobile number", "0" + new.removeprefix("+44"))
    person.fills("Password", "not the password")
    person.presses("Get codes")
    person.sees("There is a problem")
    person.fills("Password", PASSWORD)
    person.presses("Get codes")
    person.fills("Code sent to the number you have now", outbox.code(old, older=before))
    person.fills("Code sent to the new number", outbox.code(new))
    person.presses("Change the number")
    person.sees("Your mobile number was changed.")

    before = {letter.text for letter in outbox.to(new)}
    person.follows("Two Factor")
    person.presses("Turn it off")
    person.fills("Password", PASSWORD)
    person.presses("Get code")
    person.fills("Security code", outbox.code(new, older=before))
    person.presses("Turn it off")
    person.sees("Two-factor authentication is off.")


def test_changing_the_password_and_closing_the_account(
    requester: Callable[[str], Requester], outbox: Outbox, email: str
) -> None:
    person = requester("leaver")
    person.registers(outbox, email)
    person.signs_in(email)
    person.goes_to("/profile")
    person.follows("Password")
    person.presses("Change password")
    person.fills("Current Password", PASSWORD)
    person.sets_password(CHANGED, button="Set Password", label="New Password")
    person.sees("Your password was changed.")
    person.follows("Devices")
    person.sees_heading("Devices that are signed in")
    person.goes_to("/profile")
    person.follows("Close my account")
    person.fills("Password", CHANGED)
    person.presses("Close my account")
    person.sees_heading("Your account is closed")
