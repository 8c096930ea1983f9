"""Faults by hand: each method of ``sim.faults`` that plans one is a verb, with the keys of its match beside its own."""

from string import Formatter
from typing import Any, Final

from cloudsim.errors.base import ApiError
from cloudsim.errors.codes import CODES
from cloudsim.errors.own import did_you_mean
from cloudsim.gateway.admin.answers import BadRequest, Conflict
from cloudsim.gateway.admin.bodies import Body, Number, Text, read_keys
from cloudsim.gateway.admin.verbs import Field, arguments_of, body_of, fields_of, methods_of, split_verb
from cloudsim.simulation.faults import Faults, Match
from cloudsim.simulation.simulation import Simulation

NOUN: Final = "fault"
PLANNED_MAX: Final = 1_000
"""Faults that can be planned by hand at one time; each is asked at every call."""
UNSAID: Final = "not said"
"""What stands for a fact of a message that nobody gave."""

_INNER: Final = ("add", "for_call", "rename", "stop")
_MATCH: Final = fields_of(Match)
_VERBS: Final = {name: method for name, method in methods_of(Faults).items() if name not in _INNER}


def _keys_of(field: Field) -> list[Field]:
    """Give the keys that say one parameter: a match has its own, and refusals are said by their codes."""
    name, _, default = field
    if name == "match":
        return _MATCH
    if name == "error":
        return [("code", Text, default), ("facts", dict[Text, Text | Number], {})]
    return [(name, Text, default.code)] if name == "told_as" else [field]


BODIES: Final[dict[str, type[Body]]] = {
    name: body_of(name, [key for field in fields_of(method) for key in _keys_of(field)])
    for name, method in _VERBS.items()
}
"""What each verb is sent, by its name."""


class PlannedFaults:
    """The faults of one simulation that were planned by hand.

    Args:
        simulation: the simulation.
    """

    def __init__(self, simulation: Simulation) -> None:
        self.simulation = simulation
        self._planned: list[tuple[dict[str, Any], Match]] = []

    def plan(self, keys: dict[str, Any]) -> dict[str, Any]:
        """Plan the fault that a body says.

        Raises:
            BadRequest: it says none.
            CloudsimError: the fault cannot be.
            Conflict: too many are planned.
        """
        verb, others = split_verb(keys, NOUN, BODIES)
        arguments = arguments_of(read_keys(others, BODIES[verb]), now_ns=self.simulation.now_ns)
        if len(self._planned) >= PLANNED_MAX:
            raise Conflict(f"{PLANNED_MAX} faults are planned; /_cloudsim/faults/stop ends them")
        match = Match(**{name: arguments.pop(name) for name, _, _ in _MATCH})
        if "facts" in arguments:
            arguments["error"] = _refusal(arguments.pop("code"), arguments.pop("facts"))
        if "told_as" in arguments:
            arguments["told_as"] = _known(arguments["told_as"])
        _VERBS[verb](self.simulation.faults, **arguments, match=match)
        self._planned.append(({NOUN: verb, **others}, match))
        return _shown(*self._planned[-1])

    def stop(self) -> dict[str, Any]:
        """Let no fault strike any more, also none that was planned otherwise."""
        self.simulation.faults.stop()
        stopped = len(self._planned)
        self._planned.clear()
        return {"stopped": stopped}

    def listed(self) -> dict[str, Any]:
        """List the faults, oldest first, with how often each has struck."""
        return {"faults": [_shown(said, match) for said, match in self._planned], "verbs": list(BODIES)}


def _shown(said: dict[str, Any], match: Match) -> dict[str, Any]:
    return {**said, "action": match.action, "seen": match.seen, "struck": match.struck, "fired": match.fired}


def _known(code: str) -> type[ApiError]:
    if code not in CODES:
        raise BadRequest(f"there is no code {code!r}; {did_you_mean(code, CODES)}")
    return CODES[code]


def _refusal(code: str, facts: dict[str, str | int]) -> ApiError:
    """Make a refusal of its code; what its message names and nobody gave is said to be unsaid.

    Raises:
        BadRequest: there is no such code, or its message names no such fact.
    """
    kind = _known(code)
    names = [name for _, name, _, _ in Formatter().parse(kind.form) if name]
    for fact in facts:
        if fact not in names:
            raise BadRequest(f"the message of {code} names no fact {fact!r}; {did_you_mean(fact, names)}")
    return kind(**{name: facts.get(name, UNSAID) for name in names})
