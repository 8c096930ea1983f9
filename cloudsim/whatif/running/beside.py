"""Beside all calls: changes of the cloud that no request makes, such as a node that comes, stamped and journalled."""

from collections.abc import Iterator
from contextlib import contextmanager

from cloudsim.resources.cloud import Cloud
from cloudsim.simulation.simulation import Simulation
from cloudsim.values.ids import CallName


@contextmanager
def beside(simulation: Simulation) -> Iterator[Cloud]:
    """Change the cloud at the present instant, as nobody's call; what was stamped before is stamped again after.

    Such a change may come in the middle of a call's step, when its answer is heard, and is not part of that step.
    """
    ledger = simulation.cloud.ledger
    before = ledger.now_ns, ledger.call, ledger.watcher
    ledger.now_ns, ledger.call, ledger.watcher = simulation.kernel.now_ns, CallName(""), None
    try:
        yield simulation.cloud
    finally:
        ledger.now_ns, ledger.call, ledger.watcher = before
