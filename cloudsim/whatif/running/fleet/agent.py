"""Agents: who gives the pods of one node their addresses.

The built-in one is :class:`~cloudsim.whatif.running.fleet.builtin.BuiltIn`. A user's own takes its place by
``agent = "module:Class"``: any class with these methods, such as one derived from the built-in. It is made once for
each node, with the node's :class:`~cloudsim.whatif.running.fleet.desk.Desk`, through which it makes its calls.

What it is asked comes one at a time: the next when ``done`` of the one before has been called, at once or later.
"""

from collections.abc import Callable
from importlib import import_module
from typing import Protocol

from cloudsim.errors.own import ExperimentError
from cloudsim.whatif.running.fleet.builtin import BuiltIn
from cloudsim.whatif.running.fleet.desk import Desk
from cloudsim.whatif.running.fleet.parts import Done, Outcome, Pod, Seat


class Agent(Protocol):
    """Who gives the pods of one node their addresses."""

    def has_room(self, pod: Pod) -> bool:
        """Whether the node could take one more pod; asked at any time, and makes no call."""
        ...

    def start(self, done: Done) -> None:
        """Begin to work on a new node."""
        ...

    def place(self, pod: Pod, done: Callable[[Outcome], None]) -> None:
        """Give a pod an address, or refuse it."""
        ...

    def restock(self, done: Done) -> None:
        """Fetch addresses ahead; asked after each pod that came or left."""
        ...

    def release(self, seat: Seat, done: Done) -> None:
        """Take a pod's address back."""
        ...

    def tidy(self, done: Done) -> None:
        """Put things in order that could not be done before, since the zone works again."""
        ...

    def retire(self, done: Done) -> None:
        """Take all ENIs off, since the node goes; none of its pods is left."""
        ...


def agent_maker(said: str | None) -> Callable[[Desk], Agent]:
    """Give what makes agents.

    Args:
        said: ``module:Class``; None for the built-in one.

    Raises:
        ExperimentError: there is no such class.
    """
    if said is None:
        return BuiltIn
    module, _, name = said.partition(":")
    try:
        found = getattr(import_module(module), name)
    except (ImportError, AttributeError) as error:
        raise ExperimentError(f"{said!r} cannot be had: {error}", key="fleet.agent") from None
    if not callable(found):
        raise ExperimentError(f"{said!r} is no class", key="fleet.agent")
    make: Callable[[Desk], Agent] = found
    return make
