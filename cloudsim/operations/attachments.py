"""Attachments: an ENI is put on an instance and comes off it, with its slot, in one instant each.

What the account may do is asked before, by the operations; here the slot, the ENI's and the instance's own words about
each other, and the journal are kept together. An ENI takes its slot when it begins to be attached, and gives it back
when it is off: one that hangs in Attaching or Detaching has it still.

Source: eni_api.md section 4 (states); sections 2.1 and 2.9 (trunks and their members).
"""

import re
from itertools import count
from typing import Final

from cloudsim.api.requests import AttachNetworkInterface, DetachNetworkInterface
from cloudsim.errors.instances import ForeignInstance, InvalidInstanceIdNotFound
from cloudsim.errors.network import (
    InstanceVpcMismatch,
    InvalidEcsIdNotFound,
    InvalidInstanceIDMalformed,
    InvalidOperationAvailabilityZoneMismatch,
    InvalidOperationInvalidRegion,
)
from cloudsim.operations.finding import find_instance, known_instance, known_interface
from cloudsim.operations.operation import Call, Touches
from cloudsim.resources.cloud import Cloud, eni_key
from cloudsim.resources.estate import Estate
from cloudsim.resources.instance import Instance
from cloudsim.resources.interface import EniEvent, EniType, NetworkInterface
from cloudsim.resources.ledger import Mode
from cloudsim.resources.vswitch import VSwitch
from cloudsim.values.ids import EniId, InstanceId

_INSTANCE_ID: Final = re.compile(r"i-[A-Za-z0-9-]{1,64}")


def require_same_place(eni: NetworkInterface, home: VSwitch, instance: str) -> None:
    """Refuse an ENI of another VPC or zone than an instance's; the vSwitch may be another.

    Args:
        eni: the ENI.
        home: the vSwitch of the instance's primary ENI.
        instance: how a message names the instance.

    Raises:
        InstanceVpcMismatch: it is in another VPC.
        InvalidOperationAvailabilityZoneMismatch: it is in another zone.
    """
    own = eni.vswitch
    if own.vpc is not home.vpc:
        raise InstanceVpcMismatch(eni=eni.id, vpc=own.vpc.id, instance=instance, instance_vpc=home.vpc.id)
    if own.zone != home.zone:
        raise InvalidOperationAvailabilityZoneMismatch(
            eni=eni.id, zone=own.zone, instance=instance, instance_zone=home.zone
        )


def begin_attachment(
    cloud: Cloud,
    eni: NetworkInterface,
    instance: Instance,
    *,
    trunk: NetworkInterface | None = None,
    card: int | None = None,
) -> None:
    """Let an Available ENI be Attaching, if the instance has a slot left; a refusal changes nothing.

    Args:
        cloud: the cloud.
        eni: the ENI, which is Available.
        instance: where it goes.
        trunk: the trunk that it becomes a member of, which is on the instance.
        card: NetworkCardIndex.

    Raises:
        EniPerInstanceLimitExceeded: all slots, or all places for members of trunks, are taken or held.
    """
    slots = instance.slots if trunk is None else instance.member_slots
    with slots.hold(1) as slot:
        slot.keep()
    cloud.ledger.touch(cloud.estate_of(eni.vswitch).instances_key, Mode.ADD)
    with cloud.changing(eni):
        eni.instance = instance.id
        if trunk is not None:
            eni.type = EniType.MEMBER
            number = _free_number(instance, trunk)
            eni.extras = eni.with_extras(trunk=trunk.id, device_index=number, network_card_index=card)
        elif card is not None:
            eni.extras = eni.with_extras(network_card_index=card)
    instance.interfaces[eni.id] = eni
    cloud.advance(eni, EniEvent.ATTACH)


def members_of(instance: Instance, trunk: NetworkInterface) -> list[NetworkInterface]:
    """The members of a trunk, those that come and go included, in the order of their coming."""
    return [
        eni
        for eni in instance.interfaces.values()
        if eni.type is EniType.MEMBER and eni.extras is not None and eni.extras.trunk == trunk.id
    ]


