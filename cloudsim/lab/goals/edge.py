"""Goal 14: to write and to read the text of an address, against netaddr."""

from collections.abc import Iterator

import netaddr

from cloudsim.lab.allocator import ground
from cloudsim.lab.goals.goal import Care, Goal, at_least
from cloudsim.lab.timing import measure


def edge_goals(care: Care) -> Iterator[Goal]:
    """Measure it."""
    space = ground(16).space
    write, read, address = space.text, space.offset, netaddr.IPAddress
    values = range(space.base, space.base + space.size, 257)
    texts = [write(value - space.base) for value in values]
    timings = measure(
        {
            "write": lambda: len([write(value - space.base) for value in values]),
            "netaddr writes": lambda: len([str(address(value)) for value in values]),
            "read": lambda: len([read(text) for text in texts]),
            "netaddr reads": lambda: len([int(address(text)) for text in texts]),
        },
        rounds=care.rounds,
    )
    yield at_least(14, "netaddr / writing an address", timings, "netaddr writes", "write", 4)
    yield at_least(14, "netaddr / reading an address", timings, "netaddr reads", "read", 6)
