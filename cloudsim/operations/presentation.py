"""Answers: how what exists is shown to the caller."""

from datetime import UTC, datetime, timedelta
from typing import Final, TypeVar

import msgspec

from cloudsim.api.requests import Request
from cloudsim.api.responses import Attachment, CreateNetworkInterfaceResponse, NetworkInterfaceSet, Response
from cloudsim.errors.base import ApiError
from cloudsim.operations.operation import Call
from cloudsim.resources.cloud import Cloud
from cloudsim.resources.interface import EniExtras, EniType, NetworkInterface
from cloudsim.resources.tokens import Settled
from cloudsim.values.duration import SECOND, Ns

ResponseT = TypeVar("ResponseT", bound=Response)
RequestT = TypeVar("RequestT", bound=Request)

EPOCH: Final = datetime(2026, 1, 1, tzinfo=UTC)
"""What instant 0 of virtual time is called in answers."""

_NO_EXTRAS: Final = EniExtras()


def created(cloud: Cloud, eni: NetworkInterface, request_id: str) -> CreateNetworkInterfaceResponse:
    """The answer of CreateNetworkInterface."""
    vswitch = eni.vswitch
    extras = eni.extras or _NO_EXTRAS
    return CreateNetworkInterfaceResponse(
        request_id=request_id,
        network_interface_id=eni.id,
        network_interface_name=eni.name,
        description=eni.description,
        status=eni.status,
        type=eni.type,
        owner_id=cloud.accounts[vswitch.vpc.account].owner_id,
        vpc_id=vswitch.vpc.id,
        vswitch_id=vswitch.id,
        zone_id=vswitch.zone,
        mac_address=eni.mac_address,
        private_ip_addresses=eni.private_ip_addresses,
        ipv6_addresses=extras.ipv6_addresses,
        ipv4_prefixes=extras.ipv4_prefixes,
        ipv6_prefixes=extras.ipv6_prefixes,
        security_group_ids=eni.security_group_ids,
        resource_group_id=eni.resource_group,
        tags=eni.tags,
        source_dest_check=extras.source_dest_check,
    )


def repeated(answer: Settled, call: Call[RequestT], kind: type[ResponseT]) -> ResponseT:
    """The stored answer of an earlier call, as a call that repeats it gets it: the same but for a fresh RequestId.

    Raises:
        ApiError: the stored answer is a refusal, and the repeat is refused alike.
    """
    if isinstance(answer, ApiError):
        raise answer.again()
    assert isinstance(answer, kind), "a token is scoped to one action"
    return msgspec.structs.replace(answer, request_id=call.draws.request_id())


def described(cloud: Cloud, eni: NetworkInterface) -> NetworkInterfaceSet:
    """One ENI of DescribeNetworkInterfaces: what its create was answered, and how it stands now."""
    extras = eni.extras or _NO_EXTRAS
    shown = msgspec.structs.asdict(created(cloud, eni, ""))
    del shown["request_id"]
    return NetworkInterfaceSet(
        **shown,
        creation_time=calendar_text(eni.created_ns),
        instance_id=eni.instance or "",
        queue_number=_queue_number(cloud, eni),
        queue_pair_number=extras.queue_pair_number,
        network_interface_traffic_mode=extras.traffic_mode,
        delete_on_release=extras.delete_on_release,
        attachment=Attachment(instance_id=eni.instance) if eni.instance else Attachment(),
    )


def _queue_number(cloud: Cloud, eni: NetworkInterface) -> int | None:
    """The number that was set, else what the instance's type gives, else None."""
    if eni.queue_number is not None or eni.instance is None:
        return eni.queue_number
    type_ = cloud.instances[eni.instance].type
    return type_.primary_queues if eni.type is EniType.PRIMARY else type_.secondary_queues


def calendar_text(instant_ns: Ns) -> str:
    """Write an instant as answers do: ``2026-01-01T00:00:00Z``, whole seconds."""
    return (EPOCH + timedelta(seconds=instant_ns // SECOND)).strftime("%Y-%m-%dT%H:%M:%SZ")
