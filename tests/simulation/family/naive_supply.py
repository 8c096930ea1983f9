"""Where the addresses of the naive cloud come from: what a vSwitch has, what it refuses, and what it gives."""

from tests.simulation.family.naive_places import NaivePlaces
from tests.simulation.family.naive_things import IPV6_BLOCK, Drawn, NaiveVSwitch, Wish, block, is_of_system6

OUTSIDE6 = {"InvalidVSwitchId.IpInvalid", "InvalidIp.Address"}
"""The documents have both, and do not say which is for what."""
SHORTAGES = {"InvalidVSwitchId.IpNotEnough"}


class NaiveSupply(NaivePlaces):
    def address_faults(self, home: NaiveVSwitch, wish: Wish, *, primaries: int) -> set[str]:
        """Of one vSwitch; ``primaries`` is 1 where a primary address is wanted beside."""
        found = self._ipv6_faults(home, wish) if wish.size6 else set()
        idle = home.idle
        for offset in wish.named:
            if offset not in home.usable:
                found.add("InvalidVSwitchId.IpInvalid")
            elif offset not in home.free:
                found.add("InvalidPrivateIpAddress.Duplicated")
        for first in wish.prefixes:
            if (home.first + first) % 16:  # a vSwitch smaller than a prefix may begin anywhere
                found.add("InvalidIp.IpPrefixNotStrict")
            if not set(home.usable).issuperset(block(first)):
                found.add("InvalidVSwitchId.IpInvalid")
            elif not idle.issuperset(block(first)) or set(wish.named) & set(block(first)):
                found.add("InvalidPrivateIpAddress.Duplicated")
        left = idle - set(wish.named) - {one for first in wish.prefixes for one in block(first)}
        if len(home.choosable(among=left)) < wish.prefix_count:
            found |= SHORTAGES
        singles = len(left & home.free) - (0 if home.set_aside else 16 * wish.prefix_count)
        if singles < primaries + wish.count:
            found |= SHORTAGES
        return found

    def _ipv6_faults(self, home: NaiveVSwitch, wish: Wish) -> set[str]:
        if not home.has_ipv6:
            return {"InvalidVSwitch.Ipv6NotTurnOn"}
        found = set()
        for offset in wish.ipv6:
            if is_of_system6(offset):
                found |= OUTSIDE6
            elif offset in home.used6 or offset // IPV6_BLOCK * IPV6_BLOCK in home.prefixes6:
                found.add("InvalidPrivateIpAddress.Duplicated")
        for first in wish.ipv6_prefixes:
            inside = [offset for offset in (*home.used6, *wish.ipv6) if 0 <= offset - first < IPV6_BLOCK]
            if first == 0:
                found |= OUTSIDE6
            elif first in home.prefixes6 or inside:
                found.add("InvalidPrivateIpAddress.Duplicated")
        return found

    def take(self, home: NaiveVSwitch, wish: Wish, drawn: Drawn) -> None:
        """Take what was drawn, and hold it against what was free and what was asked for."""
        chosen_blocks = set(drawn.prefixes) - set(wish.prefixes)
        assert set(wish.prefixes) <= set(drawn.prefixes)
        assert len(drawn.prefixes) == len(set(drawn.prefixes)) == wish.prefix_count + len(wish.prefixes)
        assert chosen_blocks <= home.choosable(), "what is chosen comes from reservations, where there are any"
        for first in drawn.prefixes:
            assert home.idle.issuperset(block(first)), "a prefix is wholly free"
            home.used |= set(block(first))
        chosen = set(drawn.addresses) - set(wish.named)
        assert set(wish.named) <= set(drawn.addresses)
        assert set(drawn.addresses) <= home.free, "what is drawn was free"
        assert len(drawn.addresses) == len(set(drawn.addresses))
        if home.is_lowest_first and not drawn.prefixes:
            assert chosen == set(sorted(home.free - set(wish.named))[: len(chosen)])
        home.used |= set(drawn.addresses)
        assert set(wish.ipv6) <= set(drawn.ipv6)
        assert set(wish.ipv6_prefixes) <= set(drawn.ipv6_prefixes)
        assert len(set(drawn.ipv6)) == wish.ipv6_count + len(wish.ipv6)
        assert len(set(drawn.ipv6_prefixes)) == wish.ipv6_prefix_count + len(wish.ipv6_prefixes)
        for first in drawn.ipv6_prefixes:
            assert first not in home.prefixes6
            assert not any(0 <= offset - first < IPV6_BLOCK for offset in home.used6)
            home.prefixes6.add(first)
        for offset in drawn.ipv6:
            assert not is_of_system6(offset)
            assert offset not in home.used6
            assert offset // IPV6_BLOCK * IPV6_BLOCK not in home.prefixes6
            home.used6.add(offset)

    def give_back(self, home: NaiveVSwitch, drawn: Drawn) -> None:
        home.release(drawn.addresses, self.now)
        for first in drawn.prefixes:
            home.release(block(first), self.now)
        home.used6 -= set(drawn.ipv6)
        home.prefixes6 -= set(drawn.ipv6_prefixes)
