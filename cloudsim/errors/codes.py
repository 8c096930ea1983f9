"""Every refusal by its code: the one registry."""

from types import ModuleType
from typing import Final

from cloudsim.errors import (
    account,
    addresses,
    gateway,
    groups,
    instances,
    network,
    parameters,
    queues,
    quota,
    service,
    tagging,
    tags,
    tokens,
    vpc,
)
from cloudsim.errors.base import ApiError

_SUBJECTS: Final = (
    account, parameters, network, addresses, quota, queues, tags, tokens, service, instances, vpc, groups, tagging,
    gateway,
)  # fmt: skip


def _refusals(subject: ModuleType) -> list[type[ApiError]]:
    return [
        member
        for member in vars(subject).values()
        if isinstance(member, type)
        and issubclass(member, ApiError)
        and member is not ApiError
        and not _is_variant(member)
    ]


def _is_variant(refusal: type[ApiError]) -> bool:
    """Whether it is another's code with the status or the words of one operation, which documents really have."""
    return getattr(refusal.__mro__[1], "code", "") == refusal.code


CODES: Final[dict[str, type[ApiError]]] = {
    refusal.code: refusal for subject in _SUBJECTS for refusal in _refusals(subject)
}
"""Refusals by documented code, in the order of the subject files. A class is named as its code, without the dots."""
