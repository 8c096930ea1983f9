"""Access keys: whose they are, whether they are in force, and what they have used."""

from base64 import b64encode
from hashlib import sha256
from hmac import new

import pytest

from cloudsim.errors.base import ApiError
from cloudsim.errors.own import SettingError, WorldError
from cloudsim.gateway.door import Visit
from cloudsim.gateway.http import HttpAnswer, HttpRequest
from cloudsim.gateway.keys import AccessKey, Nonces, keys_of, parse_key, require_timely
from cloudsim.gateway.signature import string_to_sign_v1
from cloudsim.simulation.saving.saving import snapshot_of
from cloudsim.simulation.world.builder import World
from cloudsim.simulation.world.validate import validate
from cloudsim.values.ids import AccountId
from tests.gateway.door.asking import Desk, code

NOON_NS = 1_767_268_800 * 10**9
NOON = "2026-01-01T12:00:00Z"
SECRET = "hush-hush"  # noqa: S105  made up
MINUTE_NS = 60 * 10**9


def world() -> World:
    return (
        World()
        .account("acme", access_keys=[{"id": "AK-acme", "secret": SECRET}])
        .account(
            "other",
            access_keys=[
                {"id": "AK-other", "secret": SECRET},
                {"id": "AK-off", "secret": SECRET, "status": "disabled"},
                {"id": "AK-old", "secret": SECRET, "status": "expired"},
                {"id": "STS.one", "secret": SECRET, "security_token": "token-1"},
                {"id": "STS.old", "secret": SECRET, "security_token": "token-2", "status": "expired"},
            ],
            users=[
                {"name": "ci", "denied": ["CreateVpc"], "access_keys": [{"id": "AK-ci", "secret": SECRET}]},
                {"name": "gone", "status": "expired", "access_keys": [{"id": "AK-gone", "secret": SECRET}]},
            ],
        )
        .region("cn-hangzhou")
    )


def signed(key: str, *, nonce: str = "n-1", secret: str = SECRET, at: str = NOON, **said: str) -> HttpRequest:
    """A request, signed by V1 with SHA-256."""
    parameters = {
        "Action": "DescribeRegions",
        "Version": "2014-05-26",
        "Format": "JSON",
        "AccessKeyId": key,
        "SignatureMethod": "HMAC-SHA256",
        "SignatureNonce": nonce,
        "Timestamp": at,
        **said,
    }
    text = string_to_sign_v1("GET", parameters)
    signature = b64encode(new(f"{secret}&".encode(), text.encode(), sha256).digest()).decode()
    query = "&".join(f"{name}={value}" for name, value in {**parameters, "Signature": signature}.items())
    return HttpRequest("GET", f"/?{query.replace('+', '%2B')}", ())


@pytest.fixture
def desk() -> Desk:
    return Desk(world().spec, verify=True, wall_ns=NOON_NS)


def caller_of(answer: Visit | HttpAnswer) -> tuple[str, str | None]:
    assert isinstance(answer, Visit), answer.body
    return answer.call.account, answer.call.user


@pytest.mark.parametrize(
    ("key", "account", "user"), [("AK-acme", "acme", None), ("AK-other", "other", None), ("AK-ci", "other", "ci")]
)
def test_a_key_acts_for_its_account_and_its_user(desk: Desk, key: str, account: str, user: str | None) -> None:
    assert caller_of(desk.visit(signed(key))) == (account, user)


@pytest.mark.parametrize("verify", [True, False])
@pytest.mark.parametrize(
    ("key", "token", "status", "expected"),
    [
        ("AK-off", "", 400, "InvalidAccessKeyId.Inactive"),
        ("AK-old", "", 403, "Abs.InvalidAccount.NotFound"),
        ("STS.old", "token-2", 400, "InvalidSecurityToken.Expired"),
        ("AK-gone", "", 403, "Abs.InvalidAccount.NotFound"),
    ],
)
def test_a_key_that_is_not_in_force_is_refused(verify: bool, key: str, token: str, status: int, expected: str) -> None:
    desk = Desk(world().spec, verify=verify, wall_ns=NOON_NS)
    answer = desk.send(signed(key, **({"SecurityToken": token} if token else {})))
    assert (answer.status, code(answer)) == (status, expected)


def test_a_ram_user_is_refused_what_he_is_denied(desk: Desk) -> None:
    answer = desk.send(signed("AK-ci", Action="CreateVpc", RegionId="cn-hangzhou"))
    assert code(answer) == "Forbidden.SubUser"


@pytest.mark.parametrize(
    ("key", "token", "expected"),
    [
        ("STS.one", "token-1", None),
        ("STS.one", "token-2", "InvalidSecurityToken.MismatchWithAccessKey"),
        ("STS.one", "", "MissingSecurityToken"),
        ("AK-acme", "token-1", "InvalidSecurityToken.MismatchWithAccessKey"),
    ],
)
def test_a_temporary_key_is_good_with_its_token(desk: Desk, key: str, token: str, expected: str | None) -> None:
    answer = desk.visit(signed(key, **({"SecurityToken": token} if token else {})))
    assert (None if isinstance(answer, Visit) else code(answer)) == expected


def test_a_key_of_nobody_is_refused_where_signatures_are_verified(desk: Desk) -> None:
    answer = desk.send(signed("AK-nobody"))
    assert (answer.status, code(answer)) == (404, "InvalidAccessKeyId.NotFound")


