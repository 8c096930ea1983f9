"""Latency: distributions as data, drawn from a stream that belongs to one call alone."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloudsim.api.responses import CreateNetworkInterfaceResponse
from cloudsim.errors.own import DurationError, SettingError
from cloudsim.operations.operation import Phase
from cloudsim.simulation.latency import (
    DEFAULT,
    LATENCIES,
    NONE,
    Constant,
    Quantiles,
    Uniform,
    latency,
    latency_named,
    parse_distribution,
)
from cloudsim.simulation.reply import Reply
from cloudsim.values.duration import SECOND
from cloudsim.values.entropy import Stream
from tests.small_world import Watched

MS = 1_000_000


class Ends:
    """A stream that gives its least or its most."""

    def __init__(self, *, most: bool) -> None:
        self.most = most

    def bits32(self) -> int:
        return (1 << 32) - 1 if self.most else 0


LEAST, MOST = Ends(most=False), Ends(most=True)


@given(least=st.integers(0, 10**12), width=st.integers(0, (1 << 32) - 1))
def test_a_uniform_delay_reaches_both_ends_and_nothing_beyond(least: int, width: int) -> None:
    drawn = Uniform(least, least + width)
    assert drawn.draw(LEAST) == least  # type: ignore[arg-type]
    assert drawn.draw(MOST) == least + width  # type: ignore[arg-type]


@given(values=st.lists(st.integers(0, 10**12), min_size=2, max_size=8).map(sorted), seed=st.integers(0, 1 << 64))
def test_a_delay_by_quantiles_lies_between_the_first_and_the_last(values: list[int], seed: int) -> None:
    drawn = Quantiles(tuple(values))
    assert drawn.draw(LEAST) == values[0]  # type: ignore[arg-type]
    assert values[0] <= drawn.draw(Stream(seed)) <= values[-1]
    finest = (values[-1] - values[-2]) * len(values) >> 32
    assert values[-1] - drawn.draw(MOST) <= 1 + finest  # type: ignore[arg-type]


def test_each_part_between_two_quantiles_is_met_as_often_as_the_others() -> None:
    stream, drawn = Stream(7), Quantiles((0, 10, 1000, 1010))
    delays = [drawn.draw(stream) for _ in range(6000)]
    parts = [sum(low <= delay < high for delay in delays) for low, high in ((0, 10), (10, 1000), (1000, 1010))]
    assert all(1850 <= part <= 2150 for part in parts)


def test_a_constant_delay_draws_nothing() -> None:
    stream = Stream(5)
    assert Constant(3).draw(stream) == 3
    assert stream.state == 5


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("20ms", Constant(20 * MS)),
        ("5ms..20ms", Uniform(5 * MS, 20 * MS)),
        ("0", Constant(0)),
        ("1s..1s", Uniform(SECOND, SECOND)),
    ],
)
def test_a_distribution_is_read_from_its_text(text: str, wanted: object) -> None:
    assert parse_distribution(text) == wanted


@pytest.mark.parametrize("text", ["fast", "5ms..", "..5ms", "5ms..fast"])
def test_what_is_no_distribution_is_refused(text: str) -> None:
    with pytest.raises(DurationError):
        parse_distribution(text)


def test_a_range_that_ends_before_it_begins_is_refused_with_the_right_one() -> None:
    with pytest.raises(SettingError, match=r"write 5ms\.\.20ms"):
        parse_distribution("20ms..5ms")


def test_a_profile_names_phases_in_lower_case_and_others_take_no_time() -> None:
    made = latency(there="1ms", commit="50ms", lease_addresses="5ms..20ms")
    assert made.there == Constant(MS)
    assert made.phases == {Phase.COMMIT: Constant(50 * MS), Phase.LEASE_ADDRESSES: Uniform(5 * MS, 20 * MS)}


def test_a_misspelt_phase_is_refused_with_the_nearest_one() -> None:
    with pytest.raises(SettingError, match="did you mean 'lease_addresses'"):
        latency(lease_adresses="1ms")


def test_profiles_have_names() -> None:
    assert {name: latency_named(name) for name in LATENCIES} == {"none": NONE, "default": DEFAULT}
    with pytest.raises(SettingError, match="did you mean 'default'"):
        latency_named("defualt")


def test_the_default_profile_knows_every_phase() -> None:
    assert set(DEFAULT.phases) == set(Phase) - {Phase.STRIKE}, "a trouble has no way to go"


# -- in a simulation


def test_a_call_takes_the_way_there_and_each_of_its_phases() -> None:
    phases: dict[str, Any] = {
        "admit": "1s",
        "resolve": "2s",
        "reserve_quota": "4s",
        "lease_addresses": "8s",
        "commit": "16s",
    }
    sim = Watched(latency=latency(there="32s", respond="64s", **phases, claim_token="1h", finish="1h"))
    reply = sim.ask()
    assert reply.settled_ns == 127 * SECOND


def test_without_latency_phases_still_separate() -> None:
    sim = Watched(latency=NONE)
    sim.send()
    sim.send()
    sim.run()
    calls = [line.partition(b'"call":"')[2][:7] for line in sim.cloud.journal.lines if b'"ev":"phase"' in line]
    assert calls == [b"alice/1", b"alice/2"] * 6
    assert sim.now_ns == 0


def test_a_create_under_the_default_profile_takes_what_its_text_says_most_of_the_time() -> None:
    sim = Watched(latency=DEFAULT, watch=False)
    replies = [sim.send() for _ in range(100)]
    sim.run()
    took = sorted((reply.settled_ns or 0) - reply.submitted_ns for reply in replies)
    assert took[25] >= 100 * MS
    assert took[75] <= 400 * MS


def test_one_more_client_moves_nobody_else_s_delays_and_ids() -> None:
    def run(*, with_another: bool) -> list[tuple[int | None, str]]:
        sim = Watched(latency=DEFAULT, watch=False)
        if with_another:
            sim.send(by=sim.caller(account="acme", name="bob"))
        replies = [sim.send() for _ in range(20)]
        sim.run()
        return [(reply.settled_ns, mac_of(reply)) for reply in replies]

    assert run(with_another=True) == run(with_another=False)


def mac_of(reply: Reply) -> str:
    made = reply.result()
    assert isinstance(made, CreateNetworkInterfaceResponse)
    return made.mac_address


def test_who_asks_first_need_not_be_served_first() -> None:
    sim = Watched(latency=latency(there="0..10ms"), watch=False)
    replies = [sim.send() for _ in range(10)]
    sim.run()
    settled = [reply.settled_ns or 0 for reply in replies]
    assert settled != sorted(settled)
    assert [eni.created_ns for eni in sim.enis] == sorted(settled)
