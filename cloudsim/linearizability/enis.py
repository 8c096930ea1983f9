"""ENIs: for each, the calls that make, change, end or show it, and the refusals that speak of it.

Synchronous changes take effect at one instant; attach and detach, and delete where it is asynchronous, go on by
themselves. A change of an ENI is refused while its addresses are being changed (Operation.Conflict); as the ENI does
not show that, such a refusal is just while any assign of addresses runs beside it.
"""

from collections.abc import Iterator
from typing import Final

from cloudsim.api.requests import (
    AssignIpv6Addresses,
    AssignPrivateIpAddresses,
    AttachNetworkInterface,
    CreateNetworkInterface,
    DeleteNetworkInterface,
    DescribeNetworkInterfaces,
    DetachNetworkInterface,
    JoinSecurityGroup,
    LeaveSecurityGroup,
    ModifyNetworkInterfaceAttribute,
    RunInstances,
    UnassignIpv6Addresses,
    UnassignPrivateIpAddresses,
)
from cloudsim.api.responses import (
    AssignIpv6AddressesResponse,
    AssignPrivateIpAddressesResponse,
    CreateNetworkInterfaceResponse,
    NetworkInterfaceSet,
    RunInstancesResponse,
)
from cloudsim.errors.base import ApiError
from cloudsim.linearizability import effects
from cloudsim.linearizability.observed import Observed
from cloudsim.linearizability.part import Object, Part
from cloudsim.linearizability.record import (
    ABSENT,
    ANY,
    UNMADE,
    Record,
    differences,
    idle,
    idle_or_failing,
    merged,
    tell,
    told_status,
)
from cloudsim.linearizability.survey import (
    NOT_THERE,
    Survey,
    filters_of,
    is_whole,
    joining,
    shown_by,
    spoken_of,
    token_of,
)
from cloudsim.resources.consistency import Consistency
from cloudsim.resources.interface import EniType

CONFLICTS: Final = ("Operation.Conflict", "InvalidOperation.Conflict")


def eni_objects(survey: Survey, consistency: Consistency, *, attaches_fail: bool) -> Iterator[Object[Record]]:
    """Give the ENIs that some call says something of.

    Args:
        survey: of the history.
        consistency: how late descriptions may be.
        attaches_fail: whether an attach may fail after its answer.
    """
    alone = idle_or_failing if attaches_fail else idle
    enis = dict.fromkeys([*survey.naming, *(survey.scopes if survey.complete else ())])
    for eni in enis:
        parts = _Eni(survey, eni, consistency).parts()
        if parts:
            there = survey.start.enis.get(eni)
            start = UNMADE if there is None else there.record
            yield Object(key=f"eni:{eni}", start=start, parts=parts, idle=alone, tell=tell)


