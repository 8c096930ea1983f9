"""``cloudsim validate`` and ``cloudsim search`` as commands."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cloudsim.cli import validate as command
from cloudsim.cli.main import program
from cloudsim.whatif.validation.case import Case, Scale, refused

EXPERIMENT = """
format = 1
name = "pool"
runs = 3
horizon = "200h"
[world]
account = [{ id = "acme" }]
region = [{ id = "cn-hangzhou" }]
vpc = [{ id = "vpc-1", cidr = "10.0.0.0/16" }]
vswitch = [{ id = "vsw-a", cidr = "10.0.0.0/28" }]
security_group = [{ id = "sg-1" }]
[[workload]]
name = "pods"
kind = "poisson"
rate = "8/h"
lifetime = { kind = "exponential", mean = "1h" }
[[target]]
metric = "rejection_ratio"
at_most = 0.05
[axes]
"account.acme.eni_quota" = [100, 200]
"""


def run(*words: str) -> Result:
    """Run the program in this process."""
    return CliRunner().invoke(program, words, prog_name="cloudsim")


def test_a_family_is_validated_for_people() -> None:
    result = run("validate", "--quick", "--family", "named addresses")
    assert result.exit_code == 0, result.output
    assert "InvalidPrivateIpAddress.Duplicated" in result.output
    assert "All 2 checks agree with their formulas" in result.output


def test_cases_have_the_documented_keys() -> None:
    result = run("validate", "--quick", "--family", "token bucket", "--json")
    document = json.loads(result.stdout)
    assert result.exit_code == 0
    assert len(document["cases"]) == 4
    wanted = {"family", "name", "parameters", "code", "expected", "estimate", "standard_error", "n", "z"}
    assert all(wanted <= set(case) for case in document["cases"])


def test_there_must_be_such_a_family() -> None:
    result = run("validate", "--family", "pols")
    assert result.exit_code == 2
    assert "did you mean 'pool'" in result.output


@pytest.mark.parametrize("words", [(), ("--json",), ("--quiet",)])
def test_a_case_that_is_off_is_told_by_the_exit_code(words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    def cases(_: Scale) -> tuple[Case, ...]:
        def trial(run: int) -> dict[str, float]:
            return {"offered": 10, "rejected.Full": run % 3}

        return (Case(family="made up", name="x", parameters={}, trial=trial, runs=9, checks=(refused("Full", 0.9),)),)

    monkeypatch.setattr(command, "all_cases", cases)
    result = run("validate", *words)
    assert result.exit_code == 1
    assert "standard errors below" in result.stdout
    assert "1 of 1 checks are off" in result.stdout or "--json" in words


def test_nothing_is_printed_quietly_where_all_is_good() -> None:
    assert run("validate", "--quick", "--family", "fixed minute", "--quiet").output == ""


def test_a_search_ends_in_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "pool.toml"
    file.write_text(EXPERIMENT)
    result = run("search", str(file), "--smallest", "vswitch", "-j", "1")
    assert result.exit_code == 0, result.output
    assert "Of the axis account.acme.eni_quota the first value was taken: 100" in result.output
    assert result.output.rstrip().splitlines()[-1].startswith("Take vswitch.vsw-a.cidr = 10.0.0.0/27: the smallest")


def test_a_search_that_finds_nothing_says_what_binds(tmp_path: Path) -> None:
    file = tmp_path / "pool.toml"
    file.write_text(EXPERIMENT)
    result = run("search", str(file), "--smallest", "quota", "--range", "12:13", "-j", "1", "--json")
    assert result.exit_code == 1, result.output
    document = json.loads(result.stdout)
    assert document["answer"] is None
    assert document["target"] == {"metric": "rejection_ratio", "at_most": 0.05}
    assert [one["value"] for one in document["tried"]] == [12, 13]
    assert set(document["tried"][0]["metrics"]["rejection_ratio"]) >= {"estimate", "low", "high", "n", "method"}


@pytest.mark.parametrize("said", ["7", "9:3", "a:b"])
def test_a_range_is_low_and_high(said: str) -> None:
    result = run("search", "x.toml", "--smallest", "quota", "--range", said)
    assert result.exit_code == 2
    assert "is no LOW:HIGH" in result.output
