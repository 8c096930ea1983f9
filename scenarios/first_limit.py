"""ENIs are created one after the other until the first refusal, of quota, vSwitch or group: which limit bites first.

Turn the settings and see another one bind: ``--set quota=300``, ``--set mask=20``, ``--set group=50``.
"""

from cloudsim import ApiError, Expectations, Session, World
from cloudsim.errors.own import SettingError
from cloudsim.runtime.parameters import CreateNetworkInterfaceParameters

SHOWS = ("MaxEniCountExceeded", "InvalidVSwitchId.IpNotEnough", "SecurityGroupInstanceLimitExceed")


def world(*, quota: int = 100, mask: int = 25, group: int = 2000) -> World:
    return (
        World()
        .account("acme", eni_quota=quota)
        .region("cn-hangzhou", zones=["cn-hangzhou-h"])
        .vpc("vpc-main", cidr="10.0.0.0/8")
        .vswitch("vsw-a", cidr=f"10.0.0.0/{mask}")
        .security_group("sg-main", capacity=group)
    )


async def drive(sim: Session, *, secondary: int = 0) -> tuple[int, str]:
    """Create until something says no; each ENI takes 1 + ``secondary`` addresses."""
    if not 0 <= secondary <= 10:
        raise SettingError(f"secondary is 0 to 10, as the classic profile has it, not {secondary}")
    client = sim.client(account="acme", region="cn-hangzhou")
    wish = CreateNetworkInterfaceParameters(vswitch_id="vsw-a", security_group_id="sg-main")
    if secondary:
        wish["secondary_private_ip_address_count"] = secondary
    for made in range(1 << 17):
        try:
            await client.create_network_interface(**wish)
        except ApiError as refusal:
            return made, refusal.code
    raise AssertionError("a vSwitch has fewer addresses than that")


def check(
    sim: Session,
    expect: Expectations,
    first: tuple[int, str],
    *,
    quota: int = 100,
    mask: int = 25,
    group: int = 2000,
    secondary: int = 0,
) -> None:
    """Hold what bit first against what the arithmetic says."""
    addresses = 1 + secondary
    room = {
        "MaxEniCountExceeded": quota,
        "SecurityGroupInstanceLimitExceed": group // addresses,
        "InvalidVSwitchId.IpNotEnough": (2 ** (32 - mask) - 4) // addresses,
    }
    made, code = first
    least = min(room.values())
    expect("ENIs before the first refusal", made, equals=least)
    expect("the limit that bites first", code, among=tuple(limit for limit in room if room[limit] == least))
    expect("the next ones would bite at", {limit: count for limit, count in room.items() if limit != code})
    del sim
