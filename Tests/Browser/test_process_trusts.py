"""Several trusts in one process: each has its own, and what happens to one of them is nothing to the others."""

import json
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from harness.databases import PostgreSQL, PostgreSQLServer, SQLite
from harness.member import Known
from harness.several import SecureTrusts, SeveralTrusts, Visitor, desk_host, portal_host
from harness.wire import Wire

PATIENCE = 120  # seconds for a trust to be opened or noticed
CODES = ("meadowbank", "riverside")  # on SQLite and on PostgreSQL
ADMINISTRATOR = "first.admin@example.org"


@dataclass
class House:
    server: SeveralTrusts
    postgres: PostgreSQLServer
    requesters: dict[str, Known]

    def signed_in(self, code: str) -> Visitor:
        visitor = self.server.at_portal(code)
        answer = visitor.signs_in(self.requesters[code])
        assert answer.status == 303 and visitor.session, answer.heading
        return visitor

    def cases(self, visitor: Visitor) -> set[str]:
        return set(re.findall(r'href="/requests/([0-9a-z]{26})', visitor.get("/requests").text))


def soon(holds: Callable[[], bool], fault: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline, fault
        time.sleep(0.2)


@pytest.fixture(scope="module")
def house(
    tmp_path_factory: pytest.TempPathFactory, seeded: Path, on_postgresql: PostgreSQL, postgres: PostgreSQLServer
) -> Iterator[House]:
    """Two trusts with made-up cases: copies of two demonstrations, each with keys, people and passwords of its own."""
    places = {code: tmp_path_factory.mktemp(code) for code in CODES}
    copies = {
        "meadowbank": SQLite(seeded).server(places["meadowbank"], {}),
        "riverside": on_postgresql.server(places["riverside"], {}),
    }
    server = SeveralTrusts(tmp_path_factory.mktemp("several"), {
        code: {"RIGHTSDESK_DATA": str(copy.data), **database.settings} for code, (copy, database) in copies.items()
    })
    server.start()
    for code in CODES:
        soon(lambda: server.is_ready(code), f"{code} was not opened: {server.printed[-2000:]}")
    yield House(server, postgres, {code: copy.requesters[0] for code, (copy, _) in copies.items()})
    server.stop()


def test_each_has_its_own_brand_people_and_cases(house: House) -> None:
    meadowbank, riverside = (house.signed_in(code) for code in CODES)
    assert house.requesters["meadowbank"].email == house.requesters["riverside"].email, "the same address is two people"
    own, other = house.cases(meadowbank), house.cases(riverside)
    assert len(own) > 1 and len(other) > 1 and not own & other
    for visitor, name, cases in ((meadowbank, "Meadowbank", own), (riverside, "Riverside", other)):
        page = visitor.get("/home").text
        assert f"{name} Hospitals" in page and ("Meadowbank" in page) != ("Riverside" in page)
        for case in own | other:
            assert (visitor.get(f"/requests/{case}").status == 200) == (case in cases)
    for visitor in (meadowbank, riverside):
        assert all(name.startswith("__Host-rightsdesk-portal-") for name in visitor.cookies)


def test_a_session_a_password_and_a_link_are_worth_nothing_at_the_other(house: House) -> None:
    visitor = house.signed_in("riverside")
    thief = house.server.at_portal("meadowbank")
    thief.cookies = dict(visitor.cookies)
    assert thief.get("/home").location.startswith("/Account/Login")
    wrong = house.server.at_portal("meadowbank")
    assert wrong.signs_in(house.requesters["riverside"]).status == 422 and not wrong.session
    made = {code: house.server.runs("bootstrap", "--trust", code, "--email", ADMINISTRATOR, "--name", "Ada") for code in CODES}
    for code, other in (CODES, CODES[::-1]):
        link = made[code].stdout.strip()
        assert link.startswith(f"https://{desk_host(code)}/sign-in/set-up/"), made[code].stderr
        path = link.removeprefix(f"https://{desk_host(code)}")
        assert house.server.at_desk(other).get(path).status == 410
    for code in CODES:
        staff = house.server.at_desk(code)
        app = staff.sets_up(made[code].stdout.strip())
        staff.signs_in_with_app(ADMINISTRATOR, app)
        page = staff.get("/settings/staff").text
        assert f"{code.capitalize()} Hospitals" in page and "M. Hughes" in page
        elsewhere = house.server.at_desk(CODES[CODES.index(code) - 1])
        elsewhere.cookies = dict(staff.cookies)
        assert elsewhere.get("/settings/staff").location.startswith("/sign-in")


def test_a_host_is_chosen_as_it_is_spelt_on_the_wire(house: House) -> None:
    wire = Wire(house.server.portal)
    host, other = (portal_host(code) for code in CODES)
    for spelt in (host, host.upper(), f"{host}:443", f"{host}.", f"  {host}  "):
        answer = wire.exchange(wire.request("GET /contact HTTP/1.1", "Connection: close", host=spelt))
        assert answer.statuses == [200] and "Records of Meadowbank" in answer.text, spelt
    refused = {
        "none": b"GET /contact HTTP/1.1\r\nConnection: close\r\n\r\n",
        "an old request": b"GET /contact HTTP/1.0\r\n\r\n",
        "an empty one": wire.request("GET /contact HTTP/1.1", "Connection: close", host=" "),
        "another": wire.request("GET /contact HTTP/1.1", "Connection: close", host="evil.example"),
        "the machine": wire.request("GET /contact HTTP/1.1", "Connection: close"),
        "two": wire.request("GET /contact HTTP/1.1", f"Host: {other}", "Connection: close", host=host),
        "both in one": wire.request("GET /contact HTTP/1.1", "Connection: close", host=f"{host}, {other}"),
        "the desk's": wire.request("GET /contact HTTP/1.1", "Connection: close", host=desk_host("meadowbank")),
    }
    for what, bytes_ in refused.items():
        answer = wire.exchange(bytes_)
        assert answer.statuses in ([421], [400]), f"{what}: {answer.text[:200]}"
        assert "Meadowbank" not in answer.text and "Riverside" not in answer.text, what
    # A target that is a whole address is a path, and the Host counts.
    for target in (f"https://{other}/contact", f"http://{other}:443/contact", f"//{other}/contact", f"http:/{other}/contact", f"{other}/contact"):
        answer = wire.exchange(wire.request(f"GET {target} HTTP/1.1", "Connection: close", host=host))
        assert "Riverside" not in answer.text, target
    # One connection of a proxy carries both trusts' visitors.
    answer = wire.exchange(
        wire.request("GET /contact HTTP/1.1", host=host) + wire.request("GET /contact HTTP/1.1", "Connection: close", host=other)
    )
    assert answer.statuses == [200, 200]
    assert answer.text.index("Records of Meadowbank") < answer.text.index("Records of Riverside")


def test_the_figures_and_the_log_name_the_trust_and_nobody(house: House) -> None:
    watch = Visitor(house.server.watch, "monitor")
    assert watch.get("/health/ready").text == "meadowbank ready\nriverside ready\n"
    assert watch.get("/health/ready/nobody").status == 404
    figures = watch.get("/metrics").text
    for code in CODES:
        assert f'rightsdesk_ready{{trust="{code}"}} 1' in figures
        assert int(re.search(rf'^rightsdesk_open_cases{{trust="{code}"}} (\d+)$', figures, re.MULTILINE)[1]) > 10
        assert f'rightsdesk_requests_total{{trust="{code}",site="portal",method="GET",route="/home",status="200"}}' in figures
    assert 'rightsdesk_requests_total{site="portal",method="GET",route="-",status="421"}' in figures
    names = re.findall(r"^# TYPE (\S+)", figures, re.MULTILINE)
    assert len(names) == len(set(names)), "a metric stands in two places"
    lines = [json.loads(line) for line in house.server.printed.splitlines() if line.startswith("{")]
    asked = [line for line in lines if line["msg"] == "request"]
    assert {line.get("trust") for line in asked} == {*CODES, None}
    assert all("trust" in line for line in asked if line["status"] != "421")
    for known in house.requesters.values():
        assert known.email not in house.server.printed


def test_a_trust_whose_database_is_stopped_is_alone_with_it(house: House, figure: Callable[[str], None]) -> None:
    server = house.server
    meadowbank, riverside = (house.signed_in(code) for code in CODES)
    house.postgres.kill()
    soon(lambda: not server.is_ready("riverside"), "nobody noticed that the database is gone")
    watch = Visitor(server.watch, "monitor")
    assert (watch.get("/health/ready").status, watch.get("/health/ready").text) == (200, "meadowbank ready\nriverside not ready\n")
    figures = watch.get("/metrics").text
    assert 'rightsdesk_ready{trust="meadowbank"} 1' in figures and 'rightsdesk_ready{trust="riverside"} 0' in figures
    slowest = 0.0
    for _ in range(20):
        began = time.monotonic()
        assert meadowbank.get("/requests").status == 200
        slowest = max(slowest, time.monotonic() - began)
    assert house.cases(house.signed_in("meadowbank")), "nobody new can sign in"

    # Nor does a start need it.
    server.stop()
    server.start()
    soon(lambda: server.is_ready("meadowbank"), "the trust that is well was not opened")
    assert house.cases(house.signed_in("meadowbank"))
    closed = server.at_portal("riverside").get("/")
    assert closed.status == 503 and "Wait a few minutes" in closed.text and "Meadowbank" not in closed.text
    verified = server.runs("verify", "--trust", "meadowbank")
    assert "nothing changed" in verified.stdout, verified.stderr

    house.postgres.revive()
    soon(lambda: server.is_ready("riverside"), "the trust was not opened when its database was there again")
    assert house.cases(house.signed_in("riverside"))
    assert riverside.get("/home").status == 200, "its sessions are as they were"
    figure(f"one trust's database was killed: the other's slowest page of 20 meanwhile took {slowest:.2f} s")


def test_a_worker_alone_needs_no_style_sheets_and_does_the_work_of_all(tmp_path: Path) -> None:
    server = SeveralTrusts(tmp_path, {code: {} for code in CODES})
    server.set({"RIGHTSDESK_ASSETS": str(tmp_path / "nowhere")})
    refused = server.runs("serve")
    assert refused.returncode == 78 and "These files are missing" in refused.stderr
    with server.begins("work") as worker:
        soon(lambda: all(server.is_ready(code) or worker.poll() is not None for code in CODES), "not every trust was opened")
        worker.terminate()
        said, _ = worker.communicate()
    assert worker.returncode == 0, said
    for code in CODES:
        opened = [line for line in said.splitlines() if f'"trust":"{code}"' in line]
        assert any("The trust is open" in line for line in opened), said


# Without a proxy: the process speaks TLS itself


@dataclass
class SecureHouse:
    server: SecureTrusts
    known: Known

    def wire(self, site: str, named: str) -> Wire:
        return Wire(site, named, self.server.authority_file)


@pytest.fixture(scope="module")
def secure(tmp_path_factory: pytest.TempPathFactory, seeded: Path) -> Iterator[SecureHouse]:
    """One trust with made-up cases, and one that begins today."""
    copy, _ = SQLite(seeded).server(tmp_path_factory.mktemp("meadowbank"), {})
    server = SecureTrusts(
        tmp_path_factory.mktemp("secure"), {"meadowbank": {"RIGHTSDESK_DATA": str(copy.data)}, "riverside": {}}
    )
    server.start()
    for code in CODES:
        soon(lambda: server.is_ready(code), f"{code} was not opened: {server.printed[-2000:]}")
    yield SecureHouse(server, copy.requesters[0])
    server.stop()


def test_each_name_answers_for_its_own_trust_under_one_certificate(secure: SecureHouse) -> None:
    for at, host, page in (
        (secure.server.at_portal, portal_host, "/contact"), (secure.server.at_desk, desk_host, "/sign-in"),
    ):
        shown = [at(code).is_shown() for code in CODES]
        assert shown[0] == shown[1]
        assert {name for _, name in shown[0]["subjectAltName"]} == set(map(host, CODES))
        for code, other in (CODES, CODES[::-1]):
            answer = at(code).get(page)
            assert answer.status == 200 and answer.header("Strict-Transport-Security"), answer.heading
            assert f"{code.capitalize()} Hospitals" in answer.text and other.capitalize() not in answer.text
        plain = Wire(secure.server.portal if host is portal_host else secure.server.desk)
        answer = plain.exchange(plain.request(f"GET {page} HTTP/1.1", "Connection: close", host=host(CODES[0])))
        assert answer.is_closed and b"HTTP" not in answer.received and b"Meadowbank" not in answer.received


def test_a_host_of_no_trust_is_refused_whatever_name_the_handshake_had(secure: SecureHouse) -> None:
    for site, own, page in (
        (secure.server.portal, portal_host, "/contact"), (secure.server.desk, desk_host, "/sign-in"),
    ):
        wire = secure.wire(site, own("meadowbank"))
        others = desk_host if own is portal_host else portal_host
        for host in ("evil.example", "127.0.0.1", others("meadowbank"), f"{own('meadowbank')}, {own('riverside')}"):
            answer = wire.exchange(wire.request(f"GET {page} HTTP/1.1", "Connection: close", host=host))
            assert answer.statuses == [421] and "This address is not in use" in answer.text, f"{host}: {answer.text}"
            assert not re.search("meadowbank|riverside|set-cookie", answer.text, re.IGNORECASE), f"{host}: {answer.text}"


def test_a_connection_named_for_one_trust_carries_nothing_of_it_to_the_other(secure: SecureHouse) -> None:
    server = secure.server
    patient = server.at_portal("meadowbank")
    assert patient.signs_in(secure.known).status == 303 and patient.session
    case = re.search(r"/requests/[0-9a-z]{26}", patient.get("/requests").text).group()
    crossing = server.at_portal("riverside", named=portal_host("meadowbank"))
    crossing.cookies = dict(patient.cookies)
    assert "Records of Riverside" in crossing.get("/contact").text
    for path in ("/home", "/requests", case):
        answer = crossing.get(path)
        assert answer.status == 303 and answer.location.startswith("/Account/Login"), f"{path}: {answer.status}"
        assert "Meadowbank" not in answer.text and secure.known.email not in answer.text

    made = server.runs("bootstrap", "--trust", "riverside", "--email", ADMINISTRATOR, "--name", "Ada")
    staff = server.at_desk("riverside")
    staff.signs_in_with_app(ADMINISTRATOR, staff.sets_up(made.stdout.strip()))
    assert "Riverside Hospitals" in staff.get("/settings/staff").text
    elsewhere = server.at_desk("meadowbank", named=desk_host("riverside"))
    elsewhere.cookies = dict(staff.cookies)
    assert "Meadowbank Hospitals" in elsewhere.get("/sign-in").text
    answer = elsewhere.get("/settings/staff")
    assert answer.location.startswith("/sign-in") and "Hughes" not in answer.text

    # One connection, as a browser may keep it for every name of its certificate.
    wire = secure.wire(server.portal, portal_host("meadowbank"))
    cookie = "Cookie: " + "; ".join(f"{name}={value}" for name, value in patient.cookies.items())
    hosts = [portal_host(code) for code in ("meadowbank", "riverside", "meadowbank")]
    asked = [wire.request(f"GET {case} HTTP/1.1", cookie, host=host) for host in hosts[:2]]
    asked.append(wire.request(f"GET {case} HTTP/1.1", cookie, "Connection: close", host=hosts[2]))
    answer = wire.exchange(*asked, quiet=30)
    assert answer.statuses == [200, 303, 200]
    between = answer.text.split("HTTP/1.1 303")[1].split("HTTP/1.1 200")[0]
    assert "Meadowbank" not in between and secure.known.email not in between


def test_what_a_trust_costs_in_memory(tmp_path: Path, figure: Callable[[str], None]) -> None:
    found: dict[int, tuple[float, int]] = {}
    for count in (1, 2, 5):
        codes = [f"trust-{number}" for number in range(count)]
        server = SeveralTrusts(tmp_path / str(count), {code: {} for code in codes})
        server.start()
        for code in codes:
            soon(lambda: server.is_ready(code), f"{code} was not opened")
            for site in (server.at_portal(code), server.at_desk(code)):
                assert site.opens("/").status == 200
        found[count] = (server.memory / 1e6, server.threads)
        server.stop()
    each = (found[5][0] - found[1][0]) / 4
    figure(
        "memory with " + ", ".join(f"{count} trusts {size:.0f} MB ({threads} threads)" for count, (size, threads) in found.items())
        + f": an idle trust takes {each:.1f} MB"
    )
    assert each < 25
