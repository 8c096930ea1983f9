"""Pooling: idle addresses of a node, fetched ahead and given back.

What cannot be fetched is not fetched, and the next pod meets the refusal itself. Idle are addresses on which a pod
could be; those of primary addresses count, though an ENI cannot give its own back. A prefix is given back as a whole.

Reclaim: when the pool has not grown for ``idle_reclaim_after``, the agent gives ``idle_reclaim_batch`` addresses above
the minimum back, and looks again every ``idle_reclaim_every``.

Source: terway, docs/idle-ip-reclaim.md and docs/warm-up.md; experiments.md, "Fleet".
"""

from typing import Final

from cloudsim.values.duration import Ns
from cloudsim.whatif.running.fleet.desk import Desk
from cloudsim.whatif.running.fleet.enis import Enis
from cloudsim.whatif.running.fleet.parts import Done, HeldEni, Refused, Unit, Wants

_PREFIXES_MAX: Final = 10
"""Prefixes that one call names or asks for. Source: eni_api.md section 2.6."""


class Pooling:
    """The idle addresses of one node.

    Args:
        desk: of its agent.
        enis: of the node.
    """

    def __init__(self, desk: Desk, enis: Enis) -> None:
        self._desk = desk
        self._enis = enis
        self._grown_ns: Ns = 0
        self._is_looking = False
        self._fetched = 0

    @property
    def idle(self) -> int:
        """How many further pods the addresses of the node have room for."""
        return sum([eni.idle for eni in self._enis.held if eni.is_attached])

    def note_growth(self) -> None:
        """Take note that there are more idle addresses."""
        self._grown_ns = self._desk.now_ns

    # -- more

    def fill(self, wanted: int, done: Done) -> None:
        """Fetch addresses until so many are idle, or the node is full of them, or a call is refused."""
        missing = self._missing(wanted) if wanted else 0
        wants = next((wants for wants in self._desk.pools if wants.homes(self._desk.zone)), None) if missing else None
        if wants is None:
            self._await_reclaim()
            done()
        else:
            self.note_growth()
            self._fetch(wants, wanted, missing, done)

    def _missing(self, wanted: int) -> int:
        """How many addresses to fetch until so many are idle, no more than the node takes pods."""
        idle = self.idle
        room = self._desk.sizes.pods - idle - sum([eni.pods for eni in self._enis.held])
        return max(0, min(wanted - idle, room))

    def _fetch(self, wants: Wants, wanted: int, missing: int, done: Done) -> None:
        """Make one call that fetches some of them, and go on."""
        sizes = self._desk.sizes

        def fetched(answer: HeldEni | Refused | None) -> None:
            if isinstance(answer, Refused):
                done()
            else:
                self.fill(wanted, done)

        for eni in self._enis.held:
            room = sizes.slots - len(eni.units)
            if room > 0 and eni.serves(wants) and not self._enis.choice.is_blocked(eni.vswitch):
                self._enis.assign(eni, min(room, self._batch(missing)), fetched)
                return
        if len(self._enis.held) < sizes.enis:
            self._fetched += 1
            further = min(sizes.slots - 1, self._batch(missing - sizes.primary))
            self._enis.make(wants, f"{self._desk.instance.id}/{self._fetched}", further, fetched)
        else:
            done()

    def _batch(self, addresses: int) -> int:
        """How many slots to ask for at once, to get so many addresses."""
        desk = self._desk
        limit = _PREFIXES_MAX if desk.sizes.has_prefixes else desk.profile.secondary_count_max
        return max(0, min(-(-addresses // desk.sizes.unit), desk.spec.batch, limit))

    # -- less

    def give_back(self, kept: int, done: Done, *, most: int | None = None) -> None:
        """Give idle addresses back until so many are left, or no more can be.

        Args:
            kept: how many stay idle.
            done: what follows.
            most: how many are given back at most; no limit if None.
        """
        surplus = self.idle - kept
        self._give_back(surplus if most is None else min(surplus, most), [*self._enis.held], done)

    def _give_back(self, surplus: int, enis: list[HeldEni], done: Done) -> None:
        """Give back what one ENI has of it, the highest first, and go on with the others."""
        while enis and surplus > 0:
            eni = enis.pop()
            if not eni.is_attached:
                continue
            units = self._spare(eni, surplus)
            if units:
                rest = surplus - sum(unit.size for unit in units)
                enis.append(eni)  # it may have more than one call can name

                def given(is_gone: bool) -> None:  # noqa: FBT001  whether the call did it
                    if not is_gone:
                        enis.remove(eni)  # noqa: B023  the loop has ended
                    self._give_back(rest if is_gone else surplus, enis, done)  # noqa: B023

                self._enis.unassign(eni, units, given)
                return
        self._await_reclaim()
        done()

    def _spare(self, eni: HeldEni, surplus: int) -> list[Unit]:
        """The last addresses or prefixes that nobody uses, together no more than the surplus."""
        size = self._desk.sizes.unit
        limit = _PREFIXES_MAX if self._desk.sizes.has_prefixes else self._desk.profile.assigned_addresses_max
        count = min(surplus // size, limit)
        free = [unit for unit in eni.units[1:] if not unit.taken]
        return free[-count:] if count else []

    # -- reclaim

    def _await_reclaim(self) -> None:
        """Look after the pool once more, if something idle may be too much."""
        pool = self._desk.spec.pool
        if pool.idle_reclaim_after_ns is None or self._is_looking or not self._has_surplus():
            return
        self._is_looking = True
        due_ns = self._grown_ns + pool.idle_reclaim_after_ns
        self._desk.after(max(1, due_ns - self._desk.now_ns), self._look)

    def _has_surplus(self) -> bool:
        return any(self._spare(eni, self.idle - self._desk.spec.pool.min) for eni in self._enis.held)

    def _look(self) -> None:
        pool = self._desk.spec.pool
        assert pool.idle_reclaim_after_ns is not None, "somebody reclaims"
        if self._desk.now_ns < self._grown_ns + pool.idle_reclaim_after_ns:
            self._is_looking = False
            self._await_reclaim()
            return
        self._desk.queue(self._reclaim)

    def _reclaim(self, done: Done) -> None:
        pool = self._desk.spec.pool

        def given() -> None:
            if self._has_surplus():
                self._desk.after(pool.idle_reclaim_every_ns, self._look)
            else:
                self._is_looking = False
            done()

        self.give_back(pool.min, given, most=pool.idle_reclaim_batch)
