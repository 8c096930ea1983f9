"""The official Node SDKs, unmodified, each program a process of its own."""

import json
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from cloudsim import Match
from cloudsim.gateway.thread import ThreadServer, serve_in_thread
from tests.gateway.sdk.serving import a_world

HERE = Path(__file__).parent / "node"


@cache
def what_is_missing() -> str:
    """Say why the SDKs cannot run here; empty if they can."""
    if shutil.which("node") is None:
        return "there is no node"
    found = subprocess.run(
        ["node", "-e", "require.resolve('@alicloud/ecs20140526'); require.resolve('@alicloud/vpc20160428')"],
        cwd=HERE,
        capture_output=True,
        check=False,
    )
    return "" if found.returncode == 0 else "the Node SDKs are not installed: npm install in tests/gateway/sdk/node"


@pytest.fixture(autouse=True)
def _node() -> None:
    if what_is_missing():
        pytest.skip(what_is_missing())


def run(program: str, server: ThreadServer) -> Any:
    """Run a program against a server, and give what it printed."""
    done = subprocess.run(
        ["node", program, server.endpoint, server.access_key_id, server.access_key_secret],
        cwd=HERE,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_whole_life() -> None:
    with serve_in_thread(verify_signatures=True) as server:
        assert run("life.js", server)["addresses"] == 5


def test_refusals_are_the_errors_of_the_sdk_and_fifty_creates_at_once_with_one_token_are_one_eni() -> None:
    with serve_in_thread(a_world(quota=2)) as server:
        server.do(lambda sim: sim.faults.throttle(Match(first=3)))
        said = run("small.js", server)
        assert said["endings"] == [
            ["ok", "CreateNetworkInterfaceResponseBody"],
            ["IdempotentParameterMismatch", "ClientError"],
            ["Throttling.User", "ThrottlingError"],
            ["MaxEniCountExceeded", "ClientError"],
        ]
        assert len(said["told"]) == 50
        assert len(set(said["told"])) == 1
        assert server.look(lambda sim: len(sim.interfaces(account="acme", region="cn-hangzhou"))) == 2
