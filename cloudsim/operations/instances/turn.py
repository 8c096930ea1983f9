"""How an instance moves from one status to the next.

Source: eni_api.md section 2.10.
"""

from cloudsim.api.requests import Request
from cloudsim.operations.finding import known_own_instance
from cloudsim.operations.operation import Call, Touches
from cloudsim.resources.cloud import Cloud
from cloudsim.resources.instance import Instance, InstanceStatus
from cloudsim.resources.ledger import Mode


def turn(cloud: Cloud, instance: Instance, before: InstanceStatus, after: InstanceStatus) -> None:
    """Move an instance on after a while, unless it has ended or was moved elsewhere in the meantime."""
    if cloud.instances.get(instance.id) is instance and instance.status is before:
        instance.status = after
        cloud.note_instance(instance)


def turn_touches(cloud: Cloud, call: Call[Request], wanted: str | None) -> Touches:
    """Say what moving an instance touches."""
    own = (f"instance:{wanted or ''}", Mode.WRITE)
    instance = known_own_instance(cloud, call, wanted)
    return (own,) if instance is None else (own, (f"instances:{instance.account}/{instance.region}", Mode.ADD))
