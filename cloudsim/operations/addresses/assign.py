"""AssignPrivateIpAddresses and AssignIpv6Addresses: an ENI gets all addresses and prefixes that it asks for, or none.

From RESOLVE to COMMIT the ENI is occupied: whoever else wants to change it meets Operation.Conflict, which says "try
later". Synchronous: with the answer the addresses are the ENI's.

Source: eni_api.md sections 2.6, 2.8 and 3; what they leave open is a Policy.
"""

from typing import Final

from cloudsim.api.requests import AssignIpv6Addresses, AssignPrivateIpAddresses, Request
from cloudsim.api.responses import AssignIpv6AddressesResponse, AssignPrivateIpAddressesResponse
from cloudsim.api.responses.addresses import AssignedPrivateIpAddressesSet
from cloudsim.errors.addresses import InvalidIpIpAssigned
from cloudsim.ipam.edge import Family
from cloudsim.operations.addresses.asked import Assign, canonical, family_of, wish_of
from cloudsim.operations.addresses.target import find_target, finding_touches, list_touches, place_touches
from cloudsim.operations.admission import admit
from cloudsim.operations.carried import Carried, carried, carry
from cloudsim.operations.finding import known_interface
from cloudsim.operations.holding import PHASES_IN_ORDER, HeldTogether, reserving_touches
from cloudsim.operations.operation import Call, Footprint, Operation, Phase, Touches
from cloudsim.operations.policy import Policy
from cloudsim.operations.tokening import claim_token, repeated, token_touches
from cloudsim.operations.type_limits import require_room
from cloudsim.operations.whitelists import require_prefixes_there
from cloudsim.resources.cloud import Cloud, eni_key
from cloudsim.resources.interface import NetworkInterface
from cloudsim.resources.ledger import Mode
from cloudsim.resources.pin import Pin, pins_key
from cloudsim.resources.vswitch import AddressWish

_ANSWERS: Final[dict[type[Request], type[AssignPrivateIpAddressesResponse | AssignIpv6AddressesResponse]]] = {
    AssignPrivateIpAddresses: AssignPrivateIpAddressesResponse,
    AssignIpv6Addresses: AssignIpv6AddressesResponse,
}


def assign(cloud: Cloud, call: Call[Assign], policy: Policy) -> Operation:
    """Give an ENI more addresses."""
    request = call.request
    yield Phase.ADMIT
    estate = admit(cloud, call)
    if request.client_token:
        yield Phase.CLAIM_TOKEN
    with claim_token(estate, request, policy) as claim:
        if claim.repeat is not None:
            cloud.answer(repeated(claim.repeat, call, _ANSWERS[type(request)]))
        else:
            yield Phase.RESOLVE
            require_prefixes_there(estate.region, request)
            wish = wish_of(request)
            with HeldTogether(policy) as holdings:
                eni = find_target(cloud, estate, request)
                _require_room(cloud, eni, request, wish)
                holdings.add(cloud.busy.occupy(eni_key(eni.id)))
                holdings.add(Pin(cloud.ledger, eni.vswitch))
                for phase in PHASES_IN_ORDER[policy.order]:
                    yield phase
                    if phase is Phase.RESERVE_QUOTA:
                        _reserve(cloud, eni, wish, holdings)
                    else:
                        _lease(eni, request, wish, holdings)
                yield Phase.COMMIT
                find_target(cloud, estate, request)  # its instance may have begun to stop, or its zone be out
                holdings.keep()
                answer = _commit(cloud, call, eni, holdings)
                claim.settle(answer)
                cloud.answer(answer)
    yield Phase.RESPOND


def _require_room(cloud: Cloud, eni: NetworkInterface, request: Assign, wish: AddressWish) -> None:
    family = family_of(request)
    instance = None if eni.instance is None else cloud.instances[eni.instance]
    require_room(eni, instance, family, carried(eni, family).size + wish.size, cloud.profile)


def _reserve(cloud: Cloud, eni: NetworkInterface, wish: AddressWish, holdings: HeldTogether) -> None:
    """Take places in the ENI's security groups; those that count ENIs have its place already.

    Raises:
        SecurityGroupInstanceLimitExceed: a group has too few.
    """
    for group in cloud.groups_of(eni):
        if not group.counts_enis:
            holdings.reserve(group.places, wish.size)


def _lease(eni: NetworkInterface, request: Assign, wish: AddressWish, holdings: HeldTogether) -> None:
    """Take the addresses.

    Raises:
        InvalidIpIpAssigned: the ENI has one of them already.
        ApiError: as :meth:`VSwitch.lease` and :meth:`VSwitch.lease6`.
    """
    family = family_of(request)
    had = carried(eni, family)
    for address in canonical((*wish.listed, *wish.prefixes)):
        if address in had.addresses or address in had.prefixes:
            raise InvalidIpIpAssigned(address=address, eni=eni.id)
    lease = holdings.lease4 if family is Family.IPV4 else holdings.lease6
    lease(eni.vswitch, wish)


def _commit(
    cloud: Cloud, call: Call[Assign], eni: NetworkInterface, holdings: HeldTogether
) -> AssignPrivateIpAddressesResponse | AssignIpv6AddressesResponse:
    """Let the ENI have what is held for it, and say so."""
    family = family_of(call.request)
    leased = holdings.leased4 or holdings.leased6
    assert leased is not None, "addresses are leased before COMMIT"
    had = carried(eni, family)
    with cloud.changing(eni):
        carry(eni, family, Carried(had.addresses + leased.addresses, had.prefixes + leased.prefixes))
    request_id = call.draws.request_id()
    if family is Family.IPV6:
        return AssignIpv6AddressesResponse(
            request_id=request_id,
            network_interface_id=eni.id,
            ipv6_addresses=leased.addresses,
            ipv6_prefixes=leased.prefixes,
        )
    assigned = AssignedPrivateIpAddressesSet(
        network_interface_id=eni.id, private_ip_addresses=leased.addresses, ipv4_prefixes=leased.prefixes
    )
    return AssignPrivateIpAddressesResponse(request_id=request_id, assigned_private_ip_addresses_set=assigned)


def footprint(cloud: Cloud, call: Call[Assign], policy: Policy, phase: Phase) -> Footprint:
    """Say what a phase may touch, with the keys of the holds that are open then, since a refusal gives them back."""
    token = token_touches(call)
    if phase is Phase.CLAIM_TOKEN:
        return token
    eni = known_interface(cloud, call, call.request.network_interface_id)
    finding = finding_touches(call, eni)
    if eni is None:
        return (*finding, *token)
    held: Touches = ((eni_key(eni.id), Mode.WRITE), (pins_key(eni.vswitch.id), Mode.ADD), *token)
    places, pool = place_touches(cloud, eni), eni.vswitch.pool_touches
    if phase is Phase.RESOLVE:
        return (*finding, *held)
    reserving = (*reserving_touches(policy, phase, places, pool), *held)
    return (*reserving, *finding, *list_touches(call)) if phase is Phase.COMMIT else reserving
