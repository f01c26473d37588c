"""People at work while something fails. Each act is sent, always the same form, until it is answered, as a person would."""

import http.client
import random
import re
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace

from .caller import Answer, Caller, Part, form_of
from .hostile import sent_from_the_portal
from .outbox import Outbox
from .server import Server

CASES = 8
WRITERS = 3  # of notes
PHONE = "+447700900010"  # of the demonstration's first member of staff
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
IDENTIFIER = "[0-9a-z]{26}"

Form = dict[str, str]


class OutOfDate(Exception):
    """Nothing was done: the session is over, or the form was filled in on a day that has not come."""


class Insistent(Caller):
    """Somebody who sends a page or a form again, unchanged, until it is answered."""

    def __init__(self, site: str, cookies: dict[str, str], load: "Load") -> None:
        super().__init__(site)
        self.cookies = dict(cookies)
        self._load = load

    def send(
        self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None, *, origin: str | None = ""
    ) -> Answer:
        while True:
            try:
                answer = super().send(method, path, body, headers, origin=origin)
            except (OSError, http.client.HTTPException):
                self._load.unanswered += 1
            else:
                if answer.status == 422 and "The date must be today or in the past" in answer.text:
                    raise OutOfDate
                if answer.heading == "You were signed out" or answer.location.startswith(("/sign-in", "/Account/Login")):
                    raise OutOfDate
                # 408: what was under way when the clock leapt seems to have taken too long.
                if answer.status < 500 and answer.status != 408:
                    return answer
                self._load.told[answer.heading or str(answer.status)] += 1
            assert time.monotonic() < self._load.deadline, f"{method} {path} was never answered"
            time.sleep(0.02)


