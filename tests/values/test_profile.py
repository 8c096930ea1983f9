"""The numbers of the two profiles are those of the documents."""

import pytest

from cloudsim.values.profile import CLASSIC, CURRENT, PROFILES, Profile


@pytest.mark.parametrize(("profile", "quota", "secondary", "groups"), [(CLASSIC, 100, 10, 5), (CURRENT, 5000, 49, 10)])
def test_a_profile_has_the_numbers_of_its_time(profile: Profile, quota: int, secondary: int, groups: int) -> None:
    assert profile.eni_quota == quota
    assert profile.secondary_count_max == secondary
    assert profile.groups_per_eni_max == groups
    assert profile.vpc_prefix_min == 8
    assert profile.tags_per_request_max == 20


def test_profiles_are_found_by_their_names() -> None:
    assert PROFILES == {"classic": CLASSIC, "current": CURRENT}
