"""The product's own errors: their texts say what, where and what would be right."""

from cloudsim.errors.own import CloudsimError, DurationError, WorldError, did_you_mean


def test_a_world_error_names_file_and_key() -> None:
    error = WorldError("the block overlaps", key="vswitch[1].cidr").in_file("world.toml")
    assert str(error) == "world.toml: vswitch[1].cidr: the block overlaps"
    assert (error.file, error.key, error.problem) == ("world.toml", "vswitch[1].cidr", "the block overlaps")


def test_a_world_error_without_a_place_is_its_problem() -> None:
    assert str(WorldError("there is no account")) == "there is no account"


def test_a_world_error_can_tell_several_problems_a_line_each() -> None:
    second = WorldError("there is no zone", key="vswitch[2].zone", file="zones.toml")
    error = WorldError("the block overlaps", key="vswitch[1].cidr", others=(second,)).in_file("world.toml")
    assert [problem.key for problem in error.problems] == ["vswitch[1].cidr", "vswitch[2].zone"]
    assert str(error).split("\n") == [
        "world.toml: vswitch[1].cidr: the block overlaps",
        "zones.toml: vswitch[2].zone: there is no zone",
    ]


def test_a_duration_error_quotes_the_text_and_advises() -> None:
    assert str(DurationError("5 parsecs", "write 5m")) == "'5 parsecs' is not a duration: write 5m"
    assert issubclass(DurationError, CloudsimError)


def test_a_near_miss_is_answered_with_the_word_that_was_meant() -> None:
    assert did_you_mean("quota-frist", ["quota-first", "addresses-first"]) == "did you mean 'quota-first'?"


def test_a_far_miss_is_answered_with_all_that_is_known() -> None:
    assert did_you_mean("xyz", ["hold", "claim"]) == "known are: claim, hold"


def test_a_miss_where_nothing_is_known_says_so() -> None:
    assert did_you_mean("xyz", []) == "none are known"


def test_a_long_list_of_what_is_known_is_cut() -> None:
    assert did_you_mean("x", [f"vsw-{n:03}" for n in range(100)]).endswith(", vsw-018, vsw-019 and 80 more")


def test_nearness_is_not_sought_among_thousands() -> None:
    assert did_you_mean("vsw-00000x", [f"vsw-{n:05}" for n in range(5_001)]).startswith("known are: vsw-00000, ")