def _free_number(instance: Instance, trunk: NetworkInterface) -> int:
    """The smallest number that no member of the trunk has."""
    taken = {member.extras.device_index for member in members_of(instance, trunk) if member.extras is not None}
    return next(number for number in count(1) if number not in taken)


def end_attachment(cloud: Cloud, eni: NetworkInterface, event: EniEvent) -> None:
    """Take an ENI off its instance, which gets the slot back.

    Args:
        cloud: the cloud.
        eni: the ENI, which is on an instance.
        event: ``DETACHED``, ``ATTACH_FAILED`` or ``RELEASED``, after which it is Available, or ``INSTANCE_ENDED``,
            after which the caller removes it.
    """
    assert eni.instance is not None, "only what is on an instance comes off it"
    instance = cloud.instances[eni.instance]
    cloud.ledger.touch(cloud.estate_of(eni.vswitch).instances_key, Mode.ADD)
    instance.slots_for(eni).give_back(1)
    del instance.interfaces[eni.id]
    with cloud.changing(eni):
        eni.instance = None
        if eni.type is EniType.MEMBER:
            eni.type = EniType.SECONDARY
        if eni.extras is not None:
            eni.extras = eni.with_extras(trunk=None, device_index=None, network_card_index=None)
    cloud.advance(eni, event)


def find_ecs(cloud: Cloud, estate: Estate, wanted: str | None) -> Instance:
    """Find an instance, as an attach and a detach say it; reads ``instance:<id>``.

    The documents have two more codes for an instance that is not here, and do not say when they are given; that one of
    them is for a region we read from its name, that 403 is for what is another's from the status.

    Raises:
        InvalidEcsIdNotFound: there is no such instance.
        InvalidInstanceIDMalformed: there is none, and the text is no id at all.
        InvalidOperationInvalidRegion: the account has it, in another region.
        ForeignInstance: another account has it.
    """
    try:
        return find_instance(cloud, estate, wanted, mode=Mode.READ)
    except InvalidInstanceIdNotFound:
        is_id = _INSTANCE_ID.fullmatch(wanted or "")
    elsewhere = cloud.instances.get(InstanceId(wanted or ""))
    if elsewhere is not None:
        if elsewhere.account != estate.account.id:
            raise ForeignInstance(instance=elsewhere.id)
        raise InvalidOperationInvalidRegion(region=estate.region.id, instance=elsewhere.id, other=elsewhere.region)
    raise (InvalidEcsIdNotFound if is_id else InvalidInstanceIDMalformed)(instance=wanted or "")


def named_touches(cloud: Cloud, call: Call[AttachNetworkInterface] | Call[DetachNetworkInterface]) -> Touches:
    """Say what finding the ENI and the instance of a call touches, and moving the one on or off the other."""
    request = call.request
    eni = known_interface(cloud, call, request.network_interface_id)
    instance = known_instance(cloud, call, request.instance_id)
    named = (
        (eni_key(EniId(request.network_interface_id or "")), Mode.WRITE),
        (f"instance:{request.instance_id or ''}", Mode.READ),
    )
    if eni is None or instance is None:
        return named
    return (*named, *attachment_touches(cloud, eni, instance))


def attachment_touches(cloud: Cloud, eni: NetworkInterface, instance: Instance) -> Touches:
    """Say what putting an ENI on an instance, or taking it off, touches."""
    estate = cloud.estate_of(eni.vswitch)
    return (
        (eni_key(eni.id), Mode.WRITE),
        (estate.interfaces_key, Mode.ADD),
        (instance.key, Mode.READ),
        (instance.slots.key, Mode.WRITE),
        (instance.member_slots.key, Mode.WRITE),
        (estate.instances_key, Mode.ADD),
    )
