"""Calls that come to their answer at once because nothing else is due: as if by tickets, in everything."""

from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cloudsim import Simulation
from cloudsim.api.requests import (
    AttachNetworkInterface,
    CreateNetworkInterface,
    DeleteNetworkInterface,
    DescribeNetworkInterfaces,
    DetachNetworkInterface,
    Request,
)
from cloudsim.errors.own import SettingError
from cloudsim.kernel.actor import Step
from cloudsim.kernel.strategy import RandomOrder
from cloudsim.resources.journal import Journal
from cloudsim.simulation.latency import DEFAULT, NONE
from cloudsim.simulation.reply import Reply
from tests.small_world import small

REGION: dict[str, Any] = {"region_id": "cn-hangzhou"}
PLACE: dict[str, Any] = {**REGION, "vswitch_id": "vsw-a", "security_group_id": "sg-main"}
SHORT_NS = 1_000_000_000


class Does(NamedTuple):
    """One thing that is done, one after the other."""

    what: str
    among: int = 0
    """Which of the ENIs that were made, counted round."""
    token: str | None = None


steps = st.builds(
    Does,
    st.sampled_from(["create", "create", "attach", "detach", "delete", "list", "wait", "beside"]),
    st.integers(0, 3),
    st.sampled_from([None, "t-1", "t-2"]),
)


def request_of(step: Does, made: list[str]) -> Request:
    eni = made[step.among % len(made)] if made else "eni-unknown"
    match step.what:
        case "create":
            return CreateNetworkInterface(**PLACE, client_token=step.token)
        case "attach":
            return AttachNetworkInterface(**REGION, network_interface_id=eni, instance_id="i-a")
        case "detach":
            return DetachNetworkInterface(**REGION, network_interface_id=eni, instance_id="i-a")
        case "delete":
            return DeleteNetworkInterface(**REGION, network_interface_id=eni)
    return DescribeNetworkInterfaces(**REGION)


def until_answered(sim: Simulation, reply: Reply) -> None:
    while not reply.is_settled and sim.kernel.step() is Step.RAN:
        pass


def played(wanted: list[Does], profile: str, *, takes_time: bool, is_alone: bool) -> list[object]:
    """Do all that is wanted, and give the journal with where the kernel stood after each step."""
    world = small(profile=profile, quota=4).instance(
        "i-a", type="ecs.g6.xlarge", vswitch="vsw-a", security_groups=["sg-main"]
    )
    latency = DEFAULT if takes_time else NONE
    sim = Simulation(world.spec, latency=latency, journal=Journal(keep=True))
    caller, other = sim.caller(account="acme"), sim.caller(account="acme")
    made: list[str] = []
    seen: list[object] = []
    for step in wanted:
        if step.what == "wait":
            sim.run(until_ns=sim.now_ns + SHORT_NS)
        elif step.what == "beside":
            sim.submit(other, CreateNetworkInterface(**PLACE))  # under way while the next one is asked
        else:
            submit = sim.submit_alone if is_alone else sim.submit
            reply = submit(caller, request_of(step, made))
            until_answered(sim, reply)
            if isinstance(reply.call.request, CreateNetworkInterface) and reply.error is None:
                made.append(reply.response.network_interface_id)  # type: ignore[union-attr]
        seen.append((sim.now_ns, sim.kernel.steps, sim.kernel.pending))
    sim.run()
    seen.append((sim.now_ns, sim.kernel.steps, sim.kernel.call_at(sim.now_ns, print, name="last")))
    assert not sim.close()
    return [*seen, *sim.cloud.journal.lines]


@settings(deadline=None)
@given(st.lists(steps, max_size=12), st.sampled_from(["classic", "current"]), st.booleans())
def test_calls_that_go_alone_leave_everything_as_tickets_do(wanted: list[Does], profile: str, takes_time: bool) -> None:
    alone = played(wanted, profile, takes_time=takes_time, is_alone=True)
    assert alone == played(wanted, profile, takes_time=takes_time, is_alone=False)


def test_it_is_answered_at_once_where_nothing_else_is_due() -> None:
    sim = Simulation(small().spec)
    reply = sim.submit_alone(sim.caller(account="acme"), CreateNetworkInterface(**PLACE))
    assert reply.is_settled
    assert sim.now_ns == reply.settled_ns != 0


def test_what_is_due_before_goes_before() -> None:
    sim = Simulation(small().spec)
    done: list[str] = []
    sim.at(1, lambda: done.append("at 1 ns"), name="early")
    reply = sim.submit_alone(sim.caller(account="acme"), CreateNetworkInterface(**PLACE))
    assert not reply.is_settled
    assert not done
    sim.run()
    assert done
    assert reply.error is None


def test_under_a_strategy_that_chooses_it_waits_for_its_turn() -> None:
    sim = Simulation(small().spec, strategy=RandomOrder(1))
    reply = sim.submit_alone(sim.caller(account="acme"), CreateNetworkInterface(**PLACE))
    assert not reply.is_settled
    sim.run()
    assert reply.error is None


def test_with_a_fault_planned_or_somebody_who_looks_on_it_goes_step_by_step() -> None:
    sim = Simulation(small().spec, watch=True)
    reply = sim.submit_alone(sim.caller(account="acme"), CreateNetworkInterface(**PLACE))
    assert not reply.is_settled
    sim.run()
    assert reply.error is None
    assert not sim.close()


def test_what_is_no_call_is_refused() -> None:
    sim = Simulation(small().spec)
    with pytest.raises(SettingError, match="submit"):
        sim.submit_alone(sim.caller(account="acme"), "create")  # type: ignore[arg-type]
