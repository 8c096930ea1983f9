from pathlib import Path

import pytest

from cloudsim.errors.own import WorldError
from cloudsim.resources.interface import EniType
from cloudsim.scenario.load_world import load_world
from cloudsim.simulation.world.spec import WorldSpec
from cloudsim.values.ids import AccountId, InstanceId, RegionId, VSwitchId
from tests.simulation.world.sample import built, enis_of

AS_WRITTEN = """\
format = 1

[[account]]
id = "acme"
eni_quota = 100                # per region

[[region]]
id = "cn-hangzhou"
zones = ["cn-hangzhou-h", "cn-hangzhou-i", "cn-hangzhou-j"]

[[vpc]]
id = "vpc-main"
account = "acme"
region = "cn-hangzhou"
cidr = "10.0.0.0/8"            # classic profile: /8 to /28

[[vswitch]]
id = "vsw-a"
vpc = "vpc-main"
zone = "cn-hangzhou-h"
cidr = "10.0.0.0/24"
policy = "uniform"             # how addresses are handed out

[[security_group]]
id = "sg-main"
vpc = "vpc-main"

[[instance]]
id = "i-0001"
type = "ecs.g7.xlarge"
vswitch = "vsw-a"              # its primary ENI takes an address there
"""


def write(folder: Path, text: str) -> Path:
    file = folder / "world.toml"
    file.write_text(text, "utf-8")
    return file


def refusal_of(file: Path) -> str:
    with pytest.raises(WorldError) as refused:
        load_world(file)
    return str(refused.value).replace(str(file.parent), "DIR")


def test_the_example_works_as_it_is_written(tmp_path: Path) -> None:
    cloud = built(load_world(write(tmp_path, AS_WRITTEN)))
    (eni,) = enis_of(cloud)
    assert cloud.instances[InstanceId("i-0001")].primary is eni
    assert (eni.type, eni.security_group_ids) == (EniType.PRIMARY, ("sg-main",))
    assert cloud.vswitches[VSwitchId("vsw-a")].available_count() == 251
    assert cloud.estate(AccountId("acme"), RegionId("cn-hangzhou")).quota.limit == 100
    assert cloud.regions[RegionId("cn-hangzhou")].zones == ("cn-hangzhou-h", "cn-hangzhou-i", "cn-hangzhou-j")


def test_a_path_may_be_text(tmp_path: Path) -> None:
    assert load_world(str(write(tmp_path, "format = 1"))) == WorldSpec()


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert refusal_of(tmp_path / "none.toml") == "DIR/none.toml: it cannot be read: No such file or directory"


def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert refusal_of(tmp_path).endswith(": it cannot be read: Is a directory")


def test_a_file_that_is_not_text_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "world.toml"
    file.write_bytes(b"\xff\xfe")
    assert refusal_of(file) == "DIR/world.toml: it is not UTF-8 text, as TOML has to be"


def test_toml_that_does_not_parse_is_refused_with_its_line(tmp_path: Path) -> None:
    file = write(tmp_path, 'format = 1\n[[vpc]\nid = "v"\n')
    told = refusal_of(file)
    assert told.startswith("DIR/world.toml: it is not TOML: ")
    assert "(at line 2, column 6)" in told


@pytest.mark.parametrize("text", ["format = 1" + "0" * 5_000, "format = " + "[" * 100_000])
def test_toml_with_numbers_or_lists_beyond_all_measure_is_refused(text: str, tmp_path: Path) -> None:
    assert refusal_of(write(tmp_path, text)).startswith("DIR/world.toml: it is not TOML: ")


def test_a_world_may_be_json(tmp_path: Path) -> None:
    file = tmp_path / "world.json"
    file.write_text('{"format": 1, "region": [{"id": "cn-hangzhou"}]}')
    assert [region.id for region in load_world(file).regions] == ["cn-hangzhou"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"format": 1,', "it is not JSON: Expecting property name enclosed in double quotes: line 1 column 14"),
        ("[" * 100_000, "it is not JSON: "),
        ('{"format": %s}' % ("9" * 5_000), "it is not JSON: "),
        ("[]", "a world is one JSON object, not list"),
        ('{"format": 1, "regoin": []}', "regoin: there is no such key; did you mean 'region'?"),
    ],
)
def test_json_that_is_no_world_is_refused(text: str, said: str, tmp_path: Path) -> None:
    file = tmp_path / "world.json"
    file.write_text(text)
    assert refusal_of(file).startswith(f"DIR/world.json: {said}")


def test_a_key_that_is_misspelt_is_refused_with_file_path_and_suggestion(tmp_path: Path) -> None:
    file = write(tmp_path, AS_WRITTEN.replace("policy = ", "polcy = "))
    assert refusal_of(file) == "DIR/world.toml: vswitch[0].polcy: there is no such key; did you mean 'policy'?"


def test_every_problem_is_told_with_its_file(tmp_path: Path) -> None:
    spoilt = AS_WRITTEN.replace("10.0.0.0/24", "11.0.0.0/24").replace("ecs.g7.xlarge", "ecs.g7.xlagre")
    assert refusal_of(write(tmp_path, spoilt)).splitlines() == [
        "DIR/world.toml: vswitch[0].cidr: 11.0.0.0/24 of 'vsw-a' lies outside 10.0.0.0/8 of VPC 'vpc-main'",
        "DIR/world.toml: instance[0].type: instance type 'ecs.g7.xlagre' is not known; did you mean 'ecs.g7.xlarge'?",
    ]


def test_a_file_that_is_imported_lies_beside_the_one_that_says_so(tmp_path: Path) -> None:
    file = write(tmp_path, 'format = 1\n[import]\nfiles = ["answers/none.json"]\n')
    assert refusal_of(file) == "DIR/answers/none.json: it cannot be read: No such file or directory"
