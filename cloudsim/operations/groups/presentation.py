"""How security groups are shown."""

from collections.abc import Mapping

from cloudsim.api.responses.groups import SecurityGroupItem
from cloudsim.operations.calendar import calendar_text
from cloudsim.operations.tags import shown_tags
from cloudsim.resources.cloud import Cloud
from cloudsim.resources.ledger import Mode
from cloudsim.resources.network import SecurityGroup


def described(cloud: Cloud, group: SecurityGroup, instances: Mapping[str, int] | None) -> SecurityGroupItem:
    """Show a group in a list.

    Args:
        cloud: the cloud.
        group: the group.
        instances: how many instances are in each group; None where nobody asked how full groups are.
    """
    room = None
    if instances is not None:
        cloud.ledger.touch(group.places.key, Mode.READ)
        room = group.places.free
    return SecurityGroupItem(
        security_group_id=group.id,
        security_group_name=group.name,
        description=group.description,
        vpc_id=group.vpc or "",
        security_group_type=group.kind,
        creation_time=calendar_text(group.created_ns),
        resource_group_id=group.resource_group,
        rule_count=group.rule_count,
        service_managed=group.service_managed,
        ecs_count=None if instances is None else instances.get(group.id, 0),
        available_instance_amount=room,
        tags=shown_tags(group.tags),
    )
