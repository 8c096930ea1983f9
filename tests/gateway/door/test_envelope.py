"""What surrounds a call: method, target, form, format, action and version."""

from urllib.parse import quote, urlencode

import pytest

from cloudsim.gateway.exchange import PARAMETERS_MAX
from cloudsim.gateway.http import HttpRequest
from tests.gateway.door.asking import FORM, Desk, code, header, read_json

REGIONS = "/?Action=DescribeRegions&Version=2014-05-26&Format=JSON"
VPCS = {"Action": "DescribeVpcs", "RegionId": "cn-hangzhou", "Format": "JSON"}


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.mark.parametrize("in_body", range(5))
def test_parameters_come_in_the_query_in_a_form_or_in_both(desk: Desk, in_body: int) -> None:
    said = [("Action", "CreateVpc"), ("Version", "2016-04-28"), ("Format", "JSON"), ("RegionId", "cn-hangzhou")]
    query, form = said[in_body:], said[:in_body]
    answer = desk.get(f"/?{urlencode(query)}", *FORM, method="POST", body=urlencode(form).encode())
    assert answer.status == 200
    assert read_json(answer)["VpcId"].startswith("vpc-bp1")


def test_a_form_without_a_type_is_read_and_an_empty_body_of_any_type_is_none(desk: Desk) -> None:
    assert desk.get("/", method="POST", body=REGIONS[2:].encode()).status == 200
    assert desk.get(REGIONS, ("content-type", "application/octet-stream"), method="POST").status == 200


@pytest.mark.parametrize("kind", ["application/json", "multipart/form-data; boundary=x", "application/octet-stream"])
def test_a_body_that_is_no_form_is_refused_by_its_type(desk: Desk, kind: str) -> None:
    answer = desk.get(REGIONS, ("content-type", kind), method="POST", body=b"{}")
    assert code(desk.get(REGIONS, ("x-acs-action", "A"), ("content-type", kind), method="POST", body=b"{}")) == (
        "InvalidParameter"
    )
    assert kind.partition(";")[0].encode() in answer.body


def test_plus_and_percent_20_are_spaces_and_punctuation_may_stand_as_it_is(desk: Desk) -> None:
    for text in ("a+b%20c~*'()!@:/?", "a%20b+c%7E%2A%27%28%29%21%40%3A%2F%3F"):
        made = desk.get(f"/?Action=CreateVpc&Version=2016-04-28&Format=JSON&RegionId=cn-hangzhou&VpcName={text}")
        found = desk.made("DescribeVpcAttribute", VpcId=read_json(made)["VpcId"])
        assert found["VpcName"] == "a b c~*'()!@:/?"


@pytest.mark.parametrize("method", ["PUT", "DELETE", "HEAD", "OPTIONS", "get", "TRACE"])
def test_other_methods_are_refused(desk: Desk, method: str) -> None:
    answer = desk.get(REGIONS, ("x-acs-action", "DescribeRegions"), method=method)
    assert (answer.status, code(answer)) == (403, "UnsupportedHTTPMethod")


def test_connect_is_405(desk: Desk) -> None:
    assert desk.get("ecs.aliyuncs.com:443", method="CONNECT").status == 405


@pytest.mark.parametrize(
    "host",
    [
        *("ecs.aliyuncs.com", "ecs-cn-hangzhou.aliyuncs.com", "ecs.cn-hangzhou.aliyuncs.com:80", "VPC.aliyuncs.com"),
        *("vpc.cn-beijing.aliyuncs.com", "ecs.vpc-proxy.aliyuncs.com", "ecs-openapi-share.cn-hangzhou.aliyuncs.com"),
    ],
)
def test_an_absolute_target_is_answered_for_the_api_s_own_hosts(desk: Desk, host: str) -> None:
    assert desk.get(f"http://{host}{REGIONS}", ("host", "anything")).status == 200
    refusal = read_json(desk.get(f"HTTP://{host}?Action=Nope&Version=2014-05-26&Format=JSON"))
    assert (refusal["Code"], refusal["HostId"]) == ("InvalidApi.NotFound", host.lower().removesuffix(":80"))


