"""Resources of any type: how they are found, listed, and changed.

All have tags and a resource group; only the ways to reach them differ.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Final, NamedTuple, Protocol, TypeVar

from cloudsim.errors.tagging import InvalidResourceIdNotFound
from cloudsim.operations.operation import Touches
from cloudsim.resources.cloud import Cloud
from cloudsim.resources.estate import Estate
from cloudsim.resources.ledger import Mode
from cloudsim.values.ids import AccountId, ResourceGroupId

ThingT = TypeVar("ThingT")


class Resource(Protocol):
    """What an ENI, an instance, a security group, a VPC and a vSwitch have in common."""

    tags: tuple[tuple[str, str], ...]
    resource_group: ResourceGroupId

    @property
    def id(self) -> str:
        """Its id."""


class ResourceType(NamedTuple):
    """One type of resources."""

    name: str
    """As ECS writes it."""
    key: str
    """What a key in footprints begins with: ``group`` for ``group:sg-1``."""
    list_key: str
    """What the key of the list of all begins with: ``groups``."""
    table: Callable[[Estate], Mapping[Any, Resource]]
    """All of the account in the region, oldest first."""
    changing: Callable[[Cloud, Any], AbstractContextManager[Any]]
    """Changes one in a ``with`` block, and writes the change down."""

    def list_touch(self, account: AccountId, region: str | None, mode: Mode) -> tuple[str, Mode]:
        """Say that the list of all is touched."""
        return f"{self.list_key}:{account}/{region}", mode

    def change_touches(self, account: AccountId, region: str | None, ids: Iterable[str]) -> Touches:
        """Say what changing these resources touches."""
        return (
            *((f"{self.key}:{one}", Mode.WRITE) for one in dict.fromkeys(ids)),
            self.list_touch(account, region, Mode.ADD),
        )

    def find(self, cloud: Cloud, estate: Estate, ids: Iterable[str]) -> list[Resource]:
        """Look resources up, each once, in order to change them.

        Raises:
            InvalidResourceIdNotFound: the account has no such one in the region.
        """
        table = self.table(estate)
        found: list[Resource] = []
        for wanted in dict.fromkeys(ids):
            cloud.ledger.touch(f"{self.key}:{wanted}", Mode.WRITE)
            if wanted not in table:
                raise InvalidResourceIdNotFound(resource=wanted)
            found.append(table[wanted])
        return found


@contextmanager
def _noting(note: Callable[[ThingT], None], thing: ThingT) -> Iterator[ThingT]:
    yield thing
    note(thing)


TYPES: Final[dict[str, ResourceType]] = {
    one.name: one
    for one in (
        ResourceType("eni", "eni", "enis", lambda estate: estate.interfaces, Cloud.changing),
        ResourceType(
            "instance", "instance", "instances", lambda estate: estate.instances,
            lambda cloud, one: _noting(cloud.note_instance, one),
        ),
        ResourceType(
            "securitygroup", "group", "groups", lambda estate: estate.groups,
            lambda cloud, one: _noting(cloud.note_group, one),
        ),
        ResourceType(
            "vpc", "vpc", "vpcs", lambda estate: estate.vpcs, lambda cloud, one: _noting(cloud.note_vpc, one)
        ),
        ResourceType(
            "vswitch", "vswitch", "vswitches", lambda estate: estate.vswitches,
            lambda cloud, one: _noting(cloud.note_vswitch, one),
        ),
    )
}  # fmt: skip
"""Every type of resources that exists here, by name."""


def type_of(name: str | None) -> ResourceType:
    """Give a type that the rules have found to be one; capitals do not matter."""
    return TYPES[(name or "").lower()]
