"""A member of staff at the desk."""

from dataclasses import dataclass

from .authenticator import Authenticator
from .outbox import Outbox
from .person import Person


@dataclass(frozen=True)
class Known:
    """Somebody who has an account already, and where their codes come from."""

    email: str
    password: str
    phone: str = ""


class Member(Person):
    def signs_in(self, outbox: Outbox, known: Known) -> None:
        self.goes_to("/sign-in")
        self.fills("Email", known.email)
        self.fills("Password", known.password)
        before = {letter.text for letter in outbox.to(known.phone)}
        self.presses("Sign in")
        self.fills("Security code", outbox.code(known.phone, older=before))
        self.presses("Sign in")

    def sets_up_with_app(self, link: str, password: str) -> Authenticator:
        """Follows a one-time link, chooses a password and an authenticator app."""
        self.goes_to(link)
        self.fills("Password", password)
        self.fills("Confirm Password", password)
        self.chooses("With an authenticator app")
        self.presses("Continue")
        self.sees_heading("Add your account to your app")
        app = Authenticator(self.page.locator("main li strong").first.inner_text())
        self.fills("Security code", app.code())
        self.presses("Finish")
        self.sees_heading("Your account is ready")
        return app

    def signs_in_with_app(self, email: str, password: str, app: Authenticator) -> None:
        self.goes_to("/sign-in")
        self.fills("Email", email)
        self.fills("Password", password)
        self.presses("Sign in")
        self.fills("Security code", app.code())
        self.presses("Sign in")

    # A case

    def finds(self, reference: str) -> None:
        self.goes_to("/search?q=" + reference)
        self.follows(reference, within=self.page.locator("main"))

    def accepts(self, check: str, document: str | None = None, *, arrived: str, issued: str = "", expires: str = "") -> None:
        """Accepts a proof on its own page, from the case's checks."""
        self.follows("Checks")
        self.presses(f"Check {check.lower()}", within=self.part(check))
        if document:
            self.chooses(document)
            self.chooses("Copy")
        if issued:
            self.fills_day("Date on the document", issued)
        if expires:
            self.fills_day("Expiry date", expires)
        self.fills_day("When did it reach the trust?", arrived)
        self.presses("Accept")
        self.sees("The proof is accepted.")

    def passes_release_check(self) -> None:
        self.presses("Do the release check")
        for statement in self.page.get_by_role("checkbox").all():
            self.ticks(statement)
        self.presses("Confirm the release check")
        self.sees("The release check is confirmed.")
