"""The builder: a world said in Python, in the words of the TOML file.

    World()
    .account("acme", eni_quota=100)
    .region("cn-hangzhou", zones=["cn-hangzhou-h"])
    .vpc("vpc-main", cidr="10.0.0.0/8")
    .vswitch("vsw-a", cidr="10.0.0.0/24")
    .security_group("sg-main")
    .instance("i-{n:04}", type="ecs.g7.xlarge", count=10)

It writes the same tables as a file has, and the same reader reads them: so the two cannot differ, and what is wrong is
told by the same path of a key. A thing refers to another by id; where there is only one, it need not.
"""

from collections.abc import Mapping
from os import PathLike
from pathlib import Path
from typing import Any, Self, Unpack

from cloudsim.simulation.world.document import read_document
from cloudsim.simulation.world.keys import (
    AccountKeys,
    EniKeys,
    InstanceKeys,
    InstanceTypeKeys,
    RegionKeys,
    ResourceGroupKeys,
    SecurityGroupKeys,
    VpcKeys,
    VSwitchKeys,
)
from cloudsim.simulation.world.spec import FORMAT, WorldSpec


class World:
    """A world under construction; each method adds one thing and gives the world back.

    Args:
        profile: whose numbers and parameters, ``classic`` or ``current``.
        limits: single numbers that differ from the profile's, by the names of its fields.
    """

    def __init__(self, *, profile: str = "classic", limits: Mapping[str, int] | None = None) -> None:
        self._tables: dict[str, Any] = {"format": FORMAT, "profile": profile, "limits": dict(limits or {})}

    @property
    def spec(self) -> WorldSpec:
        """The specification of all that was added.

        Raises:
            WorldError: a key is misspelt, or its value of the wrong kind.
        """
        return read_document(self._tables, folder=Path())

    def _add(self, kind: str, table: Mapping[str, object]) -> Self:
        self._tables.setdefault(kind, []).append(dict(table))
        return self

    def account(self, id: str, **keys: Unpack[AccountKeys]) -> Self:  # noqa: A002  the key's name
        """Add an account; its keys are those of :class:`~cloudsim.simulation.world.spec.AccountSpec`."""
        return self._add("account", {"id": id, **keys})

    def region(self, id: str, **keys: Unpack[RegionKeys]) -> Self:  # noqa: A002
        """Add a region; its keys are those of :class:`~cloudsim.simulation.world.spec.RegionSpec`."""
        return self._add("region", {"id": id, **keys})

    def vpc(self, id: str, **keys: Unpack[VpcKeys]) -> Self:  # noqa: A002
        """Add a VPC; its keys are those of :class:`~cloudsim.simulation.world.spec.VpcSpec`."""
        return self._add("vpc", {"id": id, **keys})

    def vswitch(self, id: str, *, cidr: str, **keys: Unpack[VSwitchKeys]) -> Self:  # noqa: A002
        """Add a vSwitch; its keys are those of :class:`~cloudsim.simulation.world.spec.VSwitchSpec`."""
        return self._add("vswitch", {"id": id, "cidr": cidr, **keys})

    def security_group(self, id: str, **keys: Unpack[SecurityGroupKeys]) -> Self:  # noqa: A002
        """Add a security group; its keys are those of :class:`~cloudsim.simulation.world.spec.SecurityGroupSpec`."""
        return self._add("security_group", {"id": id, **keys})

    def resource_group(self, id: str, **keys: Unpack[ResourceGroupKeys]) -> Self:  # noqa: A002
        """Add a resource group; its keys are those of :class:`~cloudsim.simulation.world.spec.ResourceGroupSpec`."""
        return self._add("resource_group", {"id": id, **keys})

    def instance(self, id: str, *, type: str, **keys: Unpack[InstanceKeys]) -> Self:  # noqa: A002
        """Add an instance, or ``count`` of them under an id like ``i-{n:04}``.

        Its keys are those of :class:`~cloudsim.simulation.world.spec.InstanceSpec`.
        """
        return self._add("instance", {"id": id, "type": type, **keys})

    def eni(self, id: str | None = None, **keys: Unpack[EniKeys]) -> Self:  # noqa: A002
        """Add an ENI, or ``count`` of them; an id that is not given is drawn.

        Its keys are those of :class:`~cloudsim.simulation.world.spec.EniSpec`.
        """
        return self._add("eni", {"id": id, **keys})

    def instance_type(self, name: str, **keys: Unpack[InstanceTypeKeys]) -> Self:
        """Add an instance type; its keys are those of :class:`~cloudsim.simulation.world.spec.InstanceTypeSpec`."""
        return self._add("instance_type", {"name": name, **keys})

    def imported(self, *files: str | PathLike[str], account: str | None = None) -> Self:
        """Begin with what the answers of real Describe calls say; what is added here comes beside it, or overrides it.

        Args:
            files: JSON files, relative to the current folder.
            account: whose they are; the only account of the world unless given.
        """
        self._tables["import"] = {"files": [str(file) for file in files], "account": account}
        return self
