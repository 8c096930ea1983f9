"""Calls that are made at once, with all their steps: the same journal as by tickets under run-to-block."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cloudsim import Simulation
from cloudsim.api.requests import CreateNetworkInterface, DeleteNetworkInterface, DescribeNetworkInterfaces, Request
from cloudsim.errors.own import SettingError
from cloudsim.kernel.strategy import RunToBlock
from cloudsim.resources.journal import Journal
from cloudsim.simulation.latency import NONE
from tests.small_world import small

PLACE: dict[str, Any] = {"region_id": "cn-hangzhou", "vswitch_id": "vsw-a", "security_group_id": "sg-main"}
tokens = st.sampled_from([None, "t-1", "t-2"])
creates = st.builds(lambda token: CreateNetworkInterface(**PLACE, client_token=token), tokens)
requests = st.one_of(creates, creates, st.just("delete"), st.just(DescribeNetworkInterfaces(region_id="cn-hangzhou")))


def played(wanted: list[Request | str], profile: str, *, at_once: bool) -> list[bytes]:
    """Make calls one after the other, and give the journal."""
    sim = Simulation(
        small(profile=profile, quota=3).spec, latency=NONE, strategy=RunToBlock(), journal=Journal(keep=True)
    )
    caller = sim.caller(account="acme")
    made: list[str] = []
    for one in wanted:
        request = one
        if isinstance(request, str):
            target = made.pop() if made else "eni-unknown"
            request = DeleteNetworkInterface(region_id="cn-hangzhou", network_interface_id=target)
        if at_once:
            reply = sim.perform(caller, request)
        else:
            reply = sim.submit(caller, request)
            sim.run()
        if isinstance(request, CreateNetworkInterface) and reply.error is None:
            made.append(reply.response.network_interface_id)  # type: ignore[union-attr]
    assert not sim.close()
    return sim.cloud.journal.lines


@settings(deadline=None)
@given(wanted=st.lists(requests, max_size=8), profile=st.sampled_from(["classic", "current"]))
def test_calls_made_at_once_leave_the_journal_of_tickets(wanted: list[Request | str], profile: str) -> None:
    assert played(wanted, profile, at_once=True) == played(wanted, profile, at_once=False)


def test_calls_that_take_time_cannot_be_made_at_once() -> None:
    sim = Simulation(small().spec)
    with pytest.raises(AssertionError, match="only steps that take no time"):
        sim.perform(sim.caller(account="acme"), DescribeNetworkInterfaces(region_id="cn-hangzhou"))


def test_what_is_no_call_is_refused() -> None:
    sim = Simulation(small().spec, latency=NONE)
    with pytest.raises(SettingError, match=r"perform|submit"):
        sim.perform(sim.caller(account="acme"), "create")  # type: ignore[arg-type]