def test_where_they_are_not_a_key_of_nobody_is_the_first_account_s() -> None:
    desk = Desk(world().spec)
    assert caller_of(desk.visit(signed("AK-nobody"))) == ("acme", None)
    assert caller_of(desk.visit(signed("AK-ci", secret="wrong"))) == ("other", "ci")


def test_a_key_given_on_the_command_line_is_the_first_account_s() -> None:
    desk = Desk(world().spec, more=("AK-more:se:cret",), verify=True, wall_ns=NOON_NS)
    assert caller_of(desk.visit(signed("AK-more", secret="se:cret"))) == ("acme", None)


@pytest.mark.parametrize("text", ["", "AK", ":secret", "AK:", f"{'k' * 129}:secret", "A\nK:secret"])
def test_what_is_no_key_is_refused_without_being_told(text: str) -> None:
    with pytest.raises(SettingError, match=r"^an access key is written ID:SECRET") as refused:
        parse_key(text, AccountId("acme"))
    assert "secret" not in str(refused.value)


def test_a_world_without_an_account_cannot_be_served_and_a_key_is_given_once() -> None:
    with pytest.raises(SettingError, match="this has none"):
        keys_of(World().spec)
    with pytest.raises(SettingError, match="'AK-ci' is given twice"):
        keys_of(world().spec, more=["AK-ci:x"])
    assert len(keys_of(world().spec)) == 8


def test_a_world_tells_keys_that_are_given_twice_or_cannot_be_sent() -> None:
    said = [{"id": "AK", "secret": SECRET}, {"id": "A K", "secret": SECRET}, {"id": "AK", "secret": SECRET}]
    with pytest.raises(WorldError) as refused:
        validate(World().account("acme", users=[{"name": "u", "access_keys": said}]).spec)  # type: ignore[typeddict-item]
    assert [problem.key for problem in refused.value.problems] == [
        "account[0].users[0].access_keys[1].id",
        "account[0].users[0].access_keys[2].id",
    ]
    assert SECRET not in str(refused.value)


def test_secrets_are_in_no_text_journal_or_snapshot(desk: Desk) -> None:
    desk.send(signed("AK-acme"))
    spec = world().spec
    key = AccessKey(id="AK", secret=SECRET, account=AccountId("acme"), security_token="token-1")
    texts = (repr(spec), repr(key), repr(keys_of(spec)), repr(desk.door), b"".join(desk.journal.lines).decode())
    assert [text for text in texts if SECRET in text or "token-1" in text] == []
    assert SECRET.encode() not in snapshot_of(desk.simulation)


def test_nonces_are_each_key_s_own(desk: Desk) -> None:
    assert isinstance(desk.visit(signed("AK-acme")), Visit)
    assert isinstance(desk.visit(signed("AK-other")), Visit)
    assert code(desk.visit(signed("AK-acme"))) == "SignatureNonceUsed"


def test_a_nonce_is_remembered_as_long_as_its_time_stamp_is_good_and_no_longer() -> None:
    nonces = Nonces()
    nonces.use("k", "n", wall_ns=0)
    for minutes in (0, 15, 29):
        with pytest.raises(ApiError):
            nonces.use("k", "n", wall_ns=minutes * MINUTE_NS)
    nonces.use("k", "n", wall_ns=30 * MINUTE_NS)


def test_so_many_nonces_of_a_key_are_remembered_and_the_oldest_go_first() -> None:
    nonces = Nonces(most=3)
    nonces.use("other", "0", wall_ns=0)
    for nonce in "012":
        nonces.use("k", nonce, wall_ns=0)
    with pytest.raises(ApiError):
        nonces.use("k", "0", wall_ns=0)
    for nonce in "30":
        nonces.use("k", nonce, wall_ns=0)
    for key, nonce in (("k", "0"), ("k", "3"), ("other", "0")):
        with pytest.raises(ApiError):
            nonces.use(key, nonce, wall_ns=0)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "2026-01-01",
            "2026-01-01T12:00:00",
            "2026-01-01T12:00:00.Z",
            "2026-01-01T12:00:00.0000000001Z",
            "2026-13-01T12:00:00Z",
            "2026-02-30T12:00:00Z",
        ),
        *(
            "now",
            "2026-01-01T25:00:00Z",
            "\uff12026-01-01T12:00:00Z",
            "2026-01-01T12:00:00+00:00",
            "0000-01-01T00:00:00Z",
        ),
    ],
)
def test_a_time_stamp_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ApiError) as refused:
        require_timely(text, wall_ns=NOON_NS)
    assert refused.value.code == "InvalidTimeStamp.Format"


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2026-01-01T12:15:01Z"])
def test_a_time_stamp_that_is_too_far_away_is_refused_with_what_time_it_is(text: str) -> None:
    with pytest.raises(ApiError) as refused:
        require_timely(text, wall_ns=NOON_NS)
    assert refused.value.code == "InvalidTimeStamp.Expired"
    assert refused.value.message.endswith(f'"{text}", it is {NOON}.')


@pytest.mark.parametrize("text", [NOON, "2026-01-01T12:00:00.760Z", "2026-01-01T12:14:59.123456789Z"])
def test_a_time_stamp_may_have_a_fraction_of_a_second(text: str) -> None:
    require_timely(text, wall_ns=NOON_NS)
