"""What the operations on regions, zones and accounts refuse.

Source: eni_api.md section 2.12.
"""

from typing import Final

from cloudsim.errors import account, parameters
from cloudsim.errors.table.rows import CodeRow, rows_of

ROWS: Final[tuple[CodeRow, ...]] = (
    *rows_of(
        "DescribeZones",
        "ADMIT",
        (account.InvalidRegionIdNotFound, "a region that does not exist"),
        (account.ForbiddenRegionId, "a region that is out of service for the account"),
    ),
    *rows_of(
        "DescribeAccountAttributes",
        "ADMIT",
        (account.InvalidParameter, "no RegionId"),
        (parameters.InvalidParameter, "more than eight names, or one that is not documented"),
    ),
)
"""Every row."""
