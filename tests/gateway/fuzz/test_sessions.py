"""Whatever a session says to both APIs is answered, leaves the cloud sound, and is done again to the same digest."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, TypeAlias
from urllib.parse import urlencode

import msgspec
import pytest
import trio
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cloudsim.api.params import to_parameters
from cloudsim.gateway.admin.routes import described
from cloudsim.gateway.admin.security import AdminOptions
from cloudsim.gateway.gateway import Gateway, GatewayOptions
from cloudsim.gateway.http import HttpAnswer, HttpRequest
from cloudsim.gateway.replaying import rerun
from cloudsim.scenario.recording import read_recording
from cloudsim.simulation.world.builder import World
from tests.api.asking import any_request

PORT: Final = 8765
WORLD: Final = (
    World(profile="current")
    .account("acme", eni_quota=4)
    .region("cn-hangzhou", zones=["cn-hangzhou-h"])
    .vpc("vpc-main", cidr="10.0.0.0/16", ipv6_cidr="2001:db8::/56")
    .vswitch("vsw-a", cidr="10.0.0.0/27", ipv6=1)
    .security_group("sg-main")
    .instance("i-a", type="ecs.g7.xlarge")
    .eni("eni-a")
    .eni("eni-b")
    .spec
)
WORDS: Final = st.sampled_from(
    [
        *(
            "",
            "x",
            "1s",
            "30s",
            "vsw-a",
            "vpc-main",
            "sg-main",
            "eni-a",
            "eni-b",
            "i-a",
            "t-1",
            "acme",
            "app",
            "\0\ufffe",
        ),
        *("cn-hangzhou", "cn-hangzhou-h", "10.0.0.9", "10.0.0.0/28", "2001:db8::9", "ecs.g7.xlarge", "eni", "vcpus"),
        *("COMMIT", "FINISH", "RESPOND", "Running", "Stopped", "Throttling.User", "InvalidVSwitchId.IpNotEnough"),
        *("CreateNetworkInterface", "AttachNetworkInterface", "set_quota", "hang_attach", "take_zone_out"),
    ]
)
NUMBERS: Final = st.sampled_from([0, 1, 2, 5, 1_000_000_000])  # none so large that a plan of troubles has no end
ANYTHING: Final = st.one_of(st.none(), st.booleans(), NUMBERS, WORDS, st.just(1.5), st.lists(WORDS, max_size=2))
HERE: Final = {"RegionId": "cn-hangzhou", "Version": "2014-05-26"}
AN_ENI: Final = {"VSwitchId": "vsw-a", "SecurityGroupId": "sg-main"}
BOTH: Final = {"NetworkInterfaceId": "eni-a", "InstanceId": "i-a"}
USUAL: Final = [
    {"Action": "CreateNetworkInterface", **AN_ENI},
    {"Action": "CreateNetworkInterface", **AN_ENI, "ClientToken": "t-1", "SecondaryPrivateIpAddressCount": "2"},
    {"Action": "AttachNetworkInterface", **BOTH},
    {"Action": "DetachNetworkInterface", **BOTH},
    {"Action": "DeleteNetworkInterface", "NetworkInterfaceId": "eni-b"},
    {"Action": "AssignPrivateIpAddresses", "NetworkInterfaceId": "eni-a", "SecondaryPrivateIpAddressCount": "3"},
    {"Action": "AssignIpv6Addresses", "NetworkInterfaceId": "eni-b", "Ipv6AddressCount": "1"},
    {"Action": "RunInstances", **AN_ENI, "ImageId": "m", "InstanceType": "ecs.g7.xlarge", "Amount": "2"},
    {"Action": "StopInstance", "InstanceId": "i-a"},
    {"Action": "DeleteInstance", "InstanceId": "i-a", "Force": "true"},
    {"Action": "DescribeNetworkInterfaces", "Format": "JSON"},
    {"Action": "DescribeInstances"},
]
Call: TypeAlias = Mapping[str, str]
Change: TypeAlias = tuple[str, Mapping[str, Any]]


def value(schema: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    """What a key may be, as the help says it, and now and then anything else."""
    if "anyOf" in schema:
        return st.one_of([value(one) for one in schema["anyOf"]])
    of_type = {
        "integer": NUMBERS,
        "string": st.sampled_from(schema.get("enum", [])) if "enum" in schema else WORDS,
        "object": st.dictionaries(WORDS, st.one_of(NUMBERS, WORDS), max_size=2),
    }.get(schema.get("type", ""), ANYTHING)
    return of_type.flatmap(lambda usual: st.sampled_from([usual] * 30 + [[], None, -1]))


def body(keys: Mapping[str, Mapping[str, Any]], **verb: str) -> st.SearchStrategy[dict[str, Any]]:
    required = {key: value(schema) for key, schema in keys.items() if schema["required"]}
    optional = {key: value(schema) for key, schema in keys.items() if not schema["required"]}
    return st.fixed_dictionaries(
        {**{name: st.just(text) for name, text in verb.items()}, **required}, optional=optional
    )


def changes() -> st.SearchStrategy[Change]:
    """Changes by every route that takes JSON and goes on with the same simulation."""
    found = []
    for route in described():
        path = route["path"]
        if route["method"] == "POST" and path not in ("login", "world"):
            kinds = [body(keys, **{path[:-1]: verb}) for verb, keys in route.get("verbs", {}).items()]
            kinds += [body(route["keys"])] if "keys" in route else []
            found.append(st.tuples(st.just(path), st.one_of(kinds)) if kinds else st.nothing())
    return st.one_of(found)


CALLS: Final = st.one_of(
    st.sampled_from(USUAL), st.sampled_from(USUAL), any_request(WORDS, is_sayable=True).map(to_parameters)
)
SESSIONS: Final = st.lists(st.one_of(st.lists(CALLS, min_size=1, max_size=3), changes()), min_size=4, max_size=16)


def call(said: Call) -> HttpRequest:
    form = ("content-type", "application/x-www-form-urlencoded")
    return HttpRequest("POST", "/", (form,), urlencode({**HERE, **said}).encode())


def change(path: str, keys: Mapping[str, Any]) -> HttpRequest:
    headers = (("host", f"127.0.0.1:{PORT}"), ("content-type", "application/json"), ("x-cloudsim-admin", "1"))
    return HttpRequest("POST", f"/_cloudsim/{path}", headers, msgspec.json.encode(keys))


async def served(session: Sequence[list[Call] | Change], gateway: Gateway) -> list[HttpAnswer | None]:
    """Say it all, calls of one list at once, and give the answers; None for one that was lost on purpose."""
    answers: list[Any] = []

    async def ask(request: HttpRequest, number: int) -> None:
        answers.append(await gateway.answer(request, number))

    async with trio.open_nursery() as background:
        background.start_soon(gateway.run)
        for said in session:
            requests = [change(*said)] if isinstance(said, tuple) else [call(one) for one in said]
            gateway.note_clients(len(requests))
            async with trio.open_nursery() as clients:
                for number, request in enumerate(requests):
                    clients.start_soon(ask, request, number)
        background.cancel_scope.cancel()
    return answers


@pytest.mark.parametrize("examples", [40, pytest.param(1_500, marks=pytest.mark.deep)])
def test_any_session_is_answered_and_done_again_the_same(tmp_path: Path, examples: int) -> None:
    @settings(max_examples=examples, suppress_health_check=list(HealthCheck))
    @given(session=SESSIONS, strategy=st.sampled_from(["fifo", "random"]))
    def law(session: Sequence[list[Call] | Change], strategy: str) -> None:
        lines: list[bytes] = []
        options = GatewayOptions(world=WORLD, settings={"strategy": strategy})
        gateway = Gateway(options, record=lines.append)
        gateway.open_admin(AdminOptions(port=PORT))
        answers = trio.run(served, session, gateway)
        assert list(gateway.failed) == []
        assert {answer.status for answer in answers if answer is not None} <= {200, 400, 403, 404, 409, 500, 503}
        assert gateway.close() == []
        recording = tmp_path / "session"
        recording.write_bytes(b"".join(lines))
        assert all(rerun(segment).is_same for segment in read_recording(recording))

    law()
