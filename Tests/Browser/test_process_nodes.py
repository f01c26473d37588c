"""Two nodes that serve and two workers on one database: a journey hops from node to node, workers are killed all the
time, and at the end every mail went to one person once, every job is done, every case and every byte is there."""

import datetime
import os
import random
import re
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from harness import papers
from harness.caller import Caller
from harness.databases import PostgreSQLDatabase, PostgreSQLServer
from harness.hostile import PAPER, logged_by_letter, sent_from_the_portal
from harness.mail import PASSWORD, USER, Mailbox
from harness.member import Known, Member
from harness.nodes import Front, Machine, bring_key
from harness.person import UNSEEN
from harness.requester import PASSWORD as REQUESTERS
from harness.requester import Requester
from harness.scanner import Scanner
from harness.server import ROOT, Server, binary

TODAY = datetime.date.today().isoformat()
ADMINISTRATORS = "saddle velvet quickly 58"
STAFFS = "harbour thistle gently 19"
PATIENT = "patient.of.nodes@example.org"
KILLS = 20
CERTAIN = 6  # of these, in pairs
DRAINED = 180  # seconds for what is left to be done


class Room:
    """The trust's server room."""

    def __init__(self, folder: Path, database: PostgreSQLDatabase, mailbox: Mailbox) -> None:
        self.database = database
        self.mailbox = mailbox
        self.scanner = Scanner(seconds=0.3)
        self.portal_front, self.desk_front = Front(), Front()
        self.portal, self.desk = self.portal_front.address, self.desk_front.address
        secret = folder / "smtp-password"
        secret.write_text(PASSWORD + "\n", encoding="utf-8")
        self.settings = {
            **database.settings,
            "RIGHTSDESK_FILES": "database",
            "RIGHTSDESK_PORTAL_ADDRESS": self.portal,
            "RIGHTSDESK_DESK_ADDRESS": self.desk,
            "RIGHTSDESK_PROXIES": "127.0.0.1",
            "RIGHTSDESK_CLAMD": self.scanner.address,
            "RIGHTSDESK_SMTP_HOST": "localhost",
            "RIGHTSDESK_SMTP_PORT": str(mailbox.port),
            "RIGHTSDESK_SMTP_USER": USER,
            "RIGHTSDESK_SMTP_PASSWORD_FILE": str(secret),
            "RIGHTSDESK_SMTP_CERTIFICATES": str(mailbox.authority_file),
        }
        self.nodes = [self._node(folder / name) for name in ("node-1", "node-2")]
        self.workers = [Machine(folder / name, self.settings) for name in ("worker-1", "worker-2")]

    def _node(self, folder: Path) -> Server:
        folder.mkdir()
        node = Server(folder, self.settings, is_demo=False)
        node._command.append("--without-worker")
        return node

    def opens(self) -> None:
        """The first node makes the database and its key; the key is brought to the others, which start at once."""
        self.nodes[0].start()
        self.nodes[0].stop()
        for machine in [self.nodes[1], *self.workers]:
            bring_key(self.nodes[0], machine.data)
        starting = [threading.Thread(target=machine.start) for machine in [*self.nodes, *self.workers]]
        for one in starting:
            one.start()
        for one in starting:
            one.join()
        self.portal_front.leads_to(*(node.portal for node in self.nodes))
        self.desk_front.leads_to(*(node.desk for node in self.nodes))

    def count(self, what: str) -> int:
        return int(self.database.rows(f"SELECT count(*) FROM {what}")[0][0])

    def runs(self, *command: str) -> str:
        done = subprocess.run(
            [binary(), *command], cwd=ROOT, capture_output=True, text=True, timeout=240,
            env={**os.environ, **self.settings, "RIGHTSDESK_DATA": str(self.nodes[0].data)},
        )
        assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
        return done.stdout

    def closes(self) -> None:
        for machine in [*self.workers, *self.nodes]:
            machine.stop()
        self.portal_front.stop()
        self.desk_front.stop()
        self.scanner.stop()


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory, postgres: PostgreSQLServer) -> Iterator[Room]:
    folder = tmp_path_factory.mktemp("room-of-nodes")
    mailbox = Mailbox(folder)
    mailbox.start()
    opened = Room(folder, postgres.database(), mailbox)
    try:
        opened.opens()
        yield opened
    finally:
        opened.closes()
        mailbox.stop()


