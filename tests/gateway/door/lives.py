"""A life in which every action is called, with something to show each time."""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from tests.gateway.door.asking import Desk, read_json


class Step(NamedTuple):
    """One call; ``{name}`` in a text is what an earlier step kept by that name."""

    action: str
    said: Mapping[str, str]
    kept: Mapping[str, str] = {}
    """Names with where in the answer they are: ``{"eni": "NetworkInterfaceId"}``."""


_INSTANCE: Final = {
    "ImageId": "m-1",
    "InstanceType": "ecs.g7.xlarge",
    "SecurityGroupId": "{group}",
    "VSwitchId": "{vswitch}",
}

LIFE: Final = (
    Step("CreateVpc", {"CidrBlock": "10.0.0.0/16", "EnableIpv6": "true", "VpcName": "net"}, {"vpc": "VpcId"}),
    Step("ModifyVpcAttribute", {"VpcId": "{vpc}", "Description": "a network"}),
    Step(
        "CreateVSwitch",
        {"VpcId": "{vpc}", "ZoneId": "cn-hangzhou-h", "CidrBlock": "10.0.0.0/24", "Ipv6CidrBlock": "1"},
        {"vswitch": "VSwitchId"},
    ),
    Step("ModifyVSwitchAttribute", {"VSwitchId": "{vswitch}", "VSwitchName": "sw"}),
    Step(
        "CreateVSwitchCidrReservation",
        {
            "VSwitchId": "{vswitch}",
            "VSwitchCidrReservationCidr": "10.0.0.128/28",
            "VSwitchCidrReservationType": "Prefix",
        },
        {"reservation": "VSwitchCidrReservationId"},
    ),
    Step("ListVSwitchCidrReservations", {}),
    Step("CreateSecurityGroup", {"VpcId": "{vpc}", "SecurityGroupName": "sg"}, {"group": "SecurityGroupId"}),
    Step("CreateSecurityGroup", {"VpcId": "{vpc}"}, {"other": "SecurityGroupId"}),
    Step(
        "RunInstances",
        {**_INSTANCE, "Tag.1.Key": "app", "Tag.1.Value": "shop"},
        {"instance": "InstanceIdSets.InstanceIdSet.0"},
    ),
    Step(
        "CreateNetworkInterface",
        {
            "VSwitchId": "{vswitch}",
            "SecurityGroupIds.1": "{group}",
            "SecurityGroupIds.3": "{other}",
            "SecondaryPrivateIpAddressCount": "2",
            "Ipv6AddressCount": "1",
            "Ipv4PrefixCount": "1",
            "Tag.10.Key": "last",
            "Tag.9.Key": "app",
            "Tag.9.Value": "shop",
            "DeleteOnRelease": "True",
            "NetworkInterfaceName": "name",
            "Description": "<a & b>",
            "ClientToken": "t-1",
        },
        {"eni": "NetworkInterfaceId"},
    ),
    Step(
        "CreateNetworkInterface",
        {"VSwitchId": "{vswitch}", "SecurityGroupId": "{group}"},
        {"bare": "NetworkInterfaceId"},
    ),
    Step("ModifyNetworkInterfaceAttribute", {"NetworkInterfaceId": "{eni}", "Description": "changed"}),
    Step("DescribeNetworkInterfaces", {"NetworkInterfaceId.1": "{bare}"}),
    Step("AttachNetworkInterface", {"NetworkInterfaceId": "{eni}", "InstanceId": "{instance}"}),
    Step(
        "AssignPrivateIpAddresses",
        {"NetworkInterfaceId": "{eni}", "SecondaryPrivateIpAddressCount": "1"},
        {"ip": "AssignedPrivateIpAddressesSet.PrivateIpSet.PrivateIpAddress.0"},
    ),
    Step("UnassignPrivateIpAddresses", {"NetworkInterfaceId": "{eni}", "PrivateIpAddress.1": "{ip}"}),
    Step(
        "AssignIpv6Addresses",
        {"NetworkInterfaceId": "{eni}", "Ipv6AddressCount": "1"},
        {"ipv6": "Ipv6Sets.Ipv6Address.0"},
    ),
    Step("DescribeNetworkInterfaces", {"PageSize": "10"}),
    Step("DescribeNetworkInterfaceAttribute", {"NetworkInterfaceId": "{eni}"}, {"resources": "ResourceGroupId"}),
    Step("UnassignIpv6Addresses", {"NetworkInterfaceId": "{eni}", "Ipv6Address.1": "{ipv6}"}),
    Step("TagResources", {"ResourceType": "eni", "ResourceId.1": "{bare}", "Tag.1.Key": "k", "Tag.1.Value": "v"}),
    Step("ListTagResources", {"ResourceType": "eni", "ResourceId.1": "{bare}", "ResourceId.2": "{eni}"}),
    Step("UntagResources", {"ResourceType": "eni", "ResourceId.1": "{bare}", "All": "true"}),
    Step("JoinSecurityGroup", {"SecurityGroupId": "{other}", "InstanceId": "{instance}"}),
    Step("LeaveSecurityGroup", {"SecurityGroupId": "{other}", "InstanceId": "{instance}"}),
    Step("DescribeSecurityGroups", {"VpcId": "{vpc}"}),
    Step("ModifySecurityGroupAttribute", {"SecurityGroupId": "{group}", "SecurityGroupName": "web"}),
    Step("ModifySecurityGroupPolicy", {"SecurityGroupId": "{group}", "InnerAccessPolicy": "drop"}),
    Step("DescribeSecurityGroupAttribute", {"SecurityGroupId": "{group}"}),
    Step("DescribeSecurityGroupReferences", {"SecurityGroupId.1": "{group}", "SecurityGroupId.2": "{other}"}),
    Step("DescribeVpcs", {}),
    Step("DescribeVpcAttribute", {"VpcId": "{vpc}"}),
    Step("DescribeRouteTableList", {"VpcId": "{vpc}", "RouteTableType": "System"}),
    Step("DescribeVSwitches", {"VpcId": "{vpc}"}),
    Step("DescribeVSwitchAttributes", {"VSwitchId": "{vswitch}"}),
    Step("DescribeInstances", {"InstanceIds": '["{instance}"]'}),
    Step("DescribeInstanceStatus", {"InstanceId.1": "{instance}"}),
    Step("DescribeInstanceTypes", {"InstanceTypes.1": "ecs.g7.xlarge"}),
    Step("DescribeRegions", {}),
    Step("DescribeZones", {}),
    Step("DescribeAccountAttributes", {}),
    Step("JoinResourceGroup", {"ResourceType": "eni", "ResourceId": "{bare}", "ResourceGroupId": "{resources}"}),
    Step("DetachNetworkInterface", {"NetworkInterfaceId": "{eni}", "InstanceId": "{instance}"}),
    Step("DeleteNetworkInterface", {"NetworkInterfaceId": "{eni}"}),
    Step("DeleteNetworkInterface", {"NetworkInterfaceId": "{bare}"}),
    Step("StopInstance", {"InstanceId": "{instance}", "ForceStop": "true"}),
    Step("StartInstance", {"InstanceId": "{instance}"}),
    Step("DeleteInstance", {"InstanceId": "{instance}", "Force": "true"}),
    Step("DeleteSecurityGroup", {"SecurityGroupId": "{group}"}),
    Step("DeleteVSwitchCidrReservation", {"VSwitchCidrReservationId": "{reservation}"}),
    Step("DeleteVSwitch", {"VSwitchId": "{vswitch}"}),
    Step("DeleteSecurityGroup", {"SecurityGroupId": "{other}"}),
    Step("DeleteVpc", {"VpcId": "{vpc}"}),
)


def live(desk: Desk) -> list[tuple[Step, dict[str, str], dict[str, Any]]]:
    """Live it.

    Returns:
        Each step, with what was said in fact and the answer in JSON.
    """
    kept: dict[str, str] = {}
    lived = []
    for step in LIFE:
        said = {name: _filled(text, kept) for name, text in step.said.items()}
        answer = read_json(desk.ask(step.action, said))
        assert "Code" not in answer, (step, answer)
        kept |= {name: str(_at(answer, path)) for name, path in step.kept.items()}
        lived.append((step, said, answer))
    return lived


def _filled(text: str, kept: Mapping[str, str]) -> str:
    for name, value in kept.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def _at(answer: Any, path: str) -> Any:
    for part in path.split("."):
        answer = answer[int(part)] if part.isdigit() else answer[part]
    return answer
