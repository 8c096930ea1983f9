"""Addresses that other cloud products take from a vSwitch, and how a vSwitch says that it has too few.

Source: eni_api.md section 5 ("Other cloud products take addresses from the same pool"), section 1.3 (the alias).
"""

from cloudsim.api.troubles import AliasShortage, FreeAddresses, OccupyAddresses
from cloudsim.errors.addresses import InvalidVSwitchIdIpNotEnough, QuotaExceededPrivateIpAddress
from cloudsim.operations.operation import Call, Touches
from cloudsim.operations.policy import Policy
from cloudsim.operations.troubles.striking import find_vswitch
from cloudsim.resources.cloud import Cloud
from cloudsim.resources.vswitch import AddressWish
from cloudsim.values.ids import VSwitchId


def occupy(cloud: Cloud, call: Call[OccupyAddresses], policy: Policy) -> None:
    """Let other products take addresses, and remember which.

    Raises:
        InvalidVSwitchIdNotFound: there is no such vSwitch.
        ApiError: it, or its VPC, has fewer to give.
    """
    del policy
    vswitch = find_vswitch(cloud, call.request.vswitch_id)
    count, leaving = call.request.count, call.request.leaving
    if count is None:
        assert leaving is not None, "a trouble that says neither cannot be made"
        count = max(0, vswitch.available_count() - leaving)
    with vswitch.lease(AddressWish(wants_primary=False, count=count)) as leased:
        leased.keep()
    vswitch.taken_elsewhere += count
    cloud.conditions.occupied.setdefault(vswitch.id, []).extend((call.name, text) for text in leased.addresses)


def free(cloud: Cloud, call: Call[FreeAddresses], policy: Policy) -> None:
    """Let other products give addresses back, the last one first.

    Raises:
        InvalidVSwitchIdNotFound: there is no such vSwitch.
    """
    del policy
    request = call.request
    vswitch = find_vswitch(cloud, request.vswitch_id)
    occupied = cloud.conditions.occupied.pop(vswitch.id, [])
    wanted = [pair for pair in reversed(occupied) if request.taken_by in (None, pair[0])][: request.count]
    going = dict.fromkeys(text for _, text in wanted)
    cloud.conditions.occupied[vswitch.id] = [pair for pair in occupied if pair[1] not in going]
    vswitch.release(tuple(going))
    vswitch.taken_elsewhere -= len(going)
    cloud.ledger.write("given-back", {"of": vswitch.pool_key, "addresses": [*going]})


def say_alias(cloud: Cloud, call: Call[AliasShortage], policy: Policy) -> None:
    """Let a vSwitch refuse for lack of addresses by the one code or the other.

    Raises:
        InvalidVSwitchIdNotFound: there is no such vSwitch.
    """
    del policy
    vswitch = find_vswitch(cloud, call.request.vswitch_id)
    for key, mode in vswitch.pool_touches:
        cloud.ledger.touch(key, mode)
    vswitch.shortage = QuotaExceededPrivateIpAddress if call.request.is_on else InvalidVSwitchIdIpNotEnough
    cloud.ledger.write("shortage-said", {"of": vswitch.pool_key, "code": vswitch.shortage.code})


def touches(cloud: Cloud, trouble: OccupyAddresses | FreeAddresses | AliasShortage) -> Touches:
    """The pool."""
    vswitch = cloud.vswitches.get(VSwitchId(trouble.vswitch_id))
    return () if vswitch is None else vswitch.pool_touches
