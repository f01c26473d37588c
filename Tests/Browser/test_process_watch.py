"""What a monitoring system is told, on the port of its own."""

import re
import urllib.error
import urllib.request
from pathlib import Path

from harness.databases import PostgreSQL, PostgreSQLServer
from harness.server import Server
from test_process_files import soon


def asks(address: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(address, timeout=120) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read().decode()


def test_the_figures_name_routes_and_nobody_and_are_on_their_own_port_only(server: Server) -> None:
    assert asks(f"{server.watch}/health/live") == (200, "alive\n")
    assert asks(f"{server.watch}/health/ready") == (200, "ready\n")
    asks(f"{server.desk}/cases/01m5ev0nm07zpq10rs61rd6p9b")
    status, figures = asks(f"{server.watch}/metrics")
    assert status == 200
    assert 'rightsdesk_requests_total{site="desk",method="GET",route="/cases/:case"' in figures
    assert "01m5ev0nm07zpq10rs61rd6p9b" not in figures
    assert float(re.search(r"^rightsdesk_open_cases (\S+)$", figures, re.MULTILINE)[1]) > 10
    assert float(re.search(r"^process_resident_memory_bytes (\S+)$", figures, re.MULTILINE)[1]) > 10_000_000
    for site in (server.portal, server.desk):
        assert asks(f"{site}/metrics")[0] == 404
        assert asks(f"{site}/health/ready")[0] == 404


def test_a_database_that_is_silent_is_waited_for_a_short_time_and_hides_no_other_figure(
    tmp_path: Path, postgres: PostgreSQLServer, on_postgresql: PostgreSQL
) -> None:
    server, _ = on_postgresql.server(tmp_path, {})
    with server:
        server.start()
        assert asks(f"{server.watch}/health/ready") == (200, "ready\n")
        assert "\nrightsdesk_ready 1\n" in asks(f"{server.watch}/metrics")[1]
        with postgres.is_silent():
            assert asks(f"{server.watch}/health/ready") == (503, "not ready\n")
            # And not because it has given up waiting by itself, which takes far longer.
            assert '"error":"the database did not answer in time"' in server.printed
            status, figures = asks(f"{server.watch}/metrics")
            assert status == 200
            assert "\nrightsdesk_ready 0\n" in figures and "rightsdesk_open_cases" not in figures
            assert "\nrightsdesk_free_bytes " in figures and "\nprocess_open_fds " in figures
        soon(lambda: asks(f"{server.watch}/health/ready")[0] == 200, "the database was not found again")
        server.stop()