class _Eni:
    """The parts of one ENI."""

    def __init__(self, survey: Survey, eni: str, consistency: Consistency) -> None:
        self._survey = survey
        self._eni = eni
        self._lists_are_late = bool(consistency.eni_after_create)
        self._addresses_linger = bool(consistency.address_after_unassign)
        self._groups_are_late = bool(consistency.group_change)
        self._scope = survey.scope_of(eni)

    def parts(self) -> list[Part[Record]]:
        """Give them all."""
        survey, eni = self._survey, self._eni
        found = [self._made(call) for call in survey.made.get(eni, ())]
        found += [self._made_somehow(call) for call in survey.makers(eni)]
        found += [self._instance_ended(call) for call in survey.riders_end(eni)]
        if survey.is_of_launch(eni):
            found += [self._regrouped_somehow(call) for call in survey.regroupings]
        for call in survey.naming.get(eni, ()):
            found += self._of(call)
        if self._scope is not None and not self._lists_are_late:
            named = {call.call for call in survey.naming.get(eni, ())}
            found += [self._missing(call) for call in survey.complete[self._scope] if call.call not in named]
        return found

    def _of(self, call: Observed) -> Iterator[Part[Record]]:
        """What one call that names, shows or is refused for the ENI says."""
        if self._scope is not None and self._scope != (call.account, call.request.region_id or ""):
            return  # for others the ENI does not exist
        if call.error is not None:
            if not self._survey.may_repeat(call):
                yield from self._refused(call, call.error)
            return
        shown = [one for one in shown_by(call) if one.network_interface_id == self._eni]
        yield from [self._shown(call, one) for one in shown]
        if shown:
            return
        if isinstance(call.request, DescribeNetworkInterfaces):
            only_ids = filters_of(call.request) == {"network_interface_ids"}
            if only_ids and is_whole(call) and not self._lists_are_late:
                yield self._missing(call)
            return
        changed = self._changed(call)
        if changed is not None:
            yield changed

    # -- beginning and end

    def _made(self, call: Observed) -> Part[Record]:
        request, response = call.request, call.response
        assert isinstance(request, CreateNetworkInterface), "creates make ENIs"
        assert isinstance(response, CreateNetworkInterfaceResponse), "an answered create says what it made"
        named = f", name {response.network_interface_name}" if response.network_interface_name else ""
        return Part(
            call=call,
            step=effects.made(request, response),
            said=f"made {self._eni}{named}, with {' '.join(response.private_ip_addresses)}",
            against=lambda record: f"it was made before, and is {told_status(record)}",
        )

    def _made_somehow(self, call: Observed) -> Part[Record]:
        step = effects.made_somehow(by_create=isinstance(call.request, CreateNetworkInterface))
        known = self._survey.made.get(self._eni)
        if known:
            request, response = known[0].request, known[0].response
            assert isinstance(request, CreateNetworkInterface), "as above"
            assert isinstance(response, CreateNetworkInterfaceResponse), "as above"
            step = effects.made(request, response)
        effect = "made", type(call.request), bool(known)
        return self._optional(call, step, f"may have made {self._eni}", effect)

    def _instance_ended(self, call: Observed) -> Part[Record]:
        instance = str(getattr(call.request, "instance_id", ""))
        step, said = effects.instance_ended(instance), f"ended {instance} and what goes with it"
        if call.is_unknown:
            return self._optional(call, step, said, ("ended", instance))
        return Part(call=call, step=step, said=said, against=tell)

    def _regrouped_somehow(self, call: Observed) -> Part[Record]:
        instance = str(getattr(call.request, "instance_id", ""))
        step, said = effects.regrouped(instance), f"changed the groups of what is primary on {instance}"
        if call.is_unknown:
            return self._optional(call, step, said, ("regrouped", instance))
        return Part(call=call, step=step, said=said, against=tell)

    # -- reads

    def _shown(self, call: Observed, one: NetworkInterfaceSet) -> Part[Record]:
        shown = _record_of(one)
        is_list = isinstance(call.request, DescribeNetworkInterfaces)  # which alone is late
        if is_list and self._groups_are_late:
            shown = shown._replace(groups=ANY)
        lingering = is_list and self._addresses_linger

        def step(record: Record) -> tuple[Record, ...]:
            if record.status in ABSENT:
                return ()
            learnt = merged(record, shown, lingering=lingering)
            return () if learnt is None else (learnt,)

        return Part(
            call=call,
            step=step,
            said=f"shows {tell(shown)}",
            against=lambda record: f"it shows {self._eni}, but {differences(record, shown)}",
            only_reads=True,
        )

    def _missing(self, call: Observed) -> Part[Record]:
        return self._asks(
            call,
            lambda record: record.status in ABSENT,
            f"does not show {self._eni}",
            lambda record: f"it does not show {self._eni}, which is there: {tell(record)}",
        )

    def _asks(self, call: Observed, asks: effects.Asks, said: str, against: effects.Tells) -> Part[Record]:
        def step(record: Record) -> tuple[Record, ...]:
            return (record,) if asks(record) else ()

        return Part(call=call, step=step, said=said, against=against, only_reads=True)

    def _refused(self, call: Observed, error: ApiError) -> Iterator[Part[Record]]:
        facts, eni = error.facts, self._eni
        if error.code in CONFLICTS and spoken_of(call) == eni:
            just = self._survey.occupied(eni, call)
            yield self._asks(call, lambda _: just, str(error), lambda _: "no call was changing its addresses meanwhile")
        elif facts.get("eni") != eni:
            return
        elif error.code in NOT_THERE:
            yield self._asks(
                call,
                lambda record: record.status in ABSENT,
                str(error),
                lambda record: f"it says that {eni} is not there, which is: {tell(record)}",
            )
        elif error.code == "InvalidOperation.InvalidEniState":
            status = facts.get("status")
            yield self._asks(
                call,
                lambda record: record.status == status,
                str(error),
                lambda record: f"it says that {eni} is {status}, and it is {told_status(record)}",
            )
        elif error.code in {"InvalidIp.IpUnassigned", "InvalidIp.IpAssigned"}:
            yield from self._refused_address(call, error)

    def _refused_address(self, call: Observed, error: ApiError) -> Iterator[Part[Record]]:
        address, is_had = str(error.facts.get("address", "")), error.code == "InvalidIp.IpAssigned"
        if str(error.facts.get("reason", "")).startswith("whose primary"):
            return
        yield self._asks(
            call,
            lambda record: record.status not in ABSENT and effects.carries(record, address) in {None, is_had},
            str(error),
            lambda record: f"it says that {address} is {'' if is_had else 'not '}on {self._eni}: {tell(record)}",
        )

    # -- changes

    def _changed(self, call: Observed) -> Part[Record] | None:
        found = self._effect(call)
        if found is None:
            return None
        step, said = found
        if call.is_unknown:
            effect = call.request.action, said
            return self._optional(call, step, said, None if token_of(call.request) else effect)
        return Part(call=call, step=step, said=said, against=lambda record: f"{self._eni} is {tell(record)}")

    def _optional(self, call: Observed, step: effects.Step, said: str, effect: object) -> Part[Record]:
        return Part(call=call, step=step, said=said, against=tell, is_optional=True, effect=effect)

    def _effect(self, call: Observed) -> tuple[effects.Step, str] | None:
        """What an accepted call that names the ENI does to it."""
        return self._moved(call) or self._regrouped(call) or self._readdressed(call)

    def _moved(self, call: Observed) -> tuple[effects.Step, str] | None:
        """What moves it from one state to another."""
        request, eni = call.request, self._eni
        if isinstance(request, DeleteNetworkInterface):
            return effects.deleted(lingers=self._survey.start.delete_is_asynchronous), f"deleted {eni}"
        if isinstance(request, AttachNetworkInterface):
            instance = request.instance_id or ""
            return effects.attached(instance), f"put {eni} on {instance}"
        if isinstance(request, DetachNetworkInterface):
            instance = request.instance_id or ""
            return effects.detached(instance), f"took {eni} off {instance}"
        if isinstance(request, RunInstances) and eni in joining(request) and not request.dry_run:
            alike = self._survey.alike(eni, call)
            answers = [one.response for one in (call, *alike) if isinstance(one.response, RunInstancesResponse)]
            instance_id = answers[0].instance_id_sets[0] if answers else None
            shared = f"{request.action}/{token_of(request)}" if len(alike) > 1 else ""
            return effects.attached(instance_id, shared), f"put {eni} on a new instance"
        return None

    def _regrouped(self, call: Observed) -> tuple[effects.Step, str] | None:
        """What changes its names and its groups."""
        request = call.request
        if isinstance(request, ModifyNetworkInterfaceAttribute):
            return effects.modified(request), _told_changes(request)
        if isinstance(request, JoinSecurityGroup):
            return effects.joined(request.security_group_id or ""), f"joined {request.security_group_id}"
        if isinstance(request, LeaveSecurityGroup):
            return effects.left(request.security_group_id or ""), f"left {request.security_group_id}"
        return None

    def _readdressed(self, call: Observed) -> tuple[effects.Step, str] | None:
        """What changes its addresses."""
        request = call.request
        if isinstance(request, UnassignPrivateIpAddresses | UnassignIpv6Addresses):
            gone = [text for texts in effects.taken_by(request).values() for text in sorted(texts)]
            return effects.unassigned(request), f"took {' '.join(gone)} from {self._eni}"
        if isinstance(request, AssignPrivateIpAddresses | AssignIpv6Addresses):
            return self._assigned(call, request)
        return None

    def _assigned(self, call: Observed, request: effects.Assign) -> tuple[effects.Step, str]:
        token = token_of(request)
        alike = self._survey.alike(self._eni, call)
        for one in (call, *alike):
            if isinstance(one.response, AssignPrivateIpAddressesResponse | AssignIpv6AddressesResponse):
                given = [text for texts in effects.given_by(one.response).values() for text in texts]
                shared = f"{request.action}/{token}" if len(alike) > 1 else ""
                return effects.assigned(one.response, shared), f"gave {' '.join(given)} to {self._eni}"
        return effects.assigned_somehow(request), f"may have given addresses to {self._eni}"


def _record_of(shown: NetworkInterfaceSet) -> Record:
    return Record(
        status=shown.status,
        name=shown.network_interface_name,
        description=shown.description,
        instance=shown.instance_id,
        dies=shown.delete_on_release,
        groups=frozenset(shown.security_group_ids),
        addresses=frozenset(shown.private_ip_addresses),
        ipv6_addresses=frozenset(shown.ipv6_addresses),
        ipv4_prefixes=frozenset(shown.ipv4_prefixes),
        ipv6_prefixes=frozenset(shown.ipv6_prefixes),
        is_primary=shown.type == EniType.PRIMARY,
    )


def _told_changes(request: ModifyNetworkInterfaceAttribute) -> str:
    told = []
    if request.network_interface_name:
        told.append(f"named it {request.network_interface_name}")
    if request.description:
        told.append(f"described it as {request.description}")
    if request.security_group_ids:
        told.append(f"moved it to {' '.join(request.security_group_ids)}")
    if request.delete_on_release is not None:
        told.append(f"set DeleteOnRelease to {request.delete_on_release}")
    return ", ".join(told) or "changed it"
