"""The life of an ENI and of all that it needs, told once for the sync and the async half of the newer Python SDKs.

A story is a generator: it yields what to call and is sent the body of the answer, an instance of the SDK's own model.
"""

from collections.abc import Generator
from typing import Any, NamedTuple

import pytest

from tests.gateway.sdk.serving import REGION, TOKEN, TYPE, ZONE

ecs = pytest.importorskip("alibabacloud_ecs20140526.models", reason="the SDKs are not installed: pip install '.[sdk]'")
vpc = pytest.importorskip("alibabacloud_vpc20160428.models", reason="the SDKs are not installed: pip install '.[sdk]'")


class Ask(NamedTuple):
    """A call: the method of the SDK's client, and what it is given."""

    product: str
    method: str
    request: Any


Story = Generator[Ask, Any, Any]


def asked(method: str, **parameters: Any) -> Ask:
    """A call of either SDK, by the name of its method; the request's class is the one that the method is for."""
    name = "".join(part.capitalize() for part in method.split("_")).replace("Vswitch", "VSwitch") + "Request"
    product, models = ("vpc", vpc) if "vpc" in method or "vswitch" in method else ("ecs", ecs)
    return Ask(product, method, getattr(models, name)(region_id=REGION, **parameters))


def tags(kind: str, **pairs: str) -> list[Any]:
    """Tags as a request of this kind wants them."""
    return [getattr(ecs, f"{kind}RequestTag")(key=key, value=value) for key, value in pairs.items()]


def a_network() -> Story:
    """Make a VPC, a vSwitch and two security groups, each of which is Available once it can be used."""
    network = yield asked("create_vpc", cidr_block="172.16.0.0/16", vpc_name="home")
    yield from until("Available", "describe_vpcs", "vpcs.vpc", vpc_id=network.vpc_id)
    vswitch = yield asked("create_vswitch", vpc_id=network.vpc_id, cidr_block="172.16.1.0/24", zone_id=ZONE)
    yield from until("Available", "describe_vswitches", "v_switches.v_switch", v_switch_id=vswitch.v_switch_id)
    groups = []
    for name in ("front", "back"):
        made = yield asked("create_security_group", vpc_id=network.vpc_id, security_group_name=name)
        groups.append(made.security_group_id)
    return network.vpc_id, vswitch.v_switch_id, groups


def until(status: str, method: str, path: str, **filters: Any) -> Story:
    """Describe one thing until it has a status, and give it; a waiter's pauses are left out."""
    for _ in range(50):
        found = yield asked(method, **filters)
        for part in path.split("."):
            found = getattr(found, part)
        (only,) = found
        if only.status == status:
            return only
    raise AssertionError(f"{only.status} after 50 polls, and never {status}")


def eni_until(status: str, eni: str) -> Story:
    """Describe an ENI until it has a status."""
    path = "network_interface_sets.network_interface_set"
    return until(status, "describe_network_interfaces", path, network_interface_id=[eni])


def whole_life() -> Story:
    """Everything from the VPC to its end; give the id of the VPC."""
    vpc_id, vswitch, groups = yield from a_network()
    ran = yield asked(
        "run_instances", instance_type=TYPE, v_switch_id=vswitch, security_group_id=groups[0], image_id="any"
    )
    (instance,) = ran.instance_id_sets.instance_id_set
    path = "instances.instance"
    yield from until("Running", "describe_instances", path, instance_ids=f'["{instance}"]')
    eni = yield from an_eni(vswitch, groups)
    other = yield from pages(vswitch, groups[0], eni)
    yield from on_the_instance(eni, instance)
    yield from tagged_again(eni)
    for each in (eni, other):
        yield asked("delete_network_interface", network_interface_id=each)
    yield from the_end(vpc_id, vswitch, groups, instance)
    return vpc_id


def an_eni(vswitch: str, groups: list[str]) -> Story:
    """Make an ENI with everything, twice with one token; and look at what both answers and the description say."""
    wish = asked(
        "create_network_interface",
        v_switch_id=vswitch,
        security_group_ids=groups,
        primary_ip_address="172.16.1.10",
        private_ip_address=["172.16.1.11", "172.16.1.12"],
        network_interface_name="pod-1",
        description="eine Schnittstelle, 一个网卡",
        tag=tags("CreateNetworkInterface", app="web", tier="front"),
        client_token=TOKEN,
    )
    made = yield wish
    again = yield wish
    assert again.network_interface_id == made.network_interface_id
    assert again.request_id != made.request_id
    assert made.security_group_ids.security_group_id == groups
    shown = yield from eni_until("Available", made.network_interface_id)
    assert shown.description == "eine Schnittstelle, 一个网卡"
    assert [ip.private_ip_address for ip in shown.private_ip_sets.private_ip_set] == [
        f"172.16.1.{host}" for host in (10, 11, 12)
    ]
    assert [ip.primary for ip in shown.private_ip_sets.private_ip_set] == [True, False, False]
    assert {tag.tag_key: tag.tag_value for tag in shown.tags.tag} == {"app": "web", "tier": "front"}
    assert shown.ipv_6sets.ipv_6set == shown.ipv_4prefix_sets.ipv_4prefix_set == []
    assert (shown.instance_id, shown.type, shown.zone_id) == ("", "Secondary", ZONE)
    assert isinstance(shown.owner_id, str)
    return made.network_interface_id


