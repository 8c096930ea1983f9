"""What is known without simulation: how many whole blocks are left when the used addresses are spread at random.

Of n usable addresses u are used, all sets of u equally likely. A block of 16 that has no reserved address is wholly
free with probability C(n - 16, u) / C(n, u), which is C(n - u, 16) / C(n, 16); two such blocks with the same for 32.

Source: ip_pools.md, finding 2 and invariant 12 (hypergeometric).
"""

from math import comb, sqrt

from cloudsim.lab.allocator import Ground
from cloudsim.lab.models.model import BLOCK


def whole_blocks(where: Ground) -> int:
    """Count the blocks that have no reserved address."""
    first, last = where.reserved
    return max(0, (where.size - last) // BLOCK - -(-first // BLOCK))


def expected_free_blocks(where: Ground, used: int) -> float:
    """Give the mean number of free blocks if the used addresses are spread at random.

    Args:
        where: the block, IPv4.
        used: how many addresses are used.
    """
    return whole_blocks(where) * _all_free(where, used, BLOCK)


def deviation_of_free_blocks(where: Ground, used: int) -> float:
    """Give the standard deviation of that number."""
    blocks = whole_blocks(where)
    one, two = _all_free(where, used, BLOCK), _all_free(where, used, 2 * BLOCK)
    mean = blocks * one
    return sqrt(max(0.0, mean + blocks * (blocks - 1) * two - mean * mean))


def packed_free_blocks(where: Ground, used: int) -> float:
    """Give the number of free blocks if the used addresses fill one block after the other."""
    first, last = where.reserved
    at_ends = (BLOCK - first % BLOCK) % BLOCK + (BLOCK - last % BLOCK) % BLOCK if whole_blocks(where) else used
    return max(0.0, whole_blocks(where) - max(0, -(-(used - at_ends) // BLOCK)))


def _all_free(where: Ground, used: int, count: int) -> float:
    usable = where.usable
    if usable < count:
        return 0.0
    return comb(usable - used, count) / comb(usable, count)
