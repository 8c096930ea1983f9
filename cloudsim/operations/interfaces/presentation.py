"""Answers: how what exists is shown to the caller."""

from typing import Final

import msgspec

from cloudsim.api.responses import (
    Attachment,
    CreateNetworkInterfaceResponse,
    DescribeNetworkInterfaceAttributeResponse,
    NetworkInterfaceSet,
)
from cloudsim.api.responses.interfaces import (
    AttachmentWithMembers,
    BondSpecification,
    ConnectionTrackingShown,
    EnhancedNetworkShown,
    SlaveSpecification,
    TrafficConfigShown,
)
from cloudsim.operations.attachments import members_of
from cloudsim.operations.calendar import calendar_text
from cloudsim.operations.interfaces.newborn import TRACKING_DEFAULT
from cloudsim.operations.type_limits import queue_number_on
from cloudsim.resources.cloud import Cloud
from cloudsim.resources.interface import Enhanced, EniExtras, EniType, NetworkInterface
from cloudsim.values.ids import EniId

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
        service_managed=eni.is_service_managed,
    )


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
        attachment=_attachment(cloud, eni),
    )


def described_alone(cloud: Cloud, eni: NetworkInterface, request_id: str) -> DescribeNetworkInterfaceAttributeResponse:
    """The answer of DescribeNetworkInterfaceAttribute: as in a list, and what only a single ENI shows."""
    extras = eni.extras or _NO_EXTRAS
    shown = msgspec.structs.asdict(described(cloud, eni))
    members = () if eni.instance is None else members_of(cloud.instances[eni.instance], eni)
    attachment = msgspec.structs.asdict(shown["attachment"])
    established, closed, udp = extras.connection_tracking or TRACKING_DEFAULT
    return DescribeNetworkInterfaceAttributeResponse(
        **{
            **shown,
            "request_id": request_id,
            "attachment": AttachmentWithMembers(
                **attachment, member_network_interface_ids=tuple([member.id for member in members])
            ),
        },
        network_interface_traffic_config=TrafficConfigShown(
            network_interface_traffic_mode=extras.traffic_mode,
            queue_number=shown["queue_number"],
            queue_pair_number=extras.queue_pair_number,
        ),
        connection_tracking_configuration=ConnectionTrackingShown(
            tcp_established_timeout=established, tcp_closed_and_time_wait_timeout=closed, udp_timeout=udp
        ),
        enhanced_network=_enhanced(extras.enhanced or Enhanced()),
        bond_interface_specification=BondSpecification(slaves=tuple([_slave(eni.id, one) for one in extras.slaves])),
        slave_interface_specification=SlaveSpecification() if extras.bond is None else _slave(extras.bond, eni.id),
    )


def _enhanced(enhanced: Enhanced) -> EnhancedNetworkShown:
    return EnhancedNetworkShown(
        enable_sriov=enhanced.is_sriov,
        enable_rss=enhanced.is_rss,
        enable_express=enhanced.is_express,
        virtual_function_quantity=enhanced.functions,
        virtual_function_total_queue_number=enhanced.queues,
    )


def _slave(master: EniId, slave: EniId) -> SlaveSpecification:
    return SlaveSpecification(bond_network_interface_id=master, slave_network_interface_id=slave)


def _queue_number(cloud: Cloud, eni: NetworkInterface) -> int | None:
    """The number that was set, else what the instance's type gives, else None."""
    if eni.queue_number is not None or eni.instance is None:
        return eni.queue_number
    return queue_number_on(eni, cloud.instances[eni.instance])


def _attachment(cloud: Cloud, eni: NetworkInterface) -> Attachment:
    """Where an ENI is; numbers of ENIs follow the order in which they were attached, the primary one's is 0.

    A member of a trunk is counted among its fellows, from 1, and keeps its number.
    """
    if eni.instance is None:
        return Attachment()
    extras = eni.extras or _NO_EXTRAS
    if eni.type is EniType.MEMBER:
        number = extras.device_index
    else:
        others = cloud.instances[eni.instance].interfaces.values()
        number = [one.id for one in others if one.type is not EniType.MEMBER].index(eni.id)
    return Attachment(
        instance_id=eni.instance,
        device_index=number,
        network_card_index=extras.network_card_index,
        trunk_network_interface_id=extras.trunk,
    )
