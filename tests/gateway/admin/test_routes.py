"""The admin API, route by route: what an operator sees, and what happens when he asks for it."""

import msgspec
import pytest

from cloudsim.gateway.admin.routes import BY_PATH, ROUTES
from cloudsim.gateway.http import HttpAnswer, HttpRequest
from cloudsim.resources.network import InnerAccessPolicy
from tests.gateway.admin.hosted import HOST, Hosted, Operator
from tests.small_world import small


@pytest.fixture
def operator() -> Operator:
    return Operator()


def test_health_says_version_seed_and_clock(operator: Operator) -> None:
    said = operator.get("health")
    assert (said["status"], said["seed"], said["time"], said["now_ns"], said["in_flight"]) == (
        "ok",
        0,
        "on-request",
        0,
        0,
    )


def test_the_state_counts_enis_addresses_quotas_and_calls(operator: Operator) -> None:
    assert [operator.make_eni() for _ in range(6)] == ["ok"] * 5 + ["MaxEniCountExceeded"]
    said = operator.get("state")
    assert said["calls"] == {"CreateNetworkInterface": {"ok": 5, "MaxEniCountExceeded": 1}}
    assert said["enis"] == {"Available": 5, "Attaching": 0, "InUse": 0, "Detaching": 0, "Deleting": 0}
    (vswitch,) = said["vswitches"]
    assert (vswitch["size"], vswitch["used"], vswitch["free"], vswitch["reserved"], vswitch["enis"]) == (
        256,
        5,
        247,
        4,
        5,
    )
    eni_quota = said["quotas"][0]
    assert (eni_quota["quota"], eni_quota["used"], eni_quota["free"]) == ("eni", 5, 0)


def test_looking_changes_nothing_of_the_run() -> None:
    looked, alone = Operator(), Operator()
    for route in ROUTES:
        if route.method == "GET":
            assert looked.raw("GET", f"/_cloudsim/{route.path}").status == 200
    looked.stream().look()
    for one in (looked, alone):
        one.make_eni()
    assert looked.host.simulation.digest() == alone.host.simulation.digest()
    assert not looked.host.simulation.was_looked_at


def test_a_fault_strikes_the_calls_that_match(operator: Operator) -> None:
    operator.post("faults", fault="refuse", code="InvalidVSwitchId.IpNotEnough", at="COMMIT", times=2, caller="ak-2")
    assert [operator.make_eni(name) for name in ("ak-1", "ak-2", "ak-2", "ak-2")] == [
        "ok", "InvalidVSwitchId.IpNotEnough", "InvalidVSwitchId.IpNotEnough", "ok",
    ]  # fmt: skip
    (fault,) = operator.get("faults")["faults"]
    assert (fault["fault"], fault["seen"], fault["struck"], fault["fired"]) == ("refuse", 3, 2, 2)


def test_stopped_faults_strike_no_more(operator: Operator) -> None:
    operator.post("faults", fault="throttle", times=None)
    assert operator.make_eni() == "Throttling.User"
    assert operator.post("faults/stop") == {"stopped": 1}
    assert operator.make_eni() == "ok"


@pytest.mark.parametrize(
    "keys",
    [
        {"fault": "lose_answer"},
        {"fault": "delay", "phase": "COMMIT", "by": "2s"},
        {"fault": "abandon", "at": "RESOLVE"},
        {"fault": "burn_token"},
        {"fault": "hang_attach", "first": 2},
        {"fault": "alias"},
        {"fault": "alias", "code": "InvalidVSwitchId.IpNotEnough", "told_as": "QuotaExceeded.PrivateIpAddress"},
        {"fault": "refuse", "code": "Throttling", "facts": {"used": 9, "limit": 8}, "per_mille": 500},
    ],
)
def test_every_kind_of_fault_can_be_planned(operator: Operator, keys: dict[str, object]) -> None:
    assert operator.post("faults", **keys)["fault"] == keys["fault"]


def test_a_trouble_has_struck_when_the_answer_says_so_and_ends_in_its_time(operator: Operator) -> None:
    said = operator.post("troubles", trouble="set_vswitch_status", vswitch="vsw-a", lasting="5m")
    assert (said["trouble"], said["fate"], said["about"]["status"]) == ("SetVSwitchStatus", "ok", "Pending")
    assert operator.get("state")["vswitches"][0]["status"] == "Pending"
    assert operator.post("clock", advance="5m")["is_reached"]
    assert operator.get("state")["vswitches"][0]["status"] == "Available"


