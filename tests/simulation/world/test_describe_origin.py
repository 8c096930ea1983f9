"""What contradicts itself in an imported world: told by where it stands."""

from pathlib import Path
from typing import Any

import pytest

from cloudsim.errors.own import WorldError
from cloudsim.simulation.world.document import read_document
from tests.simulation.world.test_describe_import import enis, refusal_of, vswitch, vswitches, write


def an_eni(name: str, address: str, **more: Any) -> dict[str, Any]:
    return {"NetworkInterfaceId": name, "VSwitchId": "vsw-1", "PrivateIpAddress": address, **more}


def test_what_contradicts_itself_in_an_answer_is_told_with_its_file_and_path(tmp_path: Path) -> None:
    """It was told by the key of a table that stands in no file, and as if the world's own file said so."""
    home = {"VSwitchId": "vsw-1", "PrivateIpAddress": {"IpAddress": ["10.0.0.7"]}}
    instance = {"InstanceId": "i-1", "InstanceType": "ecs.g7.xlagre", "VpcAttributes": home}
    documents = (
        vswitches([vswitch(1, "10.0.0.0/24")]),
        enis([an_eni("eni-1", "10.0.0.9"), an_eni("eni-2", "10.0.0.9")]),
        {"Instances": {"Instance": [instance]}},
    )
    first, second = refusal_of(tmp_path, *documents).splitlines()
    unknown = "instance type 'ecs.g7.xlagre' is not known; did you mean 'ecs.g7.xlarge'?"
    assert first == f"2.json: Instances.Instance[0]: type: {unknown}"
    assert second.startswith("1.json: NetworkInterfaceSets.NetworkInterfaceSet[1]: primary_ip: ")


def test_what_the_users_own_tables_say_wrong_is_told_by_their_keys(tmp_path: Path) -> None:
    write(tmp_path, vswitches([vswitch(1, "10.0.0.0/24")]))
    own = {"format": 1, "import": {"files": ["0.json"]}, "limits": {"none": 1}}
    with pytest.raises(WorldError) as refused:
        read_document({**own, "vswitch": [{"id": "vsw-1", "cidr": "10.0.0.1/24"}]}, folder=tmp_path)
    keys = [(problem.file, problem.key) for problem in refused.value.problems]
    assert keys == [("", "limits.none"), ("", "vswitch[0].cidr")]


def test_what_is_wrong_with_something_inferred_names_all_files(tmp_path: Path) -> None:
    told = refusal_of(
        tmp_path,
        vswitches([vswitch(1, "10.0.0.0/24")]),
        enis([an_eni("eni-1", "10.0.0.9", SecurityGroupIds={"SecurityGroupId": ["sg 1"]})]),
    )
    assert told.startswith("security_group[0].id: 'sg 1' cannot be an id")
    assert told.splitlines()[0].endswith(" (imported from 0.json, 1.json)")
