"""The older Python SDKs, aliyun-python-sdk-ecs and aliyun-python-sdk-vpc, unmodified, in JSON and in XML."""

import json
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from cloudsim.gateway.thread import ThreadServer, serve_in_thread
from tests.gateway.sdk.serving import REGION, TOKEN, TYPE, ZONE, a_world

core = pytest.importorskip("aliyunsdkcore.client", reason="the SDKs are not installed: pip install '.[sdk]'")
exceptions = pytest.importorskip("aliyunsdkcore.acs_exception.exceptions")
pytest.importorskip("aliyunsdkecs", reason="the SDKs are not installed: pip install '.[sdk]'")
pytest.importorskip("aliyunsdkvpc", reason="the SDKs are not installed: pip install '.[sdk]'")

A_CREATE: dict[str, Any] = {"VSwitchId": "vsw-a", "SecurityGroupId": "sg-main"}


class Old:
    """A program with the older SDK.

    Args:
        server: what it talks to.
        accept: ``JSON`` or ``XML``.
    """

    def __init__(self, server: ThreadServer, accept: str = "JSON") -> None:
        self._client = core.AcsClient(server.access_key_id, server.access_key_secret, REGION)
        self.close = self._client.session.close
        self._endpoint = server.endpoint
        self._accept = accept

    def request(self, action: str, **parameters: Any) -> Any:
        """Make a request of the SDK's class for the action, each parameter by the class's own method."""
        is_vpc = "Vpc" in action or "VSwitch" in action
        home = "aliyunsdkvpc.request.v20160428" if is_vpc else "aliyunsdkecs.request.v20140526"
        request = getattr(import_module(f"{home}.{action}Request"), f"{action}Request")()
        for name, value in parameters.items():
            getattr(request, f"set_{name}")(value)
        request.set_endpoint(self._endpoint)
        return request

    def body(self, request: Any, accept: str | None) -> bytes:
        """Call by the SDK's method that leaves the format alone; the one that raises exceptions wants JSON always."""
        request.set_accept_format(accept)
        with warnings.catch_warnings(action="ignore", category=DeprecationWarning):
            body: bytes = self._client.do_action(request)
        return body

    def call(self, action: str, **parameters: Any) -> dict[str, Any]:
        """Call, and read what came."""
        request = self.request(action, **parameters)
        if self._accept == "JSON":
            read: dict[str, Any] = json.loads(self._client.do_action_with_exception(request))
            return read
        root = ET.fromstring(self.body(request, "XML"))  # noqa: S314  of our own server
        assert root.tag == f"{action}Response"
        return {child.tag: _as_json(child) for child in root}


def _as_json(element: ET.Element) -> Any:
    """Read an element of XML as the JSON that it stands for: what comes several times, or in a wrapper, is a list."""
    if not len(element):
        return element.text or ""
    found: dict[str, Any] = {}
    for child in element:
        found.setdefault(child.tag, []).append(_as_json(child))
    return {
        name: values if element.tag == f"{name}s" or f"{name}Set" in element.tag or len(values) > 1 else values[0]
        for name, values in found.items()
    }


@contextmanager
def having(server: ThreadServer, accept: str = "JSON") -> Iterator[Old]:
    """Have a program with the older SDK, and close what it leaves open."""
    program = Old(server, accept)
    try:
        yield program
    finally:
        program.close()


@pytest.fixture(params=["JSON", "XML"])
def program(request: pytest.FixtureRequest) -> Iterator[Old]:
    verifies = request.param == "XML"
    with serve_in_thread(verify_signatures=verifies) as server, having(server, request.param) as program:
        yield program


def until(program: Old, status: str, action: str, way: str, **filters: Any) -> Any:
    """Describe one thing until it has a status, and give it."""
    for _ in range(50):
        found: Any = program.call(action, **filters)
        for part in way.split("."):
            found = found[part]
        only = found[0] if isinstance(found, list) else found
        if only["Status"] == status:
            return only
    raise AssertionError(f"{only['Status']} after 50 polls, and never {status}")


def a_home(program: Old) -> tuple[str, str, str]:
    """A VPC with a vSwitch and a group."""
    vpc = program.call("CreateVpc", CidrBlock="172.16.0.0/16")["VpcId"]
    until(program, "Available", "DescribeVpcs", "Vpcs.Vpc", VpcId=vpc)
    vswitch = program.call("CreateVSwitch", VpcId=vpc, CidrBlock="172.16.1.0/24", ZoneId=ZONE)["VSwitchId"]
    until(program, "Available", "DescribeVSwitches", "VSwitches.VSwitch", VSwitchId=vswitch)
    return vpc, vswitch, program.call("CreateSecurityGroup", VpcId=vpc)["SecurityGroupId"]