def test_a_trouble_at_an_instant_waits_for_it_and_moves_no_clock(operator: Operator) -> None:
    said = operator.post("troubles", trouble="take_zone_out", zone="cn-hangzhou-h", at="10m")
    assert (said["fate"], operator.get("clock")["now_ns"]) == ("planned", 0)
    operator.post("clock", to_ns=600_000_000_000)
    assert operator.get("troubles")["zones_out"] == ["cn-hangzhou-h"]


def test_a_trouble_that_turns_out_impossible_says_why(operator: Operator) -> None:
    operator.post("troubles", trouble="set_instance_status", instance="i-none", status="Stopped", at="1s")
    operator.post("clock")
    (latest,) = operator.get("troubles")["latest"]
    assert latest["fate"] == "InvalidInstanceId.NotFound"
    assert "i-none" in latest["message"]


def test_a_plan_throws_troubles_as_time_passes(operator: Operator) -> None:
    operator.post("troubles", trouble="plan", end="1h", mean_gap="1m", verbs={"occupy_addresses": 1})
    operator.post("clock", advance="1h")
    assert operator.get("troubles")["thrown"] > 10


def test_a_quota_binds_from_now_on(operator: Operator) -> None:
    assert operator.make_eni() == "ok"
    assert operator.post("quotas", quota="eni", limit=1, account="acme", region="cn-hangzhou")["fate"] == "ok"
    assert operator.make_eni() == "MaxEniCountExceeded"
    assert operator.get("quotas")["quotas"][0]["limit"] == 1


def test_time_passes_by_a_duration_to_an_instant_or_until_nothing_is_due(operator: Operator) -> None:
    assert operator.post("clock", advance="90s")["now"] == "1m30s"
    assert operator.post("clock", to_ns=100_000_000_000)["now"] == "1m40s"
    operator.post("troubles", trouble="take_zone_out", zone="cn-hangzhou-h", at="1h")
    assert operator.post("clock")["now"] == "1h"
    assert operator.refused("clock", to_ns=1)[0] == 400


