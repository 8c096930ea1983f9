"""Branches of a cloud: each goes its own way from one frozen state, and costs what it changes.

``freeze`` takes the tables of a cloud away from it into a frozen one, and lays layers in their place; ``branch`` makes
another cloud over the same frozen tables. Whatever a branch looks at becomes its own first, together with what it
stands on: an ENI with its vSwitch, that with its VPC, an instance with its ENIs. So no thing that two branches see can
ever be changed, and nobody need be told of a change.

Price: a branch copies what each account has in each region (quotas, not things) and the conditions of the service: tens
of microseconds, whatever exists. The first look at a thing copies it; the first change of a pool copies its buffers.

Things are frozen at rest: no call is under way that could hold any of them.
"""

from copy import copy
from typing import TypeVar

from cloudsim.resources.cloud import Cloud
from cloudsim.resources.estate import Estate
from cloudsim.resources.instance import Instance
from cloudsim.resources.interface import NetworkInterface
from cloudsim.resources.journal import Journal
from cloudsim.resources.layers import Layer, LayerSet
from cloudsim.resources.network import SecurityGroup
from cloudsim.resources.vpc import Vpc
from cloudsim.resources.vswitch import VSwitch

ThingT = TypeVar("ThingT", Instance, Vpc, VSwitch, SecurityGroup)
K = TypeVar("K", bound=str)


def freeze(cloud: Cloud) -> Cloud:
    """Freeze the present state of a cloud, which goes on over it.

    Things that were looked at before belong to the frozen state from now on: look them up again.

    Returns:
        The frozen state: a cloud that nobody changes, to make branches of.
    """
    assert not cloud.busy.by_key, "things are frozen at rest"
    frozen = cloud.twin(cloud.journal)
    for key, estate in cloud.estates.items():
        frozen.estates[key] = estate.twin(frozen.ledger, with_tables=True)
    _lay_over(cloud, frozen)
    return frozen


def branch(frozen: Cloud, journal: Journal) -> Cloud:
    """Make a cloud that goes on from a frozen state.

    Args:
        frozen: by :func:`freeze`.
        journal: where its events go.
    """
    cloud = frozen.twin(journal)
    for key, estate in frozen.estates.items():
        cloud.estates[key] = estate.twin(cloud.ledger, with_tables=False)
    _lay_over(cloud, frozen)
    return cloud


def _lay_over(cloud: Cloud, frozen: Cloud) -> None:
    """Let a cloud have layers over the tables of a frozen one."""
    adopting = Adopting(cloud)
    cloud.vpcs = Layer(frozen.vpcs, adopting.vpc)
    cloud.vswitches = Layer(frozen.vswitches, adopting.vswitch)
    cloud.security_groups = Layer(frozen.security_groups, adopting.group)
    cloud.instances = Layer(frozen.instances, adopting.instance)
    cloud.interface_ids = LayerSet(frozen.interface_ids)
    cloud.macs = LayerSet(frozen.macs)
    for key, below in frozen.estates.items():
        estate: Estate = cloud.estates[key]
        estate.interfaces = Layer(below.interfaces, adopting.interface)
        estate.vpcs = _same(cloud.vpcs, below.vpcs)
        estate.vswitches = _same(cloud.vswitches, below.vswitches)
        estate.groups = _same(cloud.security_groups, below.groups)
        estate.instances = _same(cloud.instances, below.instances)
        estate.index = below.index.over(estate.interfaces, adopting.known)
        estate.tokens = below.tokens.over(cloud.ledger)
    if cloud.conditions.lag is not None:
        cloud.conditions.lag.adopt(adopting.if_known)


def _same(everywhere: dict[K, ThingT], below: dict[K, ThingT]) -> dict[K, ThingT]:
    """A table of things that a table of the cloud has too."""
    return Layer(below, lambda thing: everywhere[thing.id])  # type: ignore[index]


class Adopting:
    """Makes things of a branch out of frozen ones.

    Args:
        cloud: the branch.
    """

    def __init__(self, cloud: Cloud) -> None:
        self._cloud = cloud

    def known(self, eni: NetworkInterface) -> NetworkInterface:
        """The ENI of the branch that a frozen one is."""
        vpc = eni.vswitch.vpc
        return self._cloud.estates[vpc.account, vpc.region].interfaces[eni.id]

    def if_known(self, eni: NetworkInterface) -> NetworkInterface:
        """Likewise; one that has gone stays as it was."""
        return self.known(eni) if eni.id in self._cloud.interface_ids else eni

    def interface(self, eni: NetworkInterface) -> NetworkInterface:
        """Adopt an ENI; what else it has is never changed, but changed for something else."""
        own = copy(eni)
        own.vswitch = self._cloud.vswitches[eni.vswitch.id]
        return own

    def vpc(self, vpc: Vpc) -> Vpc:
        """Adopt a VPC."""
        cloud, own = self._cloud, _twin(vpc)
        own.ledger = cloud.ledger
        own.vswitch_places = vpc.vswitch_places.twin(cloud.ledger, own._refuse_vswitch)  # noqa: SLF001  its own half
        own.vswitches = _same(cloud.vswitches, vpc.vswitches)
        return own

    def vswitch(self, vswitch: VSwitch) -> VSwitch:
        """Adopt a vSwitch; its pools are shared until one of the two changes them."""
        own = _twin(vswitch)
        own.stand_in(self._cloud.ledger, self._cloud.vpcs[vswitch.vpc.id])
        own.interfaces = Layer(vswitch.interfaces, self.known)
        return own

    def group(self, group: SecurityGroup) -> SecurityGroup:
        """Adopt a security group."""
        own = _twin(group)
        own.places = group.places.twin(self._cloud.ledger, own._refuse)  # noqa: SLF001  its own half
        return own

    def instance(self, instance: Instance) -> Instance:
        """Adopt an instance, with its ENIs."""
        own, ledger = _twin(instance), self._cloud.ledger
        own.slots = instance.slots.twin(ledger, own._refuse)  # noqa: SLF001  its own half
        own.member_slots = instance.member_slots.twin(ledger, own._refuse)  # noqa: SLF001
        own.primary = self.known(instance.primary)
        own.interfaces = {name: self.known(eni) for name, eni in instance.interfaces.items()}
        return own


def _twin(thing: ThingT) -> ThingT:
    """Copy a slotted thing as it is; quicker than ``copy.copy``, and thousands are made."""
    kind = type(thing)
    twin = object.__new__(kind)
    for name in kind.__slots__:
        setattr(twin, name, getattr(thing, name))
    return twin