def test_a_whole_life(program: Old) -> None:
    _, vswitch, group = a_home(program)
    ran = program.call("RunInstances", InstanceType=TYPE, VSwitchId=vswitch, SecurityGroupId=group)
    instance = ran["InstanceIdSets"]["InstanceIdSet"][0]
    until(program, "Running", "DescribeInstances", "Instances.Instance", InstanceIds=json.dumps([instance]))
    made = program.call(
        "CreateNetworkInterface",
        VSwitchId=vswitch,
        SecurityGroupIdss=[group],
        Tags=[{"Key": "app", "Value": "web"}, {"Key": "tier", "Value": ""}],
        PrivateIpAddresss=["172.16.1.11", "172.16.1.12"],
        PrimaryIpAddress="172.16.1.10",
        ClientToken=TOKEN,
    )
    eni = made["NetworkInterfaceId"]
    way = "NetworkInterfaceSets.NetworkInterfaceSet"
    shown = until(program, "Available", "DescribeNetworkInterfaces", way, NetworkInterfaceIds=[eni])
    assert [tag["TagKey"] for tag in shown["Tags"]["Tag"]] == ["app", "tier"]
    assert shown["PrivateIpAddress"] == "172.16.1.10"
    program.call("AttachNetworkInterface", NetworkInterfaceId=eni, InstanceId=instance)
    until(program, "InUse", "DescribeNetworkInterfaces", way, NetworkInterfaceIds=[eni])
    program.call("AssignPrivateIpAddresses", NetworkInterfaceId=eni, SecondaryPrivateIpAddressCount=2)
    program.call("UnassignPrivateIpAddresses", NetworkInterfaceId=eni, PrivateIpAddresss=["172.16.1.11"])
    shown = until(program, "InUse", "DescribeNetworkInterfaces", way, NetworkInterfaceIds=[eni])
    assert len(shown["PrivateIpSets"]["PrivateIpSet"]) == 4
    program.call("DetachNetworkInterface", NetworkInterfaceId=eni, InstanceId=instance)
    until(program, "Available", "DescribeNetworkInterfaces", way, NetworkInterfaceIds=[eni])
    program.call("DeleteNetworkInterface", NetworkInterfaceId=eni)
    program.call("StopInstance", InstanceId=instance)
    until(program, "Stopped", "DescribeInstances", "Instances.Instance", InstanceIds=json.dumps([instance]))
    program.call("DeleteInstance", InstanceId=instance)
    program.call("DeleteSecurityGroup", SecurityGroupId=group)
    program.call("DeleteVSwitch", VSwitchId=vswitch)


def refusal(program: Old, action: str, **parameters: Any) -> Any:
    with pytest.raises(exceptions.ServerException) as caught:
        program.call(action, **parameters)
    return caught.value


def test_a_refusal_is_a_server_exception_with_code_status_and_request_id() -> None:
    with serve_in_thread(a_world(mask=29)) as server, having(server) as program:
        program.call("CreateNetworkInterface", **A_CREATE, SecondaryPrivateIpAddressCount=3)
        error = refusal(program, "CreateNetworkInterface", **A_CREATE)
        assert (error.get_error_code(), error.get_http_status()) == ("InvalidVSwitchId.IpNotEnough", 403)
        assert error.get_error_msg().startswith("The specified VSwitch")
        assert error.get_request_id()


def test_a_wrong_secret_is_told_as_the_sdk_tells_it() -> None:
    with serve_in_thread(a_world(), access_key="testid:another", verify_signatures=True) as server:
        server.access_key_secret = server.access_key_secret[::-1]
        with having(server) as program:
            # The SDK finds its own text in ours, and draws the conclusion.
            assert refusal(program, "DescribeNetworkInterfaces").get_error_code() == "InvalidAccessKeySecret"


def test_a_program_that_sets_no_format_says_None_and_is_told_json() -> None:  # noqa: N802  the literal None
    with serve_in_thread(a_world()) as server, having(server) as program:
        request = program.request("CreateNetworkInterface", **A_CREATE)
        assert json.loads(program.body(request, None))["NetworkInterfaceId"]


def test_the_readme_shows_the_leak_and_its_cure(capsys: pytest.CaptureFixture[str]) -> None:
    readme = (Path(__file__).parents[3] / "README.md").read_text(encoding="utf-8")
    block = readme.partition("<!-- test: leak -->\n```python\n")[2].partition("```\n")[0]
    exec(compile(block, "README.md", "exec"), {"__name__": "readme"})  # noqa: S102  it is ours
    assert capsys.readouterr().out == "5 known, 9 made\n5 known, 5 made\n"
