"""The entry point that hypothesis calls when it is imported."""

from hypothesis import strategies as st

from cloudsim.hypothesis.schedules import schedules
from cloudsim.hypothesis.worlds import worlds
from cloudsim.kernel.strategy import Strategy
from cloudsim.simulation.world.builder import World
from cloudsim.simulation.world.spec import WorldSpec


def register() -> None:
    """Tell hypothesis how to make worlds and orders, for parameters that are annotated with their types."""
    st.register_type_strategy(World, worlds())
    st.register_type_strategy(WorldSpec, worlds().map(lambda world: world.spec))
    st.register_type_strategy(Strategy, schedules())
