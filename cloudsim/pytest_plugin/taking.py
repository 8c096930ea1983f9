"""Taking a test: its async function becomes a plain one, which runs it in many orders."""

from collections.abc import Callable
from functools import wraps
from typing import Any, NoReturn

import pytest

from cloudsim.pytest_plugin.keys import SIM


class EachSession:
    """Stands for the session until a run gives the test one; whoever uses it outside of a run is told so.

    Args:
        request: of the test.
        world: the value of ``cloud_world``.
    """

    __slots__ = ("_request", "_world")

    def __init__(self, request: pytest.FixtureRequest, world: object) -> None:
        self._request = request
        self._world = world

    def __getattr__(self, name: str) -> NoReturn:
        """Refuse what only a session has.

        Raises:
            AttributeError: always.
        """
        raise AttributeError(
            f"sim.{name}: each run has a session of its own, which only an async test has that is marked with "
            "@pytest.mark.cloudsim. A plain test asks for the fixture 'simulation'; a fixture cannot use sim."
        )


def of_test(each: EachSession) -> tuple[pytest.FixtureRequest, object]:
    """Give the request and the world of the test that is to be run."""
    return each._request, each._world  # noqa: SLF001  kept out of the way of sim's own names


def taken(function: Callable[..., Any]) -> Callable[..., None]:
    """Make a plain function that runs an async test in all its orders."""

    @wraps(function)
    def run(*args: object, **given: object) -> None:
        __tracebackhide__ = True
        each = given.pop(SIM, None)
        if not isinstance(each, EachSession):
            pytest.fail(
                "a test that is marked with cloudsim takes its session as a parameter: async def test(sim)"
                if each is None
                else "the fixture 'sim' is another one here, and hides the session that cloudsim gives a marked test",
                pytrace=False,
            )
        from cloudsim.pytest_plugin.trying import try_test

        try_test(each, function, args, given)

    return run
