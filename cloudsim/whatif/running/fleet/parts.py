"""Parts of the fleet: pods and what they want, ENIs and addresses of a node as its agent knows them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from cloudsim.resources.vswitch import VSwitch
from cloudsim.whatif.arrivals.items import Item

Done = Callable[[], None]
"""What follows when something is over."""


class Wants:
    """What the pods of a workload want: addresses of these vSwitches, on ENIs in this group.

    Args:
        workload: its name.
        vswitches: in the workload's order; further ones may come.
        group: the security group.
        choice: which vSwitch is tried first: ``ordered``, ``random`` or ``most-free``.
    """

    __slots__ = ("choice", "group", "vswitches", "workload")

    def __init__(self, workload: str, vswitches: list[VSwitch], group: str, choice: str) -> None:
        self.workload = workload
        self.vswitches = vswitches
        self.group = group
        self.choice = choice

    def homes(self, zone: str | None) -> list[VSwitch]:
        """The vSwitches in a zone; all for None."""
        return [one for one in self.vswitches if zone in (None, one.zone)]


@dataclass(frozen=True, slots=True)
class Pod:
    """One that wants an address."""

    item: Item
    wants: Wants

    @property
    def key(self) -> str:
        """Whose it is and which."""
        return self.item.key


class Seat(Protocol):
    """The address of a pod, as an agent knows it."""

    @property
    def vswitch(self) -> VSwitch:
        """Where it is from."""
        ...


@dataclass(frozen=True, slots=True)
class Refused:
    """A pod gets no address."""

    code: str
    """Of the call that was refused, or ``NoNode`` where none was made."""
    vswitch: VSwitch | None = None
    """The one that was tried last; None for none."""


Outcome = Seat | Refused


class Unit:
    """An address of an ENI, or a prefix: what is assigned and given back as one.

    Args:
        text: the address or the block.
        size: how many pods it has room for.
        is_primary: whether it is an ENI's primary address.
    """

    __slots__ = ("is_primary", "size", "taken", "text")

    def __init__(self, text: str, size: int, *, is_primary: bool = False) -> None:
        self.text = text
        self.size = size
        self.is_primary = is_primary
        self.taken = 0


class HeldEni:
    """An ENI of a node; the first of its units is the primary address.

    Args:
        eni_id: its id.
        vswitch: where it lies.
        group: its security group.
        units: its addresses and prefixes.
    """

    __slots__ = ("group", "id", "idle", "is_attached", "is_going", "is_left", "pods", "units", "vswitch")

    def __init__(self, eni_id: str, vswitch: VSwitch, group: str, units: Sequence[Unit]) -> None:
        self.id = eni_id
        self.vswitch = vswitch
        self.group = group
        self.units: list[Unit] = []
        self.pods = 0
        """How many pods it carries."""
        self.idle = 0
        """How many further pods its addresses have room for."""
        self.add(units)
        self.is_attached = False
        self.is_going = False
        """Whether it is on its way off."""
        self.is_left = False
        """Whether its last pod has left, and none has come since."""

    def serves(self, wants: Wants) -> bool:
        """Whether it may carry pods with these wants."""
        return self.is_attached and not self.is_going and self.group == wants.group and self.vswitch in wants.vswitches

    def add(self, units: Sequence[Unit]) -> None:
        """Have more addresses or prefixes."""
        self.units += units
        self.idle += sum([unit.size for unit in units])

    def remove(self, units: Sequence[Unit]) -> None:
        """Have them no more; nobody uses them."""
        self.units = [unit for unit in self.units if unit not in units]
        self.idle -= sum([unit.size for unit in units])

    def take(self) -> "PodAddress":
        """Give a pod the lowest idle address."""
        unit = next(unit for unit in self.units if unit.taken < unit.size)
        unit.taken += 1
        self.pods += 1
        self.idle -= 1
        self.is_left = False
        return PodAddress(self, unit)


@dataclass(frozen=True, slots=True, eq=False)
class PodAddress:
    """A pod's address."""

    eni: HeldEni
    unit: Unit

    @property
    def vswitch(self) -> VSwitch:
        """Where it is from."""
        return self.eni.vswitch

    def give_back(self) -> None:
        """Let it be idle."""
        assert self.unit.taken, "a pod leaves once"
        eni = self.eni
        self.unit.taken -= 1
        eni.pods -= 1
        eni.idle += 1
        eni.is_left = not eni.pods
