"""What an allocator takes in memory: what Python had to provide while it was made and filled.

Pools of ours share tables by size (the natural order, say); those are made beforehand and not counted. What a library
holds outside Python's memory is asked for where the library can say it.
"""

import gc
import tracemalloc
from collections.abc import Callable


def bytes_of(make: Callable[[], object]) -> int:
    """Say how many bytes are still taken when something was made, once something like it had been made before."""
    make()
    gc.collect()
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        made = make()
        gc.collect()
        after, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    foreign = getattr(made, "foreign_bytes", None)
    return after - before + (foreign() if callable(foreign) else 0)