class Killing:
    """Kills workers and starts them again. Of the first pairs the second is for certain in the middle of what it does."""

    def __init__(self, room: Room, most: int) -> None:
        self.kills = 0
        self._room = room
        self._most = most
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._kills)
        self._thread.start()

    def _kills(self) -> None:
        chance = random.Random(1)
        one, other = self._room.workers
        while self.kills < self._most and not self._is_over.wait(chance.uniform(0.2, 1.5)):
            one.kill()
            self.kills += 1
            if self.kills < CERTAIN:
                before = self._claims()
                # What is claimed now, the other has claimed.
                while self._claims() <= before and not self._is_over.wait(0.02):
                    pass
                other.kill()
                self.kills += 1
                other.start()
            one.start()
            one, other = other, one

    def _claims(self) -> set[tuple[str, ...]]:
        return set(self._room.database.rows("SELECT job_id, claimed_by FROM job WHERE claimed_by IS NOT NULL"))

    def goes_on_until_enough(self) -> None:
        self._thread.join(DRAINED)
        assert self.kills == self._most, f"{self.kills} workers were killed"

    def ends(self) -> None:
        self._is_over.set()
        self._thread.join()


@pytest.mark.thorough
def test_a_journey_hops_between_nodes_while_workers_are_killed(
    arrives: Callable, room: Room, tmp_path: Path, figure: Callable[[str], None]
) -> None:
    patient = arrives(Requester, "patient-of-nodes", UNSEEN, at=room)
    patient.registers(room.mailbox, PATIENT)
    staff_session, staff = _member_of_staff(arrives, room)

    room.mailbox.slowness = 0.3
    killing = Killing(room, KILLS)
    others = Others(room, staff_session)
    try:
        released = _journey(patient, staff, tmp_path)
        killing.goes_on_until_enough()
    finally:
        others.ends()
        killing.ends()
    _drains(room)

    stored = room.database.rows("SELECT message_id, recipient, state FROM outbox")
    assert {state for _, _, state in stored} == {"sent"}
    sent = Counter((one.message["Message-ID"].strip("<>").split("@")[0], one.recipients) for one in room.mailbox.received)
    assert sorted(sent) == sorted((message, (recipient,)) for message, recipient, _ in stored)
    # Only what a killed worker had in hand when the mail server had said yes already: two of its three lanes may have
    # mails, the last is left for other kinds of work.
    again = sum(sent.values()) - len(sent)
    assert again <= 2 * killing.kills

    jobs = room.count("job WHERE state = 'finished'")
    taken_over = room.count("job WHERE state = 'finished' AND attempts > 1")
    assert room.count("job WHERE state = 'dead'") == 0
    files = room.count("file WHERE case_id IS NOT NULL")
    assert files == 2 * others.asked + released
    assert room.count("file WHERE state <> 'clean'") == 0
    assert room.count("fact WHERE kind = 'file-inspected'") == files

    assert room.count("case_head") == len(others.cases) + 1
    for case in others.cases:
        assert staff_session.opens(f"/cases/{case}").status == 200
    assert _fetches_every_byte(staff_session, others.cases) == 2 * others.asked
    verified = room.runs("verify", "--files")
    assert "nothing changed" in verified
    hops = room.portal_front.hops + room.desk_front.hops
    assert abs(hops.count(0) - hops.count(1)) <= 2
    assert taken_over > 0, "no worker was killed in the middle of a job"
    figure(
        f"2 nodes, 2 workers, {len(hops)} requests one by one to the next node, {killing.kills} workers killed: "
        f"{len(stored)} messages each sent under one Message-ID to one person ({again} of them twice), {jobs} jobs done, "
        f"{taken_over} of them taken over, {len(others.cases) + 1} cases and {files} files there; {verified.strip()}"
    )