@pytest.mark.parametrize(
    "host",
    [
        *(
            "example.com",
            "127.0.0.1:80",
            "ecs.aliyuncs.com.example.com",
            "ecs.aliyuncs.com@example.com",
            "oss.aliyuncs.com",
        ),
        *("ecsx.aliyuncs.com", "me@ecs.aliyuncs.com", "ecs.aliyuncs.com:99999999", "", "ecs.aliyuncs.com\n"),
    ],
)
def test_an_absolute_target_of_another_host_is_misdirected(desk: Desk, host: str) -> None:
    answer = desk.get(f"http://{host}{REGIONS}", ("x-acs-action", "DescribeRegions"))
    assert (answer.status, code(answer)) == (421, "InvalidProduct.NotFound")


@pytest.mark.parametrize(
    "target",
    [
        *("/_cloudsim/health", "//_cloudsim/", "http://ecs.aliyuncs.com/_cloudsim/reset", "/x?Action=DescribeRegions"),
        *("*", "", "ecs.aliyuncs.com:80", "ftp://ecs.aliyuncs.com/", "/%2f_cloudsim", "/./_cloudsim"),
    ],
)
def test_no_other_path_has_anything(desk: Desk, target: str) -> None:
    answer = desk.get(target, ("x-acs-action", "DescribeRegions"), ("x-acs-version", "2014-05-26"))
    assert (answer.status, code(answer)) == (404, "InvalidApi.NotFound")


def test_a_malformed_host_header_is_nobody_s_trouble(desk: Desk) -> None:
    assert desk.get(REGIONS, ("host", "http://127.0.0.1:18090/")).status == 200
    assert desk.get(f"/{REGIONS}").status == 200


@pytest.mark.parametrize(
    "page", [("origin", "http://example.com"), ("origin", "null"), ("sec-fetch-site", "cross-site")]
)
def test_web_pages_are_refused(desk: Desk, page: tuple[str, str]) -> None:
    answer = desk.get(REGIONS, page, ("x-acs-action", "DescribeRegions"))
    assert (answer.status, code(answer)) == (403, "Forbidden.RiskControl")


def test_action_and_version_may_come_in_headers_alone(desk: Desk) -> None:
    headers = (("x-acs-action", "DescribeRegions"), ("x-acs-version", "2014-05-26"))
    assert "Regions" in read_json(desk.get("/", *headers, method="POST"))


def test_v3_believes_its_headers_and_v1_its_parameters(desk: Desk) -> None:
    headers = (("x-acs-action", "DescribeRegions"), ("x-acs-version", "2014-05-26"))
    signed = ("authorization", "ACS3-HMAC-SHA256 Credential=k,SignedHeaders=host,Signature=0")
    both = f"/?{urlencode({**VPCS, 'Version': '2016-04-28'})}"
    assert "Regions" in read_json(desk.get(both, signed, *headers))
    assert "Vpcs" in read_json(desk.get(both, *headers))


@pytest.mark.parametrize(
    ("said", "is_xml"),
    [("XML", True), ("xml", True), ("JSON", False), ("json", False), ("None", False), ("yaml", False), (None, True)],
)
def test_the_format_is_what_the_parameter_says_and_xml_by_default(desk: Desk, said: str | None, is_xml: bool) -> None:
    answer = desk.get(f"/?Action=DescribeRegions&Version=2014-05-26{f'&Format={said}' if said else ''}")
    expected = "text/xml;charset=utf-8" if is_xml else "application/json;charset=utf-8"
    assert header(answer.headers, "content-type") == expected
    assert answer.body.startswith(b"<?xml" if is_xml else b"{")


