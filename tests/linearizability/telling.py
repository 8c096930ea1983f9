"""Histories that are told: real calls of a small world, one after the other, with answers and times to be doctored."""

from dataclasses import replace
from typing import Any

import msgspec

from cloudsim.api.requests import (
    DescribeNetworkInterfaceAttribute,
    DescribeNetworkInterfaces,
    ModifyNetworkInterfaceAttribute,
    Request,
)
from cloudsim.api.responses import CreateNetworkInterfaceResponse, DescribeNetworkInterfacesResponse
from cloudsim.errors.base import ApiError
from cloudsim.linearizability import History, Observed, Violation, judge
from cloudsim.simulation.world.builder import World
from tests.small_world import REGION, Watched, a_create, a_delete


class Told:
    """A history in the making: each call is done at once, and observed."""

    def __init__(self, world: World | None = None, **how: Any) -> None:
        self.sim = Watched(world, **how)
        self.history = History(self.sim)
        self.sim.observers.append(self.history)
        self.start = self.history.start

    def ask(self, request: Request, *, by: str = "alice") -> Observed:
        """Do a call, and give it as its caller saw it."""
        caller = self.sim.callers.get(by)
        self.sim.ask(request, by=caller if caller is not None else self.sim.caller(account="acme", name=by))
        return self.history.calls[-1]

    def make(self, **changes: Any) -> Observed:
        return self.ask(a_create(**changes))

    def delete(self, eni: str) -> Observed:
        return self.ask(a_delete(eni))

    def rename(self, eni: str, name: str, *, by: str = "alice") -> Observed:
        return self.ask(
            ModifyNetworkInterfaceAttribute(region_id=REGION, network_interface_id=eni, network_interface_name=name),
            by=by,
        )

    def look(self, *enis: str, by: str = "alice", **filters: Any) -> Observed:
        request = DescribeNetworkInterfaces(region_id=REGION, network_interface_ids=enis or None, **filters)
        return self.ask(request, by=by)

    def look_alone(self, eni: str) -> Observed:
        return self.ask(DescribeNetworkInterfaceAttribute(region_id=REGION, network_interface_id=eni))

    def violations(self, *calls: Observed, **how: Any) -> list[Violation]:
        """Judge calls against the beginning of this world, in which no attach fails after its answer."""
        return list(judge(self.start, calls, **{"attaches_fail": False, **how}).violations)


def eni_of(made: Observed) -> str:
    """The ENI that a create made."""
    assert isinstance(made.response, CreateNetworkInterfaceResponse)
    return made.response.network_interface_id


def timed(*calls: Observed) -> list[Observed]:
    """Let calls follow one another, in the order given, whenever they really were."""
    return [replace(call, invoked=2 * place, answered=2 * place + 1) for place, call in enumerate(calls, 1)]


def beside(*calls: Observed) -> list[Observed]:
    """Let calls all be under way at the same time."""
    return [replace(call, invoked=place, answered=len(calls) + place) for place, call in enumerate(calls, 1)]


def lost(call: Observed) -> Observed:
    """Let nobody know the outcome of a call."""
    return replace(call, answered=None, response=None, error=None, answered_ns=None)


def named(call: Observed, name: str) -> Observed:
    """Call a call something else."""
    return replace(call, call=name, caller=name.rpartition("/")[0])


def refused(call: Observed, error: ApiError) -> Observed:
    """Let a call have been refused."""
    return replace(call, response=None, error=error)


def answered(call: Observed, **changes: Any) -> Observed:
    """Let the answer of a call say something else."""
    assert call.response is not None
    return replace(call, response=msgspec.structs.replace(call.response, **changes))


def asked(call: Observed, **changes: Any) -> Observed:
    """Let a call have asked something else."""
    return replace(call, request=msgspec.structs.replace(call.request, **changes))


def showing(call: Observed, **changes: Any) -> Observed:
    """Let a description show its only ENI otherwise."""
    assert isinstance(call.response, DescribeNetworkInterfacesResponse)
    (shown,) = call.response.network_interface_sets
    return answered(call, network_interface_sets=(msgspec.structs.replace(shown, **changes),))
