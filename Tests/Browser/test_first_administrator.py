"""The first administrator comes in by the printed link, and lets a colleague in."""

from collections.abc import Callable

from harness.member import Known, Member
from harness.outbox import Outbox
from harness.person import WAYS, Way
from harness.server import Server

PASSWORD = "harbour thistle gently 19"


def test_the_printed_link_works_once(member: Callable[[str], Member], server: Server, administrator: dict) -> None:
    person = member("late")
    person.goes_to(server.first_administrator_link)
    person.sees_heading("This link cannot be used")


def test_a_colleague_is_invited_and_sets_up(
    member: Callable[[str], Member], administrator: dict, outbox: Outbox, email: str, way: Way
) -> None:
    host = member("administrator")
    host.comes_in_by(administrator)
    host.goes_to("/settings/staff")
    host.presses("Add somebody")
    host.presses("Add and send the link")
    host.sees("There is a problem")
    host.fills("Email", email)
    host.fills("Full name", "T. Ashworth")
    host.selects("Department", "X-Ray Department")
    host.chooses("X-Ray")
    host.presses("Add and send the link")
    host.sees("We have sent them an email")
    phone = f"07700 90060{WAYS.index(way)}"

    guest = member("colleague")
    guest.goes_to(outbox.link(email, about="Your account for the Subject Access Database"))
    guest.fills("Password", PASSWORD)
    guest.fills("Confirm Password", PASSWORD)
    guest.chooses("By text message")
    guest.fills("Mobile number", phone)
    guest.presses("Continue")
    guest.fills("Security code", outbox.code("+44" + phone.replace(" ", "")[1:]))
    guest.presses("Finish")
    guest.sees_heading("Your account is ready")
    guest.signs_in(outbox, Known(email, PASSWORD, "+44" + phone.replace(" ", "")[1:]))
    guest.sees_heading("Today")
