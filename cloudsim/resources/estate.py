"""An estate: what one account has in one region. The scope of quotas, of ClientTokens and of every list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cloudsim.errors.base import ApiError
from cloudsim.errors.groups import QuotaExceedSecurityGroup
from cloudsim.errors.instances import QuotaExceedElasticQuota
from cloudsim.errors.quota import MaxEniCountExceeded
from cloudsim.errors.vpc import QuotaExceededVpc
from cloudsim.resources.account import Account
from cloudsim.resources.capacity import Capacity
from cloudsim.resources.geography import Region
from cloudsim.resources.interface import NetworkInterface
from cloudsim.resources.interface_index import InterfaceIndex
from cloudsim.resources.ledger import Ledger
from cloudsim.resources.tokens import TokenBook
from cloudsim.values.ids import EniId, InstanceId, SecurityGroupId, VpcId, VSwitchId

if TYPE_CHECKING:
    from cloudsim.resources.instance import Instance
    from cloudsim.resources.network import SecurityGroup
    from cloudsim.resources.vpc import Vpc
    from cloudsim.resources.vswitch import VSwitch


class Estate:
    """The quotas, the tokens and the resources of an account in a region.

    Args:
        account: whose.
        region: where.
        eni_quota: how many secondary ENIs the account may have there.
        vcpu_quota: how many vCPUs its instances may have together.
        vpc_quota: how many VPCs.
        group_quota: how many security groups.
        ledger: of the cloud.
    """

    __slots__ = (
        "account", "born", "group_places", "groups", "groups_key", "index", "instances", "instances_key", "interfaces",
        "interfaces_key", "quota", "region", "tokens", "vcpu_places", "vpc_places", "vpcs", "vpcs_key", "vswitches",
        "vswitches_key",
    )  # fmt: skip

    def __init__(
        self,
        account: Account,
        region: Region,
        *,
        eni_quota: int,
        vcpu_quota: int,
        vpc_quota: int,
        group_quota: int,
        ledger: Ledger,
    ) -> None:
        self.account = account
        self.region = region
        where = f"{account.id}/{region.id}"
        self.interfaces_key = f"enis:{where}"
        self.instances_key = f"instances:{where}"
        self.vpcs_key = f"vpcs:{where}"
        self.vswitches_key = f"vswitches:{where}"
        self.groups_key = f"groups:{where}"
        self.quota = Capacity(f"quota:{where}", ledger, eni_quota, self._refuse)
        self.vcpu_places = Capacity(f"vcpu-quota:{where}", ledger, vcpu_quota, self._refuse_vcpus)
        self.vpc_places = Capacity(f"vpc-quota:{where}", ledger, vpc_quota, self._refuse_vpc)
        self.group_places = Capacity(f"group-quota:{where}", ledger, group_quota, self._refuse_group)
        self.tokens = TokenBook(account.id, ledger)
        self.interfaces: dict[EniId, NetworkInterface] = {}
        """All ENIs, oldest first; so are the other tables."""
        self.index = InterfaceIndex(self.interfaces)
        self.instances: dict[InstanceId, Instance] = {}
        self.vpcs: dict[VpcId, Vpc] = {}
        self.vswitches: dict[VSwitchId, VSwitch] = {}
        self.groups: dict[SecurityGroupId, SecurityGroup] = {}
        self.born = 0
        """How many ENIs have ever been there: the next one's serial."""

    def twin(self, ledger: Ledger, *, with_tables: bool) -> Estate:
        """Give one with the same quotas, of another cloud.

        Args:
            ledger: of that cloud.
            with_tables: whether it takes the tables over too; else they are empty, and others are put there.
        """
        twin = Estate(
            self.account,
            self.region,
            eni_quota=0,
            vcpu_quota=0,
            vpc_quota=0,
            group_quota=0,
            ledger=ledger,
        )
        twin.quota = self.quota.twin(ledger, twin._refuse)
        twin.vcpu_places = self.vcpu_places.twin(ledger, twin._refuse_vcpus)
        twin.vpc_places = self.vpc_places.twin(ledger, twin._refuse_vpc)
        twin.group_places = self.group_places.twin(ledger, twin._refuse_group)
        twin.born = self.born
        if with_tables:
            for name in ("tokens", "interfaces", "index", "instances", "vpcs", "vswitches", "groups"):
                setattr(twin, name, getattr(self, name))
        return twin

    def _refuse(self, quota: Capacity, asked: int) -> ApiError:
        return MaxEniCountExceeded(
            account=self.account.id, region=self.region.id, used=quota.used + quota.held, limit=quota.limit, asked=asked
        )

    def _refuse_vcpus(self, quota: Capacity, asked: int) -> ApiError:
        return QuotaExceedElasticQuota(
            account=self.account.id, region=self.region.id, used=quota.used + quota.held, limit=quota.limit, asked=asked
        )

    def _refuse_vpc(self, quota: Capacity, asked: int) -> ApiError:
        return QuotaExceededVpc(
            account=self.account.id, region=self.region.id, used=quota.used + quota.held, limit=quota.limit, asked=asked
        )

    def _refuse_group(self, quota: Capacity, asked: int) -> ApiError:
        return QuotaExceedSecurityGroup(
            account=self.account.id, region=self.region.id, used=quota.used + quota.held, limit=quota.limit, asked=asked
        )
