"""Resource groups: the one that a request names, for everything that can be in one."""

from cloudsim.errors.network import InvalidResourceGroupNotFound
from cloudsim.resources.cloud import Cloud
from cloudsim.resources.estate import Estate
from cloudsim.values.ids import ResourceGroupId


def find_resource_group(cloud: Cloud, estate: Estate, wanted: str | None) -> ResourceGroupId:
    """Look a resource group up; where none is named, it is the account's default one.

    Resource groups neither come nor go while a simulation runs, so nothing is touched.

    Raises:
        InvalidResourceGroupNotFound: the account has no such resource group.
    """
    if not wanted:
        return estate.account.default_resource_group
    found = cloud.resource_groups.get(ResourceGroupId(wanted))
    if found is None or found.account != estate.account.id:
        raise InvalidResourceGroupNotFound(resource_group=wanted)
    return found.id