def pages(vswitch: str, group: str, first: str) -> Story:
    """Make a second ENI, with a prefix, and find both by filters and by pages, the old ones and the new."""
    made = yield asked("create_network_interface", v_switch_id=vswitch, security_group_id=group, ipv_4prefix_count=1)
    second = made.network_interface_id
    assert len(made.ipv_4prefix_sets.ipv_4prefix_set) == 1
    by_tag = yield asked("describe_network_interfaces", tag=tags("DescribeNetworkInterfaces", app="web"))
    assert ids(by_tag) == [first]
    seen = []
    for number in (1, 2):
        page = yield asked(
            "describe_network_interfaces", v_switch_id=vswitch, type="Secondary", page_size=1, page_number=number
        )
        assert (page.total_count, page.page_size, page.page_number) == (2, 1, number)
        seen += ids(page)
    assert sorted(seen) == sorted([first, second])
    page = yield asked("describe_network_interfaces", v_switch_id=vswitch, max_results=10)
    assert {first, second} < set(ids(page))  # and the primary one of the instance
    return second


def ids(described: Any) -> list[str]:
    """The ENIs of a page."""
    return [eni.network_interface_id for eni in described.network_interface_sets.network_interface_set]


def on_the_instance(eni: str, instance: str) -> Story:
    """Attach, assign and unassign addresses, and detach; each waiter ends."""
    yield asked("attach_network_interface", network_interface_id=eni, instance_id=instance)
    shown = yield from eni_until("InUse", eni)
    assert shown.instance_id == shown.attachment.instance_id == instance
    more = yield asked("assign_private_ip_addresses", network_interface_id=eni, secondary_private_ip_address_count=2)
    own = more.assigned_private_ip_addresses_set.private_ip_set.private_ip_address
    assert len(own) == 2
    prefix = yield asked("assign_private_ip_addresses", network_interface_id=eni, ipv_4prefix_count=1)
    blocks = prefix.assigned_private_ip_addresses_set.ipv_4prefix_set.ipv_4prefixes
    assert len(blocks) == 1
    yield asked("unassign_private_ip_addresses", network_interface_id=eni, private_ip_address=own)
    yield asked("unassign_private_ip_addresses", network_interface_id=eni, ipv_4prefix=blocks)
    shown = yield from eni_until("InUse", eni)
    assert len(shown.private_ip_sets.private_ip_set) == 3
    yield asked("detach_network_interface", network_interface_id=eni, instance_id=instance)
    shown = yield from eni_until("Available", eni)
    assert shown.instance_id == ""


def tagged_again(eni: str) -> Story:
    """Change name and tags."""
    yield asked("modify_network_interface_attribute", network_interface_id=eni, network_interface_name="pod-2")
    yield asked("tag_resources", resource_type="eni", resource_id=[eni], tag=tags("TagResources", colour="green"))
    yield asked("untag_resources", resource_type="eni", resource_id=[eni], tag_key=["tier"])
    listed = yield asked("list_tag_resources", resource_type="eni", resource_id=[eni])
    assert {tag.tag_key: tag.tag_value for tag in listed.tag_resources.tag_resource} == {
        "app": "web",
        "colour": "green",
    }
    shown = yield asked("describe_network_interface_attribute", network_interface_id=eni)
    assert shown.network_interface_name == "pod-2"


def the_end(vpc_id: str, vswitch: str, groups: list[str], instance: str) -> Story:
    """Delete all of it, in the order that their dependencies want."""
    yield Ask("ecs", "delete_instance", ecs.DeleteInstanceRequest(instance_id=instance, force=True))
    yield from gone("describe_network_interfaces", vpc_id=vpc_id)
    for group in groups:
        yield asked("delete_security_group", security_group_id=group)
    yield asked("delete_vswitch", v_switch_id=vswitch)
    yield from gone("describe_vswitches", vpc_id=vpc_id)
    yield asked("delete_vpc", vpc_id=vpc_id)
    yield from gone("describe_vpcs", vpc_id=vpc_id)


def gone(method: str, **filters: Any) -> Story:
    """Describe things until there are none."""
    for _ in range(50):
        left = yield asked(method, **filters)
        if not left.total_count:
            return
    raise AssertionError(f"{left.total_count} are left after 50 polls")
