"""The built-in agent: the lowest ENI with an idle address, else the lowest with a free slot, else a new one.

An idle address costs no call, a free slot one AssignPrivateIpAddresses, a new ENI one CreateNetworkInterface and one
AttachNetworkInterface. The first refused call refuses the pod; only another vSwitch is tried, after an IpNotEnough of a
create. ``exclusive-eni`` and ``trunk`` are the same with one address an ENI, ``prefix`` with sixteen a slot.

When a pod leaves, its address is idle. ``release_eni = "when-empty"`` ends an ENI as its last pod leaves, unless the
pool's minimum needs its addresses. Then idle addresses above ``pool.max`` are given back, of the highest ENI first; its
primary address an ENI cannot give back. A call that is refused then leaves things as they are until a pod leaves again
or the zone is back.

Source: experiments.md, "Fleet".
"""

from collections.abc import Callable

from cloudsim.whatif.running.books import NO_NODE
from cloudsim.whatif.running.fleet.desk import Desk
from cloudsim.whatif.running.fleet.enis import Enis
from cloudsim.whatif.running.fleet.parts import Done, HeldEni, Outcome, Pod, PodAddress, Refused, Seat, Wants
from cloudsim.whatif.running.fleet.pooling import Pooling


class BuiltIn:
    """The agent of one node.

    Args:
        desk: what it works with.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._enis = Enis(desk)
        self._pooling = Pooling(desk, self._enis)

    def has_room(self, pod: Pod) -> bool:
        """Whether the node could take one more pod."""
        wants = pod.wants
        return len(self._enis.held) < self._desk.sizes.enis or any(
            eni.serves(wants) and (eni.idle or self._has_slot(eni)) for eni in self._enis.held
        )

    def _has_slot(self, eni: HeldEni) -> bool:
        return len(eni.units) < self._desk.sizes.slots

    def start(self, done: Done) -> None:
        """Fetch the addresses that a new node begins with."""
        pool = self._desk.spec.pool
        self._pooling.fill(max(pool.warm_up, pool.min), done)

    def place(self, pod: Pod, done: Callable[[Outcome], None]) -> None:
        """Give a pod an address, or refuse it."""
        wants = pod.wants
        serving = [eni for eni in self._enis.held if eni.serves(wants)]
        idle = next((eni for eni in serving if eni.idle), None)
        if idle is not None:
            done(self._take(idle))
            return
        with_slot = next((eni for eni in serving if self._has_slot(eni)), None)
        if with_slot is not None:
            self._assign(with_slot, done)
        elif len(self._enis.held) < self._desk.sizes.enis:
            self._make(wants, pod.key, done)
        else:
            done(Refused(NO_NODE))

    def _take(self, eni: HeldEni) -> PodAddress:
        address = eni.take()
        self._desk.tally.take(eni.vswitch.id, address.unit)
        return address

    def _assign(self, eni: HeldEni, done: Callable[[Outcome], None]) -> None:
        if self._enis.choice.is_blocked(eni.vswitch):
            done(Refused(NO_NODE, eni.vswitch))
            return
        self._enis.assign(eni, 1, lambda refused: done(refused or self._take(eni)))

    def _make(self, wants: Wants, key: str, done: Callable[[Outcome], None]) -> None:
        # Where the primary address is no pod's, the ENI is made with the first prefix.
        further = 0 if self._desk.sizes.primary else 1
        self._enis.make(wants, key, further, lambda made: done(made if isinstance(made, Refused) else self._take(made)))

    def restock(self, done: Done) -> None:
        """Fetch idle addresses up to the pool's minimum."""
        self._pooling.fill(self._desk.spec.pool.min, done)

    def release(self, seat: Seat, done: Done) -> None:
        """Take a pod's address back, and give back what is idle then."""
        assert isinstance(seat, PodAddress), "the seats are our own"
        seat.give_back()
        self._desk.tally.give_back(seat.vswitch.id, seat.unit)
        self._pooling.note_growth()
        self.tidy(done)

    def tidy(self, done: Done) -> None:
        """End the ENIs that pods have left, and give idle addresses above the pool's maximum back."""
        ends_left = self._desk.spec.release_eni == "when-empty"
        self._end_left([eni for eni in self._enis.held if not eni.is_attached or (ends_left and eni.is_left)], done)

    def _end_left(self, left: list[HeldEni], done: Done) -> None:
        """End those that the pool's minimum can spare, one after the other."""
        while left:
            eni = left.pop()
            if not eni.is_attached or self._pooling.idle - eni.idle >= self._desk.spec.pool.min:
                self._enis.end(eni, lambda: self._end_left(left, done))
                return
        self._pooling.give_back(self._desk.spec.pool.max, done)

    def retire(self, done: Done) -> None:
        """Take all ENIs off; one that stays all the same stays as it is."""
        self._retire([*self._enis.held], done)

    def _retire(self, left: list[HeldEni], done: Done) -> None:
        if left:
            eni = left.pop()
            self._enis.end(eni, lambda: self._retire(left, done))
        elif self._enis.trunk is not None and not self._enis.held:
            self._enis.end(self._enis.trunk, done)
        else:
            done()