@pytest.mark.parametrize("version", ["2014-05-26", "2016-04-28"])
@pytest.mark.parametrize("action", ["DescribeVpcs", "DescribeVSwitches", "DescribeRegions", "DescribeZones"])
def test_actions_of_the_vpc_api_have_both_versions(desk: Desk, action: str, version: str) -> None:
    assert desk.ask(action, Version=version).status == 200


@pytest.mark.parametrize(
    ("changes", "status", "expected"),
    [
        ({"Action": "MakeVpc"}, 404, "InvalidApi.NotFound"),
        ({"Action": "describevpcs"}, 404, "InvalidApi.NotFound"),
        ({"Action": "CreateNetworkInterface", "Version": "2016-04-28"}, 404, "InvalidApi.NotFound"),
        ({"Version": "2020-01-01"}, 400, "InvalidVersion"),
        ({"Version": ""}, 400, "MissingVersion"),
        ({"Action": ""}, 400, "MissingAction"),
        ({"RegionId": "cn-nowhere"}, 404, "InvalidRegionId.NotFound"),
        ({"RegionId": ""}, 400, "MissingParameter"),
        ({"PageSize": "ten"}, 400, "InvalidParameter"),
    ],
)
def test_what_does_not_exist_is_refused_by_its_documented_code(
    desk: Desk, changes: dict[str, str], status: int, expected: str
) -> None:
    answer = desk.get(f"/?{urlencode({**VPCS, 'Version': '2016-04-28', **changes})}")
    assert (answer.status, code(answer)) == (status, expected)


def test_a_name_given_twice_with_one_value_is_given_once_and_with_two_it_is_refused(desk: Desk) -> None:
    assert desk.get(f"{REGIONS}&Format=JSON").status == 200
    answer = desk.get(f"{REGIONS}&Action=DescribeZones", ("x-acs-action", "DescribeRegions"))
    assert code(answer) == "InvalidParameter"
    assert b'\\"Action\\"' in answer.body


@pytest.mark.parametrize("text", ["%FF", "%ED%A0%80", "\xff", "测"])
def test_what_is_not_utf_8_is_refused(desk: Desk, text: str) -> None:
    json = ("x-acs-action", "DescribeRegions")
    assert code(desk.get(f"{REGIONS}&X={text}", json)) == "InvalidParameter"
    assert code(desk.get(REGIONS, json, *FORM, method="POST", body=b"X=\xff")) == "InvalidParameter"


def test_so_many_parameters_are_read_and_no_more(desk: Desk) -> None:
    json = ("x-acs-action", "DescribeRegions")
    most = "&".join(f"P.{number}=" for number in range(PARAMETERS_MAX - 3))
    assert desk.get(f"{REGIONS}&{most}").status == 200
    for answer in (
        desk.get(f"{REGIONS}&{most}&one=more", json),
        desk.get(REGIONS, json, *FORM, method="POST", body=f"{most}&one=more".encode()),
        desk.get(REGIONS, json, *FORM, method="POST", body=b"&" * 1_000_000),
    ):
        assert code(answer) == "InvalidParameter"
        assert b"at most 2000 are read" in answer.body


def test_the_answer_is_the_same_by_any_way_that_a_text_is_escaped(desk: Desk) -> None:
    name = "测试 é~*'()!@:/?&=+%"
    made = desk.made("CreateVpc", VpcName=name)
    assert desk.made("DescribeVpcAttribute", VpcId=made["VpcId"])["VpcName"] == name
    answer = desk.get(f"/?{urlencode({**VPCS, 'Version': '2016-04-28', 'VpcName': name}, quote_via=quote)}")
    assert read_json(answer)["TotalCount"] == 1


def test_a_request_s_header_is_found_by_its_name() -> None:
    request = HttpRequest("GET", "/", (("a", "1"), ("b", "2"), ("b", "3")))
    assert [request.header(name) for name in "abc"] == ["1", "2", None]
