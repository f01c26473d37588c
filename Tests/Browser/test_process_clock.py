"""The machine's clock jumps while people write: nobody is locked out, nothing lasts for ever, and every case stays right."""

import re
import time
import urllib.parse
from collections.abc import Callable
from pathlib import Path

import pytest

from harness.caller import Caller
from harness.clock import Clock
from harness.command import Command
from harness.databases import Database, Engine, OutboxTable
from harness.load import Load
from harness.server import Server

pytestmark = pytest.mark.thorough

DAY = 86_400


def test_a_clock_that_jumps_during_writes_harms_nothing(
    tmp_path: Path, engine: Engine, figure: Callable[[str], None]
) -> None:
    clock = Clock(tmp_path)
    server, database = engine.server(tmp_path, clock.settings)
    outbox = OutboxTable(database)
    load = Load(server, outbox=outbox)
    with load, server:
        server.start()
        load.signs_in()
        before = count(database, "opening")
        due = dates(database, load)
        load.begins()
        for name, off in [("an hour back", -3600), ("right again", 0), ("a day ahead", DAY), ("a year ahead", 365 * DAY)]:
            works(load)
            clock.is_off_by(off)
            load.signs_in()
            works(load)
            if name == "a year ahead":
                link = forgets_password(server, outbox)
        clock.is_off_by(0)
        set_right = time.monotonic()
        load.signs_in()
        signed_in = time.monotonic() - set_right
        works(load)
        load.ends()

        assert "set back" in server.printed and "leapt ahead" in server.printed, "the log does not say so"
        is_over(server, link)
        assert forgets_password(server, outbox) != link, "nobody can ask for another link"
        # What was begun or had failed at a wrong time is done at the right one, and nothing waits for next year.
        deadline = time.monotonic() + 60
        while count(database, "job WHERE kind = 'scan-file' AND state = 'waiting'"):
            assert time.monotonic() < deadline, "files were not checked"
            time.sleep(0.1)
        far = moment(time.time() + 2 * DAY)
        assert count(database, f"job WHERE state = 'waiting' AND (run_at > '{far}' OR claimed_until > '{far}')") == 0
        load.finds_each_once(before, count(database, "opening"))
        in_order(database)
        assert dates(database, load) == due, "due dates of cases that nobody touched have changed"
        told = dict(load.told)
        server.stop()
        command = Command(RIGHTSDESK_DATA=str(server.data), **database.settings)
        assert "nothing changed" in command.does("verify", "--files")
    # An upload that was under way when the clock leapt seems to have taken a day, or to have been left behind.
    assert set(told) <= {"The upload took too long", "Something went wrong"}, told
    figure(
        f"{engine.name}, the clock an hour back, a day and a year ahead and right again during writes: "
        f"{load.acknowledged}, each there once and in order; signed in again {signed_in:.1f} s after it was right; "
        "due dates as before; no link, session, lease or wait from the wrong time is left; verify (with files) clean"
    )


def works(load: Load) -> None:
    done = len(load.notes) + 30
    deadline = time.monotonic() + 60
    while len(load.notes) < done:
        load.fails_early()
        assert time.monotonic() < deadline, "nothing is acknowledged any more"
        time.sleep(0.05)


def forgets_password(server: Server, outbox: OutboxTable) -> str:
    """Somebody asks for a new password; the link that they are sent."""
    known = server.requesters[1].email
    seen = {link for letter in outbox.to(known) for link in letter.links}
    Caller(server.portal).fills("/Account/ForgottenPassword", {"email": known})
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        for letter in outbox.to(known):
            for link in letter.links:
                if link not in seen:
                    return link
        time.sleep(0.1)
    raise AssertionError("no link was sent")


def is_over(server: Server, link: str) -> None:
    page = Caller(server.portal).opens(urllib.parse.urlsplit(link).path)
    assert re.search("expired|newer link", page.text), page.heading


def count(database: Database, what: str) -> int:
    return database.number(f"SELECT count(*) FROM {what}")


def dates(database: Database, load: Load) -> list[tuple[str, ...]]:
    """The dates of the cases in which nobody writes."""
    busy = ", ".join(f"'{case}'" for case in [*load.cases, *load.asked, *(case for case, _ in load.requests)])
    return database.rows(
        "SELECT case_id, received_on, policy_due, statute_due, governing_due, clock_state FROM case_summary "
        f"WHERE case_id NOT IN ({busy}) ORDER BY case_id"
    )


def in_order(database: Database) -> None:
    """Every case's entries are numbered without a gap."""
    gaps = database.rows("SELECT case_id FROM fact GROUP BY case_id HAVING count(*) <> max(sequence) OR min(sequence) <> 1")
    assert gaps == []


def moment(seconds: float) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime(seconds))
