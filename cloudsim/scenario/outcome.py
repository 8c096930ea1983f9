"""The outcome of a run: what every caller was answered, and what exists at the end, without times and serials.

Two runs with one outcome differ in nothing that a caller could be sorry for. ENIs have the ids that their calls drew,
which are the same in every order; addresses that a pool drew and MAC addresses are left out, and so is who came first.
"""

from collections.abc import Mapping
from typing import Any, Final

import msgspec

from cloudsim.api.responses import Response
from cloudsim.errors.base import ApiError
from cloudsim.operations.operation import Call
from cloudsim.resources.cloud import Cloud
from cloudsim.resources.facts import facts_of, facts_of_group, facts_of_instance, facts_of_vpc, facts_of_vswitch

_DRAWN: Final = ("mac", "ipv6_addresses", "ipv4_prefixes", "ipv6_prefixes")
NO_ANSWER: Final = "no answer"

_encode = msgspec.json.Encoder(order="sorted").encode


class Answers:
    """Collects what every call was answered; an observer of a simulation."""

    def __init__(self) -> None:
        self.endings: dict[str, str] = {}
        """For each call its action, and ``ok``, a code or ``no answer``."""

    def departed(self, call: Call[Any]) -> None:
        """Note a call."""
        self.endings[call.name] = f"{call.request.action} {NO_ANSWER}"

    def answered(self, call: Call[Any], _response: Response | None, refusal: ApiError | None) -> None:
        """Note an answer."""
        self.endings[call.name] = f"{call.request.action} {'ok' if refusal is None else refusal.code}"


def outcome_of(endings: Mapping[str, str], cloud: Cloud) -> str:
    """Write an outcome as canonical JSON."""
    enis = {eni.id: eni for estate in cloud.estates.values() for eni in estate.interfaces.values()}
    document = {
        "answers": endings,
        "enis": {name: _without_drawn(facts_of(eni)) for name, eni in enis.items()},
        "instances": {name: facts_of_instance(instance) for name, instance in cloud.instances.items()},
        "vpcs": {name: facts_of_vpc(vpc) for name, vpc in cloud.vpcs.items()},
        "vswitches": {name: facts_of_vswitch(vswitch) for name, vswitch in cloud.vswitches.items()},
        "groups": {name: facts_of_group(group) for name, group in cloud.security_groups.items()},
    }
    return _encode(document).decode()


def _without_drawn(facts: dict[str, Any]) -> dict[str, Any]:
    """Put the number of what a pool drew in its place."""
    kept = {key: len(fact) if key in _DRAWN and key != "mac" else fact for key, fact in facts.items()}
    del kept["mac"]
    kept["addresses"] = len(facts["addresses"])
    return kept


def outcome_in_words(outcome: str, *, callers_max: int = 6) -> str:
    """Write an outcome on one line: how the calls of each caller ended, and how many ENIs there are.

    Args:
        outcome: as :func:`outcome_of` wrote it; another text is given as it is.
        callers_max: with more callers than these, only how many calls ended how.
    """
    try:
        document = msgspec.json.decode(outcome)
    except msgspec.DecodeError:
        return outcome
    by_caller: dict[str, list[str]] = {}
    for call, ending in document["answers"].items():
        by_caller.setdefault(call.rpartition("/")[0], []).append(ending.partition(" ")[2])
    if len(by_caller) <= callers_max:
        told = [f"{caller}: {', '.join(_counted(endings))}" for caller, endings in by_caller.items()]
    else:
        told = _counted([ending for endings in by_caller.values() for ending in endings])
    enis = len(document["enis"])
    return "; ".join([*told, f"{enis} ENI" if enis == 1 else f"{enis} ENIs"])


def _counted(endings: list[str]) -> list[str]:
    """Say equal endings once, with how many there are."""
    counts: dict[str, int] = {}
    for ending in endings:
        counts[ending] = counts.get(ending, 0) + 1
    return [ending if count == 1 else f"{ending} x {count}" for ending, count in counts.items()]
