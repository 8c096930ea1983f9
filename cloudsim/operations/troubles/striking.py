"""How a trouble strikes: one step, then its answer."""

from collections.abc import Callable
from typing import TypeAlias, TypeVar

from cloudsim.api.troubles import Trouble, TroubleResponse
from cloudsim.errors.network import InvalidVSwitchIdNotFound
from cloudsim.operations.operation import Call, Footprint, Operation, OperationKind, Phase, Touches
from cloudsim.operations.policy import Policy
from cloudsim.resources.cloud import Cloud
from cloudsim.resources.vswitch import VSwitch
from cloudsim.values.ids import VSwitchId

TroubleT = TypeVar("TroubleT", bound=Trouble)

Strike: TypeAlias = Callable[[Cloud, Call[TroubleT], Policy], None]
"""Does what a trouble says; everything is checked before anything is changed."""
TouchesOf: TypeAlias = Callable[[Cloud, TroubleT], Touches]
"""Says what it touches."""


def at_once(strike: Strike[TroubleT], touches: TouchesOf[TroubleT]) -> OperationKind[TroubleT]:
    """Make an operation of a function that strikes, and one that says what it touches."""

    def run(cloud: Cloud, call: Call[TroubleT], policy: Policy) -> Operation:
        yield Phase.STRIKE
        strike(cloud, call, policy)
        cloud.answer(TroubleResponse(request_id=call.draws.request_id()))
        yield Phase.RESPOND

    def footprint(cloud: Cloud, call: Call[TroubleT], policy: Policy, phase: Phase) -> Footprint:
        del policy, phase
        return touches(cloud, call.request)

    return OperationKind(run, footprint)


def find_vswitch(cloud: Cloud, wanted: str) -> VSwitch:
    """Look a vSwitch up, whoever's it is.

    Raises:
        InvalidVSwitchIdNotFound: there is none, or none any more.
    """
    vswitch = cloud.vswitches.get(VSwitchId(wanted))
    if vswitch is None:
        raise InvalidVSwitchIdNotFound(vswitch=wanted)
    return vswitch
