"""The survey: one walk over a history, which finds out what each call concerns."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final, TypeAlias

from cloudsim.api.requests import (
    AssignIpv6Addresses,
    AssignPrivateIpAddresses,
    AttachNetworkInterface,
    CreateNetworkInterface,
    DeleteInstance,
    DeleteNetworkInterface,
    DescribeNetworkInterfaceAttribute,
    DescribeNetworkInterfaces,
    DetachNetworkInterface,
    JoinSecurityGroup,
    LeaveSecurityGroup,
    ModifyNetworkInterfaceAttribute,
    Request,
    RunInstances,
    UnassignIpv6Addresses,
    UnassignPrivateIpAddresses,
)
from cloudsim.api.responses import (
    CreateNetworkInterfaceResponse,
    DescribeNetworkInterfaceAttributeResponse,
    DescribeNetworkInterfacesResponse,
    NetworkInterfaceSet,
    RunInstancesResponse,
)
from cloudsim.api.troubles import Trouble
from cloudsim.linearizability.observed import Observed
from cloudsim.linearizability.start import Start

NOT_THERE: Final = ("InvalidEniId.NotFound", "InvalidParams.EniId", "InvalidEniId.Malformed")
"""The codes that say of an ENI that it does not exist."""

Scope: TypeAlias = tuple[str, str]
"""Account and region."""

NAMING: Final = (
    DeleteNetworkInterface,
    AttachNetworkInterface,
    DetachNetworkInterface,
    ModifyNetworkInterfaceAttribute,
    AssignPrivateIpAddresses,
    UnassignPrivateIpAddresses,
    AssignIpv6Addresses,
    UnassignIpv6Addresses,
    DescribeNetworkInterfaceAttribute,
    JoinSecurityGroup,
    LeaveSecurityGroup,
)
"""Requests that name one ENI."""

OCCUPYING: Final = (AssignPrivateIpAddresses, AssignIpv6Addresses)
"""Requests that keep others from changing their ENI while they run."""


class Survey:
    """What a history is about.

    Args:
        start: what exists at the beginning.
        calls: the history.
    """

    def __init__(self, start: Start, calls: Sequence[Observed]) -> None:
        self.start = start
        self.calls = calls
        self.scopes: dict[str, Scope] = {}
        """Whose each ENI is, and where."""
        self.homes: dict[str, str] = {}
        """The vSwitch of each ENI, as far as it is known."""
        self.made: dict[str, list[Observed]] = defaultdict(list)
        """For each ENI, the creates that were answered with it."""
        self.lost_creates: dict[Scope, list[Observed]] = defaultdict(list)
        self.launches: dict[Scope, list[Observed]] = defaultdict(list)
        """RunInstances that made instances, or may have."""
        self.naming: dict[str, list[Observed]] = defaultdict(list)
        """For each ENI, the calls that name it, those that show it, and those whose refusal speaks of it."""
        self.complete: dict[Scope, list[Observed]] = defaultdict(list)
        """Lists of all ENIs."""
        self.endings: list[Observed] = []
        """DeleteInstance that ended one, or may have."""
        self.regroupings: list[Observed] = []
        """JoinSecurityGroup and LeaveSecurityGroup of the primary ENI of an instance that a launch made."""
        self.tokens: dict[tuple[str, str, str, str], list[Observed]] = defaultdict(list)
        """The calls with each ClientToken, by account, region, action and token."""
        for call in calls:
            if not isinstance(call.request, Trouble):  # those that matter are looked up where they do
                self._walk(call)
        for eni in start.enis if self.complete else [eni for eni in self.naming if eni in start.enis]:
            there = start.enis[eni]
            self.scopes[eni], self.homes[eni] = (there.account, there.region), there.vswitch

    def _walk(self, call: Observed) -> None:
        request, scope = call.request, (call.account, call.request.region_id or "")
        token = token_of(request)
        if token and not (isinstance(request, RunInstances) and request.dry_run):  # which claims none
            self.tokens[*scope, request.action, token].append(call)
        if isinstance(request, CreateNetworkInterface):
            if isinstance(call.response, CreateNetworkInterfaceResponse):
                eni = call.response.network_interface_id
                self.made[eni].append(call)
                self.naming.setdefault(eni, [])
                self.scopes[eni], self.homes[eni] = scope, call.response.vswitch_id
            elif call.is_unknown:
                self.lost_creates[scope].append(call)
        elif isinstance(request, RunInstances) and call.may_have_acted and not request.dry_run:
            self.launches[scope].append(call)
        elif isinstance(request, DeleteInstance) and call.may_have_acted and not request.dry_run:
            self.endings.append(call)
        elif isinstance(request, JoinSecurityGroup | LeaveSecurityGroup):
            is_new = bool(request.instance_id) and request.instance_id not in self.start.primaries
            if is_new and call.may_have_acted:
                self.regroupings.append(call)
        if isinstance(request, DescribeNetworkInterfaces) and is_complete(call):
            self.complete[scope].append(call)
        for eni in dict.fromkeys(self._concerned(call)):
            self.naming[eni].append(call)
            if _implies(call, eni):
                self.scopes.setdefault(eni, scope)
        for shown in shown_by(call):
            self.scopes.setdefault(shown.network_interface_id, scope)
            self.homes.setdefault(shown.network_interface_id, shown.vswitch_id)

    def _concerned(self, call: Observed) -> Iterable[str]:
        """The ENIs that a call names, shows, or is refused for."""
        request = call.request
        if isinstance(request, NAMING) and request.network_interface_id:
            yield request.network_interface_id
        if isinstance(request, JoinSecurityGroup | LeaveSecurityGroup) and request.instance_id:
            primary = self.start.primaries.get(request.instance_id)
            if primary is not None:
                yield primary
        if isinstance(request, RunInstances):
            yield from joining(request)
        if isinstance(request, DescribeNetworkInterfaces) and call.response is not None:
            yield from request.network_interface_ids or ()
        yield from (shown.network_interface_id for shown in shown_by(call))
        about = spoken_of(call)
        if about.startswith("eni-") or about in self.start.enis:
            yield about

    def scope_of(self, eni: str) -> Scope | None:
        """Whose an ENI is, and where; None where no answer says."""
        return self.scopes.get(eni)

    def makers(self, eni: str) -> list[Observed]:
        """The calls without a known answer that may have made an ENI.

        Of one that some answered create made, those that have its token; of any other, launches and every such create.
        """
        scope = self.scope_of(eni)
        if eni in self.start.enis or scope is None:
            return []
        if eni not in self.made:
            return self.lost_creates[scope] + self.launches[scope]
        tokens = {token_of(call.request) for call in self.made[eni]} - {""}
        return [call for call in self.lost_creates[scope] if token_of(call.request) in tokens]

    def is_of_launch(self, eni: str) -> bool:
        """Whether an instance may have brought the ENI."""
        scope = self.scope_of(eni)
        return eni not in self.start.enis and eni not in self.made and scope is not None and bool(self.launches[scope])

    def riders_end(self, eni: str) -> list[Observed]:
        """The DeleteInstance calls that an ENI may have felt: those of instances that it may have been on."""
        if not self.endings:
            return []
        there = self.start.enis.get(eni)
        on = {"" if there is None else str(there.record.instance)}
        anywhere = self.is_of_launch(eni)
        for call in self.naming.get(eni, ()):
            if isinstance(call.request, AttachNetworkInterface) and call.may_have_acted:
                on.add(call.request.instance_id or "")
            if isinstance(call.request, RunInstances) and call.may_have_acted:
                anywhere = anywhere or call.is_unknown
                if isinstance(call.response, RunInstancesResponse):
                    on.update(call.response.instance_id_sets)
        return [call for call in self.endings if anywhere or getattr(call.request, "instance_id", None) in on]

    def alike(self, eni: str, call: Observed) -> list[Observed]:
        """The calls of one action about an ENI that have the ClientToken of a call, itself included, if it has one."""
        token, kind = token_of(call.request), type(call.request)
        if not token:
            return []
        return [one for one in self.naming[eni] if type(one.request) is kind and token_of(one.request) == token]

    def may_repeat(self, call: Observed) -> bool:
        """Whether a refusal may be that of an earlier call with the same ClientToken, so that it says nothing of now.

        An original that departed later than its repeat was just within the repeat's own time.
        """
        token = token_of(call.request)
        if call.error is None or call.error.try_later or not token:
            return False
        alike = self.tokens[call.account, call.request.region_id or "", call.request.action, token]
        return any(one.invoked < call.invoked and (one.is_unknown or one.error == call.error) for one in alike)

    def occupied(self, eni: str, call: Observed) -> bool:
        """Whether another call may have been changing an ENI's addresses while a call ran."""
        others = (one for one in self.naming.get(eni, ()) if one is not call and isinstance(one.request, OCCUPYING))
        return any(one.overlaps(call) for one in others)


