"""Who is signed in already. Signing in is the subject of some journeys; the others come in by a session made before."""

from playwright.sync_api import Browser

from .member import Known, Member
from .person import UNSEEN, Person, Seen
from .requester import PASSWORD, Requester
from .server import Server

APPLICANT = Known("applicant@example.org", PASSWORD)


class Sessions:
    """One session a person for the whole run, begun when somebody first needs it."""

    def __init__(self, browser: Browser, server: Server, seen: Seen) -> None:
        self._browser = browser
        self._server = server
        self._seen = seen
        self._kept: dict[str, dict] = {}

    def staff(self, number: int) -> dict:
        """A member of the demonstration's staff, in the order in which the terminal shows them."""
        known = self._server.staff[number]
        if known.email not in self._kept:
            person = Member(self._browser, UNSEEN, self._server.desk, "staff", self._seen)
            person.signs_in(self._server.outbox, known)
            self._keep(known, person)
        return self._kept[known.email]

    def requester(self, known: Known) -> dict:
        """A requester of the demonstration, or the one who made an account to send requests in this run."""
        if known.email not in self._kept:
            person = Requester(self._browser, UNSEEN, self._server.portal, "requester", self._seen)
            if known == APPLICANT:
                person.registers(self._server.outbox, known.email)
            person.signs_in(known.email, known.password)
            self._keep(known, person)
        return self._kept[known.email]

    def _keep(self, known: Known, person: Person) -> None:
        person.does_not_see("There is a problem")
        self._kept[known.email] = person.context.storage_state()
        person.leaves()
