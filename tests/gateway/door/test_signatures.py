"""Signatures: requests recorded from real clients, the documented examples, and what is changed on the way."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

import pytest

from cloudsim.gateway.door import Visit
from cloudsim.gateway.exchange import Exchange
from cloudsim.gateway.http import HttpAnswer, HttpRequest
from cloudsim.gateway.signature import read_signature, string_to_sign_v1, string_to_sign_v3, verify
from tests.gateway.door.asking import Desk, code, read_json

VECTORS: list[dict[str, Any]] = [
    json.loads(line) for line in (Path(__file__).with_name("signature_vectors.jsonl")).read_text().splitlines()
]
KEYS = ("testid:testsecret",)


def name_of(vector: dict[str, Any]) -> str:
    return f"{vector['client'].rpartition(') ')[2][:24]}-{vector['kind']}-{vector['method']}"


EVERY_VECTOR = pytest.mark.parametrize("vector", VECTORS, ids=map(name_of, VECTORS))


def request_of(vector: dict[str, Any], **changes: Any) -> HttpRequest:
    headers = tuple((name.lower(), value) for name, value in vector["headers"].items())
    whole = {
        "method": vector["method"],
        "target": vector["target"],
        "headers": headers,
        "body": vector["body"].encode(),
    }
    return HttpRequest(**{**whole, **changes})


def read(request: HttpRequest) -> Exchange:
    exchange = Exchange(request)
    exchange.read(from_parameters_alone=True)
    return exchange


def signed_ns(vector: dict[str, Any]) -> int:
    """When a request was signed."""
    timestamp = read_signature(read(request_of(vector))).timestamp
    return int(datetime.fromisoformat(timestamp).timestamp()) * 10**9


def desk_at(vector: dict[str, Any], *, keys: tuple[str, ...] = KEYS, late_s: int = 0) -> Desk:
    return Desk(more=keys, verify=True, wall_ns=signed_ns(vector) + late_s * 10**9)


def refusal_of(vector: dict[str, Any], request: HttpRequest, **options: Any) -> HttpAnswer:
    answer = desk_at(vector, **options).visit(request)
    assert isinstance(answer, HttpAnswer), "it was let in"
    return answer


def code_of(answer: HttpAnswer) -> str:
    text = answer.body.decode()
    return text.partition("<Code>")[2].partition("</Code>")[0] if text.startswith("<") else code(answer)


@EVERY_VECTOR
def test_a_recorded_request_verifies(vector: dict[str, Any]) -> None:
    visit = desk_at(vector).visit(request_of(vector))
    assert isinstance(visit, Visit), visit.body
    assert visit.call.request.action == "CreateNetworkInterface"
    assert visit.call.name == "testid/1"


@EVERY_VECTOR
def test_what_is_to_be_signed_is_written_as_the_client_wrote_it(vector: dict[str, Any]) -> None:
    exchange = read(request_of(vector))
    if vector["kind"] == "V1":
        assert string_to_sign_v1(vector["method"], exchange.parameters) == vector["string_to_sign"]
    else:
        signed = read_signature(exchange)
        said_hash = exchange.request.header("x-acs-content-sha256") or ""
        assert string_to_sign_v3(exchange, signed.headers, said_hash) == vector["string_to_sign"]


@EVERY_VECTOR
def test_another_secret_does_not_verify(vector: dict[str, Any]) -> None:
    answer = refusal_of(vector, request_of(vector), keys=("testid:testsecreT",))
    assert (answer.status, code_of(answer)) == (400, "SignatureDoesNotMatch")


@EVERY_VECTOR
def test_another_method_does_not_verify(vector: dict[str, Any]) -> None:
    other = "GET" if vector["method"] == "POST" else "POST"
    assert code_of(refusal_of(vector, request_of(vector, method=other))) == "SignatureDoesNotMatch"


def tampered(pairs: list[tuple[str, str]]) -> list[list[tuple[str, str]]]:
    """Each value changed, each parameter left out, one more put in, one given twice."""
    changed = [[*pairs[:at], (name, f"{value}x"), *pairs[at + 1 :]] for at, (name, value) in enumerate(pairs)]
    lacking = [[*pairs[:at], *pairs[at + 1 :]] for at in range(len(pairs))]
    return [*changed, *lacking, [*pairs, ("Extra", "")], *([[*pairs, pairs[0]]] if pairs else [])]


@EVERY_VECTOR
def test_no_tampered_copy_of_the_parameters_verifies(vector: dict[str, Any]) -> None:
    path, _, query = vector["target"].partition("?")
    desk = desk_at(vector)
    copies = [
        *(
            request_of(vector, target=f"{path}?{urlencode(q)}")
            for q in tampered(parse_qsl(query, keep_blank_values=True))
        ),
        *(
            request_of(vector, body=urlencode(form).encode())
            for form in tampered(parse_qsl(vector["body"], keep_blank_values=True))
        ),
    ]
    assert len(copies) >= 20
    codes = {code_of(answer) for copy in copies if isinstance(answer := desk.visit(copy), HttpAnswer)}
    let_in = [copy.target for copy in copies if isinstance(desk.visit(copy), Visit)]
    assert let_in == []
    assert "SignatureDoesNotMatch" in codes


@pytest.mark.parametrize("vector", [vector for vector in VECTORS if vector["kind"] == "V3"], ids=name_of)
def test_no_tampered_copy_of_what_v3_signs_verifies(vector: dict[str, Any]) -> None:
    request = request_of(vector)
    desk = desk_at(vector)
    signed = read_signature(read(request)).headers
    for name in signed:
        other = tuple((known, f"{value}x" if known == name else value) for known, value in request.headers)
        without = tuple((known, value) for known, value in request.headers if known != name)
        twice = (*request.headers, (name, "x"))
        for headers in (other, without, twice):
            assert isinstance(desk.visit(request_of(vector, headers=headers)), HttpAnswer), name
    form = ("content-type", "application/x-www-form-urlencoded")
    longer = request_of(vector, headers=(*request.headers, form), body=b"DeleteOnRelease=true")
    if form[0] not in dict(request.headers):
        assert code_of(desk.visit(longer)) == "SignatureDoesNotMatch"  # type: ignore[arg-type]


@pytest.mark.parametrize("lacking", ["host", "x-acs-action", "x-acs-version", "x-acs-date", "x-acs-content-sha256"])
def test_v3_has_to_sign_what_matters(lacking: str) -> None:
    vector = next(vector for vector in VECTORS if vector["kind"] == "V3")
    headers = tuple(
        (name, value.replace(f";{lacking}", "", 1) if name == "authorization" else value)
        for name, value in request_of(vector).headers
    )
    answer = refusal_of(vector, request_of(vector, headers=headers))
    assert code_of(answer) == "IncompleteSignature"
    assert lacking in answer.body.decode()


@pytest.mark.parametrize(
    ("authorization", "expected"),
    [
        ("ACS3-HMAC-SM3 Credential=testid,SignedHeaders=host,Signature=00", "InvalidSignatureMethod"),
        ("ACS3-RSA-SHA256 Credential=testid,SignedHeaders=host,Signature=00", "InvalidSignatureMethod"),
        ("ACS3-HMAC-SHA256 Credential=testid", "IncompleteSignature"),
        ("ACS3-HMAC-SHA256 " + "," * 5_000, "IncompleteSignature"),
        ("ACS3-", "InvalidSignatureMethod"),
        ("Basic dGVzdA==", "MissingAccessKeyId"),
    ],
)
def test_what_is_no_signature_is_refused(authorization: str, expected: str) -> None:
    headers = (("authorization", authorization), ("x-acs-action", "DescribeRegions"), ("x-acs-version", "2014-05-26"))
    said = "/?Action=DescribeRegions&Version=2014-05-26&Format=JSON"
    answer = Desk(more=KEYS, verify=True).visit(HttpRequest("GET", said, headers))
    assert code(answer) == expected


V1 = {
    "Action": "DescribeRegions",
    "Version": "2014-05-26",
    "Format": "JSON",
    "AccessKeyId": "testid",
    "Signature": "x",
    "SignatureMethod": "HMAC-SHA1",
    "SignatureNonce": "n",
    "Timestamp": "2026-01-01T00:00:00Z",
}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"AccessKeyId": ""}, "MissingAccessKeyId"),
        ({"Signature": ""}, "MissingSignature"),
        ({"SignatureNonce": ""}, "MissingSignatureNonce"),
        ({"Timestamp": ""}, "MissingTimestamp"),
        ({"SignatureMethod": "MD5"}, "InvalidSignatureMethod"),
        ({"AccessKeyId": "nobody"}, "InvalidAccessKeyId.NotFound"),
    ],
)
def test_v1_has_to_say_all_of_its_parts(changes: dict[str, str], expected: str) -> None:
    answer = Desk(more=KEYS, verify=True).visit(HttpRequest("GET", f"/?{urlencode({**V1, **changes})}", ()))
    assert code(answer) == expected


def test_v1_reads_action_and_version_only_from_what_it_signs() -> None:
    said = {name: text for name, text in V1.items() if name != "Action"}
    headers = (("x-acs-action", "DescribeRegions"), ("x-acs-version", "2014-05-26"))
    answer = Desk(more=KEYS, verify=True).visit(HttpRequest("GET", f"/?{urlencode(said)}", headers))
    assert code(answer) == "MissingAction"


def test_a_name_given_twice_is_no_v1_signature() -> None:
    answer = Desk(more=KEYS, verify=True).visit(HttpRequest("GET", f"/?{urlencode(V1)}&Format=JSON", ()))
    assert code(answer) == "IncompleteSignature"


def test_a_client_is_told_whole_what_was_to_be_signed_however_long_it_is() -> None:
    vector = VECTORS[4]
    answer = refusal_of(vector, request_of(vector), keys=("testid:other",))
    message = read_json(answer)["Message"]
    assert message.split(":")[1] == vector["string_to_sign"]
    assert "other" not in message


def test_the_documented_example_of_v1() -> None:
    text = (
        "/?AccessKeyId=testid&Action=DescribeRegions&Format=XML&SignatureMethod=HMAC-SHA1"
        "&SignatureNonce=3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf&SignatureVersion=1.0"
        "&Timestamp=2016-02-23T12%3A46%3A24Z&Version=2014-05-26&Signature=OLeaidS1JvxuMvnyHOwuJ%2BuX5qY%3D"
    )
    exchange = read(HttpRequest("GET", text, ()))
    verify(exchange, read_signature(exchange), "testsecret")


def test_the_documented_example_of_v3() -> None:
    names = "host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version"
    signature = "06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0"
    headers = (
        ("host", "ecs.cn-shanghai.aliyuncs.com"),
        ("x-acs-action", "RunInstances"),
        ("x-acs-content-sha256", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("x-acs-date", "2023-10-26T10:22:32Z"),
        ("x-acs-signature-nonce", "3156853299f313e23d1673dc12e1703d"),
        ("x-acs-version", "2014-05-26"),
        ("authorization", f"ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders={names},Signature={signature}"),
    )
    query = "ImageId=win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd&RegionId=cn-shanghai"
    exchange = read(HttpRequest("POST", f"/?{query}", headers))
    verify(exchange, read_signature(exchange), "YourAccessKeySecret")


@pytest.mark.parametrize("late_s", [-900, 900])
def test_a_time_stamp_is_good_for_15_minutes(late_s: int) -> None:
    vector = VECTORS[0]
    assert isinstance(desk_at(vector, late_s=late_s).visit(request_of(vector)), Visit)
    answer = refusal_of(vector, request_of(vector), late_s=late_s + (1 if late_s > 0 else -1))
    assert (answer.status, code_of(answer)) == (400, "InvalidTimeStamp.Expired")


@EVERY_VECTOR
def test_a_request_sent_again_is_refused_by_its_nonce(vector: dict[str, Any]) -> None:
    desk = desk_at(vector)
    assert isinstance(desk.visit(request_of(vector)), Visit)
    again = desk.visit(request_of(vector))
    assert isinstance(again, HttpAnswer)
    assert (again.status, code_of(again)) == (400, "SignatureNonceUsed")


def test_a_forged_request_uses_up_no_nonce() -> None:
    vector = VECTORS[0]
    desk = desk_at(vector)
    forged = request_of(vector, body=vector["body"].replace("Description", "Descriptio").encode())
    assert isinstance(desk.visit(forged), HttpAnswer)
    assert isinstance(desk.visit(request_of(vector)), Visit)


def test_nothing_of_this_is_asked_for_unless_signatures_are_verified() -> None:
    desk = Desk()
    assert isinstance(desk.visit(request_of(VECTORS[0])), Visit)
    assert isinstance(desk.visit(request_of(VECTORS[0])), Visit)