def spoken_of(call: Observed) -> str:
    """The ENI of which a refusal speaks; empty for none."""
    if call.error is None:
        return ""
    facts = call.error.facts
    return str(facts.get("eni") or str(facts.get("resource", "")).removeprefix("eni:"))


def _implies(call: Observed, eni: str) -> bool:
    """Whether an answer implies that an ENI exists, and is the account's own."""
    if call.error is not None:
        return spoken_of(call) == eni and call.error.code not in NOT_THERE
    return call.response is not None and not isinstance(call.request, DescribeNetworkInterfaces)


def token_of(request: Request) -> str:
    """The ClientToken of a request; empty where it has none."""
    return getattr(request, "client_token", None) or ""


def joining(request: RunInstances) -> tuple[str, ...]:
    """The ENIs that exist and go on a new instance."""
    return tuple([one.network_interface_id for one in request.network_interfaces or () if one.network_interface_id])


def shown_by(call: Observed) -> tuple[NetworkInterfaceSet, ...]:
    """The ENIs that a call's answer describes."""
    response = call.response
    if isinstance(response, DescribeNetworkInterfacesResponse):
        return response.network_interface_sets
    if isinstance(response, DescribeNetworkInterfaceAttributeResponse):
        return (response,)
    return ()


_PAGING: Final = ("region_id", "page_number", "page_size", "max_results", "next_token")


def is_whole(call: Observed) -> bool:
    """Whether the answer of a DescribeNetworkInterfaces has everything that its filters find."""
    request, response = call.request, call.response
    assert isinstance(request, DescribeNetworkInterfaces), "other lists are not asked for what they lack"
    if not isinstance(response, DescribeNetworkInterfacesResponse) or request.next_token or response.next_token:
        return False
    return request.max_results is not None or response.total_count == len(response.network_interface_sets)


def filters_of(request: DescribeNetworkInterfaces) -> set[str]:
    """The filters that a request has; asked for membership and number only."""
    return {name for name in request.__struct_fields__ if name not in _PAGING and _is_given(getattr(request, name))}


def _is_given(value: object) -> bool:
    return value is not None and value not in ("", ())


def is_complete(call: Observed) -> bool:
    """Whether an answer lists all ENIs that there are."""
    request = call.request
    return isinstance(request, DescribeNetworkInterfaces) and is_whole(call) and not filters_of(request)
