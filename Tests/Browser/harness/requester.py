"""A requester at the portal: what the trust's guide tells people to do, in its words."""

import re
from pathlib import Path

from .mail import Mailbox
from .outbox import Outbox
from .person import Person

PASSWORD = "meadow lantern quietly 42"


class Requester(Person):
    def registers(self, outbox: Outbox | Mailbox, email: str, password: str = PASSWORD) -> None:
        self.goes_to("/")
        self.follows("Get Started Online", within=self.page.locator("main"))
        self.follows("Don’t have an account? Sign up")
        self.fills("Email address", email)
        self.fills("Confirm Email address", email)
        self.presses("Register Now!")
        self.sees("You have successfully requested an account.")
        self.goes_to(outbox.link(email, about="Finish creating your account"))
        self.sets_password(password)
        self.sees_heading("Your registration is complete")

    def sets_password(self, password: str, button: str = "Set password", label: str = "Password") -> None:
        self.fills(label, password)
        self.fills("Confirm Password", password)
        self.presses(button)

    def signs_in(self, email: str, password: str = PASSWORD) -> None:
        """As far as the password leads: home, or the page that asks for a code."""
        self.goes_to("/Account/Login")
        self.fills("Email", email)
        self.fills("Password", password)
        self.presses("Sign in")

    def logs_out(self) -> None:
        self.presses("Log out")

    # A new request

    def begins_request(self, kind: str) -> None:
        self.goes_to("/home")
        self.follows("New Request", within=self.page.locator("main"))
        self.chooses(kind)
        self.presses("Continue")
        self.sees("You have completed 0 of")

    def opens_task(self, name: str) -> None:
        self.follows(name, within=self.page.locator("main"))

    def continues(self) -> None:
        self.presses("Continue")

    def answers(self, label: str, value: str) -> None:
        self.fills(label, value)
        self.continues()

    def picks(self, label: str) -> None:
        self.chooses(label)
        self.continues()

    def gives_name(self, given: str, family: str) -> None:
        self.fills("First name", given)
        self.fills("Last name", family)
        self.continues()

    def gives_address(self) -> None:
        self.fills("Address line 1", "4 Mill Lane")
        self.fills("Town or city", "Meadowbank")
        self.fills("Postcode", "MB1 4ZZ")
        self.continues()

    def uploads(self, *papers: Path) -> None:
        """Adds files to the question of the page, sees each in the list, and goes on."""
        self.attaches(*papers)
        self.sends("Upload")
        for paper in papers:
            self.sees(paper.name)
        self.continues()

    def asks_for_own_records(self, given: str, family: str, identity: list[Path], address: list[Path]) -> str:
        """From the first click to the reference, which is returned."""
        self.begins_request("Living patient")
        self.opens_task("Who is asking, and on what authority")
        self.picks("I am the patient")
        self.gives_name(given, family)
        self.gives_address()
        self.answers("What is your phone number?", "07700 900123")
        self.opens_task("Who the records are about")
        self.fills_day("What is the patient's date of birth?", "1984-03-27")
        self.continues()
        self.continues()
        self.picks("Yes")
        self.answers("What is the patient's NHS number?", "999 004 1873")
        self.answers("Do you know the patient's hospital number?", "M4180321")
        self.opens_task("Records you need")
        self.answers("What do you need?", "Everything about my hip operation in 2021, from the orthopaedic clinic.")
        self.chooses("Medical and nursing notes")
        self.picks("Test results")
        self.continues()
        self.picks("No")
        self.opens_task("Proof of identity")
        self.uploads(*identity)
        self.opens_task("Proof of address")
        self.uploads(*address)
        return self.sends_request()

    def sends_request(self) -> str:
        self.opens_task("How you want to get the records")
        self.picks("Download from this website")
        self.continues()
        self.opens_task("Declaration")
        self.chooses(re.compile("^What I have said is true"))
        self.continues()
        self.opens_task("Check your answers and submit")
        self.sees_heading("Check your answers before you submit")
        self.presses("Submit")
        self.sees_heading("Request submitted")
        reference = self.page.locator(".nhsuk-panel strong").inner_text().strip()
        assert reference, "the panel shows no reference"
        return reference

    def opens_request(self, reference: str) -> None:
        self.goes_to("/requests")
        self.follows(reference, within=self.page.locator("main"))
