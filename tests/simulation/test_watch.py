"""Footprints: every phase of every operation declares what it touches, and what it does not declare is an error."""

import pytest

from cloudsim.api.requests import DescribeNetworkInterfaces
from cloudsim.errors.own import UndeclaredTouch
from cloudsim.operations.dispatch import OPERATIONS
from cloudsim.operations.interfaces import create
from cloudsim.operations.operation import ANYTHING, OperationKind, Phase
from cloudsim.operations.policy import AddressPolicy, CheckOrder, Policy, QuotaPolicy, TokenPolicy
from cloudsim.resources.ledger import Mode
from cloudsim.simulation.watch import FootprintWatcher
from tests.small_world import REGION, Watched, a_create, a_delete, code, small


@pytest.mark.parametrize("profile", ["classic", "current"])
@pytest.mark.parametrize("order", CheckOrder)
@pytest.mark.parametrize("token", TokenPolicy)
@pytest.mark.parametrize("quota", QuotaPolicy)
@pytest.mark.parametrize("address", AddressPolicy)
def test_every_operation_keeps_to_its_footprints_under_every_policy(
    profile: str, order: CheckOrder, token: TokenPolicy, quota: QuotaPolicy, address: AddressPolicy
) -> None:
    sim = Watched(
        small(profile=profile).instance("i-1", type="ecs.g7.xlarge"),
        policy=Policy(order=order, token=token, quota=quota, address=address),
    )
    newer = {"ipv6_address_count": 2, "ipv4_prefix_count": 1, "ipv6_prefix_count": 1} if profile == "current" else {}
    made = sim.make(client_token="t-1", **newer)
    sim.make(client_token="t-1", **newer)
    sim.make(security_group_id=None, security_group_ids=("sg-main",), private_ip_addresses=("10.0.0.250",))
    assert code(sim.ask(primary_ip_address="10.0.0.250", client_token="t-2")) == "InvalidPrivateIpAddress.Duplicated"
    sim.ask(DescribeNetworkInterfaces(region_id=REGION, vswitch_id="vsw-a"))
    for eni in (made.network_interface_id, made.network_interface_id, "eni-x", sim.enis[0].id):
        sim.ask(a_delete(eni))
    assert sim.close() == []


@pytest.mark.parametrize("order", CheckOrder)
@pytest.mark.parametrize("phase", [Phase.RESERVE_QUOTA, Phase.LEASE_ADDRESSES, Phase.COMMIT])
def test_a_step_may_touch_what_is_held_since_a_refusal_gives_it_back(order: CheckOrder, phase: Phase) -> None:
    sim = Watched(policy=Policy(order=order))
    sim.faults.abandon(phase)
    assert code(sim.ask(client_token="t-1")) == f"was abandoned at {phase}"
    assert sim.held == {}


# -- what the watcher raises


def too_small(monkeypatch: pytest.MonkeyPatch, phase: Phase) -> Watched:
    """A simulation in which one phase of a create declares nothing."""
    request = a_create()

    def footprint(*args: object) -> object:
        return () if args[3] is phase else create.footprint(*args)  # type: ignore[arg-type]

    monkeypatch.setitem(OPERATIONS, type(request), OperationKind(create.create, footprint))  # type: ignore[arg-type]
    return Watched()


@pytest.mark.parametrize(
    ("phase", "key"),
    [
        (Phase.RESOLVE, "read vswitch:vsw-a"),
        (Phase.RESERVE_QUOTA, "write quota:acme/cn-hangzhou"),
        (Phase.LEASE_ADDRESSES, "write pool:vsw-a"),
        (Phase.COMMIT, "add pins:vsw-a"),
        (Phase.CLAIM_TOKEN, "write token:acme/t-1"),
    ],
)
def test_a_touch_that_is_not_declared_is_an_error_that_names_step_and_key(
    monkeypatch: pytest.MonkeyPatch, phase: Phase, key: str
) -> None:
    sim = too_small(monkeypatch, phase)
    with pytest.raises(UndeclaredTouch, match=f"^alice/1 at {phase}: {key} is not declared; declared are: nothing"):
        sim.ask(client_token="t-1")


def test_a_simulation_can_be_closed_after_a_step_that_was_broken_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """The watcher of the broken step once stayed behind and broke the closing too."""
    sim = too_small(monkeypatch, Phase.COMMIT)
    other = sim.send(by=sim.caller(account="acme", name="bob"), client_token="t-1")
    sim.hold(other, at=Phase.COMMIT)
    with pytest.raises(UndeclaredTouch):
        sim.ask()
    sim.close()
    assert other.fate == "was in flight when the simulation closed"


def test_what_may_be_written_may_be_read_and_added_to_and_nothing_else_is_implied() -> None:
    watcher = FootprintWatcher()
    declared = (("a", Mode.WRITE), ("b", Mode.READ), ("c", Mode.ADD))
    watcher.begin("step", declared)
    for key, mode in (("a", Mode.READ), ("a", Mode.WRITE), ("a", Mode.ADD), ("b", Mode.READ), ("c", Mode.ADD)):
        watcher.touch(key, mode)
    for key, mode in (("b", Mode.WRITE), ("b", Mode.ADD), ("c", Mode.READ), ("c", Mode.WRITE), ("d", Mode.READ)):
        watcher.begin("step", declared)
        with pytest.raises(
            UndeclaredTouch, match=f"{mode} {key} is not declared; declared are: write a, read b, add c"
        ):
            watcher.touch(key, mode)


def test_a_step_that_declares_anything_may_touch_anything() -> None:
    watcher = FootprintWatcher()
    watcher.touch("before any step", Mode.WRITE)
    watcher.begin("step", ANYTHING)
    watcher.touch("a", Mode.WRITE)


# -- what is declared


def test_steps_of_calls_that_share_nothing_declare_nothing_in_common() -> None:
    sim = Watched(small().vswitch("vsw-b", cidr="10.0.1.0/24").security_group("sg-b"))
    one = sim.send(client_token="t-1").call
    other = sim.send(vswitch_id="vsw-b", security_group_id="sg-b", client_token="t-2").call
    shared = {}
    for phase in Phase:
        if phase in (Phase.READ, Phase.FINISH, Phase.STRIKE):
            continue
        declared = [dict(sim.footprint_of(call, phase)) for call in (one, other)]  # type: ignore[arg-type]
        both_read = {key for key, mode in declared[0].items() if mode is declared[1].get(key) is Mode.READ}
        shared[phase] = (declared[0].keys() & declared[1].keys()) - both_read
    quota = {"quota:acme/cn-hangzhou"}
    assert {phase: keys for phase, keys in shared.items() if keys} == {
        Phase.RESERVE_QUOTA: quota,
        Phase.LEASE_ADDRESSES: quota,
        Phase.COMMIT: quota | {"enis:acme/cn-hangzhou"},
    }


def test_door_and_answer_touch_nothing() -> None:
    sim = Watched()
    for request in (a_create(), a_delete("eni-x"), DescribeNetworkInterfaces(region_id=REGION)):
        call = sim.send(request).call
        for phase in (Phase.ADMIT, Phase.RESPOND):
            assert sim.footprint_of(call, phase) == ()
