"""Deterministic simulation of a cloud's network-interface control plane.

A request is a journey through named phases; at every phase others may act; a chooser decides who. The map, each floor
importing only what is below it, siblings divided by ``|`` not importing each other:

    cli                       the command line, and ``python -m cloudsim``
    | pytest_plugin           tests in many orders, and simulations as fixtures
    | hypothesis              worlds and orders as hypothesis draws them
    whatif                    sweeps, searches and reports
    | gateway                 the real API over HTTP, for unmodified clients
    scenario                  world, drive, check; settings, expectations, runner
    runtime                   trio lives here and above: gate, client, session
    ------------------------  await stops here; everything below is synchronous
    simulation                one world: kernel + cloud + latency + faults; worlds and their files' specs; the audit
    operations | kernel       API operations as generators | virtual time and the choice of who is next
    resources | api           what exists | what may be said: requests, rules, answers, rendering
    ipam                      blocks and pools of addresses
    values                    ids, durations, entropy, profiles
    errors                    refusals as types

The names below are all that a scenario needs. They are loaded when they are first asked for, so that importing the
package costs next to nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from cloudsim.version import __version__

if TYPE_CHECKING:
    from cloudsim.api.requests import (
        CreateNetworkInterface as CreateNetworkInterface,
    )
    from cloudsim.api.requests import (
        DeleteNetworkInterface as DeleteNetworkInterface,
    )
    from cloudsim.api.requests import (
        DescribeNetworkInterfaces as DescribeNetworkInterfaces,
    )
    from cloudsim.errors.base import ApiError as ApiError
    from cloudsim.errors.own import CloudsimError as CloudsimError
    from cloudsim.errors.own import Deadlock as Deadlock
    from cloudsim.errors.own import RequestTimeout as RequestTimeout
    from cloudsim.errors.own import SnapshotError as SnapshotError
    from cloudsim.errors.own import WaitFailed as WaitFailed
    from cloudsim.errors.own import WaitTimeout as WaitTimeout
    from cloudsim.errors.own import WorldError as WorldError
    from cloudsim.gateway.thread import serve_in_thread as serve_in_thread
    from cloudsim.kernel.strategy import Fifo as Fifo
    from cloudsim.kernel.strategy import RandomOrder as RandomOrder
    from cloudsim.kernel.strategy import RunToBlock as RunToBlock
    from cloudsim.operations.operation import Phase as Phase
    from cloudsim.operations.policy import Policy as Policy
    from cloudsim.resources.consistency import Consistency as Consistency
    from cloudsim.resources.journal import Journal as Journal
    from cloudsim.resources.throttle import Throttling as Throttling
    from cloudsim.runtime.client import Client as Client
    from cloudsim.runtime.outcome import Outcome as Outcome
    from cloudsim.runtime.outcome import attempt as attempt
    from cloudsim.runtime.retry import Retry as Retry
    from cloudsim.runtime.session import Session as Session
    from cloudsim.runtime.session import gather as gather
    from cloudsim.runtime.waiting import Poll as Poll
    from cloudsim.scenario.expectation import Expectations as Expectations
    from cloudsim.scenario.load import load_scenario as load_scenario
    from cloudsim.scenario.load_world import load_world as load_world
    from cloudsim.scenario.runner import Result as Result
    from cloudsim.scenario.runner import run_scenario as run_scenario
    from cloudsim.scenario.scenario import Scenario as Scenario
    from cloudsim.simulation.faults import Match as Match
    from cloudsim.simulation.latency import latency as latency
    from cloudsim.simulation.saving.saving import load_simulation as load_simulation
    from cloudsim.simulation.saving.saving import save_simulation as save_simulation
    from cloudsim.simulation.simulation import Simulation as Simulation
    from cloudsim.simulation.trouble_plan import TroublePlan as TroublePlan
    from cloudsim.simulation.world.builder import World as World

_HOMES: Final = {
    "ApiError": "errors.base",
    "Client": "runtime.client",
    "CloudsimError": "errors.own",
    "Consistency": "resources.consistency",
    "CreateNetworkInterface": "api.requests",
    "Deadlock": "errors.own",
    "DeleteNetworkInterface": "api.requests",
    "DescribeNetworkInterfaces": "api.requests",
    "Expectations": "scenario.expectation",
    "Fifo": "kernel.strategy",
    "Journal": "resources.journal",
    "Match": "simulation.faults",
    "Outcome": "runtime.outcome",
    "Phase": "operations.operation",
    "Policy": "operations.policy",
    "Poll": "runtime.waiting",
    "RandomOrder": "kernel.strategy",
    "RequestTimeout": "errors.own",
    "Result": "scenario.runner",
    "Retry": "runtime.retry",
    "RunToBlock": "kernel.strategy",
    "Scenario": "scenario.scenario",
    "Session": "runtime.session",
    "Simulation": "simulation.simulation",
    "SnapshotError": "errors.own",
    "Throttling": "resources.throttle",
    "TroublePlan": "simulation.trouble_plan",
    "WaitFailed": "errors.own",
    "WaitTimeout": "errors.own",
    "World": "simulation.world.builder",
    "WorldError": "errors.own",
    "attempt": "runtime.outcome",
    "gather": "runtime.session",
    "latency": "simulation.latency",
    "load_scenario": "scenario.load",
    "load_simulation": "simulation.saving.saving",
    "load_world": "scenario.load_world",
    "run_scenario": "scenario.runner",
    "serve_in_thread": "gateway.thread",
    "save_simulation": "simulation.saving.saving",
}

__all__ = ["__version__", *sorted(_HOMES)]  # noqa: PLE0604  names are texts, and sorted


def __getattr__(name: str) -> Any:  # noqa: ANN401
    """Load a public name from its home."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'cloudsim' has no attribute {name!r}")
    found = getattr(import_module(f"cloudsim.{home}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return __all__
