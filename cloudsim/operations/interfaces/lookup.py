"""The ENI and the instance that a request names, looked up among those of the account in the region.

Whatever exists is found, however it is called; of what does not, only a text in the shape of an id is "not found", and
any other one is malformed.

Source: eni_api.md sections 2.1 to 2.3 (InvalidParams.EniId), CreateNetworkInterface reference (the other codes).
"""

import re
from typing import Final

from cloudsim.errors.network import (
    InvalidEcsIdNotFound,
    InvalidEniIdNotFound,
    InvalidInstanceIDMalformed,
    InvalidOperationEniServiceManaged,
    InvalidOperationInvalidEcsState,
    InvalidParamsEniId,
)
from cloudsim.resources.cloud import Cloud, eni_key
from cloudsim.resources.estate import Estate
from cloudsim.resources.instance import Instance, InstanceStatus
from cloudsim.resources.interface import NetworkInterface
from cloudsim.resources.ledger import Mode
from cloudsim.values.ids import EniId, InstanceId

_ENI_ID: Final = re.compile(r"eni-[A-Za-z0-9-]{1,64}")
_INSTANCE_ID: Final = re.compile(r"i-[A-Za-z0-9-]{1,64}")
_STEADY: Final = (InstanceStatus.RUNNING, InstanceStatus.STOPPED)


def find_interface(cloud: Cloud, estate: Estate, wanted: str | None, *, mode: Mode = Mode.WRITE) -> NetworkInterface:
    """Look an ENI up; touches ``eni:<id>``.

    Args:
        cloud: the cloud.
        estate: what the account has in the region.
        wanted: the id.
        mode: whether it will be changed, or is only looked at.

    Raises:
        InvalidEniIdNotFound: the account has no such ENI in the region.
        InvalidParamsEniId: there is none, and the text is no id at all.
    """
    eni_id = EniId(wanted or "")
    if cloud.ledger.watcher is not None:
        cloud.ledger.touch(eni_key(eni_id), mode)
    eni = estate.interfaces.get(eni_id)
    if eni is not None:
        return eni
    if _ENI_ID.fullmatch(eni_id):
        raise InvalidEniIdNotFound(eni=eni_id)
    raise InvalidParamsEniId(eni=eni_id)


def find_instance(cloud: Cloud, estate: Estate, wanted: str | None) -> Instance:
    """Look an instance up; reads ``instance:<id>``.

    Raises:
        InvalidEcsIdNotFound: the account has no such instance in the region.
        InvalidInstanceIDMalformed: there is none, and the text is no id at all.
    """
    instance_id = InstanceId(wanted or "")
    cloud.ledger.touch(f"instance:{instance_id}", Mode.READ)
    instance = estate.instances.get(instance_id)
    if instance is not None:
        return instance
    if _INSTANCE_ID.fullmatch(instance_id):
        raise InvalidEcsIdNotFound(instance=instance_id)
    raise InvalidInstanceIDMalformed(instance=instance_id)


def require_own(eni: NetworkInterface) -> None:
    """Refuse an ENI that is some cloud product's.

    Raises:
        InvalidOperationEniServiceManaged: it is.
    """
    if eni.is_service_managed:
        raise InvalidOperationEniServiceManaged(eni=eni.id)


def require_steady(instance: Instance) -> None:
    """Refuse an instance that is neither running nor stopped.

    Raises:
        InvalidOperationInvalidEcsState: it is on its way from one to the other.
    """
    if instance.status not in _STEADY:
        raise InvalidOperationInvalidEcsState(
            instance=instance.id, expecting=" or ".join(_STEADY), status=instance.status
        )
