"""Answers that show ENIs.

What is many and simple is kept simple, since answers are made far more often than they are read: addresses are a tuple
of texts with the primary one first, tags are pairs. Properties give them in the documented shape. Making the usual one
takes 0.2 microseconds.

Source: CreateNetworkInterface reference, response parameters; eni_api.md sections 1.2 and 2.4; wire.md W15 to W18.
"""

from typing import ClassVar

from msgspec import field

from cloudsim.api.responses.base import Answer, Shape, TagPair


class PrivateIpSet(Shape, frozen=True, kw_only=True, gc=False):
    """A private IPv4 address of an ENI."""

    private_ip_address: str
    primary: bool


class Ipv6Set(Shape, frozen=True, kw_only=True, gc=False):
    """An IPv6 address of an ENI."""

    ipv6_address: str
    primary: bool = False


class Ipv4PrefixSet(Shape, frozen=True, kw_only=True, gc=False):
    """An IPv4 prefix of an ENI."""

    ipv4_prefix: str


class Ipv6PrefixSet(Shape, frozen=True, kw_only=True, gc=False):
    """An IPv6 prefix of an ENI."""

    ipv6_prefix: str


class Attachment(Shape, frozen=True, kw_only=True, gc=False):
    """Where an ENI is attached; empty while it is not."""

    instance_id: str | None = None
    device_index: int | None = None
    """0 for the primary ENI, then in the order of attachment; of a member of a trunk its number there, from 1."""
    network_card_index: int | None = None
    """What the attach said."""
    trunk_network_interface_id: str | None = None
    """Of a member: its trunk."""


class AttachmentWithMembers(Attachment, frozen=True, kw_only=True, gc=False):
    """Where a single ENI is attached, and of a trunk its members."""

    member_network_interface_ids: tuple[str, ...] = field(
        default=(), name="MemberNetworkInterfaceIds.MemberNetworkInterfaceId"
    )


class TrafficConfigShown(Shape, frozen=True, kw_only=True, gc=False):
    """NetworkInterfaceTrafficConfig as it is shown."""

    network_interface_traffic_mode: str
    queue_number: int | None = None
    queue_pair_number: int | None = None


class ConnectionTrackingShown(Shape, frozen=True, kw_only=True, gc=False):
    """ConnectionTrackingConfiguration as it is shown, in seconds."""

    tcp_established_timeout: int
    tcp_closed_and_time_wait_timeout: int
    udp_timeout: int


class EnhancedNetworkShown(Shape, frozen=True, kw_only=True, gc=False):
    """EnhancedNetwork as it is shown."""

    enable_sriov: bool = False
    enable_rss: bool = False
    enable_express: bool = False
    virtual_function_quantity: int | None = None
    """None without ``enable_sriov``, as with their queues."""
    virtual_function_total_queue_number: int | None = None


class SlaveSpecification(Shape, frozen=True, kw_only=True, gc=False):
    """A slave ENI and the one that it is bonded to."""

    bond_network_interface_id: str | None = None
    slave_network_interface_id: str | None = None


class BondSpecification(Shape, frozen=True, kw_only=True, gc=False):
    """BondInterfaceSpecification: the slaves that are bonded to an ENI."""

    slaves: tuple[SlaveSpecification, ...] = field(
        default=(), name="SlaveInterfaceSpecification.SlaveInterfaceSpecificationSet"
    )


class AssociatedPublicIp(Shape, frozen=True, kw_only=True, gc=False):
    """The public address bound to an ENI; empty, since there are none in this cloud."""

    allocation_id: str | None = None
    public_ip_address: str | None = None


