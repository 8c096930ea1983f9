"""Ids in the shape of the real ones; :mod:`cloudsim.values.draws` draws them.

An id is its prefix, the region's infix and lower-case letters and digits, 20 characters after the prefix
(``eni-bp1bighqoqowq73yw91r``).

Source: CreateNetworkInterface reference, samples; eni_api.md section 7 (infixes, RequestId, MAC addresses).
"""

from typing import Final, NewType

from cloudsim.values.entropy import Entropy

AccountId = NewType("AccountId", str)
RegionId = NewType("RegionId", str)
ZoneId = NewType("ZoneId", str)
VpcId = NewType("VpcId", str)
VSwitchId = NewType("VSwitchId", str)
SecurityGroupId = NewType("SecurityGroupId", str)
ResourceGroupId = NewType("ResourceGroupId", str)
InstanceId = NewType("InstanceId", str)
EniId = NewType("EniId", str)
CallName = NewType("CallName", str)
"""Who asks, and which of his calls it is: ``client-1/17``. It keys its chance and names it in the journal."""

NO_RESOURCE_GROUP: Final = ResourceGroupId("")

REGION_INFIXES: Final[dict[str, str]] = {
    "cn-hangzhou": "bp1",
    "cn-beijing": "2ze",
    "cn-shanghai": "uf6",
    "cn-shenzhen": "wz9",
    "cn-qingdao": "m5e",
    "cn-hongkong": "j6c",
    "eu-central-1": "gw8",
}
"""Infixes that are publicly known; any other region gets three characters drawn from its name alone."""

MAC_COUNT: Final = 1 << 24
"""How many addresses the vendor's prefix 00:16:3e has."""

ID_LENGTH: Final = 20

_ALPHABET: Final = "0123456789abcdefghijklmnopqrstuvwxyz"
_PAIRS: Final = tuple(a + b for a in _ALPHABET for b in _ALPHABET)
_OCTETS: Final = tuple(f"{octet:02x}" for octet in range(256))


def base36(value: int, length: int) -> str:
    """Write the low ``length`` digits of ``value`` in lower-case letters and digits."""
    parts: list[str] = []
    for _ in range((length + 1) >> 1):
        value, pair = divmod(value, 1296)
        parts.append(_PAIRS[pair])
    return "".join(parts)[:length]


def region_infix(region: str) -> str:
    """Give the three characters that ids of a region begin with."""
    known = REGION_INFIXES.get(region)
    return known if known is not None else base36(Entropy(0).integer("region-infix", region), 3)


def mac_text(low: int) -> str:
    """Write a MAC address by its low 24 bits: ``00:16:3e:..:..:..``."""
    return f"00:16:3e:{_OCTETS[low >> 16]}:{_OCTETS[low >> 8 & 255]}:{_OCTETS[low & 255]}"
