"""The fleet: nodes whose agents give pods addresses, for workloads with ``holds = "ip"``.

The defaults are the simplest agent: no pool, no limits of the client's, nothing takes time. What terway does by default
is said beside each key, so that a fleet like it can be written down.

Source: terway's public documents (docs/idle-ip-reclaim.md, docs/warm-up.md, docs/ip-prefix.md, the eni-config of its
chart) and sources (pkg/vswitch); eni_api.md section 6 (its client-side limits).
"""

from typing import Annotated, Final, Literal

from msgspec import Meta, field

from cloudsim.simulation.world.spec import Count, Id, Places, Table
from cloudsim.whatif.experiment.scalars import Duration

FIRST_FIT: Final = "first-fit"

TERWAY_LIMITS: Final[dict[str, int]] = {
    "AttachNetworkInterface": 500,
    "CreateNetworkInterface": 500,
    "DeleteNetworkInterface": 500,
    "DetachNetworkInterface": 400,
    "AssignPrivateIpAddresses": 400,
    "UnassignPrivateIpAddresses": 400,
    "AssignIpv6Addresses": 400,
    "UnassignIpv6Addresses": 400,
    "DescribeNetworkInterfaces": 800,
    "DescribeNetworkInterfaceAttribute": 2_000,
    "DescribeInstanceTypes": 400,
    "DescribeVSwitches": 300,
    "*": 500,
}
"""Calls per minute that ``rate_limits = "terway"`` stands for. Source: eni_api.md section 6."""


class Pool(Table, frozen=True, kw_only=True):
    """``pool``: idle addresses of one node. Source: terway, eni-config and docs/idle-ip-reclaim.md, docs/warm-up.md."""

    min: Count = 0
    """Idle addresses that the agent fetches ahead (terway's min_pool_size, 0 by default)."""
    max: Count = 0
    """Idle addresses that it keeps when pods leave; 0: none but the ENIs' primary ones (terway's max_pool_size, 5)."""
    warm_up: Count = 0
    """Addresses that a new node fetches at once, and once only (terway's ip_warm_up_size, 0)."""
    idle_reclaim_after_ns: Duration | None = field(name="idle_reclaim_after", default=None)
    """Since the pool last grew, how long until idle addresses above ``min`` are given back; never unless given, as with
    terway's idle_ip_reclaim_after."""
    idle_reclaim_every_ns: Duration = field(
        name="idle_reclaim_every", default_factory=lambda: Duration(600_000_000_000)
    )
    """How often the agent looks (idle_ip_reclaim_interval, 10m)."""
    idle_reclaim_batch: Places = 5
    """How many it gives back at a look (idle_ip_reclaim_batch_size, 5)."""


class Autoscaler(Table, frozen=True, kw_only=True):
    """``nodes = { min = 1, max = 50, boot = "90s" }``: nodes of each zone come and go with the pods."""

    min: Count = 0
    """Nodes that each zone has at least, from the beginning on."""
    max: Places | None = None
    """Nodes that each zone has at most; no limit unless given."""
    boot_ns: Duration = field(name="boot", default_factory=lambda: Duration(0))
    """From a pod that fits nowhere to its new node."""
    scale_down_after_ns: Duration | None = field(name="scale_down_after", default=None)
    """How long a node is without pods until it goes; it stays unless given."""


class Fleet(Table, frozen=True, kw_only=True):
    """``[fleet]``: the nodes, and the agent on each."""

    instance_type: Id
    """A type of the catalogue, or of an ``[[instance_type]]`` table of the world."""
    nodes: Places | Autoscaler | Literal["first-fit"] = FIRST_FIT
    """``first-fit``: a new node when all of the zone are full, and nodes stay; a number: so many in all, dealt to the
    zones in turn, and a pod that fits on none is refused (``NoNode``); or a table: an autoscaler."""
    mode: Literal["shared-eni", "exclusive-eni", "trunk", "prefix"] = "shared-eni"
    """``shared-eni``: pods are the addresses of ENIs. ``exclusive-eni``: an ENI a pod. ``trunk``: a member ENI a pod.
    ``prefix``: pods are addresses of /28 blocks on ENIs."""
    release_eni: Literal["when-empty", "keep"] = "when-empty"
    """Whether an ENI is deleted at the instant its last pod leaves, or never."""
    pool: Pool = field(default_factory=Pool)
    """Idle addresses."""
    pods_per_node: Places | None = None
    """Pods that a node takes at most; what its type and the mode allow unless given."""
    node_vswitch: str | dict[str, str] | None = None
    """Where nodes hold one address each, one vSwitch or a table by zone; else outside the modelled vSwitches."""
    security_group: str | None = None
    """The group of nodes' own ENIs, with ``node_vswitch``; the first of the VPC unless given."""
    vswitch_cache_ns: Duration = field(name="vswitch_cache", default_factory=lambda: Duration(0))
    """How long the counts of ``choice = "most-free"`` are kept; 0 asks each time (terway keeps them 10m)."""
    vswitch_block_ns: Duration = field(name="vswitch_block", default_factory=lambda: Duration(0))
    """How long an agent leaves a vSwitch alone after an IpNotEnough (terway: as long as it keeps counts, 10m)."""
    rate_limits: Literal["none", "terway"] | dict[str, int] = "none"
    """Calls per minute that the client lets itself make, by action, with ``"*"`` for all others."""
    attach_latency_ns: Duration = field(name="attach_latency", default_factory=lambda: Duration(0))
    """From the answer of an attach to an ENI that pods can use, over what the ``latency`` profile says."""
    batch: Annotated[int, Meta(ge=1, le=50)] = 10
    """Addresses that one assign asks for at most when a pool is filled."""
    agent: Annotated[str, Meta(min_length=1)] | None = None
    """A user's own agent, ``module:Class``; the built-in one unless given."""

    @property
    def limits_per_minute(self) -> dict[str, int]:
        """The client's limits by action; none where there are none."""
        if isinstance(self.rate_limits, dict):
            return self.rate_limits
        return TERWAY_LIMITS if self.rate_limits == "terway" else {}
