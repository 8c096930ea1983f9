"""Addresses: each, and each prefix, belongs to one ENI at a time.

An address comes by the answers of creates and assigns, and goes by unassigns and by the end of its ENI. What
descriptions show is held against the ENI, not here. Addresses that were given once at most need no search.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import NamedTuple

from cloudsim.api.requests import (
    CreateNetworkInterface,
    DeleteNetworkInterface,
    UnassignIpv6Addresses,
    UnassignPrivateIpAddresses,
)
from cloudsim.api.responses import (
    AssignIpv6AddressesResponse,
    AssignPrivateIpAddressesResponse,
    CreateNetworkInterfaceResponse,
)
from cloudsim.linearizability import effects
from cloudsim.linearizability.observed import Observed
from cloudsim.linearizability.part import Object, Part
from cloudsim.linearizability.survey import Survey, token_of


class Owned(NamedTuple):
    """An address at one instant."""

    owner: str = ""
    """The ENI that has it; empty for none."""
    leaves: bool = False
    """Whether the owner is being deleted, and the address comes back at any later moment."""
    given: frozenset[str] = frozenset()
    """What has given it so far, so that a repeated answer does not give it again."""


class _Gift(NamedTuple):
    """A call that gave an address to an ENI, or may have; the same tag is the same gift, told again."""

    call: Observed
    eni: str
    tag: str


def address_objects(survey: Survey) -> Iterator[Object[Owned]]:
    """Give the addresses that were given twice, or given though somebody had them at the beginning."""
    gifts: dict[tuple[str, str], list[_Gift]] = defaultdict(list)
    for place, gift in _gifts(survey):
        gifts[place].append(gift)
    for (vswitch, text), given in gifts.items():
        owner = survey.start.owners.get((vswitch, text), "")
        if not owner and len({gift.tag for gift in given}) < 2:
            continue
        parts = [_given(gift, text) for gift in given]
        for eni in dict.fromkeys([*([owner] if owner else []), *(gift.eni for gift in given)]):
            parts += _given_back(survey, eni, text)
        yield Object(key=f"address:{vswitch}/{text}", start=Owned(owner), parts=parts, idle=_idle, tell=_tell)


def _idle(owned: Owned) -> tuple[Owned, ...]:
    return (owned, Owned(given=owned.given)) if owned.leaves else (owned,)


def _tell(owned: Owned) -> str:
    if not owned.owner:
        return "free"
    return f"on {owned.owner}{', which is being deleted' if owned.leaves else ''}"


def _gifts(survey: Survey) -> Iterator[tuple[tuple[str, str], _Gift]]:
    """All gifts, by vSwitch and address; with those of unanswered calls that have the token of an answered one."""
    for call in survey.calls:
        for source in [call] if call.response is not None else _told_by_others(survey, call):
            yield from _gifts_of(survey, call, source)


def _told_by_others(survey: Survey, call: Observed) -> list[Observed]:
    """The first answered call with the token of a call that has no answer."""
    token = token_of(call.request)
    if not (token and call.is_unknown):
        return []
    alike = survey.tokens[call.account, call.request.region_id or "", call.request.action, token]
    return [one for one in alike if one.response is not None][:1]


def _gifts_of(survey: Survey, call: Observed, source: Observed) -> Iterator[tuple[tuple[str, str], _Gift]]:
    """The gifts of a call, as an answer tells them."""
    answer, token = source.response, token_of(call.request)
    if isinstance(answer, CreateNetworkInterfaceResponse):
        eni, vswitch = answer.network_interface_id, answer.vswitch_id
        texts: Iterable[str] = [text for name in _SHOWN for text in getattr(answer, name)]
        tag = f"create/{eni}"
    elif isinstance(answer, AssignPrivateIpAddressesResponse | AssignIpv6AddressesResponse):
        eni = str(getattr(call.request, "network_interface_id", ""))
        vswitch = survey.homes.get(eni, "")
        texts = [text for given in effects.given_by(answer).values() for text in given]
        tag = f"{call.request.action}/{token or call.call}/{eni}"
    else:
        return
    if vswitch:
        for text in texts:
            yield (vswitch, text), _Gift(call, eni, tag)


_SHOWN = ("private_ip_addresses", "ipv6_addresses", "ipv4_prefixes", "ipv6_prefixes")


def _given(gift: _Gift, text: str) -> Part[Owned]:
    def step(owned: Owned) -> tuple[Owned, ...]:
        if gift.tag in owned.given:
            return (owned,)
        return () if owned.owner else (Owned(gift.eni, given=owned.given | {gift.tag}),)

    made = "made" if isinstance(gift.call.request, CreateNetworkInterface) else "gave it to"
    return Part(
        call=gift.call,
        step=step,
        said=f"{made} {gift.eni}" + (f" with {text}" if made == "made" else ""),
        against=lambda owned: f"it gives {text} to {gift.eni}, but {text} is {_tell(owned)}",
        is_optional=gift.call.is_unknown,
        effect=gift.tag,
    )


def _given_back(survey: Survey, eni: str, text: str) -> Iterator[Part[Owned]]:
    """The calls by which an ENI may have lost an address."""
    for call in survey.naming.get(eni, ()):
        request = call.request
        if not call.may_have_acted:
            continue
        if isinstance(request, DeleteNetworkInterface):
            lingers = survey.start.delete_is_asynchronous
            yield _loss(call, partial(_deleted, eni=eni, lingers=lingers), f"deleted {eni}")
        elif isinstance(request, UnassignPrivateIpAddresses | UnassignIpv6Addresses) and any(
            text in texts for texts in effects.taken_by(request).values()
        ):
            yield _loss(call, partial(_taken, eni=eni), f"took it from {eni}")
    for call in survey.riders_end(eni):
        yield _loss(call, partial(_ended, eni=eni), f"ended an instance that {eni} may have been on")


def _loss(call: Observed, step: Callable[[Owned], tuple[Owned, ...]], said: str) -> Part[Owned]:
    return Part(call=call, step=step, said=said, against=_tell, is_optional=call.is_unknown, effect=said)


def _taken(owned: Owned, *, eni: str) -> tuple[Owned, ...]:
    return (Owned(given=owned.given),) if owned.owner == eni else (owned,)


def _deleted(owned: Owned, *, eni: str, lingers: bool) -> tuple[Owned, ...]:
    if lingers and owned.owner == eni:
        return (owned._replace(leaves=True),)
    return _taken(owned, eni=eni)


def _ended(owned: Owned, *, eni: str) -> tuple[Owned, ...]:
    return (owned, Owned(given=owned.given)) if owned.owner == eni else (owned,)
