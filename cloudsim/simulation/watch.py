"""The footprint watcher: a step that touches what it did not declare is an error, in tests and in exploration."""

from cloudsim.errors.own import UndeclaredTouch
from cloudsim.operations.operation import ANYTHING, Footprint
from cloudsim.resources.ledger import Mode


class FootprintWatcher:
    """Holds every touch against the footprint of the present step."""

    __slots__ = ("_declared", "_step")

    def __init__(self) -> None:
        self._step = "nothing"
        self._declared: Footprint = ANYTHING

    def begin(self, step: str, declared: Footprint) -> None:
        """Expect no touches but the declared ones from here on."""
        self._step, self._declared = step, declared

    def touch(self, key: str, mode: Mode) -> None:
        """Hold a touch against the footprint; whoever may write may read and add as well.

        Raises:
            UndeclaredTouch: the footprint does not have it.
        """
        declared = self._declared
        if declared is ANYTHING or (key, mode) in declared or (key, Mode.WRITE) in declared:
            return
        self._declared = ANYTHING  # the unwinding of a step that is broken off shall not hide why
        listed = ", ".join(f"{has} {of}" for of, has in declared) or "nothing"
        raise UndeclaredTouch(f"{self._step}: {mode} {key} is not declared; declared are: {listed}")
