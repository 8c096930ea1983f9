"""Settings: declared where they are used, given as text."""

import pytest

from cloudsim.errors.own import DurationError, SettingError
from cloudsim.operations.policy import AddressPolicy, CheckOrder, Policy, QuotaPolicy, TokenPolicy
from cloudsim.scenario.dials import policy_from
from cloudsim.scenario.settings import Value, apply, declared, parse, used_by
from cloudsim.values.duration import SECOND


def world(*, quota: int = 100, cidr: str = "10.0.0.0/24") -> None: ...


def drive(sim: object, *, callers: int = 200, retry: bool = False, quota: int = 100) -> None: ...


def test_settings_are_the_keyword_only_parameters_of_all_functions() -> None:
    assert declared({"world": world, "drive": drive}) == {
        "quota": 100,
        "cidr": "10.0.0.0/24",
        "callers": 200,
        "retry": False,
    }


def test_a_function_is_given_what_it_declares() -> None:
    settings = declared({"world": world, "drive": drive})
    assert used_by(world, settings) == {"quota": 100, "cidr": "10.0.0.0/24"}


def test_two_defaults_of_one_setting_are_refused() -> None:
    def other(*, quota: int = 50) -> None: ...

    with pytest.raises(SettingError, match=r"'quota' has two defaults: 100, and 50 in check\(\)"):
        declared({"world": world, "check": other})


def test_a_setting_without_a_plain_default_is_refused() -> None:
    def bare(*, callers: int) -> None: ...
    def listed(*, callers: list[int] = []) -> None: ...  # noqa: B006

    for function in (bare, listed):
        with pytest.raises(SettingError, match=r"'callers' of drive\(\) needs a default"):
            declared({"drive": function})


def test_assignments_are_split_at_the_first_equals_sign() -> None:
    assert parse(["callers=5", "cidr=a=b", "trace="]) == {"callers": "5", "cidr": "a=b", "trace": ""}


@pytest.mark.parametrize(
    ("assignments", "words"),
    [
        (["callers"], "'callers' sets nothing: write key=value"),
        (["=5"], "'=5' sets nothing"),
        (["callers=5", "callers=6"], "'callers' is set twice: to '5' and to '6'"),
    ],
)
def test_what_is_no_assignment_is_refused(assignments: list[str], words: str) -> None:
    with pytest.raises(SettingError, match=words):
        parse(assignments)


@pytest.mark.parametrize(
    ("name", "given", "read"),
    [
        ("callers", "5", 5),
        ("callers", 5, 5),
        ("retry", "yes", True),
        ("retry", "OFF", False),
        ("retry", True, True),
        ("cidr", "10.0.0.0/8", "10.0.0.0/8"),
        ("cidr", 8, "8"),
    ],
)
def test_a_value_is_read_by_the_type_of_the_default(name: str, given: Value, read: Value) -> None:
    settings = apply(declared({"world": world, "drive": drive}), {name: given})
    assert settings[name] == read
    assert type(settings[name]) is type(read)


@pytest.mark.parametrize(
    ("name", "given", "words"),
    [
        ("callers", "many", "'callers' is a whole number, such as 200, not 'many'"),
        ("callers", "1.5", "'callers' is a whole number"),
        ("retry", "perhaps", "'retry' is true or false, not 'perhaps'"),
        ("retry", 2, "'retry' is true or false, not 2"),
        ("caller", "5", "no setting 'caller'; did you mean 'callers'"),
        ("stratgy", "fifo", "did you mean 'strategy'"),
    ],
)
def test_a_value_of_another_type_and_an_unknown_name_are_refused(name: str, given: Value, words: str) -> None:
    with pytest.raises(SettingError, match=words):
        apply(declared({"world": world, "drive": drive}), {name: given})


def test_policies_are_chosen_by_their_names() -> None:
    given = {"token": "look-up-then-commit", "order": "addresses-first", "token_window": "10s"}
    assert policy_from(given) == Policy(
        token=TokenPolicy.LOOK_UP_THEN_COMMIT, order=CheckOrder.ADDRESSES_FIRST, token_window_ns=10 * SECOND
    )
    assert policy_from({"quota": "check-then-count", "address": "check-then-act"}) == Policy(
        quota=QuotaPolicy.CHECK_THEN_COUNT, address=AddressPolicy.CHECK_THEN_ACT
    )


def test_an_unknown_policy_and_an_unknown_choice_are_refused_with_a_suggestion() -> None:
    with pytest.raises(SettingError, match="no policy 'tokn'; did you mean 'token'"):
        policy_from({"tokn": "claim"})
    with pytest.raises(SettingError, match=r"policy\.token cannot be 'clam'; did you mean 'claim'"):
        policy_from({"token": "clam"})
    with pytest.raises(DurationError, match="'soon' is not a duration"):
        policy_from({"token_window": "soon"})
