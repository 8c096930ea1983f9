"""The search for a free block, against trying every block."""

from hypothesis import given
from hypothesis import strategies as st

from cloudsim.ipam.blocks import first_free_block
from cloudsim.ipam.edge import AddressSpace

BLOCKS = st.builds(
    lambda length, number: AddressSpace.parse(f"10.0.0.{(number << (32 - length)) % 256}/{length}"),
    st.integers(25, 30),
    st.integers(0, 63),
)


@given(st.lists(BLOCKS, max_size=8), st.integers(23, 30))
def test_the_lowest_free_block_is_that_of_trying_all(taken: list[AddressSpace], length: int) -> None:
    home = AddressSpace.parse("10.0.0.0/24")
    tried = [
        AddressSpace(home.family, base, length)
        for base in range(home.base, home.base + home.size, 1 << (32 - length))
        if length >= home.length
    ]
    free = [block for block in tried if not any(block.overlaps(other) for other in taken)]
    assert first_free_block(home, taken, length) == (free[0] if free else None)
