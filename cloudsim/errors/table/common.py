"""Refusals that hold for many operations alike, and are not repeated among the rows of each."""

from typing import Final

from cloudsim.errors import account, parameters, service
from cloudsim.errors.table.rows import rows_of

EVERY_CALL: Final = tuple(
    rows_of(
        "every action",
        "ADMIT",
        (account.AbsInvalidAccountNotFound, "an account, RAM user or key that is unknown or not in force"),
        (account.InvalidUserTypeNotSupported, "an account of a kind that may not have ENIs"),
        (account.ForbiddenNotSupportRAM, "a RAM user calls where RAM users are not supported"),
        (account.ForbiddenSubUser, "a RAM user calls an action that he is denied"),
        (service.Throttling, "more calls of the action than its limit allows, or a fault"),
        (service.ThrottlingUser, "more calls of the account than its limit allows, or a fault"),
        (service.ThrottlingApi, "more calls by everybody than the limit allows, or a fault"),
    )
)
"""Of every call."""

IN_A_REGION: Final = tuple(
    rows_of(
        "every action in a region",
        "ADMIT",
        (account.InvalidRegionIdNotFound, "a region that does not exist"),
        (account.ForbiddenRegionId, "a region that is out of service for the account"),
    )
)
"""Of every call that is about a region: of all but those below."""

ANYWHERE: Final = ("DescribeRegions", "DescribeInstanceTypes")
"""Actions that are about no region."""

LACKING: Final = tuple(
    rows_of(
        "every action that requires a parameter",
        "ADMIT",
        (parameters.MissingParameter, "a required parameter that is not given or empty"),
    )
)
"""Of every call that has to say something."""
