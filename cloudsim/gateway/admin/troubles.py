"""Troubles by hand: each method of ``sim.trouble`` is a verb; quotas have a route of their own."""

from typing import Any, Final

from cloudsim.gateway.admin.answers import Conflict
from cloudsim.gateway.admin.bodies import Body, read_keys
from cloudsim.gateway.admin.verbs import arguments_of, body_of, fields_of, methods_of, split_verb
from cloudsim.kernel.actor import Step
from cloudsim.simulation.simulation import Simulation
from cloudsim.simulation.throwing import Thrown
from cloudsim.simulation.trouble import Troublemaker
from cloudsim.simulation.trouble_plan import TroublePlan
from cloudsim.values.duration import format_duration

NOUN: Final = "trouble"
PLAN: Final = "plan"
THROWN_MAX: Final = 10_000
"""Troubles of one simulation that can be thrown by hand."""
_LISTED_MAX: Final = 200
_STRIKE_STEPS_MAX: Final = 64

_VERBS: Final = {name: method for name, method in methods_of(Troublemaker).items() if name not in {PLAN, "set_quota"}}
BODIES: Final[dict[str, type[Body]]] = {
    **{name: body_of(name, fields_of(method)) for name, method in _VERBS.items()},
    PLAN: body_of(PLAN, fields_of(TroublePlan)),
}
"""What each verb is sent, by its name."""
QUOTA: Final = body_of("set_quota", fields_of(Troublemaker.set_quota))
"""What the quota route is sent."""


def throw(simulation: Simulation, keys: dict[str, Any]) -> dict[str, Any]:
    """Throw the trouble that a body says.

    Raises:
        BadRequest: it says none.
        CloudsimError: the trouble cannot be thrown.
        Conflict: too many were.
    """
    verb, others = split_verb(keys, NOUN, BODIES)
    arguments = arguments_of(read_keys(others, BODIES[verb]), now_ns=simulation.now_ns)
    _require_room(simulation)
    if verb == PLAN:
        plan = TroublePlan(**arguments)
        simulation.trouble.plan(plan)
        return {NOUN: PLAN, "name": plan.name, "fate": "planned"}
    return strike(simulation, _VERBS[verb](simulation.trouble, **arguments))


def set_quota(simulation: Simulation, body: Body) -> dict[str, Any]:
    """Set a quota as a body says.

    Raises:
        CloudsimError: there is no such quota, or nobody has it.
        Conflict: too many troubles were thrown.
    """
    arguments = arguments_of(body, now_ns=simulation.now_ns)
    _require_room(simulation)
    return strike(simulation, simulation.trouble.set_quota(**arguments))


def _require_room(simulation: Simulation) -> None:
    if len(simulation.trouble.thrown) >= THROWN_MAX:
        raise Conflict(f"{THROWN_MAX} troubles were thrown in this simulation, and reset begins anew")


def strike(simulation: Simulation, thrown: Thrown) -> dict[str, Any]:
    """Let a trouble whose instant has come strike before anything else happens, and say how it went.

    Troubles are the most urgent of all that is due at an instant, so their steps are the next ones.
    """
    kernel = simulation.kernel
    for _ in range(_STRIKE_STEPS_MAX):
        is_due = thrown.fate == "under way" or (thrown.fate == "planned" and thrown.at_ns <= simulation.now_ns)
        if not is_due or kernel.run(steps=1, horizon_ns=simulation.now_ns + 1) is not Step.RAN:
            break
    return shown(thrown)


def shown(thrown: Thrown) -> dict[str, Any]:
    """Say what a trouble is and how it went."""
    error = None if thrown.reply is None else thrown.reply.error
    request = thrown.request
    facts = {name: getattr(request, name) for name in request.__struct_fields__}
    said = {
        NOUN: request.action,
        "at": format_duration(thrown.at_ns),
        "at_ns": thrown.at_ns,
        "fate": thrown.fate,
        "about": {name: fact for name, fact in facts.items() if fact not in (None, "")},
    }
    return said if error is None else {**said, "message": error.message}


def list_thrown(simulation: Simulation) -> dict[str, Any]:
    """List the troubles that were thrown, the latest first, and what is wrong in the cloud now."""
    conditions, thrown = simulation.cloud.conditions, simulation.trouble.thrown
    return {
        "thrown": len(thrown),
        "latest": [shown(one) for one in reversed(thrown[-_LISTED_MAX:])],
        "zones_out": list(conditions.zones_out),
        "sold_out": [{"zone": zone, "instance_type": kind or None} for zone, kind in conditions.sold_out],
        "verbs": list(BODIES),
    }
