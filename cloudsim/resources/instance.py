"""Instances: what an ENI is attached to. Each owns a primary ENI, which is made and dies with it."""

from dataclasses import dataclass
from enum import StrEnum

from cloudsim.resources.catalogue import InstanceType
from cloudsim.resources.interface import NetworkInterface
from cloudsim.values.ids import InstanceId


class InstanceStatus(StrEnum):
    """Where an instance is in its life."""

    PENDING = "Pending"
    STARTING = "Starting"
    RUNNING = "Running"
    STOPPING = "Stopping"
    STOPPED = "Stopped"


@dataclass(slots=True, kw_only=True, eq=False)
class Instance:
    """A VPC-type instance."""

    id: InstanceId
    type: InstanceType
    primary: NetworkInterface
    status: InstanceStatus = InstanceStatus.RUNNING
