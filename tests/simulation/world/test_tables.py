import datetime as dt
from typing import Any, get_args, get_type_hints

import msgspec
import pytest

from cloudsim.errors.own import WorldError
from cloudsim.ipam.policies.registry import POLICIES
from cloudsim.resources.account import AccessStatus, AccountKind
from cloudsim.resources.instance import InstanceStatus
from cloudsim.resources.interface import EniStatus, EniType
from cloudsim.resources.network import GroupType
from cloudsim.simulation.world import keys, spec
from cloudsim.simulation.world.builder import World
from cloudsim.simulation.world.spec import AccountSpec, EniSpec, Table, WorldSpec
from cloudsim.simulation.world.tables import check_types, read_tables
from cloudsim.values.profile import PROFILES


def refusals(**tables: Any) -> list[str]:
    with pytest.raises(WorldError) as refused:
        read_tables({"format": 1, **tables})
    return [f"{problem.key}: {problem.problem}" for problem in refused.value.problems]


def test_an_empty_world_needs_its_format_alone() -> None:
    assert read_tables({"format": 1}) == WorldSpec()


def test_a_text_with_half_of_a_surrogate_pair_is_refused_by_its_key() -> None:
    half = "has half of a surrogate pair, which is no character"
    vpc = {"id": "v", "tags": {"\ud800": "x", "a": "b\udfff"}, "secondary_cidrs": ["\udc00"], "name": "ä"}
    assert refusals(account=[{"id": "\ud800"}], vpc=[vpc]) == [
        rf"account[0].id: '\ud800' {half}",
        rf"vpc[0].tags: the key '\ud800' {half}",
        rf"vpc[0].tags.a: 'b\udfff' {half}",
        rf"vpc[0].secondary_cidrs[0]: '\udc00' {half}",
    ]
    with pytest.raises(WorldError, match=r"^import.files\[0\]: "):
        _ = World().imported("\ud800").spec


def test_a_world_without_a_format_is_refused() -> None:
    with pytest.raises(WorldError, match=r"^format: it is missing; a world begins with format = 1$"):
        read_tables({})


def test_a_format_of_another_version_is_refused() -> None:
    assert refusals(format=2) == ["format: this version of cloudsim reads format 1, not 2"]


@pytest.mark.parametrize(
    ("tables", "said"),
    [
        ({"vswich": []}, "vswich: there is no such key; did you mean 'vswitch'?"),
        ({"accounts": []}, "accounts: there is no such key; did you mean 'account'?"),
        ({"profile": "clasic"}, "profile: 'clasic' is not one of its values; did you mean 'classic'?"),
        ({"account": {"id": "a"}}, "account: expected a list of tables; write [[account]]"),
        ({"account": 3}, "account: expected a list of tables"),
        ({"account": ["a"]}, "account[0]: expected a table, not text"),
        ({"account": [{}]}, "account[0].id: it is missing"),
        ({"account": [{"id": ""}]}, "account[0].id: it may not be empty"),
        ({"account": [{"id": 7}]}, "account[0].id: expected text, not a whole number"),
        ({"account": [{"id": dt.date(2026, 1, 1)}]}, "account[0].id: expected text, not a date"),
        (
            {"account": [{"id": "a", "eni_qouta": 5}]},
            "account[0].eni_qouta: there is no such key; did you mean 'eni_quota'?",
        ),
        (
            {"account": [{"id": "a", "eni_quota": "5"}]},
            "account[0].eni_quota: expected a whole number or a table, not text",
        ),
        ({"account": [{"id": "a", "eni_quota": -1}]}, "account[0].eni_quota: expected at least 0"),
        (
            {"account": [{"id": "a", "eni_quota": {"r": -1}}]},
            "account[0].eni_quota: in one of its values, expected at least 0",
        ),
        ({"account": [{"id": "a", "users": {"name": "u"}}]}, "account[0].users: expected a list of tables"),
        (
            {"account": [{"id": "a", "users": [{"name": "u", "status": "expird"}]}]},
            "account[0].users[0].status: 'expird' is not one of its values; did you mean 'expired'?",
        ),
        (
            {"account": [{"id": "a", "regions_out_of_service": ["r", 1]}]},
            "account[0].regions_out_of_service[1]: expected text, not a whole number",
        ),
        ({"vswitch": [{"id": "v", "cidr": "c", "ipv6": 256}]}, "vswitch[0].ipv6: expected at most 255"),
        (
            {"eni": [{"type": "Slave"}]},
            "eni[0].type: 'Slave' is not one of its values; known are: Member, Primary, Secondary, Trunk",
        ),
        ({"eni": [{"count": 0}]}, "eni[0].count: expected at least 1"),
        ({"eni": [{"count": 10**30}]}, "eni[0].count: expected at most 1000000"),
        ({"eni": [{"tags": {"a": 1}}]}, "eni[0].tags: in one of its values, expected text, not a whole number"),
        (
            {"limits": {"eni_quota": 1.5}},
            "limits: in one of its values, expected true or false or a whole number, not a number with a fraction",
        ),
    ],
)
def test_a_key_that_is_misspelt_or_of_the_wrong_kind_is_refused_by_its_path(tables: dict[str, Any], said: str) -> None:
    assert refusals(**tables) == [said]


