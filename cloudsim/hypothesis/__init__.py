"""Strategies for hypothesis: worlds to test in, and orders in which calls are stepped.

    from hypothesis import given, settings
    from cloudsim import Session, latency
    from cloudsim.hypothesis import schedules, worlds

    @given(worlds(), schedules())
    @settings(deadline=None)  # time is virtual, and the first example loads the library
    def test_something(world, order):
        session = Session(world.spec, strategy=order, latency=latency("none"))

Hypothesis chooses who goes first at each step, and shrinks what fails towards a small world and towards run-to-block,
the order in which nobody is interrupted. ``World``, ``WorldSpec`` and the kernel's ``Strategy`` are known to
``hypothesis.strategies.from_type``.

Without latency everything is due at once, so that every order is possible; with latencies only ties are chosen among.
"""

try:
    import hypothesis as _hypothesis  # noqa: F401  asked for here, to say what is missing
except ModuleNotFoundError as _missing:
    raise ModuleNotFoundError(
        "cloudsim.hypothesis needs hypothesis: pip install 'cloudsim-eni[hypothesis]'", name="hypothesis"
    ) from _missing

from cloudsim.hypothesis.schedules import DrawnOrder as DrawnOrder
from cloudsim.hypothesis.schedules import schedules as schedules
from cloudsim.hypothesis.worlds import make_world as make_world
from cloudsim.hypothesis.worlds import worlds as worlds

__all__ = ["DrawnOrder", "make_world", "schedules", "worlds"]
