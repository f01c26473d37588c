"""The mail server is away, slow, or refuses: every mail leaves once in the end, or staff are told; nobody waits for it."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from harness.caller import Caller
from harness.databases import SQLiteFile
from harness.mail import PASSWORD, USER, Mailbox
from harness.server import Server
from harness.smtp import VERBS, BadMailServer
from test_process_files import soon

pytestmark = pytest.mark.thorough

PATIENCE = 100  # seconds: more than the product gives a server that hangs


class Post:
    """A site that sends mails, and how they fare."""

    def __init__(self, folder: Path, seeded: Path, settings: dict[str, str]) -> None:
        self.server = Server(folder, settings, seeded=seeded)
        self.database = SQLiteFile(self.server.data)
        self.addresses: list[str] = []

    def asks(self, name: str, number: int) -> list[str]:
        """So many people ask for an account: a mail goes to each. Their pages come without waiting for it."""
        new = [f"{name}-{one}@example.org" for one in range(number)]
        for address in new:
            caller = Caller(self.server.portal)
            answer = caller.fills("/Account/Register", {"email": address, "confirm": address})
            assert answer.status in (200, 303), (answer.status, answer.heading)
        self.addresses += new
        assert self.waiting() or self.is_settled(new)
        return new

    def waiting(self) -> int:
        return self.database.number("SELECT count(*) FROM outbox WHERE state = 'queued'")

    def states(self, addresses: list[str]) -> list[str]:
        wanted = ", ".join(f"'{one}'" for one in addresses)
        return [state for (state,) in self.database.rows(f"SELECT state FROM outbox WHERE recipient IN ({wanted})")]

    def is_settled(self, addresses: list[str]) -> bool:
        return self.states(addresses) == ["sent"] * len(addresses)

    def in_hand(self) -> set[tuple[str, ...]]:
        """The mails that a worker has, and for which time: those that were given up meanwhile are not among them."""
        return set(self.database.rows(
            "SELECT job_id, attempts FROM job "
            "WHERE kind = 'send-message' AND state = 'waiting' AND claimed_by IS NOT NULL"
        ))

    def were_tried(self) -> bool:
        """Everything that waits has been tried, in vain."""
        own = ", ".join(f"'{one}'" for one in self.addresses)
        return not self.database.rows(
            "SELECT 1 FROM job JOIN outbox ON outbox.message_id = job.body "
            f"WHERE job.state = 'waiting' AND job.error IS NULL AND outbox.recipient IN ({own})"
        )

    def proves_nothing_lost(self) -> None:
        """Each who was told that a mail comes is written down once, and nothing that is kept has changed."""
        kept = [address for (address,) in self.database.rows("SELECT recipient FROM outbox")]
        assert {address: kept.count(address) for address in self.addresses} == dict.fromkeys(self.addresses, 1)
        self.server.stops_whole()

    def is_later(self) -> None:
        """As if the time had passed after which what failed is tried again; it is not given up for the test's haste."""
        self.database.run("UPDATE job SET run_at = made_at, attempts = 0 WHERE state = 'waiting' AND claimed_by IS NULL")


@pytest.fixture
def bad() -> Iterator[BadMailServer]:
    made = BadMailServer()
    yield made
    made.stop()


@pytest.fixture
def post(tmp_path: Path, seeded: Path, bad: BadMailServer) -> Iterator[Post]:
    settings = {
        "RIGHTSDESK_SMTP_HOST": "127.0.0.1", "RIGHTSDESK_SMTP_PORT": str(bad.port), "RIGHTSDESK_SMTP_SECURITY": "none"
    }
    made = Post(tmp_path, seeded, settings)
    with made.server:
        made.server.start()
        yield made
        made.proves_nothing_lost()


def comes_through(post: Post, addresses: list[str]) -> None:
    def settled() -> bool:
        post.is_later()
        return post.is_settled(addresses)

    soon(settled, f"not every mail was sent: {post.states(addresses)}", PATIENCE)


def each_once(bad: BadMailServer, addresses: list[str]) -> None:
    for address in addresses:
        taken = {mail: count for mail, count in bad.taken.items() if mail[0] == address}
        assert list(taken.values()) == [1], f"{address}: {taken}"


def test_while_the_mail_server_is_away_mails_wait_and_then_go_once(
    post: Post, bad: BadMailServer, figure: Callable[[str], None]
) -> None:
    away = post.asks("away", 6)
    soon(post.were_tried, "nobody tried to send them")
    bad.start()
    comes_through(post, away)
    each_once(bad, away)
    figure(f"mail server down: {len(away)} mails waited, each was sent once when it was back")


def test_a_slow_mail_server_gets_each_mail_once(post: Post, bad: BadMailServer, figure: Callable[[str], None]) -> None:
    bad.drip = 0.05
    bad.start()
    slow = post.asks("slow", 3)
    comes_through(post, slow)
    each_once(bad, slow)
    figure(f"mail server answering a letter every {bad.drip} s: {len(slow)} mails sent, each once")