def test_all_that_is_wrong_is_told_at_once() -> None:
    assert refusals(account=[{"id": 1, "kindd": 2}], region=[{"zones": "z"}]) == [
        "account[0].kindd: there is no such key; did you mean 'kind'?",
        "account[0].id: expected text, not a whole number",
        "region[0].id: it is missing",
        "region[0].zones: expected a list, not text",
    ]


def test_a_flood_of_problems_is_cut() -> None:
    told = refusals(account=[{"id": 1}] * 100)
    assert len(told) == 26
    assert told[-1] == ": 25 problems were told; there may be more"


def test_a_spec_comes_back_from_its_own_tables() -> None:
    eni = EniSpec(secondary_ips=("10.0.0.9",), tags={"team": "a"}, count=2)
    world = WorldSpec(profile="current", accounts=(AccountSpec(id="a", eni_quota={"r": 3}),), enis=(eni,))
    assert read_tables({"format": 1, **msgspec.to_builtins(world)}) == world
    check_types(world)


def test_a_spec_made_in_python_with_a_value_of_the_wrong_kind_is_refused() -> None:
    wrong = WorldSpec(enis=(EniSpec(secondary_count=-1),))
    with pytest.raises(WorldError, match=r"^eni\[0\].secondary_count: expected at least 0$"):
        check_types(wrong)


TABLES = [
    kind for kind in vars(spec).values() if isinstance(kind, type) and issubclass(kind, Table) and kind is not Table
]


@pytest.mark.parametrize("kind", [kind for kind in TABLES if kind is not WorldSpec])
def test_the_builder_knows_every_key_of_a_table(kind: type[Table]) -> None:
    """Those that its methods take by name are the natural ones."""
    offered = get_type_hints(getattr(keys, kind.__name__.replace("Spec", "Keys")))
    natural = {"id", "name", "cidr", "type"} - offered.keys()
    fields = {field.encode_name for field in msgspec.structs.fields(kind)}
    assert offered.keys() == fields - natural


@pytest.mark.parametrize("kind", TABLES)
def test_every_key_but_the_natural_ones_has_a_default(kind: type[Table]) -> None:
    required = {field.name for field in msgspec.structs.fields(kind) if field.required}
    assert required <= {"id", "name", "cidr", "type", "secret"}


@pytest.mark.parametrize(
    ("kind", "key", "enum"),
    [
        ("AccountSpec", "kind", AccountKind),
        ("UserSpec", "status", AccessStatus),
        ("AccessKeySpec", "status", AccessStatus),
        ("SecurityGroupSpec", "type", GroupType),
        ("InstanceSpec", "status", InstanceStatus),
        ("EniSpec", "type", EniType),
        ("EniSpec", "status", EniStatus),
        ("WorldSpec", "profile", PROFILES),
    ],
)
def test_the_words_of_a_key_are_those_of_the_resources(kind: str, key: str, enum: Any) -> None:
    hint = get_type_hints(getattr(spec, kind))[key]
    words = {word for part in (hint, *get_args(hint)) for word in get_args(part) if isinstance(word, str)}
    assert words == {str(word) for word in enum} - {"Gone"}


def test_the_default_policy_is_one() -> None:
    assert spec.VSwitchSpec(id="v", cidr="c").policy in POLICIES
