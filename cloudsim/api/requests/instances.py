"""Instances: run, started, stopped, ended and listed; and the types that there are.

Source: eni_api.md sections 2.9 and 2.10.
"""

from typing import ClassVar

from msgspec import field

from cloudsim.api.requests.base import InstanceInterface, JsonList, Request, Tag


class RunInstances(Request, frozen=True, kw_only=True, gc=False):
    """Make instances, each with its primary ENI, and start them."""

    action: ClassVar[str] = "RunInstances"
    without_effect: ClassVar[tuple[str, ...]] = (
        "CpuOptions",
        "HibernationOptions",
        "PrivatePoolOptions",
        "SchedulerOptions",
        "SecurityOptions",
        "SystemDisk",
        "Affinity",
        "Arn",
        "AutoPay",
        "AutoReleaseTime",
        "AutoRenew",
        "AutoRenewPeriod",
        "ClockOptions",
        "CreditSpecification",
        "DataDisk",
        "DedicatedHostId",
        "DeploymentSetGroupNo",
        "DeploymentSetId",
        "HostNames",
        "HpcClusterId",
        "HttpEndpoint",
        "HttpPutResponseHopLimit",
        "HttpTokens",
        "ImageFamily",
        "ImageOptions",
        "InstanceChargeType",
        "InternetChargeType",
        "InternetMaxBandwidthIn",
        "InternetMaxBandwidthOut",
        "IoOptimized",
        "Isp",
        "KeyPairName",
        "LaunchTemplateId",
        "LaunchTemplateName",
        "LaunchTemplateVersion",
        "ManagedHostId",
        "NetworkOptions",
        "Password",
        "PasswordInherit",
        "Period",
        "PeriodUnit",
        "PrivateDnsNameOptions",
        "RamRoleName",
        "SecurityEnhancementStrategy",
        "SpotDuration",
        "SpotInterruptionBehavior",
        "SpotPriceLimit",
        "SpotStrategy",
        "StorageSetId",
        "StorageSetPartitionNumber",
        "Tenancy",
        "UniqueSuffix",
        "UserData",
    )

    instance_type: str | None = None
    """Required; a type of the catalogue."""
    amount: int | None = None
    """How many instances: 1 (by default) to 100."""
    min_amount: int | None = None
    """How many at least, where there is not room for all of Amount: 1 to Amount, which is the default."""
    image_id: str | None = None
    """Shown again and not looked up, since there are no images in this cloud; so it is not required here."""
    vswitch_id: str | None = field(default=None, name="VSwitchId")
    """Of the primary ENI; required, unless NetworkInterface.N has a primary one."""
    zone_id: str | None = None
    """The zone of the vSwitch, which says it anyway."""
    security_group_id: str | None = None
    """Of the primary ENI; required in one of two forms, unless NetworkInterface.N has a primary one."""
    security_group_ids: tuple[str, ...] | None = None
    """The other form."""
    private_ip_address: str | None = None
    """Of the primary ENI of the first instance; the others count on from it. Without it the vSwitch chooses."""
    instance_name: str | None = None
    """2 to 128 characters; the id of the instance by default."""
    description: str | None = None
    """2 to 256 characters."""
    host_name: str | None = None
    """Shown again, and empty by default."""
    ipv6_addresses: tuple[str, ...] | None = field(default=None, name="Ipv6Address")
    """1 to 10 of the primary ENI; only with an Amount of 1."""
    ipv6_address_count: int | None = None
    """1 to 10 of each primary ENI, chosen by the vSwitch."""
    network_interfaces: tuple[InstanceInterface, ...] | None = field(default=None, name="NetworkInterface")
    """ENIs to make with each instance, at most one of them primary."""
    network_interface_queue_number: int | None = None
    """Of the primary ENI: 1 to 2048, as the type allows."""
    deletion_protection: bool | None = None
    """Whether DeleteInstance is refused; false by default."""
    resource_group_id: str | None = None
    """Of the instances and of their ENIs; the account's default group without it."""
    tags: tuple[Tag, ...] | None = field(default=None, name="Tag")
    """Of the instances and of their primary ENIs; at most 20."""
    dry_run: bool | None = None
    """Check everything and make nothing; what passes is answered with the refusal DryRunOperation."""
    client_token: str | None = None
    """At most 64 ASCII characters; a dry run does not claim it."""


class StartInstance(Request, frozen=True, kw_only=True, gc=False):
    """Start a stopped instance."""

    action: ClassVar[str] = "StartInstance"
    without_effect: ClassVar[tuple[str, ...]] = ("InitLocalDisk",)

    instance_id: str | None = None
    """Required; RegionId may be left out, and SDKs have no such field."""
    dry_run: bool | None = None
    """Check and change nothing; what passes is answered with the refusal DryRunOperation."""


class StopInstance(Request, frozen=True, kw_only=True, gc=False):
    """Stop a running instance."""

    action: ClassVar[str] = "StopInstance"
    without_effect: ClassVar[tuple[str, ...]] = (
        "ConfirmStop",
        "ForceStop",
        "Hibernate",
    )

    instance_id: str | None = None
    """Required; RegionId may be left out, and SDKs have no such field."""
    stopped_mode: str | None = None
    """``KeepCharging`` (by default) or ``StopCharging``; shown again, since nothing costs anything here."""
    dry_run: bool | None = None
    """Check and change nothing; what passes is answered with the refusal DryRunOperation."""


