"""Clients that no part of the gateway was written for: what they send, byte for byte, and what their parsers need."""

from datetime import datetime
from xml.etree import ElementTree as ET

import h11
import pytest

from cloudsim.api.requests import VPC_VERSION
from cloudsim.gateway.door import Visit
from cloudsim.gateway.http import HttpRequest
from tests.gateway.door.asking import ECS, Desk, code

KEYS = ("testid:testsecret",)

ALIYUN_SDK = b"""\
POST / HTTP/1.1
User-Agent: aliyun-sdk-nodejs/1.12.10(linux/6.18.44/x64;v20.20.2)
Content-Type: application/x-www-form-urlencoded;charset=UTF-8
Content-Length: 264
Host: 127.0.0.1:17809
Connection: keep-alive

AccessKeyId=testid&Action=DescribeVpcs&Format=JSON&PageSize=10&RegionId=cn-hangzhou&Signature=t84ow7RDI6dN%2FnNhZdQlax\
hoTzU%3D&SignatureMethod=HMAC-SHA1&SignatureNonce=17957381814684980&SignatureVersion=1.0&Timestamp=2026-11-27T00%3A09%3\
A41.468Z&Version=2014-05-26"""
"""npm's ``aliyun-sdk`` 1.12.10: its time stamps have milliseconds."""

FIRST_ECS_OF_NODE = b"""\
POST /?Action=DescribeNetworkInterfaces&Format=json&Timestamp=2026-11-27T00%3A10%3A27Z&Version=2014-05-26&SignatureNonc\
e=fb27d51a07756d0241c1f609c656e020&SignatureMethod=HMAC-SHA1&SignatureVersion=1.0&AccessKeyId=testid&Signature=bolGM4s0\
rj67wU%2FnaEpQ%2BnuCX1E%3D HTTP/1.1
x-acs-version: 2014-05-26
x-acs-action: DescribeNetworkInterfaces
host: 127.0.0.1:17809
user-agent: AlibabaCloud (linux; x64) Node.js/v20.20.2 Core/1.0.1 TeaDSL/2
content-type: application/x-www-form-urlencoded
Connection: keep-alive
Transfer-Encoding: chunked

56
RegionId=cn-hangzhou&NetworkInterfaceId.1=eni-a&NetworkInterfaceId.2=eni-b&PageSize=10
0

"""
"""npm's ``@alicloud/ecs20140526`` 1.1.0: all parameters in a chunked form (W4)."""

SCOUT_SUITE = b"""\
POST http://ecs-cn-hangzhou.aliyuncs.com/?Version=2014-05-26&Action=DescribeInstances&Format=JSON&RegionId=cn-hangzhou&\
Timestamp=2026-11-27T00%3A10%3A29Z&SignatureMethod=HMAC-SHA1&SignatureType=&SignatureVersion=1.0&SignatureNonce=4969d53\
8c764109276ca4dedd6618aea&AccessKeyId=testid&Signature=kuPfYiNpwUZr0ZPUHhH9CZravxs%3D HTTP/1.1
Host: ecs-cn-hangzhou.aliyuncs.com
User-Agent: AlibabaCloud (Linux 6.18.44;x86_64) Python/3.11.7 Core/2.16.1 python-requests/2.18.3
Accept-Encoding: identity
Accept: */*
Connection: keep-alive
x-acs-action: DescribeInstances
x-acs-version: 2014-05-26
x-sdk-invoke-type: normal
x-sdk-client: python/2.0.0
Content-Length: 0

"""
"""ScoutSuite 5.14, which knows no endpoints but real ones, by ``HTTP_PROXY`` (W7)."""


def request_of(recorded: bytes) -> HttpRequest:
    wire = h11.Connection(h11.SERVER)
    head, _, body = recorded.partition(b"\n\n")
    ends = body.replace(b"\n", b"\r\n")
    wire.receive_data(head.replace(b"\n", b"\r\n") + b"\r\n\r\n" + ends)
    event, data = wire.next_event(), b""
    assert isinstance(event, h11.Request)
    while isinstance(part := wire.next_event(), h11.Data):
        data += part.data
    headers = tuple((name.decode(), value.decode()) for name, value in event.headers)
    return HttpRequest(event.method.decode(), event.target.decode(), headers, data)


@pytest.mark.parametrize(
    ("recorded", "at", "action"),
    [
        (ALIYUN_SDK, "2026-11-27T00:09:41Z", "DescribeVpcs"),
        (FIRST_ECS_OF_NODE, "2026-11-27T00:10:27Z", "DescribeNetworkInterfaces"),
        (SCOUT_SUITE, "2026-11-27T00:10:29Z", "DescribeInstances"),
    ],
    ids=["aliyun-sdk", "ecs20140526-1.1.0", "ScoutSuite"],
)
def test_what_a_stranger_sent_verifies(recorded: bytes, at: str, action: str) -> None:
    wall_ns = int(datetime.fromisoformat(at).timestamp()) * 10**9
    visit = Desk(more=KEYS, verify=True, wall_ns=wall_ns).visit(request_of(recorded))
    assert isinstance(visit, Visit), visit.body
    assert (visit.call.request.action, visit.call.name) == (action, "testid/1")


def test_every_type_has_the_figures_that_libcloud_makes_sizes_of() -> None:
    """``list_sizes`` takes ``float(MemorySize)`` and ``int(CpuCoreCount)`` of every type, or fails for all of them."""
    answer = Desk().get(f"/?Action=DescribeInstanceTypes&Version={ECS}&Format=XML")
    types = ET.fromstring(answer.body).findall("InstanceTypes/InstanceType")  # noqa: S314  our own
    sizes = [(float(one.findtext("MemorySize", "")), int(one.findtext("CpuCoreCount", ""))) for one in types]
    assert len(sizes) > 800
    assert min(sizes) > (0, 0)


def test_the_first_example_for_terraform_is_a_vpc_that_may_be() -> None:
    """``cidr_block = "10.0.0.0/8"``, as the page of alicloud_vpc has it, and 172.16.0.0/12 in most others."""
    desk = Desk()
    for cidr in ("10.0.0.0/8", "172.16.0.0/12"):
        assert desk.made("CreateVpc", CidrBlock=cidr, Ipv6Isp="BGP", EnableIpv6="true")["VpcId"]


def test_the_vpc_api_writes_untagging_with_a_capital_t() -> None:
    """``un_tag_resources`` of its SDKs, Terraform and Ansible; ECS has UntagResources alone."""
    desk = Desk()
    where = {"Version": VPC_VERSION, "ResourceType": "VPC", "ResourceId.1": desk.made("CreateVpc")["VpcId"]}
    desk.made("TagResources", {**where, "Tag.1.Key": "k", "Tag.1.Value": "v"})
    desk.made("UnTagResources", {**where, "TagKey.1": "k"})
    assert desk.made("ListTagResources", where)["TagResources"]["TagResource"] == []
    assert code(desk.ask("UnTagResources", {**where, "Version": "2014-05-26"})) == "InvalidApi.NotFound"


def test_who_signs_nothing_is_told_that_the_key_is_missing_wherever_the_action_stands() -> None:
    said = (("x-acs-action", "DescribeRegions"), ("x-acs-version", "2014-05-26"))
    answer = Desk(more=("testid:testsecret",), verify=True).get("/", *said, method="POST")
    assert code(answer) == "MissingAccessKeyId"
