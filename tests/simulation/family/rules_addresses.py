"""Rules of the family's machine: addresses and prefixes of ENIs, of both families."""

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from cloudsim.api.requests import (
    AssignIpv6Addresses,
    AssignPrivateIpAddresses,
    UnassignIpv6Addresses,
    UnassignPrivateIpAddresses,
)
from cloudsim.operations.operation import Phase
from tests.simulation.family.base import FATES, WHICH, part
from tests.simulation.family.naive_things import Drawn, NaiveEni, Wish
from tests.simulation.family.rules_enis import EniRules
from tests.simulation.family.wishes import WISHES
from tests.small_world import REGION

PICKS = st.lists(st.integers(0, 3), min_size=1, max_size=2, unique=True)


def _some(own: list[int], picks: list[int]) -> list[int]:
    return sorted({own[pick % len(own)] for pick in picks}) if own else []


GONE = st.one_of(
    part("unassign", which=WHICH, picks=PICKS, own=st.sampled_from([True, True, False]), prefixes=st.booleans()),
    part("unassign6", which=WHICH, picks=PICKS, own=st.sampled_from([True, True, False]), prefixes=st.booleans()),
)

ADDRESSES = st.one_of(
    part("assign", which=WHICH, wish=WISHES, fate=FATES),
    part("assign6", which=WHICH, wish=WISHES, fate=FATES),
    GONE,
)


class AddressRules(EniRules):
    """Assigned and unassigned."""

    def _assign(self, kind: Any, eni: NaiveEni, wish: Wish, fate: str) -> None:
        self._two_steps(
            kind(region_id=REGION, network_interface_id=self.ids[eni], **self._wanted(eni.vswitch, wish)),
            self.naive.assign_faults(eni, wish),
            lambda: self.naive.begin_assign(eni, wish, self._drawn(eni.vswitch)),
            fate=fate,
            last=Phase.COMMIT,
        )

    def assign(self, which: int, wish: Wish, fate: str) -> None:
        wish = replace(wish, ipv6_count=0, ipv6=(), ipv6_prefix_count=0, ipv6_prefixes=())
        wish = wish if wish.size4 else replace(wish, count=1)
        self._assign(AssignPrivateIpAddresses, self._eni(which), wish, fate)

    def assign6(self, which: int, wish: Wish, fate: str) -> None:
        wish = replace(wish, count=0, named=(), prefix_count=0, prefixes=())
        wish = wish if wish.size6 else replace(wish, ipv6_count=1)
        self._assign(AssignIpv6Addresses, self._eni(which), wish, fate)

    def _unassign(self, kind: Any, eni: NaiveEni, gone: Drawn) -> None:
        self._ask(
            kind(
                region_id=REGION,
                network_interface_id=self.ids[eni],
                **{name: texts for name, texts in self._texts(eni.vswitch, gone).items() if texts},
            ),
            self.naive.unassign_faults(eni, gone),
            lambda: self.naive.unassign(eni, gone),
        )

    def unassign(self, which: int, picks: list[int], *, own: bool, prefixes: bool) -> None:
        eni = self._eni(which)
        gone = Drawn(_some(eni.addresses[1:], picks), _some(eni.prefixes, picks) if prefixes else [])
        if not own or not (gone.addresses or gone.prefixes):
            gone = Drawn(picks)
        self._unassign(UnassignPrivateIpAddresses, eni, gone)

    def unassign6(self, which: int, picks: list[int], *, own: bool, prefixes: bool) -> None:
        eni = self._eni(which)
        gone = Drawn(ipv6=_some(eni.ipv6, picks), ipv6_prefixes=_some(eni.ipv6_prefixes, picks) if prefixes else [])
        if not own or not (gone.ipv6 or gone.ipv6_prefixes):
            gone = Drawn(ipv6=picks)
        self._unassign(UnassignIpv6Addresses, eni, gone)
