"""``actions``: the table of what is simulated, read off the code."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

import cloudsim
from cloudsim.api.params import PARAMETERS
from cloudsim.api.requests import ACTIONS, AttachNetworkInterface, Request
from cloudsim.cli.actions import coverage
from cloudsim.errors.table import TABLE
from cloudsim.operations.dispatch import OPERATIONS
from cloudsim.runtime.client import Client
from tests.cli.conftest import Run
from tests.cli.test_listings import on_a_terminal
from tests.small_world import Watched, code


def document(run: Run, *words: str) -> list[dict[str, Any]]:
    found = json.loads(run("actions", *words, "--json").stdout)
    assert found["format_version"] == 1
    return list(found["actions"])


def test_every_action_has_a_row_with_what_is_there_of_it(run: Run) -> None:
    lines = run("actions").stdout.splitlines()
    assert lines[0].split() == ["action", "API", "simulated", "parameters", "idle", "codes"]
    assert max(map(len, lines)) <= 80
    rows = [line.split() for line in lines[2:]]
    assert [row[0] for row in rows] == list(ACTIONS)
    for action, product, simulated, parameters, idle, codes in rows:
        request = ACTIONS[action]
        assert product == ("VPC" if request.version == "2016-04-28" else "ECS")
        assert simulated == ("yes" if request in OPERATIONS else "no")
        assert int(parameters) == len(PARAMETERS[action]) - len(request.idle_fields)
        assert int(idle) == len(request.without_effect) + len(request.idle_fields)
        assert int(codes) == len(coverage(action).codes)


@pytest.mark.parametrize("width", [60, 79, 80, 120])
def test_no_line_is_longer_than_the_terminal_is_wide(folder: Path, width: int) -> None:
    lines = on_a_terminal(folder, width, "actions")
    assert max(map(len, lines)) <= width
    starts = [line.split()[0] for line in lines if line and not line.startswith(" ")]
    assert [start for start in starts if start != "action" and "─" not in start] == list(ACTIONS)
    told = " ".join(" ".join(lines).split())
    assert width >= 80 or "API: ECS, simulated: yes, parameters: 40, idle: 3" in told


@pytest.mark.parametrize("width", [60, 120])
def test_one_action_is_printed_in_full_on_any_terminal(folder: Path, width: int) -> None:
    lines = on_a_terminal(folder, width, "actions", "AttachNetworkInterface")
    assert max(map(len, lines)) <= width
    told = " ".join(" ".join(lines).split())
    assert all(f"{name} " in told for name in PARAMETERS["AttachNetworkInterface"])
    assert all(row.error.code in told and row.trigger in told for row in coverage("AttachNetworkInterface").codes)


def test_one_action_is_printed_with_its_parameters_and_codes(run: Run) -> None:
    lines = run("actions", "AttachNetworkInterface").stdout.splitlines()
    assert lines[:3] == [
        "AttachNetworkInterface",
        "    ECS 2014-05-26, simulated, client.attach_network_interface",
        "  parameters",
    ]
    assert "    InstanceId  str, instance_id" in lines
    idle = lines.index("  without effect")
    assert lines[idle + 1] == f"    {', '.join(AttachNetworkInterface.without_effect)}"
    codes = [line.split()[0] for line in lines[lines.index("  codes") + 1 :]]
    assert codes == [row.error.code for row in coverage("AttachNetworkInterface").codes]
    assert {"EniPerInstanceLimitExceeded", "MissingParameter", "Forbidden.SubUser", "Throttling"} <= set(codes)


def test_a_pattern_prints_several_in_full(run: Run) -> None:
    blocks = run("actions", "Describe*").stdout.split("\n\n")
    assert [block.split()[0] for block in blocks] == [name for name in ACTIONS if name.startswith("Describe")]
    assert "    InstanceIds  JSON array, instance_ids" in next(
        block for block in blocks if block.startswith("DescribeInstances\n")
    )


def test_an_action_that_nobody_does_says_so(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cloudsim.cli.actions.OPERATIONS", {})
    (row,) = document(run, "AttachNetworkInterface")
    assert not row["simulated"]
    assert row["codes"] == []
    told = run("actions", "AttachNetworkInterface").stdout
    assert "not simulated" in told
    assert told.endswith("  codes\n    none\n")


def test_the_table_for_machines_has_it_all(run: Run) -> None:
    rows = document(run)
    assert [row["action"] for row in rows] == list(ACTIONS)
    for row in rows:
        working = [parameter["name"] for parameter in row["parameters"]]
        idle = ACTIONS[row["action"]].idle_fields
        assert working == [name for name in PARAMETERS[row["action"]] if name not in idle]
        assert hasattr(Client, row["method"])
        codes = [code["code"] for code in row["codes"]]
        assert codes == sorted(set(codes))
    [create] = [row for row in rows if row["action"] == "CreateNetworkInterface"]
    assert {"name": "Tag.N.Key", "field": "tags", "kind": "str"} in create["parameters"]


SOURCE = Path(cloudsim.__file__).parent
READ = {
    name
    for folder in ("operations", "api/rules")
    for file in sorted((SOURCE / folder).rglob("*.py"))
    for name in re.findall(r"\.(\w+)", file.read_text())
}
"""Attributes that the code of operations and rules reads, of requests and of whatever else."""


@pytest.mark.parametrize("action", list(ACTIONS))
def test_a_parameter_whose_field_no_code_reads_is_said_to_be_without_effect(action: str) -> None:
    unread = {name for name, one in PARAMETERS[action].items() if not {level.field for level in one.path} <= READ}
    assert unread == set(ACTIONS[action].idle_fields)
    assert unread <= set(coverage(action).without_effect)


def test_every_row_of_the_table_of_refusals_is_said_of_its_actions() -> None:
    for row in TABLE:
        for action in row.operation.split(", "):
            assert action in ACTIONS, row
            assert row.error.code in {said.error.code for said in coverage(action).codes}


def test_what_an_action_says_itself_of_a_code_goes_before_what_is_said_of_all() -> None:
    [missing] = [row for row in coverage("CreateNetworkInterface").codes if row.error.code == "MissingParameter"]
    assert "both forms of security groups" in missing.trigger


def answers(request: type[Request], *, account: str, region: str) -> str:
    sim = Watched()
    return code(sim.ask(request(region_id=region), by=sim.caller(account=account)))


EACH = pytest.mark.parametrize("request_", ACTIONS.values(), ids=ACTIONS)


@EACH
def test_what_is_said_of_all_is_true_of_each(request_: type[Request], monkeypatch: pytest.MonkeyPatch) -> None:
    """The common codes are claimed and not written down action by action, so each of them is asked for here."""
    said = {row.error.code: row for row in coverage(request_.action).codes}
    assert answers(request_, account="nobody", region="cn-hangzhou") in said
    monkeypatch.setattr("cloudsim.operations.admission.check", lambda *_: None)
    is_refused = answers(request_, account="acme", region="nowhere") == "InvalidRegionId.NotFound"
    assert is_refused is ("InvalidRegionId.NotFound" in said)


@EACH
def test_what_a_request_lacks_that_says_nothing_is_among_its_codes(request_: type[Request]) -> None:
    ended = answers(request_, account="acme", region="")
    assert ended in {"ok", *(row.error.code for row in coverage(request_.action).codes)}


def test_codes_of_regions_and_of_what_is_lacking_are_said_only_where_they_can_come() -> None:
    for action in ("DescribeRegions", "DescribeInstanceTypes"):
        codes = {row.error.code for row in coverage(action).codes}
        assert "Throttling" in codes
        assert not {"MissingParameter", "Forbidden.RegionId", "InvalidRegionId.NotFound"} & codes


def test_codes_that_an_action_spells_in_its_own_way_are_said_so() -> None:
    codes = {row.error.code: row.error.http_status for row in coverage("AssignIpv6Addresses").codes}
    assert codes["Forbbiden.SubUser"] == 403
    assert codes["MissingParameter"] == 403
    assert "Forbidden.SubUser" not in codes


def test_an_unknown_action_is_refused_with_the_nearest_one(run: Run) -> None:
    result = run("actions", "DescribeVSwitch")
    assert result.exit_code == 2
    assert result.stderr == "Error: there is no action 'DescribeVSwitch'; did you mean 'DescribeVSwitches'?\n"


def test_a_pattern_that_fits_nothing_finds_nothing(run: Run) -> None:
    result = run("actions", "Foo*")
    assert result.exit_code == 4
    assert "no action fits 'Foo*'" in result.stderr


def test_names_of_actions_are_completed(run: Run) -> None:
    result = run(_CLOUDSIM_COMPLETE="bash_complete", COMP_WORDS="cloudsim actions DescribeV", COMP_CWORD="2")
    assert result.stdout.splitlines() == [f"plain,{name}" for name in ACTIONS if name.startswith("DescribeV")]
