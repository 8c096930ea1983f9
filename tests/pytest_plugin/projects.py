"""Projects of strangers: what they write, and how pytest is run there."""

from pathlib import Path

import pytest

WORLD = """
import pytest
from cloudsim import World, attempt, gather

HOME = {"account": "acme", "region": "cn-hangzhou"}


@pytest.fixture
def cloud_world() -> World:
    return (
        World()
        .account("acme", eni_quota=5)
        .region("cn-hangzhou", zones=["cn-hangzhou-h"])
        .vpc("vpc-a", cidr="10.0.0.0/8")
        .vswitch("vsw-a", cidr="10.0.0.0/24")
        .security_group("sg-a")
    )


def two_creates(sim, **more):
    clients = [sim.client(**HOME) for _ in range(2)]
    return gather(
        attempt(client.create_network_interface, vswitch_id="vsw-a", security_group_id="sg-a", **more)
        for client in clients
    )
"""
"""What the tests of a project have in common."""

INI = """
[pytest]
addopts = --strict-markers --strict-config -p no:cacheprovider
filterwarnings = error
"""


def project(pytester: pytest.Pytester, tests: str, *, ini: str = "") -> Path:
    """Write a project of one test file.

    Args:
        pytester: where.
        tests: beside what :data:`WORLD` says.
        ini: more lines of the ini file.
    """
    pytester.makeini(INI + ini)
    return pytester.makepyfile(test_project=WORLD + tests)


def replay_lines(result: pytest.RunResult) -> list[list[str]]:
    """Give the arguments of the commands that are printed to replay a failure."""
    return [line.split()[1:] for line in result.outlines if line.startswith("pytest ")]
