"""Every refusal by its code: the one registry."""

from types import ModuleType
from typing import Final

from cloudsim.errors import account, addresses, network, parameters, queues, quota, service, tags, tokens
from cloudsim.errors.base import ApiError

_SUBJECTS: Final = (account, parameters, network, addresses, quota, queues, tags, tokens, service)


def _refusals(subject: ModuleType) -> list[type[ApiError]]:
    return [
        member
        for member in vars(subject).values()
        if isinstance(member, type) and issubclass(member, ApiError) and member is not ApiError
    ]


CODES: Final[dict[str, type[ApiError]]] = {
    refusal.code: refusal for subject in _SUBJECTS for refusal in _refusals(subject)
}
"""Refusals by documented code, in the order of the subject files. A class is named as its code, without the dots."""
