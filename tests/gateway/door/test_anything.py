"""Laws over anything that may be said: what is written is read, and what is no request has a documented code."""

import re
from urllib.parse import quote, quote_plus
from xml.etree import ElementTree as ET

from hypothesis import example, given
from hypothesis import strategies as st

from cloudsim.api.params import to_parameters
from cloudsim.api.requests import ACTIONS, Request
from cloudsim.errors.codes import CODES
from cloudsim.gateway.door import Visit
from cloudsim.gateway.exchange import VERSIONS
from cloudsim.gateway.http import HttpAnswer, HttpRequest
from tests.api.asking import any_request
from tests.gateway.door.asking import FORM, Desk, header

DESK = Desk()
VERIFYING = Desk(more=("testid:testsecret",), verify=True)

TEXT = st.text(st.characters(codec="utf-8"), max_size=20)
NAMES = st.one_of(
    TEXT,
    st.sampled_from(["Action", "Version", "Format", "RegionId", "AccessKeyId", "Signature", "Timestamp", "Tag.1.Key"]),
    st.from_regex(re.compile(r"[A-Z][A-Za-z]{0,9}(\.[0-9]{1,5}(\.[A-Z][a-z]{0,5})?)?", re.ASCII), fullmatch=True),
)
VALUES = st.one_of(
    TEXT, st.sampled_from(["None", "True", "XML", "cn-hangzhou", "[]", '["i-1"]', "-1", "1e9", *VERSIONS])
)
ACTION = st.sampled_from([*ACTIONS, "Nope"])


def require_documented(answer: HttpAnswer) -> None:
    """An answer is a success, or a refusal with every key, a known code and its status."""
    kind = header(answer.headers, "content-type")
    if kind == "text/xml;charset=utf-8":
        said = {child.tag: child.text for child in ET.fromstring(answer.body)}  # noqa: S314  our own
    else:
        assert kind == "application/json;charset=utf-8"
        said = dict(re.findall(r'"(Code|RequestId)":"([^"]*)"', answer.body.decode()))
    assert said["RequestId"]
    if answer.status != 200:
        refusal = CODES[str(said["Code"])]
        assert answer.status in {refusal.http_status, *(kind.http_status for kind in refusal.__subclasses__())}


@given(
    request=any_request(st.text(st.characters(codec="utf-8"), min_size=1), is_sayable=True),
    plus=st.booleans(),
    in_form=st.sets(st.integers(0, 30)),
)
def test_any_request_that_can_be_said_arrives_by_query_form_or_both(
    request: Request, plus: bool, in_form: frozenset[int]
) -> None:
    escape = quote_plus if plus else quote
    pairs = [f"{escape(name)}={escape(text)}" for name, text in to_parameters(request).items()]
    query = "&".join(pair for place, pair in enumerate(pairs) if place not in in_form)
    form = "&".join(pair for place, pair in enumerate(pairs) if place in in_form)
    visit = DESK.visit(HttpRequest("POST", f"/?{query}", FORM, form.encode()))
    assert isinstance(visit, Visit), visit.body
    assert visit.call.request == request
    assert visit.unknown == ()
    DESK.simulation.run()


@given(action=ACTION, pairs=st.lists(st.tuples(NAMES, VALUES), max_size=12), body=st.lists(st.tuples(NAMES, VALUES)))
def test_any_parameters_are_answered_by_a_documented_code(
    action: str, pairs: list[tuple[str, str]], body: list[tuple[str, str]]
) -> None:
    version = ACTIONS[action].version if action in ACTIONS else "2014-05-26"
    said = [("Action", action), ("Version", version), *pairs]
    query, form = ("&".join(f"{quote(name)}={quote(text)}" for name, text in part) for part in (said, body))
    for desk in (DESK, VERIFYING):
        require_documented(desk.send(HttpRequest("POST", f"/?{query}", FORM, form.encode())))


@given(
    method=st.sampled_from(["GET", "POST", "HEAD", ""]),
    target=st.one_of(
        TEXT.map(lambda text: f"/?{text}"), TEXT, st.binary().map(lambda raw: f"/?{raw.decode('latin-1')}")
    ),
    headers=st.lists(
        st.tuples(
            st.sampled_from(["authorization", "host", "content-type", "x-acs-action", "x-acs-version", "x-acs-date"]),
            st.one_of(
                TEXT, ACTION, st.sampled_from(["ACS3-HMAC-SHA256 Credential=testid,SignedHeaders=host,Signature=0"])
            ),
        ),
        max_size=6,
    ).map(tuple),
    body=st.binary(max_size=100),
)
@example(method="POST", target="/?%", headers=(), body=b"%&%zz=%00&=")
@example(method="GET", target="http://[", headers=(), body=b"")
@example(method="GET", target="/?Action=\ud800", headers=(("host", "ecs.aliyuncs.com\r\n"),), body=b"")
def test_any_bytes_at_all_are_answered_by_a_documented_code(
    method: str, target: str, headers: tuple[tuple[str, str], ...], body: bytes
) -> None:
    for desk in (DESK, VERIFYING):
        require_documented(desk.send(HttpRequest(method, target, headers, body)))


def test_after_all_of_it_nothing_is_held_and_the_audit_is_clean() -> None:
    for desk in (DESK, VERIFYING):
        assert desk.simulation.in_flight == ()
        assert desk.simulation.audit() == []
