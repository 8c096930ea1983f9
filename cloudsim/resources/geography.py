"""Regions and their zones, and what they are called where people read them.

Source: public list of regions (names); a region that is none of them is called by its id.
"""

# ruff: noqa: RUF001  Chinese names have the brackets of their script

from dataclasses import dataclass, field
from typing import Final

from cloudsim.values.ids import RegionId, ZoneId, region_infix

LOCAL_NAMES: Final[dict[str, tuple[str, str]]] = {
    "cn-qingdao": ("华北 1（青岛）", "China (Qingdao)"),
    "cn-beijing": ("华北 2（北京）", "China (Beijing)"),
    "cn-zhangjiakou": ("华北 3（张家口）", "China (Zhangjiakou)"),
    "cn-hangzhou": ("华东 1（杭州）", "China (Hangzhou)"),
    "cn-shanghai": ("华东 2（上海）", "China (Shanghai)"),
    "cn-shenzhen": ("华南 1（深圳）", "China (Shenzhen)"),
    "cn-chengdu": ("西南 1（成都）", "China (Chengdu)"),
    "cn-hongkong": ("中国香港", "China (Hong Kong)"),
    "ap-southeast-1": ("新加坡", "Singapore"),
    "ap-northeast-1": ("日本（东京）", "Japan (Tokyo)"),
    "eu-central-1": ("德国（法兰克福）", "Germany (Frankfurt)"),
    "us-east-1": ("美国（弗吉尼亚）", "US (Virginia)"),
    "us-west-1": ("美国（硅谷）", "US (Silicon Valley)"),
    "cn-huhehaote": ("华北 5（呼和浩特）", "China (Hohhot)"),
    "cn-wulanchabu": ("华北 6（乌兰察布）", "China (Ulanqab)"),
    "cn-fuzhou": ("华东 6（福州-本地地域）", "China (Fuzhou - Local Region)"),
    "cn-wuhan-lr": ("华中 1（武汉-本地地域）", "China (Wuhan - Local Region)"),
    "cn-heyuan": ("华南 2（河源）", "China (Heyuan)"),
    "cn-guangzhou": ("华南 3（广州）", "China (Guangzhou)"),
    "ap-northeast-2": ("韩国（首尔）", "South Korea (Seoul)"),
    "ap-southeast-3": ("马来西亚（吉隆坡）", "Malaysia (Kuala Lumpur)"),
    "ap-southeast-5": ("印度尼西亚（雅加达）", "Indonesia (Jakarta)"),
    "ap-southeast-6": ("菲律宾（马尼拉）", "Philippines (Manila)"),
    "ap-southeast-7": ("泰国（曼谷）", "Thailand (Bangkok)"),
    "na-south-1": ("墨西哥", "Mexico"),
    "eu-west-1": ("英国（伦敦）", "UK (London)"),
    "me-east-1": ("阿联酋（迪拜）", "UAE (Dubai)"),
    "me-central-1": ("沙特（利雅得）", "SAU (Riyadh - Partner Region)"),
}
"""Chinese and English names of regions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A region with its zones."""

    id: RegionId
    zones: tuple[ZoneId, ...]
    has_prefixes: bool = True
    """Whether ENIs may have IP prefixes there."""
    infix: str = field(init=False)
    """What ids of the region begin with."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "infix", region_infix(self.id))

    @property
    def endpoint(self) -> str:
        """Where ECS answers for the region."""
        return f"ecs.{self.id}.aliyuncs.com"

    def local_name(self, *, is_chinese: bool) -> str:
        """The region's name for people, in Chinese or in English."""
        chinese, english = LOCAL_NAMES.get(self.id, (self.id, self.id))
        return chinese if is_chinese else english

    def zone_name(self, zone: ZoneId, *, is_chinese: bool) -> str:
        """The name of one of its zones for people: the region's, and the letter of the zone."""
        region, letter = self.local_name(is_chinese=is_chinese), zone[-1].upper()
        return f"{region} 可用区 {letter}" if is_chinese else f"{region} Zone {letter}"
