"""An estate: what one account has in one region. The scope of the ENI quota and of ClientTokens."""

from cloudsim.errors.quota import MaxEniCountExceeded
from cloudsim.resources.account import Account
from cloudsim.resources.capacity import Capacity
from cloudsim.resources.geography import Region
from cloudsim.resources.interface import NetworkInterface
from cloudsim.resources.ledger import Ledger
from cloudsim.resources.tokens import TokenBook
from cloudsim.values.ids import EniId


class Estate:
    """The quota, the tokens and the ENIs of an account in a region.

    Args:
        account: whose.
        region: where.
        eni_quota: how many secondary ENIs the account may have there.
        ledger: of the cloud.
    """

    __slots__ = ("account", "interfaces", "interfaces_key", "quota", "region", "tokens")

    def __init__(self, account: Account, region: Region, *, eni_quota: int, ledger: Ledger) -> None:
        self.account = account
        self.region = region
        self.interfaces_key = f"enis:{account.id}/{region.id}"
        self.quota = Capacity(f"quota:{account.id}/{region.id}", ledger, eni_quota, self._refuse)
        self.tokens = TokenBook(account.id, ledger)
        self.interfaces: dict[EniId, NetworkInterface] = {}
        """All ENIs, oldest first."""

    def _refuse(self, quota: Capacity, asked: int) -> MaxEniCountExceeded:
        return MaxEniCountExceeded(
            account=self.account.id, region=self.region.id, used=quota.used + quota.held, limit=quota.limit, asked=asked
        )