def _journey(patient: Requester, staff: Member, folder: Path) -> int:
    """From the sign-in to the download; returns how many files the case has."""
    patient.signs_in(PATIENT)
    passport = papers.photo(folder / "passport.png")
    bill = papers.letter(folder / "council tax bill.pdf", "Council tax bill, made up")
    reference = patient.asks_for_own_records("Oluwaseun", "Adébáyọ̀", [passport], [bill])
    staff.finds(reference)
    case = staff.page.url.split("?")[0]
    staff.accepts("Identity", "Passport", arrived=TODAY, expires="2031-05-05")
    staff.accepts("Address", "Council tax bill", arrived=TODAY, issued=TODAY)
    staff.accepts("Authority", arrived=TODAY)
    staff.goes_to(f"{case}/files")
    notes = papers.letter(folder / "case notes.pdf", "Made-up case notes")
    x_ray = papers.photo(folder / "x-ray of the hip.png")
    staff.attaches(notes, x_ray)
    staff.sends("Add the files")
    staff.waits_until_nothing("Being checked", at=f"{case}/files")
    staff.goes_to(f"{case}/release")
    staff.passes_release_check()
    staff.presses("Release files")
    staff.presses("Continue to the covering note")
    staff.presses("Release the files")
    staff.sees("The files are released, and the requester has been told.")
    patient.opens_request(reference)
    assert patient.downloads("case notes.pdf") == notes.read_bytes()
    assert patient.downloads("x-ray of the hip.png") == x_ray.read_bytes()
    return 4


class Others:
    """Other people's requests, from the portal and by letter, all the time."""

    def __init__(self, room: Room, staff: Caller) -> None:
        self.cases: list[str] = []
        # Those from the portal, which come with two files each.
        self.asked = 0
        self._is_over = threading.Event()
        self._faults: list[BaseException] = []
        requester = Caller(room.portal)
        requester.signs_in(Known(PATIENT, REQUESTERS))
        self._threads = [
            threading.Thread(target=self._asks, args=(lambda: self._from_the_portal(requester),)),
            threading.Thread(target=self._asks, args=(lambda: logged_by_letter(staff, "Everything"),)),
        ]
        for thread in self._threads:
            thread.start()

    def _asks(self, ask: Callable[[], str]) -> None:
        try:
            while not self._is_over.wait(1):
                self.cases.append(ask())
        except BaseException as fault:  # noqa: BLE001
            self._faults.append(fault)

    def _from_the_portal(self, requester: Caller) -> str:
        case = sent_from_the_portal(requester, "Everything")
        self.asked += 1
        return case

    def ends(self) -> None:
        self._is_over.set()
        for thread in self._threads:
            thread.join()
        if self._faults:
            raise self._faults[0]


def _member_of_staff(arrives: Callable, room: Room) -> tuple[Caller, Member]:
    """The first administrator comes in by the printed link, and lets one of Medico-Legal in."""
    link = re.search(r"http\S+", room.runs("bootstrap", "--email", "administrator@example.org", "--name", "A. First"))
    assert link
    administrator = arrives(Member, "administrator-of-nodes", UNSEEN, at=room)
    app = administrator.sets_up_with_app(link.group(), ADMINISTRATORS)
    administrator.signs_in_with_app("administrator@example.org", ADMINISTRATORS, app)
    administrator.goes_to("/settings/staff")
    administrator.presses("Add somebody")
    administrator.fills("Email", "handler@example.org")
    administrator.fills("Full name", "M. Hughes")
    administrator.selects("Department", "Medico-Legal Department")
    administrator.chooses("Medico-Legal")
    administrator.presses("Add and send the link")
    administrator.sees("We have sent them an email")

    staff = arrives(Member, "handler-of-nodes", UNSEEN, at=room)
    own = staff.sets_up_with_app(
        room.mailbox.link("handler@example.org", about="Your account for the Subject Access Database"), STAFFS
    )
    staff.signs_in_with_app("handler@example.org", STAFFS, own)
    staff.sees_heading("Today")
    by_hand = Caller(room.desk)
    by_hand.cookies = {cookie["name"]: cookie["value"] for cookie in staff.context.cookies(room.desk)}
    return by_hand, staff


