"""Rules of addresses and prefixes that are assigned and unassigned.

A list excludes its count. Single addresses go with prefixes, but for UnassignPrivateIpAddresses, which takes the ones
"or" the others and has InvalidParameter.Conflict among its codes, where nothing else could be in conflict. That a list
beyond its length is an InvalidParameter, and an address that is to be taken off twice InvalidIp.IpRepeated, is our
choice. A SecondaryPrivateIpAddressCount has no documented maximum: what an ENI may carry bounds it.

Source: eni_api.md sections 2.6 to 2.8.
"""

from typing import Final, NamedTuple, TypeAlias

from cloudsim.api.requests import (
    AssignIpv6Addresses,
    AssignPrivateIpAddresses,
    Request,
    UnassignIpv6Addresses,
    UnassignPrivateIpAddresses,
)
from cloudsim.api.rules.addresses import EVERY_IPV4, require_ipv4
from cloudsim.api.rules.bounds import require_least, require_range, require_short
from cloudsim.api.rules.naming import require_token
from cloudsim.api.rules.newer import EVERY_IPV6, require_ipv6, require_prefixes
from cloudsim.api.rules.presence import needs
from cloudsim.api.rules.rule import Rule
from cloudsim.errors.addresses import (
    InvalidIpAddress,
    InvalidPrivateIpAddressMalformed,
    InvalidVSwitchIdIpInvalid,
    NothingToUnassign,
)
from cloudsim.errors.parameters import (
    InvalidParameterConflict,
    MissingParameter,
    UnsupportedParameter,
)
from cloudsim.values.profile import Profile

Assign: TypeAlias = AssignPrivateIpAddresses | AssignIpv6Addresses
Unassign: TypeAlias = UnassignPrivateIpAddresses | UnassignIpv6Addresses


class _Said(NamedTuple):
    """What a request says of single addresses, or of prefixes: by name or, in an assign, by number."""

    name: str
    listed: tuple[str, ...] | None
    count_name: str = ""
    counted: int | None = None

    @property
    def is_something(self) -> bool:
        """Whether it is said at all."""
        return bool(self.listed) or self.counted is not None


def _said(request: Assign | Unassign) -> tuple[_Said, _Said]:
    """Give what is said of addresses, and what is said of prefixes."""
    if isinstance(request, AssignPrivateIpAddresses):
        count = request.secondary_private_ip_address_count
        return (
            _Said("PrivateIpAddress.N", request.private_ip_addresses, "SecondaryPrivateIpAddressCount", count),
            _Said("Ipv4Prefix.N", request.ipv4_prefixes, "Ipv4PrefixCount", request.ipv4_prefix_count),
        )
    if isinstance(request, AssignIpv6Addresses):
        return (
            _Said("Ipv6Address.N", request.ipv6_addresses, "Ipv6AddressCount", request.ipv6_address_count),
            _Said("Ipv6Prefix.N", request.ipv6_prefixes, "Ipv6PrefixCount", request.ipv6_prefix_count),
        )
    if isinstance(request, UnassignPrivateIpAddresses):
        return _Said("PrivateIpAddress.N", request.private_ip_addresses), _Said("Ipv4Prefix.N", request.ipv4_prefixes)
    return _Said("Ipv6Address.N", request.ipv6_addresses), _Said("Ipv6Prefix.N", request.ipv6_prefixes)


def something_is_assigned(request: Assign, _profile: Profile) -> None:
    """Refuse an assign that asks for nothing."""
    singles, prefixes = _said(request)
    if not (singles.is_something or prefixes.is_something):
        raise MissingParameter(parameter=singles.name)


def something_is_unassigned(request: Unassign, _profile: Profile) -> None:
    """Refuse an unassign that names nothing, in the words and with the status that it alone has."""
    singles, prefixes = _said(request)
    if not (singles.is_something or prefixes.is_something):
        raise NothingToUnassign(parameter=singles.name, other=prefixes.name)


def profile_knows_the_parameters(request: Assign | Unassign, profile: Profile) -> None:
    """Refuse prefixes and IPv6 under an older profile."""
    if profile.newer_parameters:
        return
    for said in _said(request):
        if said.is_something and said.name != "PrivateIpAddress.N":
            name = said.name if said.listed else said.count_name
            raise UnsupportedParameter(parameter=name, profile=profile.name)


