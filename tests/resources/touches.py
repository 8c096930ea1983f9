"""A watcher that lets everything pass and takes note of it."""

from cloudsim.resources.ledger import Mode


class Touches:
    """What was touched, in order."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, Mode]] = []

    def touch(self, key: str, mode: Mode) -> None:
        """Take note."""
        self.seen.append((key, mode))
