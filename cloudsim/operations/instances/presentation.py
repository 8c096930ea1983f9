"""Answers: how an instance is shown."""

from cloudsim.api.responses.instances import InstanceNetworkInterface, InstanceShown, VpcAttributes
from cloudsim.api.responses.interfaces import Ipv4PrefixSet, Ipv6PrefixSet, Ipv6Set, PrivateIpSet
from cloudsim.operations.calendar import calendar_text
from cloudsim.operations.instances.catalogue import family_of
from cloudsim.operations.tags import shown_tags
from cloudsim.resources.instance import Instance, InstanceStatus
from cloudsim.resources.interface import EniExtras, NetworkInterface


def name_of(instance: Instance) -> str:
    """The name of an instance, which is its id where none was given."""
    return instance.name or instance.id


def shown(instance: Instance) -> InstanceShown:
    """One instance of DescribeInstances."""
    primary, type_ = instance.primary, instance.type
    vswitch = primary.vswitch
    is_stopped = instance.status is InstanceStatus.STOPPED
    return InstanceShown(
        instance_id=instance.id,
        instance_name=name_of(instance),
        description=instance.description,
        host_name=instance.host_name,
        image_id=instance.image,
        status=instance.status,
        stopped_mode=(instance.stopped_mode or "KeepCharging") if is_stopped else "Not-applicable",
        instance_type=type_.name,
        instance_type_family=family_of(type_.name),
        cpu=type_.vcpu,
        memory=type_.memory_mib,
        region_id=instance.region,
        zone_id=instance.zone,
        creation_time=f"{calendar_text(instance.created_ns)[:16]}Z",
        deletion_protection=instance.deletion_protection,
        resource_group_id=instance.resource_group,
        vpc_attributes=VpcAttributes(
            vpc_id=vswitch.vpc.id, vswitch_id=vswitch.id, private_ip_address=(primary.primary_ip_address,)
        ),
        network_interfaces=tuple([_interface(eni) for eni in instance.interfaces.values()]),
        security_group_ids=primary.security_group_ids,
        tags=shown_tags(instance.tags),
    )


def _interface(eni: NetworkInterface) -> InstanceNetworkInterface:
    extras = eni.extras or EniExtras()
    return InstanceNetworkInterface(
        network_interface_id=eni.id,
        mac_address=eni.mac_address,
        primary_ip_address=eni.primary_ip_address,
        type=eni.type,
        private_ip_sets=tuple(
            [
                PrivateIpSet(private_ip_address=address, primary=not position)
                for position, address in enumerate(eni.private_ip_addresses)
            ]
        ),
        ipv6_sets=tuple([Ipv6Set(ipv6_address=address) for address in extras.ipv6_addresses]),
        ipv4_prefix_sets=tuple([Ipv4PrefixSet(ipv4_prefix=prefix) for prefix in extras.ipv4_prefixes]),
        ipv6_prefix_sets=tuple([Ipv6PrefixSet(ipv6_prefix=prefix) for prefix in extras.ipv6_prefixes]),
    )