class Interface(Shape, frozen=True, kw_only=True, gc=False):
    """What the answers that show an ENI have in common."""

    network_interface_id: str
    network_interface_name: str = ""
    description: str = ""
    status: str
    type: str
    owner_id: str
    """The account's number, as a text."""
    vpc_id: str
    vswitch_id: str = field(name="VSwitchId")
    zone_id: str
    mac_address: str
    private_ip_addresses: tuple[str, ...] = field(name="PrivateIpSets.PrivateIpSet")
    """The primary one first; :attr:`private_ip_sets` gives them in the documented shape."""
    ipv6_addresses: tuple[str, ...] = field(default=(), name="Ipv6Sets.Ipv6Set")
    ipv4_prefixes: tuple[str, ...] = field(default=(), name="Ipv4PrefixSets.Ipv4PrefixSet")
    ipv6_prefixes: tuple[str, ...] = field(default=(), name="Ipv6PrefixSets.Ipv6PrefixSet")
    security_group_ids: tuple[str, ...] = field(name="SecurityGroupIds.SecurityGroupId")
    resource_group_id: str = ""
    tags: tuple[tuple[str, str], ...] = field(default=(), name="Tags.Tag")
    """Keys and values; :attr:`tag_pairs` gives them in the documented shape."""
    service_id: int = field(default=0, name="ServiceID")
    """The distributor to which the ENI belongs; 0, since there are none in this cloud."""
    service_managed: bool = False
    """Whether it is some cloud product's: in use, and on no instance that is shown."""
    source_dest_check: bool = False

    @property
    def private_ip_address(self) -> str:
        """The primary private address."""
        return self.private_ip_addresses[0]

    @property
    def private_ip_sets(self) -> tuple[PrivateIpSet, ...]:
        """The private addresses, each with whether it is the primary one."""
        return tuple(
            [
                PrivateIpSet(private_ip_address=address, primary=not position)
                for position, address in enumerate(self.private_ip_addresses)
            ]
        )

    @property
    def ipv6_sets(self) -> tuple[Ipv6Set, ...]:
        """The IPv6 addresses in the documented shape."""
        return tuple([Ipv6Set(ipv6_address=address) for address in self.ipv6_addresses])

    @property
    def ipv4_prefix_sets(self) -> tuple[Ipv4PrefixSet, ...]:
        """The IPv4 prefixes in the documented shape."""
        return tuple([Ipv4PrefixSet(ipv4_prefix=prefix) for prefix in self.ipv4_prefixes])

    @property
    def ipv6_prefix_sets(self) -> tuple[Ipv6PrefixSet, ...]:
        """The IPv6 prefixes in the documented shape."""
        return tuple([Ipv6PrefixSet(ipv6_prefix=prefix) for prefix in self.ipv6_prefixes])

    @property
    def tag_pairs(self) -> tuple[TagPair, ...]:
        """The tags in the documented shape."""
        return tuple([TagPair(tag_key=key, tag_value=value) for key, value in self.tags])


class CreateNetworkInterfaceResponse(Interface, frozen=True, kw_only=True, gc=False):
    """The new ENI."""

    action: ClassVar[str] = "CreateNetworkInterface"

    request_id: str


class NetworkInterfaceSet(Interface, frozen=True, kw_only=True, gc=False):
    """One ENI of a list."""

    creation_time: str
    """``2019-12-25T12:31:31Z``, never with fractions of a second."""
    instance_id: str = ""
    """Empty while the ENI is not on an instance."""
    queue_number: int | None = None
    """None while the ENI is free and the number was never set."""
    queue_pair_number: int | None = None
    network_interface_traffic_mode: str = "Standard"
    delete_on_release: bool = False
    attachment: Attachment = Attachment()
    associated_public_ip: AssociatedPublicIp = AssociatedPublicIp()


class DeleteNetworkInterfaceResponse(Answer, frozen=True, kw_only=True, gc=False):
    """The ENI is being deleted."""

    action: ClassVar[str] = "DeleteNetworkInterface"


class DescribeNetworkInterfacesResponse(Answer, frozen=True, kw_only=True, gc=False):
    """One page of ENIs."""

    action: ClassVar[str] = "DescribeNetworkInterfaces"

    network_interface_sets: tuple[NetworkInterfaceSet, ...] = field(name="NetworkInterfaceSets.NetworkInterfaceSet")
    total_count: int
    """Without meaning in the new style of paging."""
    page_number: int
    page_size: int
    next_token: str = ""
    """For the next page in the new style of paging; empty on the last one."""


class DescribeNetworkInterfaceAttributeResponse(NetworkInterfaceSet, frozen=True, kw_only=True, gc=False):
    """One ENI, alone."""

    action: ClassVar[str] = "DescribeNetworkInterfaceAttribute"

    request_id: str
    attachment: AttachmentWithMembers = AttachmentWithMembers()
    network_interface_traffic_config: TrafficConfigShown
    connection_tracking_configuration: ConnectionTrackingShown
    enhanced_network: EnhancedNetworkShown = EnhancedNetworkShown()
    bond_interface_specification: BondSpecification = BondSpecification()
    slave_interface_specification: SlaveSpecification = SlaveSpecification()
    """Of a slave."""


class AttachNetworkInterfaceResponse(Answer, frozen=True, kw_only=True, gc=False):
    """The ENI is Attaching."""

    action: ClassVar[str] = "AttachNetworkInterface"


class DetachNetworkInterfaceResponse(Answer, frozen=True, kw_only=True, gc=False):
    """The ENI is Detaching."""

    action: ClassVar[str] = "DetachNetworkInterface"


class ModifyNetworkInterfaceAttributeResponse(Answer, frozen=True, kw_only=True, gc=False):
    """The ENI is changed."""

    action: ClassVar[str] = "ModifyNetworkInterfaceAttribute"
