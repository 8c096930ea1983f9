"""What is to be seen of a simulation from outside, by those who need no API for it: checks, tests and reports."""

from cloudsim.errors.own import SettingError, did_you_mean
from cloudsim.kernel.kernel import Kernel
from cloudsim.resources.capacity import Capacity
from cloudsim.resources.cloud import Cloud
from cloudsim.resources.estate import Estate
from cloudsim.resources.interface import NetworkInterface
from cloudsim.values.ids import AccountId, RegionId, VSwitchId


class View:
    """The side of a simulation that shows what is there, at the present instant."""

    cloud: Cloud
    kernel: Kernel

    def __init__(self) -> None:
        self.was_looked_at = False
        """Whether somebody has looked past the API since the first choice; what is seen then depends on the order."""
        self.sent = 0
        """How many calls were submitted."""
        self.acts_unasked = False
        """Whether anything has happened that no script waits for: a step after its call's answer, an act by itself."""

    def _note_look(self) -> None:
        self.was_looked_at = self.was_looked_at or self.kernel.chosen > 0

    def interfaces(self, *, account: str, region: str) -> list[NetworkInterface]:
        """The ENIs of an account in a region, primary ones included, oldest first.

        Raises:
            SettingError: there is no such account or region.
        """
        self._note_look()
        return list(self._estate(account, region).interfaces.values())

    def quota(self, *, account: str, region: str) -> Capacity:
        """The ENI quota of an account in a region: ``limit``, ``used``, ``held``, ``free``.

        Raises:
            SettingError: there is no such account or region.
        """
        self._note_look()
        return self._estate(account, region).quota

    def _estate(self, account: str, region: str) -> Estate:
        if account not in self.cloud.accounts:
            raise SettingError(f"there is no account {account!r}; {did_you_mean(account, self.cloud.accounts)}")
        if region not in self.cloud.regions:
            raise SettingError(f"there is no region {region!r}; {did_you_mean(region, self.cloud.regions)}")
        return self.cloud.estate(AccountId(account), RegionId(region))

    def free_addresses(self, vswitch: str) -> int:
        """How many IPv4 addresses of a vSwitch the next request could have, at the present instant.

        Raises:
            SettingError: there is no such vSwitch.
        """
        self._note_look()
        if vswitch not in self.cloud.vswitches:
            raise SettingError(f"there is no vSwitch {vswitch!r}; {did_you_mean(vswitch, self.cloud.vswitches)}")
        self.cloud.ledger.now_ns = self.kernel.now_ns
        return self.cloud.vswitches[VSwitchId(vswitch)].available_count()
