"""The table of refusals: what provokes each, by which operation and in which phase, and what shows it.

Rows that hold for every operation, such as an account that is not in force, stand with CreateNetworkInterface alone.

Phases are named as ``cloudsim.operations.operation.Phase`` names them; rules that need no state count as ADMIT.
"""

from typing import Final

from cloudsim.errors.table import account, addresses, groups, instances, interfaces, networks, tagging
from cloudsim.errors.table.create import CREATE_TABLE as CREATE_TABLE
from cloudsim.errors.table.create import NEWER_ROWS, REFERENCE_ROWS
from cloudsim.errors.table.gateway import GATEWAY as GATEWAY
from cloudsim.errors.table.gateway import GATEWAY_TABLE as GATEWAY_TABLE
from cloudsim.errors.table.rows import CodeRow as CodeRow

FAMILY_TABLE: Final = (
    *interfaces.ROWS,
    *addresses.ROWS,
    *instances.ROWS,
    *networks.ROWS,
    *groups.ROWS,
    *account.ROWS,
    *tagging.ROWS,
)
"""What the other operations refuse."""

TABLE: Final = (*REFERENCE_ROWS, *NEWER_ROWS, *FAMILY_TABLE)
"""Every refusal of every operation. The nine codes that the reference of a create prints for its sisters stand with
those, once for each operation that gives them."""
