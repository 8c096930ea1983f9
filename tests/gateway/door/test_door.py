"""The door: who calls, what is let in, and what becomes of its answer."""

import pytest

from cloudsim.errors.codes import CODES
from cloudsim.gateway.door import ANONYMOUS, OTHERS, STRANGERS_MAX, Visit
from cloudsim.gateway.http import HttpAnswer, HttpRequest
from cloudsim.operations.operation import Phase
from cloudsim.simulation.faults import Match
from tests.gateway.door.asking import Desk, code, read_json

REGIONS = "/?Action=DescribeRegions&Version=2014-05-26&Format=JSON"


def asked(more: str = "") -> HttpRequest:
    return HttpRequest("GET", f"{REGIONS}{more}", ())


def visited(desk: Desk, more: str = "") -> Visit:
    visit = desk.visit(asked(more))
    assert isinstance(visit, Visit)
    return visit


def test_a_call_is_named_by_its_key_and_by_how_many_it_has_made() -> None:
    desk = Desk()
    names = [visited(desk, more).call.name for more in ("&AccessKeyId=a", "&AccessKeyId=b", "&AccessKeyId=a", "")]
    assert names == ["a/1", "b/1", "a/2", f"{ANONYMOUS}/1"]


def test_a_key_of_v3_is_found_in_its_header() -> None:
    authorization = "ACS3-HMAC-SHA256 Credential=my key/1,SignedHeaders=host,Signature=0"
    visit = Desk().visit(HttpRequest("GET", REGIONS, (("authorization", authorization),)))
    assert isinstance(visit, Visit)
    assert visit.call.name == "my%20key%2F1/1"


def test_nothing_random_that_a_client_sends_is_in_the_journal_or_decides_anything() -> None:
    digests, ids = [], []
    for nonce in ("1", "2"):
        desk = Desk()
        said = {"SignatureNonce": nonce, "Timestamp": f"2026-01-01T00:00:0{nonce}Z", "Signature": nonce}
        headers = (("user-agent", nonce), ("host", f"127.0.0.1:1808{nonce}"), ("x-acs-signature-nonce", nonce))
        query = "&".join(f"{name}={text}" for name, text in said.items())
        ids.append(read_json(desk.get(f"{REGIONS}&AccessKeyId=k&{query}", *headers))["RequestId"])
        digests.append(desk.simulation.digest())
    assert digests[0] == digests[1]
    assert ids[0] == ids[1]


def test_keys_that_nobody_knows_are_many_and_their_callers_are_not() -> None:
    desk = Desk()
    for number in range(STRANGERS_MAX + 20):
        visited(desk, f"&AccessKeyId=k{number}")
    assert len(desk.simulation.callers) <= STRANGERS_MAX + 2
    assert visited(desk, "&AccessKeyId=new").call.name == f"{OTHERS}/21"
    assert visited(desk, "&AccessKeyId=k7").call.name == "k7/2"


def test_a_key_of_any_length_is_no_key() -> None:
    assert code(Desk().visit(asked(f"&AccessKeyId={'k' * 129}"))) == "InvalidAccessKeyId.NotFound"


def test_a_key_called_as_somebody_else_acts_for_itself() -> None:
    desk = Desk()
    visit = visited(desk, "&AccessKeyId=trouble")
    assert (visit.call.name, visit.call.account) == ("trouble~/1", "default")


def test_unknown_parameters_are_ignored_and_journalled() -> None:
    desk = Desk()
    visit = visited(desk, "&on=DescribeRegions&OwnerId=1&Zzz=1&ResourceType=x")
    assert visit.unknown == ("Zzz", "on")
    (line,) = desk.lines("unknown-parameters")
    assert (line["call"], line["parameters"]) == (f"{ANONYMOUS}/1", ["Zzz", "on"])


def test_the_journal_is_told_of_so_many_unknown_parameters_and_no_more() -> None:
    desk = Desk()
    visit = visited(desk, "".join(f"&{'x' * 200}{number}=1" for number in range(500)))
    assert len(visit.unknown) == 50
    assert {len(name) for name in visit.unknown} == {100}


def test_where_it_is_strict_an_unknown_parameter_is_refused() -> None:
    answer = Desk(strict=True).visit(asked("&on=DescribeRegions"))
    assert code(answer) == "UnsupportedParameter"
    assert isinstance(answer, HttpAnswer)
    assert b'\\"on\\"' in answer.body
    assert isinstance(Desk(strict=True).visit(asked("&ResourceType=x&OwnerId=1")), Visit)


@pytest.mark.parametrize("name", ["Tag.0.Key", "Tag.10000.Key", "Tag.1.Key.1", "Tag.-1.Key"])
def test_a_number_that_no_list_has_makes_a_name_unknown(name: str) -> None:
    assert code(Desk(strict=True).ask("CreateVpc", {name: "x"})) == "UnsupportedParameter"


def test_what_the_gateway_refuses_is_counted_by_code_and_is_no_call() -> None:
    desk = Desk()
    answers = [desk.visit(HttpRequest("PUT", "/", ())), desk.visit(HttpRequest("GET", "/", ()))]
    assert desk.door.refused == {"UnsupportedHTTPMethod": 1, "MissingAction": 1}
    assert desk.journal.lines == []
    bodies = [answer.body for answer in answers if isinstance(answer, HttpAnswer)]
    assert bodies[0].partition(b"<RequestId>")[2] != bodies[1].partition(b"<RequestId>")[2]


def test_an_answer_that_is_lost_is_none_and_the_call_was_done() -> None:
    desk = Desk()
    desk.simulation.faults.lose_answer(Match(action="CreateVpc"))
    visit = desk.visit(HttpRequest("GET", "/?Action=CreateVpc&Version=2016-04-28&RegionId=cn-hangzhou", ()))
    assert isinstance(visit, Visit)
    assert not visit.is_over
    desk.simulation.run()
    assert [visit.is_over, desk.door.answer(visit)] == [True, None]
    assert desk.made("DescribeVpcs")["TotalCount"] == 1


def test_a_call_that_is_held_is_not_over() -> None:
    desk = Desk()
    visit = visited(desk)
    desk.simulation.hold(visit.reply, Phase.READ)
    desk.simulation.run()
    assert not visit.is_over
    desk.simulation.release(visit.reply)
    assert not visit.is_over
    desk.simulation.run()
    answer = desk.door.answer(visit)
    assert answer is not None
    assert answer.status == 200


def test_a_fault_s_refusal_has_its_status() -> None:
    desk = Desk()
    desk.simulation.faults.refuse(CODES["InternalError"](), match=Match(action="DescribeRegions"))
    answer = desk.ask("DescribeRegions")
    assert (answer.status, code(answer)) == (500, "InternalError")


def test_the_door_goes_on_with_another_simulation_where_the_callers_of_that_one_left_off() -> None:
    desk, other = Desk(), Desk()
    visited(desk, "&AccessKeyId=a")
    visited(other, "&AccessKeyId=a")
    desk.door.go_on_with(other.simulation)
    assert visited(desk, "&AccessKeyId=a").call.name == "a/2"
    assert len(other.simulation.in_flight) == 2


def test_no_text_in_a_request_is_markup_in_its_answer() -> None:
    answer = Desk().get("/?Action=%3Cscript%3E&Version=2014-05-26&AccessKeyId=%3Cb%3E")
    assert b"<script>" not in answer.body
    assert b"&lt;script&gt;" in answer.body