class Load:
    """Notes, files, messages and new requests, with everything that was acknowledged."""

    def __init__(self, server: Server, seed: int = 0, outbox: Outbox | None = None) -> None:
        self.notes: list[tuple[str, str]] = []
        self.files: list[tuple[str, str, bytes]] = []
        self.messages: list[tuple[str, str]] = []
        self.requests: list[tuple[str, str]] = []
        # How often nothing came back, and what those were told who got a page that says no.
        self.unanswered = 0
        self.told: Counter[str] = Counter()
        self.out_of_date = 0
        self.cases: list[str] = []
        self.deadline = float("inf")
        self._server = server
        self._seed = seed
        self._outbox = outbox or server.outbox
        self._is_over = threading.Event()

    def signs_in(self) -> None:
        """While the server is well. Again where sessions have ended, which those at work then go on with."""
        staff, requester = Caller(self._server.desk), Caller(self._server.portal)
        staff.signs_in_with_code(replace(self._server.staff[0], phone=PHONE), self._outbox)
        requester.signs_in(self._server.requesters[0])
        assert staff.session and requester.session, "not signed in"
        if not self.cases:
            self._looks_round(staff, requester)
        # Each is good for every case: without what the page saw last, against which changes of others would be held.
        self._forms = {
            "note": _form(staff, f"/cases/{self.cases[0]}/notes", f"/cases/{self.cases[0]}/notes"),
            "file": _form(staff, f"/cases/{self.cases[0]}/files", f"/cases/{self.cases[0]}/files"),
            "message": _form(requester, f"/requests/{self.asked[0]}", f"/requests/{self.asked[0]}/messages"),
        }
        self.staff, self.requester = staff, requester

    def _looks_round(self, staff: Caller, requester: Caller) -> None:
        found = sorted(set(re.findall(rf'href="/cases/({IDENTIFIER})"', staff.get("/").text)))
        self.cases = [case for case in found if 'id="new"' in staff.get(f"/cases/{case}/files").text][:CASES]
        assert len(self.cases) == CASES, "the demonstration has too few cases to write in"
        asked = sorted(set(re.findall(rf"/requests/({IDENTIFIER})", requester.opens("/requests").text)))
        self.asked = [one for one in asked if f'action="/requests/{one}/messages"' in requester.get(f"/requests/{one}").text]
        assert self.asked, "the demonstration's requester has no request to write about"

    def __enter__(self) -> "Load":
        return self

    def __exit__(self, *_: object) -> None:
        """Nobody goes on where the test has failed."""
        self._is_over.set()
        self.deadline = 0

    def begins(self) -> None:
        self._pool = ThreadPoolExecutor(WRITERS + 3)
        self._work: list[Future[None]] = [
            *(self._pool.submit(self._goes_on, number, self._note) for number in range(WRITERS)),
            self._pool.submit(self._goes_on, WRITERS, self._file),
            self._pool.submit(self._goes_on, WRITERS + 1, self._message),
            self._pool.submit(self._goes_on, WRITERS + 2, self._request),
        ]

    def ends(self) -> None:
        """Nothing new is begun; what was begun is sent until it is answered. The server must be well."""
        self.deadline = time.monotonic() + 120
        self._is_over.set()
        self._pool.shutdown()
        for one in self._work:
            one.result()

    @property
    def acknowledged(self) -> str:
        return (
            f"{len(self.notes)} notes, {len(self.files)} files, {len(self.messages)} messages and "
            f"{len(self.requests)} new requests with files acknowledged"
        )

    def fails_early(self) -> None:
        """Says at once what stopped one of the writers."""
        for one in self._work:
            if one.done():
                one.result()

    def _goes_on(self, number: int, act: Callable[[int, int, random.Random], None]) -> None:
        chance = random.Random(self._seed * 100 + number)
        count = 0
        while not self._is_over.is_set():
            count += 1
            while True:
                session = self.staff
                try:
                    act(number, count, chance)
                    break
                except OutOfDate:
                    self.out_of_date += 1
                while session is self.staff:
                    assert time.monotonic() < self.deadline, "nobody signed in again"
                    time.sleep(0.02)

    def _note(self, number: int, count: int, chance: random.Random) -> None:
        case, text = chance.choice(self.cases), f"Note {number}-{count}."
        staff = Insistent(self._server.desk, self.staff.cookies, self)
        _accepted(staff.post(f"/cases/{case}/notes", {**self._forms["note"], "once": _once(chance), "text": text}))
        self.notes.append((case, text))

    def _file(self, number: int, count: int, chance: random.Random) -> None:
        """Large enough that much happens between the first byte and the answer."""
        case, name = chance.choice(self.cases), f"volume-{count}.txt"
        content = f"Volume {count}\n".encode() * chance.randint(1, 60_000)
        fields = {name: value for name, value in {**self._forms["file"], "once": _once(chance)}.items() if name != "files"}
        staff = Insistent(self._server.desk, self.staff.cookies, self)
        _accepted(
            staff.multipart(
                f"/cases/{case}/files",
                [
                    *(Part(f'form-data; name="{key}"', value.encode()) for key, value in fields.items()),
                    Part(f'form-data; name="files"; filename="{name}"', content, "application/octet-stream"),
                ],
            )
        )
        self.files.append((case, name, content))

    def _message(self, number: int, count: int, chance: random.Random) -> None:
        request, text = chance.choice(self.asked), f"Message {count}."
        requester = Insistent(self._server.portal, self.requester.cookies, self)
        _accepted(requester.post(f"/requests/{request}/messages", {**self._forms["message"], "once": _once(chance), "text": text}))
        self.messages.append((request, text))

    def _request(self, number: int, count: int, chance: random.Random) -> None:
        """From choosing a type to the reference, page by page, with two documents."""
        words = f"Request {count}."
        requester = Insistent(self._server.portal, self.requester.cookies, self)
        self.requests.append((sent_from_the_portal(requester, words, file_name=f"paper-{count}.pdf"), words))

    # What must be there afterwards

    def finds_each_once(self, before: int, cases: int) -> None:
        """Everything acknowledged is there once, and nothing besides.

        - before: how many cases there were; cases: how many there are.
        """
        assert cases == before + len(self.requests), f"{cases - before} new cases, but {len(self.requests)} were sent"
        for case in self.cases:
            history = self.staff.opens(f"/cases/{case}/history").text
            files = self.staff.opens(f"/cases/{case}/files").text
            written = [text for at, text in self.notes if at == case]
            _once_each(re.findall(r"\bNote \d+-\d+\.", history), written, f"note of {case}")
            sent = {name: content for at, name, content in self.files if at == case}
            links = re.findall(rf'<a[^>]*href="(/cases/{case}/files/{IDENTIFIER})"[^>]*>(?:<bdi>)?(volume-\d+\.txt)', files)
            _once_each([name for _, name in links], list(sent), f"file of {case}")
            for link, name in links:
                assert self.staff.get(link).body == sent[name], f"{name} is not what was sent"
        for request in self.asked:
            page = self.requester.opens(f"/requests/{request}").text
            written = [text for at, text in self.messages if at == request]
            _once_each(re.findall(r"\bMessage \d+\.", page), written, f"message of {request}")
        for request, words in self.requests:
            page = self.requester.get(f"/requests/{request}")
            assert page.status == 200 and words in page.text, f"the request of “{words}” is not what was sent"


def _form(caller: Caller, page: str, action: str) -> Form:
    form = form_of(caller.get(page), action)
    return {**dict.fromkeys(form.inputs, ""), **{name: value for name, value in form.values if name != "seen"}}


def _accepted(answer: Answer) -> None:
    wrong = re.findall(r'error-(?:message|summary)[^>]*>(.*?)</', answer.text)
    assert answer.status == 303, f"{answer.status} {answer.heading}: {wrong}"


def _once_each(found: list[str], written: list[str], what: str) -> None:
    missing, besides = Counter(written) - Counter(found), Counter(found) - Counter(written)
    assert not missing and not besides, f"not each {what} once: {dict(missing)} missing, {dict(besides)} too many"


def _once(chance: random.Random) -> str:
    return "".join(chance.choices(ALPHABET, k=26))
