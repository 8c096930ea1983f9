"""Replaying a journal: putting the last word about each thing in a table, and holding the cloud against it."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

import msgspec

from cloudsim.resources.cloud import Cloud
from cloudsim.resources.facts import facts_of, facts_of_group, facts_of_instance, facts_of_vpc, facts_of_vswitch

KINDS: Final = ("eni", "vpc", "vswitch", "group", "instance")
"""The kinds of things that journals tell of; each names its things by a fact of its own name."""

_STAMPS: Final = ("call", "ev", "n", "t")


def rebuild(lines: list[bytes]) -> dict[str, dict[str, dict[str, object]]]:
    """Replay a journal.

    Returns:
        For each kind of thing, what exists at its end, by id, with what the journal says of it.
    """
    found: dict[str, dict[str, dict[str, object]]] = {kind: {} for kind in KINDS}
    for line in lines:
        said: dict[str, object] = msgspec.json.decode(line)
        kind, _, event = str(said["ev"]).partition("-")
        things = found.get(kind)
        if things is None or kind not in said:
            continue
        thing = str(said[kind])
        if event in ("created", "changed"):
            things[thing] = {key: fact for key, fact in said.items() if key not in _STAMPS}
        elif event == "status":
            things[thing] = {**things.get(thing, {}), "status": said["status"]}
        elif event == "deleted":
            things.pop(thing, None)
    return found


def audit_journal(cloud: Cloud) -> Iterator[str]:
    """Hold what exists against what a kept journal says."""
    rebuilt = rebuild(cloud.journal.lines)
    enis = {eni.id: eni for estate in cloud.estates.values() for eni in estate.interfaces.values()}
    tables: dict[str, tuple[Mapping[Any, Any], Callable[[Any], dict[str, Any]]]] = {
        "eni": (enis, facts_of),
        "vpc": (cloud.vpcs, facts_of_vpc),
        "vswitch": (cloud.vswitches, facts_of_vswitch),
        "group": (cloud.security_groups, facts_of_group),
        "instance": (cloud.instances, facts_of_instance),
    }
    for kind, (existing, facts) in tables.items():
        said = rebuilt[kind]
        for unsaid in existing:
            if unsaid not in said:
                yield f"{unsaid} exists, and the journal does not say so"
        for name, told in said.items():
            if name not in existing:
                yield f"the journal says that {name} exists, and it does not"
            elif _usual(told) != _usual(msgspec.json.decode(msgspec.json.encode(facts(existing[name])))):
                yield f"the journal says other things of {name} than what is"


def _usual(facts: dict[str, object]) -> dict[str, object]:
    """Say the status that is left out where it is the usual one."""
    return {"status": "Available", **facts}