def test_one_recipient_that_is_refused_holds_up_nobody_else(
    post: Post, bad: BadMailServer, figure: Callable[[str], None]
) -> None:
    bad.is_busy = True
    bad.start()
    refused, busy, others = post.asks("refused", 1), post.asks("busy", 1), post.asks("other", 5)
    soon(lambda: post.is_settled(others), "the others were held up")
    soon(lambda: post.states(refused) == ["dead"], "the refused one was not given up")
    assert post.states(busy) == ["queued"]
    assert len(post.database.rows("SELECT 1 FROM job WHERE kind = 'send-message' AND state = 'dead'")) == 1
    bad.is_busy = False
    comes_through(post, busy)
    each_once(bad, others + busy)
    figure("550 for one recipient: failed work for staff at once; 451: sent once later; five others sent meanwhile")


def test_a_mail_server_that_hangs_up_after_the_mail_gets_it_again_under_the_same_name(
    post: Post, bad: BadMailServer, figure: Callable[[str], None]
) -> None:
    bad.closes_at = "the end of the mail"
    bad.start()
    (lost,) = post.asks("lost", 1)
    soon(lambda: sum(bad.given.values()) and post.were_tried(), "it was not tried")
    bad.behaves()
    comes_through(post, [lost])
    each_once(bad, [lost])
    assert len([mail for mail in bad.given if mail[0] == lost]) == 1, "it went under two names"
    figure("connection closed after DATA: taken over once, given twice under one Message-ID")


@pytest.mark.parametrize("place", VERBS)
def test_a_mail_server_that_falls_silent_holds_up_nothing_else(
    post: Post, bad: BadMailServer, place: str, figure: Callable[[str], None]
) -> None:
    """It falls silent for good; pages come, and other work is done before any of the mails in hand is given up. Then it
    is well."""
    bad.hangs_at = place
    bad.start()
    # More than a worker has lanes. Other work comes after them in the line.
    hanging = post.asks("hanging", 4)
    soon(lambda: bad.hanging and len(post.in_hand()) >= 2, "the worker has not begun")
    held = post.in_hand()
    began = time.monotonic()
    post.database.run(
        "INSERT INTO job (job_id, kind, body, state, attempts, made_at, run_at, dedupe_key) "
        "SELECT '00000000000000000000000000', 'forget-old-work', '', 'waiting', 0, now, now, 'probe' "
        "FROM (SELECT strftime('%Y-%m-%dT%H:%M:%fZ', 'now') AS now)"
    )

    def other_work_is_done() -> bool:
        done = post.database.number("SELECT count(*) FROM job WHERE dedupe_key = 'probe' AND state = 'finished'")
        # Looked at after that: what is in hand now was in hand when the other work was done.
        assert held <= post.in_hand(), "a mail was given up first"
        return done == 1

    soon(other_work_is_done, "other work waits for the mail server", PATIENCE)
    waited = time.monotonic() - began
    bad.behaves()
    comes_through(post, hanging)
    for address in hanging:
        names = {mail for mail in bad.given if mail[0] == address}
        assert len(names) == 1 and bad.taken[names.pop()] == 1, f"{address}: {bad.given} {bad.taken}"
    figure(
        f"mail server silent at {place}: other work done after {waited:.1f} s with {len(held)} mails in hand, "
        "each taken over once when it was back"
    )


def test_without_a_certificate_that_can_be_trusted_mails_wait(
    tmp_path: Path, seeded: Path, figure: Callable[[str], None]
) -> None:
    stranger, trusted = tmp_path / "stranger", tmp_path / "trusted"
    stranger.mkdir()
    trusted.mkdir()
    other, mailbox = Mailbox(stranger), Mailbox(trusted)
    secret = tmp_path / "password"
    secret.write_text(PASSWORD + "\n", encoding="utf-8")
    settings = {
        "RIGHTSDESK_SMTP_HOST": "localhost", "RIGHTSDESK_SMTP_PORT": str(other.port), "RIGHTSDESK_SMTP_USER": USER,
        "RIGHTSDESK_SMTP_PASSWORD_FILE": str(secret), "RIGHTSDESK_SMTP_CERTIFICATES": str(mailbox.authority_file),
    }
    other.start()
    mailbox.start()
    try:
        post = Post(tmp_path, seeded, settings)
        with post.server:
            post.server.start()
            waiting = post.asks("trusting", 3)
            soon(post.were_tried, "nobody tried to send them")
            assert not other.received and post.states(waiting) == ["queued"] * 3
            soon(lambda: "cannot be sent with these settings" in post.server.printed, "the log does not say why")
            post.server.stop()
            post.server.set({"RIGHTSDESK_SMTP_PORT": str(mailbox.port)})
            post.server.start()
            comes_through(post, waiting)
            assert [len(mailbox.to(address)) for address in waiting] == [1, 1, 1]
            post.proves_nothing_lost()
    finally:
        other.stop()
        mailbox.stop()
    figure("mail server with a certificate of an unknown authority: nothing was said to it; 3 mails sent once by another")