def _drains(room: Room) -> None:
    """Waits until all that is due is done: what a killed worker had in hand is another's when its claim has run out."""
    deadline = time.monotonic() + DRAINED
    due = "job WHERE state = 'waiting' AND run_at <= '{}'"
    while left := room.count(due.format(datetime.datetime.now(datetime.UTC).isoformat())):
        assert time.monotonic() < deadline, f"{left} jobs are not done: {room.database.rows('SELECT * FROM job')}"
        time.sleep(0.2)


def _fetches_every_byte(staff: Caller, cases: list[str]) -> int:
    """Opens every file of the cases, and returns how many there were."""
    links = [
        link
        for case in cases
        for link in re.findall(rf'href="(/cases/{case}/files/[0-9a-z]{{26}})"', staff.get(f"/cases/{case}/files").text)
    ]
    for link in links:
        assert staff.get(link).body == PAPER
    return len(links)


def test_a_machine_without_the_right_key_or_that_has_files_elsewhere_does_nothing(room: Room, tmp_path: Path) -> None:
    right = (room.nodes[0].data / "keys" / "master.key").read_text(encoding="utf-8")
    for name, key, place, said in (
        ("without", None, "database", "master.key"),
        ("wrong", "ab" * 32, "database", "the master key is not the one"),
        ("elsewhere", right, "folder", "set RIGHTSDESK_FILES=database"),
    ):
        machine = Machine(tmp_path / name, {**room.settings, "RIGHTSDESK_FILES": place})
        if key:
            (machine.data / "keys").mkdir(parents=True)
            (machine.data / "keys" / "master.key").write_text(key + "\n", encoding="utf-8")
        done = subprocess.run(
            [binary(), "work"], cwd=ROOT, env=machine.environment, capture_output=True, text=True, timeout=120
        )
        assert done.returncode != 0 and "Working." not in done.stdout
        assert said in done.stderr, done.stderr


def test_tries_of_a_password_are_counted_over_all_nodes(room: Room) -> None:
    visitor = Caller(room.portal)
    before = len(room.portal_front.hops)
    answers = [visitor.signs_in(Known("guesser@example.org", f"wrong password {number}")) for number in range(6)]
    hops = room.portal_front.hops[before:]
    assert hops.count(0) == hops.count(1)
    assert "wait" not in answers[4].text.lower()
    assert "wait" in answers[5].text.lower(), answers[5].heading


@pytest.mark.thorough
def test_a_mail_whose_worker_dies_between_its_acceptance_and_the_mark_goes_again_under_the_same_name(room: Room) -> None:
    mailbox, address = room.mailbox, "newcomer@example.org"
    mailbox.slowness = 0
    mailbox.may_answer.clear()
    visitor = Caller(room.portal)
    visitor.fills("/Account/Register", {"email": address, "confirm": address})
    deadline = time.monotonic() + 60
    while not mailbox.to(address):
        assert time.monotonic() < deadline, "no mail came"
        time.sleep(0.05)
    for worker in room.workers:
        worker.kill()
    mailbox.may_answer.set()
    for worker in room.workers:
        worker.start()
    _drains(room)
    first, second = mailbox.to(address)
    assert first.message["Message-ID"] == second.message["Message-ID"]
    assert first.message.as_bytes() == second.message.as_bytes()


def test_a_worker_told_to_stop_ends_what_it_has_begun(room: Room) -> None:
    for worker in room.workers:
        assert worker.stop() == 0
