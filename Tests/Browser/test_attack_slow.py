"""Clients that take their time: each is dropped after a while, and nobody else waits for them."""

import pytest

from harness.dawdlers import KINDS, MOST, Dawdlers


@pytest.mark.parametrize("client", KINDS)
def test_the_connection_ends_of_a_client_that_is_slow_with(client: str, dawdlers: Dawdlers) -> None:
    assert dawdlers.lasted[client] < MOST


def test_others_are_served_while_two_hundred_dawdle(dawdlers: Dawdlers) -> None:
    assert dawdlers.slowest_answer < 20


def test_a_client_that_is_not_slow_keeps_its_connection(dawdlers: Dawdlers) -> None:
    """Without this a server that drops everybody would pass."""
    assert [answer[:12] for answer in dawdlers.steady] == [b"HTTP/1.1 200"] * 4
