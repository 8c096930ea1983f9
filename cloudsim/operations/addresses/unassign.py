"""UnassignPrivateIpAddresses and UnassignIpv6Addresses: an ENI loses the addresses and prefixes that are named.

Everything is checked, then all of it goes in one instant: none is lost where one cannot go. Clients take
InvalidIp.IpUnassigned, of an address that the ENI does not have, for success.

Source: eni_api.md sections 2.7 and 2.8.
"""

from typing import Final

from cloudsim.api.requests import Request, UnassignIpv6Addresses, UnassignPrivateIpAddresses
from cloudsim.api.responses import UnassignIpv6AddressesResponse, UnassignPrivateIpAddressesResponse
from cloudsim.errors.addresses import InvalidIpIpUnassigned
from cloudsim.ipam.edge import Family
from cloudsim.operations.addresses.asked import Unassign, family_of, named_by
from cloudsim.operations.addresses.target import find_target, finding_touches, list_touches, place_touches
from cloudsim.operations.admission import admit
from cloudsim.operations.carried import Carried, carried, carry
from cloudsim.operations.finding import known_interface
from cloudsim.operations.operation import Call, Footprint, Operation, Phase
from cloudsim.operations.policy import Policy
from cloudsim.operations.whitelists import require_prefixes_there
from cloudsim.resources.cloud import Cloud, eni_key
from cloudsim.resources.interface import NetworkInterface

_ANSWERS: Final[dict[type[Request], type[UnassignPrivateIpAddressesResponse | UnassignIpv6AddressesResponse]]] = {
    UnassignPrivateIpAddresses: UnassignPrivateIpAddressesResponse,
    UnassignIpv6Addresses: UnassignIpv6AddressesResponse,
}


def unassign(cloud: Cloud, call: Call[Unassign], policy: Policy) -> Operation:
    """Take addresses from an ENI."""
    del policy  # nothing here is left open
    request = call.request
    yield Phase.ADMIT
    estate = admit(cloud, call)
    yield Phase.COMMIT
    require_prefixes_there(estate.region, request)
    eni = find_target(cloud, estate, request)
    cloud.busy.require_free(eni_key(eni.id))
    family, named = family_of(request), named_by(request)
    _require_carried(eni, family, named)
    take_off(cloud, eni, family, named)
    if cloud.conditions.lag is not None:
        cloud.conditions.lag.note_unassigned(eni.id, (*named.addresses, *named.prefixes))
    cloud.answer(_ANSWERS[type(request)](request_id=call.draws.request_id()))
    yield Phase.RESPOND


def _require_carried(eni: NetworkInterface, family: Family, named: Carried) -> None:
    """Refuse what the ENI does not have, and an IPv4 one's primary address.

    Raises:
        InvalidIpIpUnassigned: one of them cannot go.
    """
    had = carried(eni, family)
    for texts, owned in ((named.addresses, had.addresses), (named.prefixes, had.prefixes)):
        for text in texts:
            if text not in owned:
                raise InvalidIpIpUnassigned(address=text, eni=eni.id, reason="which does not have it")
            if text == eni.primary_ip_address:
                raise InvalidIpIpUnassigned(address=text, eni=eni.id, reason="whose primary address it is")


def take_off(cloud: Cloud, eni: NetworkInterface, family: Family, gone: Carried) -> None:
    """Take addresses from an ENI that has them; they and their places are free from this instant on."""
    had = carried(eni, family)
    addresses = tuple([text for text in had.addresses if text not in gone.addresses])
    prefixes = tuple([text for text in had.prefixes if text not in gone.prefixes])
    with cloud.changing(eni):
        carry(eni, family, Carried(addresses, prefixes))
    if family is Family.IPV4:
        eni.vswitch.release(gone.addresses)
        eni.vswitch.release_newer((), gone.prefixes, ())
    else:
        eni.vswitch.release_newer(gone.addresses, (), gone.prefixes)
    for group in cloud.groups_of(eni):
        if not group.counts_enis:
            group.places.give_back(gone.size)


def footprint(cloud: Cloud, call: Call[Unassign], policy: Policy, phase: Phase) -> Footprint:
    """Say what the commit touches; what the ENI holds is seen from the cloud as it is."""
    del policy, phase
    eni = known_interface(cloud, call, call.request.network_interface_id)
    finding = finding_touches(call, eni)
    if eni is None:
        return finding
    return (*finding, *place_touches(cloud, eni), *eni.vswitch.pool_touches, *list_touches(call))
