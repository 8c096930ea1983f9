"""A server in a thread of this process, the pytest fixture, and snippets."""

import ast
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

import cloudsim
from cloudsim.cli.commands_serve import CLIENTS, PORT
from cloudsim.cli.main import program
from cloudsim.errors.own import SettingError, WorldError
from cloudsim.gateway.snippets import SNIPPETS
from cloudsim.gateway.thread import ThreadServer
from tests.gateway.server.talking import Talk
from tests.gateway.server.test_timing import CREATE, small_world


def test_it_serves_for_the_length_of_the_block() -> None:
    with cloudsim.serve_in_thread() as server:
        assert server.url == f"http://127.0.0.1:{server.port}" == f"http://{server.endpoint}"
        assert (server.access_key_id, server.access_key_secret) == ("testid", "testsecret")
        with closing(Talk(server)) as talk:
            assert talk.ask("CreateVpc")["VpcId"].startswith("vpc-bp1")
    with pytest.raises(OSError, match="refused"):
        Talk(server).ask("DescribeRegions")
    with pytest.raises(SettingError, match="the server has stopped"):
        server.digest()


def test_what_is_done_with_the_simulation_has_happened_when_it_returns() -> None:
    with cloudsim.serve_in_thread(small_world()) as server, closing(Talk(server)) as talk:
        thrown = server.do(lambda sim: sim.trouble.take_zone_out("cn-hangzhou-h"))
        assert thrown.fate == "ok"
        assert talk.ask("CreateNetworkInterface", **CREATE)["Code"] == "ServiceUnavailable"


def test_what_it_raises_comes_out_and_the_server_goes_on() -> None:
    with cloudsim.serve_in_thread(small_world()) as server, closing(Talk(server)) as talk:
        with pytest.raises(SettingError, match="there is no account 'nobody'"):
            server.do(lambda sim: sim.quota(account="nobody", region="cn-hangzhou"))
        assert talk.ask("DescribeRegions")["RequestId"]


def test_two_servers_do_not_meet() -> None:
    with cloudsim.serve_in_thread(small_world()) as one, cloudsim.serve_in_thread(small_world()) as other:
        with closing(Talk(one)) as talk:
            talk.ask("CreateNetworkInterface", **CREATE)
        assert one.look(lambda sim: sim.sent) == 1
        assert other.look(lambda sim: sim.sent) == 0


def test_a_port_that_is_taken_is_told() -> None:
    with (
        cloudsim.serve_in_thread() as server,
        pytest.raises(SettingError, match=f"cannot listen at 127.0.0.1:{server.port}"),
        cloudsim.serve_in_thread(port=server.port),
    ):
        pass


@pytest.mark.parametrize("world", [3, [], object()])
def test_what_is_no_world_is_refused(world: object) -> None:
    with pytest.raises(SettingError, match="takes a World"), cloudsim.serve_in_thread(world):  # type: ignore[arg-type]
        pass


def test_a_file_may_say_the_world(tmp_path: Path) -> None:
    file = tmp_path / "w.toml"
    file.write_text('format = 1\n[[account]]\nid = "acme"\n[[region]]\nid = "cn-hangzhou"\n')
    with cloudsim.serve_in_thread(file) as server:
        assert server.look(lambda sim: list(sim.cloud.accounts)) == ["acme"]
    with pytest.raises(WorldError, match="cannot be read"), cloudsim.serve_in_thread(tmp_path / "none.toml"):
        pass


def test_the_fixture_gives_a_server_of_the_tests_world(cloud_endpoint: ThreadServer) -> None:
    with closing(Talk(cloud_endpoint)) as talk:
        made = talk.ask("CreateNetworkInterface", VSwitchId="vsw-a", SecurityGroupId="sg-a")
        assert made["NetworkInterfaceId"].startswith("eni-")
    assert cloud_endpoint.look(lambda sim: sim.quota(account="acme", region="cn-hangzhou").used) == 1


def test_the_kinds_of_snippets_are_those_of_the_option() -> None:
    assert tuple(SNIPPETS) == CLIENTS


@pytest.mark.parametrize("kind", CLIENTS)
def test_a_snippet_names_the_server_and_the_key(kind: str) -> None:
    words = ["serve", "--print-client", kind, "--access-key", "my-id:my-secret", "--host", "0.0.0.0"]  # noqa: S104
    result = CliRunner().invoke(program, words)
    assert result.exit_code == 0
    for part in (f"127.0.0.1:{PORT}", "my-id", "my-secret", "cn-hangzhou"):
        assert part in result.stdout
    if kind == "python":
        ast.parse(result.stdout)