def ipv4_is_in_range(request: AssignPrivateIpAddresses | UnassignPrivateIpAddresses, profile: Profile) -> None:
    """Refuse too long lists and wrong counts of IPv4 addresses and prefixes."""
    singles, prefixes = _said(request)
    require_short(singles.name, singles.listed, profile.assigned_addresses_max)
    require_least(singles.count_name, singles.counted, 1)
    _require_few(prefixes, profile.prefixes_per_request_max)


def ipv6_is_in_range(request: AssignIpv6Addresses | UnassignIpv6Addresses, profile: Profile) -> None:
    """Refuse too long lists and wrong counts of IPv6 addresses and prefixes."""
    singles, prefixes = _said(request)
    _require_few(singles, profile.ipv6_per_eni_max)
    _require_few(prefixes, profile.prefixes_per_request_max)


def _require_few(said: _Said, most: int) -> None:
    require_short(said.name, said.listed, most)
    require_range(said.count_name, said.counted, 1, most)


def lists_exclude_counts(request: Assign, _profile: Profile) -> None:
    """Refuse a list of addresses or prefixes together with their count."""
    for said in _said(request):
        if said.listed and said.counted is not None:
            raise InvalidParameterConflict(parameter=said.name, other=said.count_name)


def addresses_exclude_prefixes(request: UnassignPrivateIpAddresses, _profile: Profile) -> None:
    """Refuse addresses together with prefixes."""
    if request.private_ip_addresses and request.ipv4_prefixes:
        raise InvalidParameterConflict(parameter="PrivateIpAddress.N", other="Ipv4Prefix.N")


def token_is_well_formed(request: Assign, _profile: Profile) -> None:
    """Refuse a ClientToken of more than 64 characters or beyond ASCII."""
    require_token(request.client_token)


def ipv4_is_well_formed(request: AssignPrivateIpAddresses, _profile: Profile) -> None:
    """Refuse malformed or repeated IPv4 addresses and prefixes, as a create does."""
    require_ipv4(request.private_ip_addresses or ())
    require_prefixes(request.ipv4_prefixes or (), EVERY_IPV4)


def unassigned_ipv4_is_well_formed(request: UnassignPrivateIpAddresses, _profile: Profile) -> None:
    """Refuse malformed or repeated IPv4 addresses and prefixes, the former with a code that only an unassign has."""
    try:
        require_ipv4(request.private_ip_addresses or ())
    except (InvalidVSwitchIdIpInvalid, InvalidIpAddress) as refusal:
        raise InvalidPrivateIpAddressMalformed(address=refusal.facts["address"]) from None
    require_prefixes(request.ipv4_prefixes or (), EVERY_IPV4)


def ipv6_is_well_formed(request: AssignIpv6Addresses | UnassignIpv6Addresses, _profile: Profile) -> None:
    """Refuse malformed or repeated IPv6 addresses and prefixes."""
    require_ipv6(request.ipv6_addresses or ())
    require_prefixes(request.ipv6_prefixes or (), EVERY_IPV6)


RULES: Final[dict[type[Request], tuple[Rule, ...]]] = {
    AssignPrivateIpAddresses: (
        needs(AssignPrivateIpAddresses, "network_interface_id"),
        something_is_assigned,
        profile_knows_the_parameters,
        ipv4_is_in_range,
        lists_exclude_counts,
        token_is_well_formed,
        ipv4_is_well_formed,
    ),
    UnassignPrivateIpAddresses: (
        needs(UnassignPrivateIpAddresses, "network_interface_id"),
        something_is_unassigned,
        profile_knows_the_parameters,
        ipv4_is_in_range,
        addresses_exclude_prefixes,
        unassigned_ipv4_is_well_formed,
    ),
    AssignIpv6Addresses: (
        needs(AssignIpv6Addresses, "network_interface_id"),
        something_is_assigned,
        profile_knows_the_parameters,
        ipv6_is_in_range,
        lists_exclude_counts,
        token_is_well_formed,
        ipv6_is_well_formed,
    ),
    UnassignIpv6Addresses: (
        needs(UnassignIpv6Addresses, "network_interface_id"),
        something_is_unassigned,
        profile_knows_the_parameters,
        ipv6_is_in_range,
        ipv6_is_well_formed,
    ),
}
"""The rules of each action in the order in which they are asked."""