def test_an_answer_comes_also_when_there_is_more_to_do_than_one_answer_may_take(
    operator: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cloudsim.gateway.admin.changing.STEPS_MAX", 10)
    operator.post("troubles", trouble="plan", end="1h", mean_gap="1m", verbs={"occupy_addresses": 1})
    assert not operator.post("clock", advance="1h")["is_reached"]
    while not operator.post("clock", to_ns=3_600_000_000_000)["is_reached"]:
        pass
    assert operator.get("clock")["now"] == "1h"


def test_the_journal_is_read_by_the_numbers_of_its_lines(operator: Operator) -> None:
    operator.make_eni()
    said = operator.get("journal?after=3&limit=2")
    assert ([line["n"] for line in said["lines"]], said["next"]) == ([3, 4], 5)
    rest = operator.get(f"journal?after={said['next']}")
    assert rest["lines"][-1]["answer"] == "ok"
    assert operator.get(f"journal?after={rest['next']}")["lines"] == []


def test_reset_begins_the_same_world_again_to_the_same_digest(operator: Operator) -> None:
    operator.make_eni()
    first = operator.host.simulation.digest()
    assert operator.post("reset")["epoch"] == 2
    assert operator.get("state")["enis"]["Available"] == 0
    operator.make_eni()
    assert operator.host.simulation.digest() == first


def test_another_seed_gives_other_ids(operator: Operator) -> None:
    operator.make_eni()
    first = operator.host.simulation.digest()
    assert operator.post("seed", seed=7)["seed"] == 7
    operator.make_eni()
    assert operator.host.simulation.digest() != first


def test_a_saved_world_can_be_loaded(operator: Operator) -> None:
    operator.make_eni()
    begun, saved = operator.get("world?at=begin"), operator.get("world?at=now")
    assert ("eni" in begun, len(saved["eni"]), operator.get("world")) == (False, 1, saved)
    assert operator.post("world", world=saved, seed=3)["seed"] == 3
    assert operator.get("world") == saved


def test_a_saved_world_says_what_it_has_not(operator: Operator) -> None:
    operator.make_eni()
    operator.post("troubles", trouble="occupy_addresses", vswitch="vsw-a", count=7)
    operator.post("quotas", quota="vpcs", limit=2, account="acme", region="cn-hangzhou")
    operator.post("troubles", trouble="take_zone_out", zone="cn-hangzhou-h", lasting="1h")
    operator.post("clock", advance="5m")
    (group,) = operator.host.simulation.cloud.security_groups.values()
    group.inner_access_policy = InnerAccessPolicy.DROP
    left_out = dict(operator.raw("HEAD", "/_cloudsim/world").headers)["x-cloudsim-left-out"].split("; ")
    assert {
        "clock (5m) and dates of creation", "which addresses other products have: 7", "zones that are out: 1",
        "quotas of single regions or VPCs: 1", "steps that are due: 1", "access policies within groups: 1",
    } <= set(left_out)  # fmt: skip


def test_a_present_that_no_world_can_be_like_is_refused_and_a_snapshot_keeps_it(operator: Operator) -> None:
    simulation = operator.host.simulation
    operator.make_eni()
    operator.make_eni()
    first, second = simulation.interfaces(account="acme", region="cn-hangzhou")
    simulation.cloud.vswitches[first.vswitch.id].book(first.private_ip_addresses, ())  # as check-then-act does it
    second.private_ip_addresses = first.private_ip_addresses
    answer = operator.raw("GET", "/_cloudsim/world")
    assert (answer.status, b"is taken by eni[0].primary_ip already" in answer.body) == (409, True)
    assert operator.raw("GET", "/_cloudsim/snapshot").status == 200


@pytest.mark.parametrize("path", sorted(path for path in BY_PATH if "GET" in BY_PATH[path]))
def test_head_is_answered_as_get_is(operator: Operator, path: str) -> None:
    get, head = (operator.raw(method, f"/_cloudsim/{path}") for method in ("GET", "HEAD"))
    assert (head.status, head.headers) == (200, get.headers)


def test_the_pages_have_a_head_and_the_stream_has_none(operator: Operator) -> None:
    for path in ("", "dashboard.js", "help"):
        assert operator.raw("HEAD", f"/_cloudsim/{path}").status == 200
    answer = operator.raw("HEAD", "/_cloudsim/events")
    assert (answer.status, dict(answer.headers)["allow"]) == (405, "GET")


@pytest.mark.parametrize("query", ["at=", "at=Now", "at=now&at=begin", "at=now&x=1", "after=1", "at", "at=now%20"])
def test_what_stands_behind_a_question_mark_is_a_word_that_is_known(operator: Operator, query: str) -> None:
    answer = operator.raw("GET", f"/_cloudsim/world?{query}")
    assert (answer.status, b"at=now|begin" in answer.body) == (400, True)


def test_a_world_can_be_loaded_as_the_text_of_its_file(operator: Operator) -> None:
    text = 'format = 1\naccount = [{id = "a"}]\nregion = [{id = "r"}]\nvpc = [{id = "v"}]\n'
    text += 'vswitch = [{id = "s", cidr = "10.0.0.0/24"}]\n'
    operator.post("world", toml=text)
    assert [one["id"] for one in operator.get("state")["vswitches"]] == ["s"]


def test_a_world_that_contradicts_itself_is_told_by_its_keys_and_the_old_one_stays(operator: Operator) -> None:
    operator.make_eni()
    status, message = operator.refused("world", toml="format = 1\n[[vswitch]]\nid = 's'\n")
    assert (status, "vswitch[0].cidr" in message) == (400, True)
    assert operator.get("state")["enis"]["Available"] == 1


def test_no_secret_of_an_access_key_is_shown_or_told_to_a_recording() -> None:
    secret = "sEcReT-123"  # noqa: S105  of nobody
    keys = f'[{{id = "ak", secret = "{secret}"}}]'
    users = f'[{{name = "u", access_keys = {keys.replace("ak", "ak2")}}}]'
    text = f'format = 1\nregion = [{{id = "r"}}]\n[[account]]\nid = "a"\naccess_keys = {keys}\nusers = {users}\n'
    operator = Operator()
    operator.post("world", toml=text)
    shown = [operator.raw("GET", f"/_cloudsim/{route.path}").body for route in ROUTES if route.method == "GET"]
    shown.append(operator.raw("GET", "/_cloudsim/world?at=begin").body)
    shown += [operator.stream().look(), *[body for _, body in operator.changes]]
    assert not [one for one in shown if secret.encode() in one]
    assert operator.host.world.accounts[0].access_keys[0].secret == secret


def test_a_snapshot_goes_on_where_it_was_taken(operator: Operator) -> None:
    operator.make_eni()
    snapshot = operator.raw("GET", "/_cloudsim/snapshot").body
    operator.make_eni()
    other = Operator()
    answer = other.raw("POST", "/_cloudsim/restore", snapshot, content_type="application/octet-stream")
    assert answer.status == 200
    assert other.get("state")["enis"]["Available"] == 1
    other.make_eni()
    ids = [
        [eni.id for eni in one.host.simulation.interfaces(account="acme", region="cn-hangzhou")]
        for one in (operator, other)
    ]
    assert ids[0] == ids[1]


def test_no_snapshot_is_taken_while_something_is_due(operator: Operator) -> None:
    operator.post("troubles", trouble="take_zone_out", zone="cn-hangzhou-h", at="1h")
    answer = operator.raw("GET", "/_cloudsim/snapshot")
    assert (answer.status, b"1 steps are due" in answer.body) == (409, True)


def test_a_damaged_snapshot_is_refused_and_what_is_served_goes_on(operator: Operator) -> None:
    operator.make_eni()
    snapshot = operator.raw("GET", "/_cloudsim/snapshot").body
    for damaged in (b"", b"pickle", snapshot[:-1], snapshot[:200] + b"!" + snapshot[201:]):
        answer = operator.raw("POST", "/_cloudsim/restore", damaged, content_type="application/octet-stream")
        assert answer.status == 400, answer
    assert operator.get("state")["enis"]["Available"] == 1


def test_the_audit_finds_nothing_wrong(operator: Operator) -> None:
    operator.make_eni()
    assert operator.get("audit") == {"is_sound": True, "problems": []}


def test_every_change_is_told_so_that_it_can_be_made_again() -> None:
    first, again = Operator(), Hosted()
    first.post("faults", fault="throttle", times=2)
    first.post("troubles", trouble="occupy_addresses", vswitch="vsw-a", count=200, lasting="5m")
    first.post("clock", advance="1m")
    first.refused("faults", fault="none")
    first.post("quotas", quota="eni", limit=2, account="acme", region="cn-hangzhou")
    second = Operator(again)
    for path, body in first.changes:
        second.admin.perform(path, body)
    assert [path for path, _ in first.changes] == ["faults", "troubles", "clock", "quotas"]
    for one in (first, second):
        assert [one.make_eni() for _ in range(5)] == ["Throttling.User"] * 2 + ["ok"] * 2 + ["MaxEniCountExceeded"]
    assert first.host.simulation.digest() == second.host.simulation.digest()


def test_who_serves_is_told_of_each_change(operator: Operator) -> None:
    operator.get("state")
    assert operator.host.changes == 0
    operator.post("clock", advance="1s")
    assert operator.host.changes == 1


def test_help_lists_every_route_with_what_it_is_sent(operator: Operator) -> None:
    said = operator.get("help")["routes"]
    assert {(one["method"], one["path"]) for one in ROUTES_AS_DICTS} <= {(one["method"], one["path"]) for one in said}
    troubles = next(one for one in said if (one["method"], one["path"]) == ("POST", "troubles"))
    assert troubles["verbs"]["take_zone_out"]["zone"]["required"]
    assert not troubles["verbs"]["take_zone_out"]["lasting"]["required"]
    delay = next(one for one in said if (one["method"], one["path"]) == ("POST", "faults"))["verbs"]["delay"]
    assert "COMMIT" in delay["phase"]["enum"]


ROUTES_AS_DICTS = [{"method": route.method, "path": route.path} for route in ROUTES]


@pytest.mark.parametrize("path", sorted(BY_PATH))
def test_other_methods_are_told_which_there_are(operator: Operator, path: str) -> None:
    answer = operator.raw("DELETE", f"/_cloudsim/{path}", x_cloudsim_admin="1")
    known = [*BY_PATH[path], *(["HEAD"] if "GET" in BY_PATH[path] else [])]
    assert (answer.status, dict(answer.headers)["allow"]) == (405, ", ".join(known))


@pytest.mark.parametrize(
    ("path", "body", "said"),
    [
        ("faults", {}, "known are: abandon"),
        ("faults", {"fault": "lose_answr"}, "did you mean 'lose_answer'"),
        ("faults", {"fault": "delay", "phase": "X", "by": "1s"}, "$.phase"),
        ("faults", {"fault": "delay", "phase": "COMMIT", "by": "1x"}, "'1x' is not a duration"),
        ("faults", {"fault": "delay", "phase": "COMMIT", "by": "1s", "actio": "x"}, "did you mean 'action'"),
        ("faults", {"fault": "refuse", "code": "MaxEniCountExceded"}, "did you mean 'MaxEniCountExceeded'"),
        ("faults", {"fault": "refuse", "code": "Throttling", "facts": {"x": 1}}, "no fact 'x'"),
        ("faults", {"fault": "throttle", "first": 0}, "from the first (0)"),
        ("troubles", {"trouble": "take_zone_out"}, "missing required field `zone`"),
        ("troubles", {"trouble": "take_zone_out", "zone": "cn-hangzhou-x"}, "did you mean 'cn-hangzhou-h'"),
        ("troubles", {"trouble": "take_zone_out", "zone": "cn-hangzhou-h", "lasting": "9999999d"}, "146 years"),
        ("troubles", {"trouble": "_throw"}, "there is no trouble"),
        ("troubles", {"trouble": "plan", "end": "1h", "verbs": {"x": 1}}, "a plan cannot throw 'x'"),
        ("clock", {"advance": "1s", "to_ns": 4}, "not by both"),
        ("clock", {"advance": 1.5}, "got `float`"),
        ("quotas", {"quota": "eni", "limit": -1}, ">= 0"),
        ("seed", {"seed": 1 << 70}, "beyond the largest"),
        ("world", {}, "either by its tables"),
        ("world", {"toml": "= 1"}, "no TOML"),
        ("reset", {"seed": 1}, "there is no key 'seed'"),
    ],
)  # fmt: skip
def test_a_body_that_cannot_be_used_is_told_why(
    operator: Operator, path: str, body: dict[str, object], said: str
) -> None:
    status, message = operator.refused(path, **body)
    assert status == 400
    assert said in message
    assert not operator.changes


@pytest.mark.parametrize(
    ("body", "said"),
    [(b"[1]", "not an array"), (b"null", "not null"), (b"1.5", "not a number"), (b'"x"', "not a text"),
     (b"true", "not true or false"), (b"{", "is no JSON"), (b"\xff", "is no JSON")],
)  # fmt: skip
def test_a_body_that_is_no_object_is_told_what_it_is(operator: Operator, body: bytes, said: str) -> None:
    answer = operator.raw("POST", "/_cloudsim/seed", body)
    assert (answer.status, said in msgspec.json.decode(answer.body)["message"]) == (400, True)


def test_a_body_without_a_type_is_told_which_it_needs(operator: Operator) -> None:
    headers = (("host", HOST), ("x-cloudsim-admin", "1"))
    answer = operator.admin.answer(HttpRequest("POST", "/_cloudsim/reset", headers, b"{}"))
    assert isinstance(answer, HttpAnswer)
    assert msgspec.json.decode(answer.body) == {
        "code": "UnsupportedMediaType",
        "message": "the content-type of this body is application/json, and none is said",
    }


def test_a_world_with_prefixes_and_cool_down_shows_each_state_of_its_addresses() -> None:
    world = small(cool_down="1h", used=10)
    operator = Operator(Hosted(world.spec))
    (vswitch,) = operator.get("state")["vswitches"]
    parts = ("free", "used", "in_prefix", "cooling", "set_aside", "reserved")
    assert sum(vswitch[part] for part in parts) == vswitch["size"]


def test_answers_are_json_that_no_browser_guesses_or_keeps(operator: Operator) -> None:
    headers = dict(operator.raw("GET", "/_cloudsim/state").headers)
    assert headers["content-type"] == "application/json"
    assert (headers["cache-control"], headers["x-content-type-options"]) == ("no-store", "nosniff")
    assert msgspec.json.decode(operator.raw("GET", "/_cloudsim/nothing").body)["code"] == "NotFound"
