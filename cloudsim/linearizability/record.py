"""The record: an ENI as the sequential cloud knows it, and what becomes of it by itself.

A field of which nothing is known is :data:`ANY` until the first answer that shows it: of an ENI that a call made whose
answer was lost, or of the addresses that such a call gave it.
"""

from enum import Enum
from typing import Final, NamedTuple, TypeAlias

from cloudsim.resources.interface import EniStatus


class Unknown(Enum):
    """The value of which nothing is known."""

    ANY = "?"


ANY: Final = Unknown.ANY

Texts: TypeAlias = frozenset[str]

NEVER: Final = "not made yet"
"""The status of an ENI before it is made."""
GONE: Final = str(EniStatus.GONE)
ABSENT: Final = (NEVER, GONE)
AVAILABLE: Final = str(EniStatus.AVAILABLE)
ATTACHING: Final = str(EniStatus.ATTACHING)
IN_USE: Final = str(EniStatus.IN_USE)
DETACHING: Final = str(EniStatus.DETACHING)
DELETING: Final = str(EniStatus.DELETING)
AT_REST: Final = (AVAILABLE, IN_USE)


class Record(NamedTuple):
    """An ENI at one instant. A field may be ANY."""

    status: str
    name: str | Unknown = ANY
    description: str | Unknown = ANY
    instance: str | Unknown = ANY
    """Empty for none."""
    dies: bool | Unknown = ANY
    """DeleteOnRelease."""
    groups: Texts | Unknown = ANY
    addresses: Texts | Unknown = ANY
    """Private IPv4 addresses, the primary one included."""
    ipv6_addresses: Texts | Unknown = ANY
    ipv4_prefixes: Texts | Unknown = ANY
    ipv6_prefixes: Texts | Unknown = ANY
    is_primary: bool | Unknown = ANY
    applied: Texts = frozenset()
    """ClientTokens of assigns that have been done, where several calls have one."""


UNMADE: Final = Record(NEVER)

FIELDS: Final = {
    "status": "status",
    "name": "name",
    "description": "description",
    "instance": "instance",
    "dies": "DeleteOnRelease",
    "groups": "security groups",
    "addresses": "private addresses",
    "ipv6_addresses": "IPv6 addresses",
    "ipv4_prefixes": "IPv4 prefixes",
    "ipv6_prefixes": "IPv6 prefixes",
    "is_primary": "being primary",
}
"""What answers show, and what each is called."""

CARRIED: Final = ("addresses", "ipv6_addresses", "ipv4_prefixes", "ipv6_prefixes")
"""The fields that address calls change."""


def idle(record: Record) -> tuple[Record, ...]:
    """The states that an ENI may come to by itself: asynchronous changes end at any later moment, or never."""
    if record.status == ATTACHING:
        return record, record._replace(status=IN_USE)
    if record.status == DETACHING:
        return record, off(record)
    if record.status == DELETING:
        return record, ended(record)
    return (record,)


def idle_or_failing(record: Record) -> tuple[Record, ...]:
    """Likewise, where an attach may also fail after its answer, which puts the ENI back."""
    return (*idle(record), off(record)) if record.status == ATTACHING else idle(record)


def off(record: Record) -> Record:
    """The ENI, taken off its instance."""
    return record._replace(status=AVAILABLE, instance="")


def ended(record: Record) -> Record:
    """The ENI, which is no more; of what it was only the fact is left, so that equal ends are one state."""
    return Record(GONE, applied=record.applied)


def merged(record: Record, shown: Record, *, lingering: bool) -> Record | None:
    """The record once an answer has shown it.

    Args:
        record: what is known.
        shown: what the answer says of each field.
        lingering: addresses that were taken off may be shown still.

    Returns:
        The record, with what it learns; None where the answer contradicts it.
    """
    learnt: dict[str, object] = {}
    for name in FIELDS:
        had, seen = getattr(record, name), getattr(shown, name)
        if had == seen or seen is ANY:
            continue
        if lingering and name in CARRIED:
            if had is not ANY and not had <= seen:
                return None
        elif had is ANY:
            learnt[name] = seen
        else:
            return None
    return record._replace(**learnt) if learnt else record  # type: ignore[arg-type]


def differences(record: Record, shown: Record) -> str:
    """Say where an answer contradicts a record."""
    if record.status in ABSENT:
        return f"it is {told_status(record)}"
    told = []
    for name, called in FIELDS.items():
        had, seen = getattr(record, name), getattr(shown, name)
        if ANY not in (had, seen) and had != seen:
            told.append(f"its {called} is {text_of(had)}, not {text_of(seen)}")
    return ", and ".join(told)


def carried_by(record: Record) -> list[str]:
    """All addresses and prefixes that an ENI is known to have."""
    known = [getattr(record, name) for name in CARRIED]
    return [text for had in known if had is not ANY for text in sorted(had)]


def text_of(value: object) -> str:
    """A field's value, for people."""
    if isinstance(value, frozenset):
        return " ".join(sorted(value)) or "none"
    return str(value) if value != "" else "empty"


def told_status(record: Record) -> str:
    """The status, for people."""
    return "gone" if record.status == GONE else record.status


def tell(record: Record) -> str:
    """The whole record, for people."""
    if record.status in ABSENT:
        return told_status(record)
    told = [told_status(record)]
    if record.name not in (ANY, ""):
        told.append(f"name {record.name}")
    if record.instance not in (ANY, ""):
        told.append(f"on {record.instance}")
    if isinstance(record.addresses, frozenset):
        told.append(f"with {text_of(record.addresses)}")
    return ", ".join(told)
