"""The state table of the documents, row by row: what is illegal is refused with its code and changes nothing."""

from typing import Any

import pytest

from cloudsim.api.requests import (
    AssignPrivateIpAddresses,
    AttachNetworkInterface,
    DeleteInstance,
    DeleteNetworkInterface,
    DetachNetworkInterface,
    ModifyNetworkInterfaceAttribute,
    Request,
    StartInstance,
    StopInstance,
    UnassignPrivateIpAddresses,
)
from cloudsim.resources.facts import facts_of, facts_of_instance
from cloudsim.simulation.world.builder import World
from tests.small_world import REGION, Watched, code, small

ENI_STATES = ("Available", "Attaching", "InUse", "Detaching", "Deleting")
INSTANCE_STATES = ("Pending", "Starting", "Running", "Stopping", "Stopped")
ENI: dict[str, Any] = {"region_id": REGION, "network_interface_id": "eni-one"}
HOST: dict[str, Any] = {"region_id": REGION, "instance_id": "i-one"}

OF_AN_ENI: dict[str, tuple[Request, tuple[str, ...]]] = {
    "attach": (AttachNetworkInterface(**ENI, instance_id="i-one"), ("Available",)),
    "detach": (DetachNetworkInterface(**ENI, instance_id="i-one"), ("InUse", "Detaching")),
    "delete": (DeleteNetworkInterface(**ENI), ("Available", "Deleting")),
    "assign": (AssignPrivateIpAddresses(**ENI, secondary_private_ip_address_count=1), ("Available", "InUse")),
    "unassign": (UnassignPrivateIpAddresses(**ENI, private_ip_addresses=("10.0.0.9",)), ("Available", "InUse")),
    "modify groups": (ModifyNetworkInterfaceAttribute(**ENI, security_group_ids=("sg-other",)), ("Available", "InUse")),
}
ON_AN_INSTANCE: dict[str, tuple[Request, tuple[str, ...], str]] = {
    "attach": (AttachNetworkInterface(**{**ENI, "network_interface_id": "eni-free"}, instance_id="i-one"), (), ""),
    "detach": (OF_AN_ENI["detach"][0], (), ""),
    "assign": (OF_AN_ENI["assign"][0], (), ""),
    "unassign": (OF_AN_ENI["unassign"][0], (), ""),
    "start": (StartInstance(**HOST), ("Stopped",), "IncorrectInstanceStatus"),
    "stop": (StopInstance(**HOST), ("Running",), "IncorrectInstanceStatus"),
    "delete": (DeleteInstance(**HOST), ("Stopped",), "IncorrectInstanceStatus"),
}


def world(eni: Any = "InUse", instance: Any = "Running") -> World:
    made = small().security_group("sg-other").instance("i-one", type="ecs.g7.xlarge", status=instance)
    host: dict[str, Any] = {"instance": "i-one"} if eni in ("Attaching", "InUse", "Detaching") else {}
    made.eni("eni-one", status=eni, secondary_ips=["10.0.0.9"], security_groups=["sg-main"], **host)
    return made.eni("eni-free", security_groups=["sg-main"])


def everything(sim: Watched) -> tuple[object, ...]:
    """All that a call could have changed."""
    cloud = sim.cloud
    return (
        [facts_of(eni) for eni in sim.enis],
        [facts_of_instance(instance) for instance in cloud.instances.values()],
        [(instance.slots.used, list(instance.interfaces)) for instance in cloud.instances.values()],
        [(vswitch.available_count(), list(vswitch.interfaces)) for vswitch in cloud.vswitches.values()],
        [(group.places.used, group.members) for group in cloud.security_groups.values()],
        [(estate.quota.used, estate.quota.held) for estate in cloud.estates.values()],
        sim.held,
    )


@pytest.mark.parametrize("state", ENI_STATES)
@pytest.mark.parametrize("operation", OF_AN_ENI)
def test_an_eni_in_the_wrong_state_is_refused_and_left_alone(operation: str, state: str) -> None:
    request, legal = OF_AN_ENI[operation]
    sim = Watched(world(eni=state))
    before = everything(sim)
    reply = sim.ask(request)
    if state in legal:
        assert code(reply) == "ok"
        return
    assert code(reply) == "InvalidOperation.InvalidEniState"
    assert reply.error is not None
    assert state in reply.error.message
    assert everything(sim) == before
    assert sim.close() == []


@pytest.mark.parametrize("state", INSTANCE_STATES)
@pytest.mark.parametrize("operation", ON_AN_INSTANCE)
def test_an_instance_in_the_wrong_state_is_refused_and_left_alone(operation: str, state: str) -> None:
    request, legal, refusal = ON_AN_INSTANCE[operation]
    sim = Watched(world(instance=state))
    before = everything(sim)
    reply = sim.ask(request)
    if state in (legal or ("Running", "Stopped")):
        assert code(reply) == "ok"
        return
    assert code(reply) == (refusal or "InvalidOperation.InvalidEcsState")
    assert reply.error is not None
    assert state in reply.error.message
    assert everything(sim) == before
    assert sim.close() == []


@pytest.mark.parametrize("operation", ["attach", "delete", "modify groups"])
def test_a_primary_eni_is_refused_and_left_alone(operation: str) -> None:
    sim = Watched(world())
    request, _ = OF_AN_ENI[operation]
    primary = next(eni.id for eni in sim.enis if eni.type == "Primary")
    asked = type(request)(
        **{name: getattr(request, name) for name in request.__struct_fields__} | {"network_interface_id": primary}
    )
    before = everything(sim)
    reply = sim.ask(asked)
    refusals = {"modify groups": "InvalidOperation.PrimaryEniOnlySupportModifyNameAndDesc"}
    assert code(reply) == refusals.get(operation, "InvalidOperation.InvalidEniType")
    assert everything(sim) == before
