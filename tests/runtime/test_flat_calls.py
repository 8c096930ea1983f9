"""Calls in flat parameters: what is unknown is ignored and journalled, or refused; the cloud answers as on the wire."""

from typing import Any

import msgspec
import pytest

from cloudsim.errors.base import ApiError
from cloudsim.errors.own import RequestTimeout, SettingError
from cloudsim.runtime.outcome import attempt
from cloudsim.runtime.retry import Retry, TokenUse
from cloudsim.runtime.session import Session
from tests.runtime.sessions import WHERE, drive

CREATE = {"VSwitchId": "vsw-a", "SecurityGroupId": "sg-main"}


def events(sim: Session, name: str) -> list[dict[str, Any]]:
    return [event for line in sim.cloud.journal.lines if (event := msgspec.json.decode(line))["ev"] == name]


def test_a_call_in_flat_parameters_is_answered_as_on_the_wire() -> None:
    async def script(sim: Session) -> tuple[dict[str, Any], dict[str, Any]]:
        client = sim.client(**WHERE)
        made = await client.call("CreateNetworkInterface", {**CREATE, "Tag.1.Key": "team", "Tag.1.Value": "net"})
        shown = await client.call("DescribeNetworkInterfaces", {"Tag.1.Key": "team", "PageSize": "5"})
        return made, shown

    _, (made, shown) = drive(script)
    assert made["Tags"] == {"Tag": [{"TagKey": "team", "TagValue": "net"}]}
    assert made["VSwitchId"] == "vsw-a"
    (eni,) = shown["NetworkInterfaceSets"]["NetworkInterfaceSet"]
    assert eni["NetworkInterfaceId"] == made["NetworkInterfaceId"]
    assert (type(eni["Status"]), type(made["Type"])) == (str, str)  # not our StrEnum
    assert (shown["PageSize"], shown["TotalCount"]) == (5, 1)


def test_the_region_that_is_said_goes_before_the_client_s() -> None:
    async def script(sim: Session) -> str:
        return (await attempt(sim.client(**WHERE).call, "DescribeNetworkInterfaces", {"RegionId": "cn-x"})).code

    assert drive(script)[1] == "InvalidRegionId.NotFound"


def test_an_action_that_does_not_exist_is_answered_with_the_documented_code() -> None:
    async def script(sim: Session) -> ApiError:
        with pytest.raises(ApiError) as refused:
            await sim.client(**WHERE).call("DescribeFoo", {"RegionId": "cn-hangzhou"})
        return refused.value

    _, refusal = drive(script)
    assert (refusal.code, refusal.http_status) == ("InvalidAction", 403)
    assert "DescribeFoo" in refusal.message


def test_a_text_that_cannot_be_read_is_refused_by_the_documented_code() -> None:
    async def script(sim: Session) -> str:
        return (await attempt(sim.client(**WHERE).call, "DescribeNetworkInterfaces", {"PageSize": "ten"})).code

    assert drive(script)[1] == "InvalidParameter"


def test_unknown_names_are_ignored_and_the_journal_has_them() -> None:
    async def script(sim: Session) -> None:
        client = sim.client(**WHERE, name="pod")
        await client.call("CreateNetworkInterface", {**CREATE, "Zone": "h", "AutoRetry": "true", "Format": "JSON"})
        await client.call("CreateNetworkInterface", CREATE)

    sim, _ = drive(script)
    assert sim.calls == {"CreateNetworkInterface": {"ok": 2}}
    (event,) = events(sim, "unknown-parameters")
    assert event["call"] == "pod/1"
    assert event["parameters"] == ["AutoRetry", "Zone"]
    (called, _) = events(sim, "call")
    assert (event["n"], event["t"]) == (called["n"] + 1, called["t"])


def test_in_strict_mode_an_unknown_name_is_refused_and_nothing_is_sent() -> None:
    async def script(sim: Session) -> ApiError:
        with pytest.raises(ApiError) as refused:
            await sim.client(**WHERE).call("CreateNetworkInterface", {**CREATE, "Zone": "h"}, strict=True)
        await sim.client(**WHERE).call("CreateNetworkInterface", CREATE, strict=True)
        return refused.value

    sim, refusal = drive(script)
    assert refusal.code == "UnsupportedParameter"
    assert "Zone" in refusal.message
    assert sim.calls == {"CreateNetworkInterface": {"ok": 1}}


def test_what_has_no_effect_is_taken_and_is_not_unknown() -> None:
    async def script(sim: Session) -> None:
        parameters = {"NetworkInterfaceId": "eni-x", "InstanceId": "i-x", "WaitForNetworkConfigurationReady": "true"}
        outcome = await attempt(sim.client(**WHERE).call, "AttachNetworkInterface", parameters, strict=True)
        assert outcome.code == "InvalidEcsId.NotFound"

    sim, _ = drive(script)
    assert events(sim, "unknown-parameters") == []


def test_flat_calls_time_out_and_are_repeated_with_a_token_of_the_client_s_as_others_are() -> None:
    async def script(sim: Session) -> str:
        sim.faults.lose_answer()
        retry = Retry(attempts=2, backoff="1s", token=TokenUse.SAME)
        client = sim.client(**WHERE, timeout="100ms", retry=retry)
        made = await client.call("CreateNetworkInterface", {**CREATE, "Foo": "1"})
        sim.faults.lose_answer()
        with pytest.raises(RequestTimeout):
            await sim.client(**WHERE, timeout="100ms").call("CreateNetworkInterface", CREATE)
        return str(made["NetworkInterfaceId"])

    sim, known = drive(script)
    assert sim.interfaces(**WHERE)[0].id == known
    assert len(sim.interfaces(**WHERE)) == 2
    assert len(events(sim, "unknown-parameters")) == 2


@pytest.mark.parametrize(
    ("action", "parameters", "says"),
    [
        (
            "CreateNetworkInterface",
            {"QueueNumber": 4},
            "parameter 'QueueNumber' of CreateNetworkInterface, takes str, not 4",
        ),
        ("CreateNetworkInterface", {5: "4"}, "takes str, not 5"),
        ("CreateNetworkInterface", [("a", "b")], "takes Mapping, not list"),
        (None, {}, "call, for the action, takes str"),
        ("CreateNetworkInterface", {"VSwitchId": "\ud800"}, "has half of a surrogate pair"),
        ("CreateNetworkInterface", {"\udfff": "1"}, "has half of a surrogate pair"),
    ],
)
def test_what_is_no_text_is_refused(action: Any, parameters: Any, says: str) -> None:
    async def script(sim: Session) -> None:
        with pytest.raises(SettingError, match=says):
            await sim.client(**WHERE).call(action, parameters)

    drive(script)
