"""What the operations on one instance have in common: finding it, and moving it from one status to the next.

Source: eni_api.md section 2.10.
"""

from cloudsim.api.requests import Request
from cloudsim.errors.instances import IncorrectInstanceStatus, InvalidInstanceIdNotFound
from cloudsim.operations.operation import Call, Touches
from cloudsim.resources.cloud import Cloud
from cloudsim.resources.estate import Estate
from cloudsim.resources.instance import Instance, InstanceStatus
from cloudsim.resources.ledger import Mode
from cloudsim.values.ids import InstanceId


def find_instance(cloud: Cloud, estate: Estate, wanted: str | None) -> Instance:
    """Look up an instance that shall change; writes ``instance:<id>``.

    Raises:
        InvalidInstanceIdNotFound: the account has no such instance in the region.
    """
    instance_id = InstanceId(wanted or "")
    cloud.ledger.touch(f"instance:{instance_id}", Mode.WRITE)
    instance = estate.instances.get(instance_id)
    if instance is None:
        raise InvalidInstanceIdNotFound(instance=instance_id)
    return instance


def require_status(instance: Instance, *expecting: InstanceStatus) -> None:
    """Refuse an instance in any other status.

    Raises:
        IncorrectInstanceStatus: it is in another one.
    """
    if instance.status not in expecting:
        raise IncorrectInstanceStatus(instance=instance.id, status=instance.status, expecting=" or ".join(expecting))


def turn(cloud: Cloud, instance: Instance, before: InstanceStatus, after: InstanceStatus) -> None:
    """Move an instance on after a while, unless it has ended or was moved elsewhere in the meantime."""
    if cloud.instances.get(instance.id) is instance and instance.status is before:
        instance.status = after
        cloud.note_instance(instance)


def turn_touches(call: Call[Request], instance: str | None) -> Touches:
    """Say what moving an instance touches."""
    return (
        (f"instance:{instance or ''}", Mode.WRITE),
        (f"instances:{call.account}/{call.request.region_id}", Mode.ADD),
    )
