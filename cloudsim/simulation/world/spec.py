"""The specification of a world: every key that says what exists at the beginning.

One Struct a table, with the keys of the TOML file; ``[[vswitch]]`` tables are ``WorldSpec.vswitches``. Specs are
values: equal ones give equal clouds under equal seeds. A key that refers to another table does so by ``id``, and may be
left out where there is only one such thing, so that a small world stays small. How long things take, which policies
hold and what goes wrong belong to a run, not to its world.

Types and bounds stand here, and :mod:`~cloudsim.simulation.world.tables` keeps them; what two keys say to each other is
kept by :mod:`~cloudsim.simulation.world.validate`.
"""

from typing import Annotated, Literal, TypeAlias

from msgspec import Meta, Struct

Id: TypeAlias = Annotated[str, Meta(min_length=1)]
Count: TypeAlias = Annotated[int, Meta(ge=0)]
Places: TypeAlias = Annotated[int, Meta(ge=1)]
Copies: TypeAlias = Annotated[int, Meta(ge=1, le=1_000_000)]

FORMAT = 1
"""The version of the format that this version of cloudsim reads."""


class Table(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """One table of a world."""


class AccessKeySpec(Table, frozen=True, kw_only=True):
    """An access key, ``access_keys = [{id = "LTAI5t...", secret = "..."}]``, for clients that sign their calls."""

    id: Id
    """AccessKeyId, at most 128 ASCII characters without spaces; of one account or user of the world."""
    secret: Id
    """AccessKeySecret; it is told to nobody, and no snapshot has it."""
    status: Literal["active", "disabled", "expired"] = "active"
    """A disabled key answers InvalidAccessKeyId.Inactive, an expired one Abs.InvalidAccount.NotFound, or
    InvalidSecurityToken.Expired where it has a token."""
    security_token: Id | None = None
    """Of a temporary key, which is only good together with it."""

    def __repr__(self) -> str:
        return f"AccessKeySpec(id={self.id!r})"


class UserSpec(Table, frozen=True, kw_only=True):
    """A RAM user of an account, ``users = [{name = "ci", denied = ["CreateNetworkInterface"]}]``."""

    name: Id
    status: Literal["active", "disabled", "expired"] = "active"
    """One whose key is disabled or expired is refused: Abs.InvalidAccount.NotFound."""
    denied: tuple[str, ...] = ()
    """API actions that answer Forbidden.SubUser."""
    denied_tags: tuple[str, ...] = ()
    """Keys of tags; binding them, taking them off and looking for them answers NoPermission.Tag."""
    access_keys: tuple[AccessKeySpec, ...] = ()
    """Access keys of the user."""


class AccountSpec(Table, frozen=True, kw_only=True):
    """``[[account]]``: an Alibaba Cloud account."""

    id: Id
    owner_id: str | None = None
    """The number in answers; derived from ``id`` unless given, 16 digits."""
    eni_quota: Count | dict[str, Count] | None = None
    """ENIs in each region, or a table of regions; the profile's number unless given. It may be below what exists at the
    beginning: then nothing can be created until enough is deleted, as after a quota was lowered."""
    vcpu_quota: Count | None = None
    """vCPUs of its instances in each region, no limit unless given; more get QuotaExceed.ElasticQuota. It may be below
    what exists at the beginning. A type whose vCPUs are not known counts none."""
    launches_alone: bool = False
    """If true, RunInstances gets OperationDenied.CreatingConflict while another one of the account in the region is
    under way."""
    kind: Literal["standard", "unsupported"] = "standard"
    """An unsupported account answers InvalidUserType.NotSupported."""
    status: Literal["active", "disabled"] = "active"
    """A disabled account answers Abs.InvalidAccount.NotFound."""
    ram_supported: bool = True
    """If false, RAM users get Forbidden.NotSupportRAM."""
    queue_sizes: bool = True
    """If false, RxQueueSize and TxQueueSize get InvalidEniQueueSize.RegionOrUserNotSupported."""
    connection_tracking: bool = True
    """If false, ConnectionTrackingConfiguration gets
    InvalidConnectionTrackingConfiguration.RegionOrUserNotSupported."""
    users: tuple[UserSpec, ...] = ()
    """RAM users."""
    access_keys: tuple[AccessKeySpec, ...] = ()
    """Access keys of the account itself."""
    regions_out_of_service: tuple[str, ...] = ()
    """Regions that answer Forbidden.RegionId to this account."""
    default_resource_group: str | None = None
    """Where an ENI goes that names no group; derived from ``id`` unless given."""


class RegionSpec(Table, frozen=True, kw_only=True):
    """``[[region]]``: a region."""

    id: Id
    zones: tuple[Id, ...] = ()
    """Its zones; one called ``<id>-a`` unless given."""
    prefixes: bool = True
    """If false, calls with IP prefixes get InvalidOperation.RegionNotSupportIpPrefix; what ENIs have already stays."""


class VpcSpec(Table, frozen=True, kw_only=True):
    """``[[vpc]]``: a virtual private cloud."""

    id: Id
    account: str | None = None
    """Whose; the only account unless given."""
    region: str | None = None
    """Where; the only region unless given."""
    cidr: str | None = None
    """Its block; the largest of 10.0.0.0 that the profile allows (classic /8, current /16) unless given."""
    secondary_cidrs: tuple[str, ...] = ()
    """Up to five further blocks."""
    ipv6_cidr: str | None = None
    """Its IPv6 block, a /56; none unless given."""
    private_addresses: Count | None = None
    """How many private IPv4 addresses its vSwitches may have in use together; the profile's 60,000 unless given."""
    name: str = ""
    """VpcName."""
    tags: dict[str, str] = {}
    """Tags, at most 20."""
    resource_group: str | None = None
    """Its resource group; the account's default unless given."""


class VSwitchSpec(Table, frozen=True, kw_only=True):
    """``[[vswitch]]``: a block of addresses in one zone."""

    id: Id
    vpc: str | None = None
    """In which VPC; the only one unless given."""
    zone: str | None = None
    """In which zone; the only zone of the VPC's region unless given."""
    cidr: str
    """Its block, /16 to /29, inside one block of the VPC; the first address and the last three are the system's."""
    policy: str = "uniform"
    """How addresses are chosen: uniform (the documents' "at random"), lowest-first, next-fit, longest-free (of those
    that were never used, one at random; longest-free-sequential: the lowest), pack (of the /28 with the fewest left);
    after ``banded-`` any of them, with a low band that comes last. With an IPv6 block uniform, lowest-first,
    next-fit, banded-lowest-first or banded-next-fit."""
    prefix_policy: str | None = None
    """How whole blocks are chosen: uniform, lowest, best-fit (of the smallest hole); unless given, uniform beside
    uniform and longest-free, else lowest."""
    cool_down: str = "0s"
    """How long a released address stays out of use, such as ``5m``."""
    used: Count = 0
    """Addresses that other products took before; which ones, the policy says."""
    ipv6: Annotated[int, Meta(ge=0, le=255)] | str | None = None
    """The /64 for IPv6: a number 0 to 255, which of the VPC's, or the block itself; none unless given."""
    status: Literal["Available", "Pending"] = "Available"
    """A pending vSwitch answers IncorrectVSwitchStatus."""
    prefix_reservations: tuple[str, ...] = ()
    """Blocks, IPv4 or IPv6, that only prefixes are taken from."""
    name: str = ""
    """VSwitchName."""
    tags: dict[str, str] = {}
    """Tags, at most 20."""
    resource_group: str | None = None
    """Its resource group; the account's default unless given."""


class SecurityGroupSpec(Table, frozen=True, kw_only=True):
    """``[[security_group]]``: a security group."""

    id: Id
    network: Literal["vpc", "classic"] = "vpc"
    """A classic-network group belongs to no VPC; an ENI that names it gets InvalidSecurityGroupId.NotVpc."""
    vpc: str | None = None
    """Of which VPC; the only one unless given; none for a classic-network group."""
    account: str | None = None
    """Whose, for a classic-network group; the only account unless given."""
    region: str | None = None
    """Where, for a classic-network group; the only region unless given."""
    type: Literal["normal", "enterprise"] = "normal"
    """A normal group counts addresses; an enterprise group does too (classic profile) or counts ENIs (current)."""
    capacity: Count | None = None
    """How many addresses or ENIs it takes; the profile's number for its type unless given."""
    used: Count = 0
    """Places that members outside this world take."""
    rules: Count = 0
    """How many rules it has; the rules of all groups of one ENI are limited (AclLimitExceed)."""
    service_managed: bool = False
    """Whether a cloud product manages it: nobody else may join, leave or delete it."""
    name: str = ""
    """SecurityGroupName."""
    tags: dict[str, str] = {}
    """Tags, at most 20."""
    resource_group: str | None = None
    """Its resource group; the account's default unless given."""


class ResourceGroupSpec(Table, frozen=True, kw_only=True):
    """``[[resource_group]]``: a resource group."""

    id: Id
    account: str | None = None
    """Whose; the only account unless given."""


class InstanceSpec(Table, frozen=True, kw_only=True):
    """``[[instance]]``: an instance, whose primary ENI takes one address of its vSwitch."""

    id: Id
    """With ``count``, a pattern with ``{n}`` or ``{n:04}``, which counts from 1."""
    type: Id
    """A type of the catalogue, or of an ``[[instance_type]]`` table."""
    vswitch: str | None = None
    """Where its primary ENI lies; the only vSwitch unless given."""
    security_groups: tuple[str, ...] | None = None
    """Groups of the primary ENI; the first of the VPC unless given, none if there is none."""
    primary_ip: str | None = None
    """Its address; chosen by the vSwitch's policy unless given."""
    status: Literal["Pending", "Starting", "Running", "Stopping", "Stopped"] = "Running"
    """Where it is in its life."""
    name: str = ""
    """InstanceName; shown as the id unless given."""
    tags: dict[str, str] = {}
    """Tags, at most 20, which its primary ENI gets too."""
    resource_group: str | None = None
    """Its resource group, and that of its primary ENI; the account's default unless given."""
    deletion_protection: bool = False
    """Whether DeleteInstance is refused."""
    count: Copies = 1
    """How many such instances there are."""


class EniSpec(Table, frozen=True, kw_only=True):
    """``[[eni]]``: an ENI that exists at the beginning."""

    id: str | None = None
    """Drawn unless given; with ``count``, a pattern with ``{n}``, which counts from 1."""
    vswitch: str | None = None
    """Where; the only vSwitch unless given."""
    primary_ip: str | None = None
    """Chosen by the vSwitch's policy unless given."""
    secondary_ips: tuple[str, ...] = ()
    """Named secondary addresses."""
    secondary_count: Count = 0
    """Secondary addresses that the policy chooses, instead of named ones."""
    ipv6_addresses: tuple[str, ...] = ()
    """IPv6 addresses."""
    ipv4_prefixes: tuple[str, ...] = ()
    """Delegated /28 blocks."""
    ipv6_prefixes: tuple[str, ...] = ()
    """Delegated /80 blocks."""
    security_groups: tuple[str, ...] | None = None
    """Its groups; the first of the VPC unless given, none if there is none."""
    type: Literal["Primary", "Secondary", "Trunk", "Member"] = "Secondary"
    """A primary ENI is its instance's own, which then has no other; it does not count in the account's quota."""
    instance: str | None = None
    """To which instance it is attached; none unless given."""
    trunk: str | None = None
    """Of a member: the trunk that it is on, another ENI of its instance; the only trunk there unless given."""
    status: Literal["Available", "Attaching", "InUse", "Detaching", "Deleting"] | None = None
    """InUse on an instance, Available else, unless given. An ENI that is InUse without an instance is some cloud
    product's. Nothing is under way at the beginning: what is Attaching, Detaching or Deleting hangs there until a call
    moves it, which the real cloud knows too."""
    name: str = ""
    """NetworkInterfaceName."""
    description: str = ""
    """Description."""
    tags: dict[str, str] = {}
    """Tags, at most 20."""
    resource_group: str | None = None
    """Its resource group; the account's default unless given."""
    queue_number: Places | None = None
    """QueueNumber; that of the instance type unless given."""
    mac: str | None = None
    """Its MAC address, ``00:16:3e:..:..:..``; drawn unless given."""
    count: Copies = 1
    """How many such ENIs there are."""


class InstanceTypeSpec(Table, frozen=True, kw_only=True):
    """``[[instance_type]]``: a type that the catalogue lacks, or other numbers for one that it has.

    A number left out is not known and limits nothing.
    """

    name: Id
    vcpu: Places | None = None
    memory_mib: Places | None = None
    """Memory in MiB."""
    eni_quantity: Places | None = None
    """ENIs on one instance, the primary one included."""
    ipv4_per_eni: Places | None = None
    """Private IPv4 addresses of one ENI, its primary one included."""
    ipv6_per_eni: Count | None = None
    primary_queues: Places | None = None
    secondary_queues: Places | None = None
    max_queues_per_eni: Places | None = None
    total_queues: Places | None = None
    eni_total_quantity: Places | None = None
    """ENIs with the members of trunks."""
    eni_trunk_supported: bool | None = None
    generation: Literal["ecs-1", "ecs-2", "ecs-3"] | None = None
    """Instances of the generations before ``ecs-3`` take no further ENI: InvalidOperation.InvalidGeneration."""
    eri_quantity: Count | None = None
    """ENIs in HighPerformance traffic mode on one instance; 0 for a type without RDMA."""
    queue_pairs_per_eni: Places | None = None
    """Queues for RDMA of one ENI."""
    total_queue_pairs: Places | None = None
    """Queues for RDMA of all ENIs of an instance."""
    rss_supported: bool | None = None
    """Whether its ENIs may have EnhancedNetwork.EnableRss."""


class WorldSpec(
    Table,
    frozen=True,
    kw_only=True,
    rename={
        "accounts": "account",
        "regions": "region",
        "vpcs": "vpc",
        "vswitches": "vswitch",
        "security_groups": "security_group",
        "resource_groups": "resource_group",
        "instances": "instance",
        "enis": "eni",
        "instance_types": "instance_type",
    },
):
    """A world: its tables, each in the order of the file."""

    format: int = FORMAT
    """The version of the format, 1."""
    profile: Literal["classic", "current"] = "classic"
    """Whose numbers and parameters: of the reference of about 2020, or of today."""
    limits: dict[str, int | bool] = {}
    """Single numbers that differ from the profile's, by the names of its fields: ``groups_per_eni_max = 16``."""
    accounts: tuple[AccountSpec, ...] = ()
    regions: tuple[RegionSpec, ...] = ()
    vpcs: tuple[VpcSpec, ...] = ()
    vswitches: tuple[VSwitchSpec, ...] = ()
    security_groups: tuple[SecurityGroupSpec, ...] = ()
    resource_groups: tuple[ResourceGroupSpec, ...] = ()
    instances: tuple[InstanceSpec, ...] = ()
    enis: tuple[EniSpec, ...] = ()
    instance_types: tuple[InstanceTypeSpec, ...] = ()
