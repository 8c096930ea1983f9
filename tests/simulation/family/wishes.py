"""Addresses that the rules of the family's machine ask for."""

from hypothesis import strategies as st

from tests.simulation.family.naive_things import IPV6_BLOCK, IPV6_SIZE, Wish

OFFSETS = st.lists(st.integers(0, 15), max_size=2, unique=True)
_OFTEN_NONE = st.sampled_from([0, 0, 0, 0, 0, 0, 1, 2])
_PREFIXES = st.lists(st.sampled_from([16, 32, 16, 32, 0, 48]), max_size=2, unique=True)
OFFSETS6 = st.lists(
    st.sampled_from([1, 2, 3, 1, 2, 3, 0, IPV6_BLOCK, IPV6_BLOCK + 5, IPV6_SIZE - 10, IPV6_SIZE - 9]),
    max_size=2,
    unique=True,
)
_PREFIXES6 = st.lists(st.sampled_from([IPV6_BLOCK, 2 * IPV6_BLOCK, IPV6_BLOCK, 0]), max_size=2, unique=True)


def _rarely(lists: st.SearchStrategy[list[int]]) -> st.SearchStrategy[list[int]]:
    return st.integers(0, 5).flatmap(lambda number: lists if number == 0 else st.just([]))


@st.composite
def _newer_wishes(draw: st.DrawFn) -> Wish:
    """Each kind of address by count or by name, or neither; never both, which is a refusal of another kind."""
    named, prefixes = draw(OFFSETS), draw(_rarely(_PREFIXES))
    ipv6, ipv6_prefixes = draw(_rarely(OFFSETS6)), draw(_rarely(_PREFIXES6))
    return Wish(
        count=0 if named else draw(st.integers(0, 2)),
        named=tuple(named),
        prefix_count=0 if prefixes else draw(_OFTEN_NONE),
        prefixes=tuple(prefixes),
        ipv6_count=0 if ipv6 else draw(_OFTEN_NONE),
        ipv6=tuple(ipv6),
        ipv6_prefix_count=0 if ipv6_prefixes else draw(_OFTEN_NONE),
        ipv6_prefixes=tuple(ipv6_prefixes),
    )


def _named(named: list[int]) -> Wish:
    return Wish(named=tuple(named))


WISHES = st.builds(Wish, count=st.integers(0, 2)) | st.builds(_named, OFFSETS) | _newer_wishes()
