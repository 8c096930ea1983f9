"""How the tests run a function under a fresh gate."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from cloudsim.kernel.kernel import Kernel
from cloudsim.runtime.gate import Gate

T = TypeVar("T")
S = 1_000_000_000
MS = 1_000_000


def run(function: Callable[[Gate], Awaitable[T]], *, kernel: Kernel | None = None) -> T:
    gate = Gate(kernel or Kernel())
    return gate.run(function, gate)