class DeleteInstance(Request, frozen=True, kw_only=True, gc=False):
    """End an instance: its primary ENI dies with it, a secondary one if it was told so."""

    action: ClassVar[str] = "DeleteInstance"
    without_effect: ClassVar[tuple[str, ...]] = (
        "ForceStop",
        "TerminateSubscription",
    )

    instance_id: str | None = None
    """Required; RegionId may be left out, and SDKs have no such field."""
    force: bool | None = None
    """Whether also an instance that is not Stopped may be ended; false by default. One that is Pending never is."""
    dry_run: bool | None = None
    """Check and change nothing; what passes is answered with the refusal DryRunOperation."""


class DescribeInstances(Request, frozen=True, kw_only=True, gc=False):
    """List instances; the filters are joined by "and", and an id that is unknown is simply not in the list."""

    action: ClassVar[str] = "DescribeInstances"
    without_effect: ClassVar[tuple[str, ...]] = (
        "Filter",
        "AdditionalAttributes",
        "DeviceAvailable",
        "EipAddresses",
        "HpcClusterId",
        "HttpEndpoint",
        "HttpPutResponseHopLimit",
        "HttpTokens",
        "InnerIpAddresses",
        "InstanceChargeType",
        "InternetChargeType",
        "IoOptimized",
        "KeyPairName",
        "LockReason",
        "NeedSaleCycle",
        "PublicIpAddresses",
        "RdmaIpAddresses",
    )

    instance_ids: JsonList | None = None
    """At most 100; an empty array finds nothing."""
    instance_name: str | None = None
    """The name, in which ``*`` stands for anything."""
    image_id: str | None = None
    instance_type: str | None = None
    instance_type_family: str | None = None
    """Such as ``ecs.g7``."""
    instance_network_type: str | None = None
    """``vpc``, which all are here, or ``classic``, which none is."""
    vpc_id: str | None = None
    vswitch_id: str | None = field(default=None, name="VSwitchId")
    """Of the primary ENI."""
    zone_id: str | None = None
    security_group_id: str | None = None
    """Of the primary ENI."""
    status: str | None = None
    private_ip_addresses: JsonList | None = None
    """Addresses of the primary ENI, any of which will do; at most 100."""
    ipv6_addresses: tuple[str, ...] | None = field(default=None, name="Ipv6Address")
    """IPv6 addresses of the primary ENI, any of which will do; at most 100."""
    resource_group_id: str | None = None
    tags: tuple[Tag, ...] | None = field(default=None, name="Tag")
    """At most 20, all of which it has; a tag without a value finds every value."""
    page_number: int | None = None
    """1 by default."""
    page_size: int | None = None
    """1 to 100; 10 by default."""
    max_results: int | None = None
    """10 to 100, and what is beyond is taken as the nearest; 10 by default."""
    next_token: str | None = None
    """From the page before."""
    dry_run: bool | None = None
    """Check and tell nothing; what passes is answered with the refusal DryRunOperation."""


class DescribeInstanceStatus(Request, frozen=True, kw_only=True, gc=False):
    """List instances with nothing but their status."""

    action: ClassVar[str] = "DescribeInstanceStatus"
    without_effect: ClassVar[tuple[str, ...]] = ("ClusterId",)

    instance_ids: tuple[str, ...] | None = field(default=None, name="InstanceId")
    """At most 100; one that is unknown is simply not in the list."""
    zone_id: str | None = None
    page_number: int | None = None
    """1 by default."""
    page_size: int | None = None
    """1 to 50; 10 by default."""


class DescribeInstanceTypes(Request, frozen=True, kw_only=True, gc=False):
    """List types of the catalogue with what their instances may have; RegionId is not required."""

    action: ClassVar[str] = "DescribeInstanceTypes"
    without_effect: ClassVar[tuple[str, ...]] = (
        "AdditionalAttributes",
        "CpuArchitecture",
        "CpuArchitectures",
        "GPUSpec",
        "GpuSpecs",
        "InstanceCategories",
        "InstanceCategory",
        "InstanceFamilyLevel",
        "LocalStorageCategories",
        "LocalStorageCategory",
        "MaximumCpuSpeedFrequency",
        "MaximumCpuTurboFrequency",
        "MaximumGPUAmount",
        "MinimumBaselineCredit",
        "MinimumCpuSpeedFrequency",
        "MinimumCpuTurboFrequency",
        "MinimumDiskQuantity",
        "MinimumEriQuantity",
        "MinimumGPUAmount",
        "MinimumInitialCredit",
        "MinimumInstanceBandwidthRx",
        "MinimumInstanceBandwidthTx",
        "MinimumInstancePpsRx",
        "MinimumInstancePpsTx",
        "MinimumLocalStorageAmount",
        "MinimumLocalStorageCapacity",
        "MinimumQueuePairNumber",
        "NvmeSupport",
        "PhysicalProcessorModel",
        "PhysicalProcessorModels",
    )

    instance_types: tuple[str, ...] | None = None
    """At most 10 names; one that is unknown is simply not in the list."""
    instance_type_family: str | None = None
    """Such as ``ecs.g7``."""
    instance_type_families: tuple[str, ...] | None = None
    """Families, any of which will do."""
    minimum_cpu_core_count: int | None = None
    """A number that is not known satisfies no minimum and no maximum."""
    maximum_cpu_core_count: int | None = None
    minimum_memory_size: float | None = None
    """GiB, with fractions."""
    maximum_memory_size: float | None = None
    """GiB, with fractions."""
    minimum_eni_quantity: int | None = None
    """ENIs, the primary one included."""
    minimum_eni_private_ip_address_quantity: int | None = None
    """Addresses of one ENI, its primary one included."""
    minimum_eni_ipv6_address_quantity: int | None = None
    minimum_primary_eni_queue_number: int | None = None
    minimum_secondary_eni_queue_number: int | None = None
    max_results: int | None = None
    """1 to 1600, which is the default too; SDK 7.0 says 100."""
    next_token: str | None = None
    """From the page before."""
