"""Time, as clients see it: waiters come to an end, calls compete, the wall is followed, or nothing moves."""

import threading
from collections.abc import Iterator
from contextlib import closing
from fractions import Fraction
from http.client import RemoteDisconnected
from typing import Any

import pytest

from cloudsim.errors.own import SettingError
from cloudsim.gateway.thread import ThreadServer, serve_in_thread
from cloudsim.gateway.timing import require_time
from cloudsim.operations.operation import Phase
from cloudsim.scenario.settings import Value
from cloudsim.simulation.faults import Match
from cloudsim.simulation.simulation import Simulation
from cloudsim.simulation.world.builder import World
from cloudsim.values.duration import SECOND
from tests.gateway.server.talking import Line, Talk, get, query


def small_world(quota: int = 100, profile: str = "classic") -> World:
    world = World(profile=profile)
    world.account("acme", eni_quota=quota)
    world.region("cn-hangzhou", zones=["cn-hangzhou-h"])
    world.vpc("vpc-1", cidr="10.0.0.0/16")
    world.vswitch("vsw-1", cidr="10.0.0.0/24")
    world.security_group("sg-1")
    world.instance("i-1", type="ecs.g7.xlarge")
    return world


CREATE = {"VSwitchId": "vsw-1", "SecurityGroupId": "sg-1"}


@pytest.fixture
def server() -> Iterator[ThreadServer]:
    with serve_in_thread(small_world()) as started:
        yield started


@pytest.fixture
def talk(server: ThreadServer) -> Iterator[Talk]:
    with closing(Talk(server)) as opened:
        yield opened


def status_of(talk: Talk, eni: str) -> str:
    answer = talk.ask("DescribeNetworkInterfaces", **{"NetworkInterfaceId.1": eni})
    return str(answer["NetworkInterfaceSets"]["NetworkInterfaceSet"][0]["Status"])


def now_of(server: ThreadServer) -> int:
    return server.look(lambda sim: sim.now_ns)


def created(talk: Talk) -> str:
    return str(talk.ask("CreateNetworkInterface", **CREATE)["NetworkInterfaceId"])


def test_an_attachment_waits_for_whoever_asks_for_it(server: ThreadServer, talk: Talk) -> None:
    eni = created(talk)
    talk.ask("AttachNetworkInterface", NetworkInterfaceId=eni, InstanceId="i-1")
    assert talk.ask("DescribeRegions")["RequestId"]
    attached = server.look(lambda sim: str(sim.interfaces(account="acme", region="cn-hangzhou")[-1].status))
    assert attached == "Attaching"
    assert status_of(talk, eni) == "InUse"


def test_a_description_of_something_else_lets_nothing_pass(server: ThreadServer, talk: Talk) -> None:
    eni, other = created(talk), created(talk)
    talk.ask("AttachNetworkInterface", NetworkInterfaceId=eni, InstanceId="i-1")
    assert status_of(talk, other) == "Available"
    assert talk.ask("DescribeVpcs")["TotalCount"] == 1
    assert server.look(lambda sim: len(sim.in_flight)) == 1


def test_a_whole_life_is_waited_through_by_asking(talk: Talk) -> None:
    vpc = talk.ask("CreateVpc")["VpcId"]
    assert talk.ask("DescribeVpcs", VpcId=vpc)["Vpcs"]["Vpc"][0]["Status"] == "Available"
    vswitch = talk.ask("CreateVSwitch", VpcId=vpc, ZoneId="cn-hangzhou-h", CidrBlock="172.16.0.0/20")["VSwitchId"]
    found = talk.ask("DescribeVSwitches", VpcId=vpc)["VSwitches"]["VSwitch"][0]
    assert (found["VSwitchId"], found["Status"]) == (vswitch, "Available")
    eni = created(talk)
    talk.ask("AttachNetworkInterface", NetworkInterfaceId=eni, InstanceId="i-1")
    assert status_of(talk, eni) == "InUse"
    talk.ask("DetachNetworkInterface", NetworkInterfaceId=eni, InstanceId="i-1")
    assert status_of(talk, eni) == "Available"
    talk.ask("StopInstance", InstanceId="i-1")
    stopped = talk.ask("DescribeInstances", InstanceIds='["i-1"]')["Instances"]["Instance"][0]
    assert stopped["Status"] == "Stopped"
    talk.ask("DeleteVSwitch", VSwitchId=vswitch)
    assert talk.ask("DescribeVSwitches", VSwitchId=vswitch)["TotalCount"] == 0


def test_a_route_table_is_waited_for_as_its_vpc_is(talk: Talk) -> None:
    vpc = talk.ask("CreateVpc")["VpcId"]
    (table,) = talk.ask("DescribeRouteTableList", VpcId=vpc)["RouterTableList"]["RouterTableListType"]
    assert (table["VpcId"], table["Status"]) == (vpc, "Available")


def refused(talk: Talk, action: str, **parameters: str) -> str:
    answer = talk.ask(action, **parameters)
    return str(answer.get("Code", "ok"))


def test_who_tries_again_and_again_gets_there_without_describing() -> None:
    with serve_in_thread(small_world(profile="current")) as server, closing(Talk(server)) as talk:
        a_life_without_describing(talk)


def a_life_without_describing(talk: Talk) -> None:
    group = talk.ask("CreateSecurityGroup", VpcId="vpc-1")["SecurityGroupId"]
    eni = talk.ask("CreateNetworkInterface", VSwitchId="vsw-1", SecurityGroupId=group)["NetworkInterfaceId"]
    talk.ask("AttachNetworkInterface", NetworkInterfaceId=eni, InstanceId="i-1")
    life = [refused(talk, "DetachNetworkInterface", NetworkInterfaceId=eni, InstanceId="i-1") for _ in range(2)]
    assert life == ["InvalidOperation.InvalidEniState", "ok"]
    life = [refused(talk, "DeleteNetworkInterface", NetworkInterfaceId=eni) for _ in range(2)]
    assert life == ["InvalidOperation.InvalidEniState", "ok"]
    life = [refused(talk, "DeleteSecurityGroup", SecurityGroupId=group) for _ in range(2)]
    assert life == ["DependencyViolation", "ok"]


def tries(talk: Talk, action: str, **parameters: str) -> int:
    """How often it is refused before it succeeds."""
    for number in range(200):
        if refused(talk, action, **parameters) == "ok":
            return number
    raise AssertionError("it is refused for ever")


def test_who_is_throttled_and_waits_as_he_is_told_gets_through() -> None:
    settings: dict[str, Value] = {"throttling": "minute", "throttling.DescribeVpcs": 3}
    with serve_in_thread(small_world(), settings=settings) as server, closing(Talk(server)) as talk:
        for _ in range(3):
            assert refused(talk, "DescribeVpcs") == "ok"
        assert 30 < tries(talk, "DescribeVpcs") <= 60, "a try a second, until the minute is over"


def test_an_outage_ends_for_who_tries_again(server: ThreadServer, talk: Talk) -> None:
    server.do(lambda sim: sim.trouble.take_zone_out("cn-hangzhou-h", lasting="5m"))
    assert 20 < tries(talk, "CreateNetworkInterface", **CREATE) <= 31


def test_where_nothing_is_to_come_a_refusal_lets_no_time_pass() -> None:
    with serve_in_thread(small_world(quota=1)) as server, closing(Talk(server)) as talk:
        created(talk)
        before_ns = now_of(server)
        for _ in range(10):
            assert refused(talk, "CreateNetworkInterface", **CREATE) == "MaxEniCountExceeded"
        assert now_of(server) - before_ns < 10 * SECOND


def test_a_refusal_that_nothing_cures_lets_no_more_time_pass_than_itself(server: ThreadServer, talk: Talk) -> None:
    eni = created(talk)
    talk.ask("AttachNetworkInterface", NetworkInterfaceId=eni, InstanceId="i-1")
    assert refused(talk, "CreateNetworkInterface", VSwitchId="vsw-1") == "MissingParameter"
    assert server.look(lambda sim: len(sim.in_flight)) == 1


def test_a_call_that_takes_for_ever_keeps_nobody_from_asking_for_something_else_or_from_stopping() -> None:
    with serve_in_thread(small_world()) as server:

        def ticks() -> Iterator[int]:
            while True:
                yield 1

        def plan(sim: Simulation) -> None:
            sim.kernel.process(ticks(), name="ticks")
            sim.faults.delay(Phase.COMMIT, "1000d", Match(action="CreateNetworkInterface"))

        server.do(plan)
        with closing(Line(server)) as line, closing(Talk(server)) as talk:
            line.say(get(query("CreateNetworkInterface", **CREATE)))
            while not server.look(lambda sim: sim.kernel.steps) > 1_000:
                pass
            assert talk.admin("health")["ok"]


def test_refusals_that_were_read_together_let_one_transition_pass(server: ThreadServer, talk: Talk) -> None:
    first, second = created(talk), created(talk)
    for eni in (first, second):
        talk.ask("AttachNetworkInterface", NetworkInterfaceId=eni, InstanceId="i-1")
    bodies = at_once(server, 5, query("DeleteNetworkInterface", NetworkInterfaceId=first))
    assert all(b"InvalidOperation.InvalidEniState" in body for body in bodies)
    assert server.look(lambda sim: len(sim.in_flight)) == 1


def test_an_attachment_that_hangs_does_not_keep_who_asks(server: ThreadServer, talk: Talk) -> None:
    eni = created(talk)
    server.do(lambda sim: sim.faults.hang_attach())
    talk.ask("AttachNetworkInterface", NetworkInterfaceId=eni, InstanceId="i-1")
    assert status_of(talk, eni) == "Attaching"


def test_a_launch_is_seen_on_its_way(talk: Talk) -> None:
    launch = talk.ask(
        "RunInstances", ImageId="img-1", InstanceType="ecs.g7.xlarge", VSwitchId="vsw-1", SecurityGroupId="sg-1"
    )
    ids = launch["InstanceIdSets"]["InstanceIdSet"]
    seen: list[str] = []
    while seen[-1:] != ["Running"]:
        found = talk.ask("DescribeInstances", InstanceIds=f'["{ids[0]}"]')["Instances"]["Instance"]
        seen.append(found[0]["Status"])
        assert len(seen) < 10, seen
    assert len(seen) <= 3


def at_once(server: ThreadServer, count: int, target: str) -> list[bytes]:
    """Send one request over each of several lines so that one look at the sockets finds them all, and read the answers.

    The server is kept from looking meanwhile by a piece of work of our own in its thread.
    """
    lines = [Line(server) for _ in range(count)]
    for line in lines:  # all of them are known to it
        line.say(get(query("DescribeRegions")))
        line.hear()
    begun, sent = threading.Event(), threading.Event()

    def keep(_sim: Simulation) -> None:
        begun.set()
        sent.wait()

    keeper = threading.Thread(target=server.look, args=(keep,))
    keeper.start()
    begun.wait()
    for line in lines:
        line.say(get(target))
    sent.set()
    keeper.join()
    bodies = [line.hear()[1] for line in lines]
    for line in lines:
        line.close()
    return bodies


def orders(seed: int, strategy: str) -> str:
    """Which of the calls that came together passed which phase when."""
    lines: list[bytes] = []
    with serve_in_thread(small_world(), seed=seed, settings={"strategy": strategy, "latency": "none"}) as server:
        server.look(lambda sim: sim.cloud.journal.add_sink(lines.append))
        at_once(server, 4, query("CreateNetworkInterface", **CREATE))
        server.digest()
    text = b"".join(lines).decode()
    return "".join(line for line in text.splitlines(keepends=True) if '"phase"' in line)


def test_calls_that_are_read_together_compete_under_the_strategy() -> None:
    assert orders(1, "fifo") == orders(1, "fifo")
    assert orders(1, "random") == orders(1, "random")
    assert len({orders(seed, "random") for seed in range(4)} | {orders(1, "fifo")}) > 2


def test_of_those_who_compete_for_the_last_place_one_gets_it() -> None:
    with serve_in_thread(small_world(quota=1)) as server:
        bodies = at_once(server, 8, query("CreateNetworkInterface", **CREATE))
        assert sum(b"MaxEniCountExceeded" in body for body in bodies) == 7
        assert sum(b"NetworkInterfaceId" in body for body in bodies) == 1


def test_one_token_makes_one_eni_of_fifty_calls_that_come_together(server: ThreadServer) -> None:
    bodies = at_once(server, 50, query("CreateNetworkInterface", ClientToken="t-1", **CREATE))
    made = [body for body in bodies if b'"NetworkInterfaceId"' in body]
    assert made
    assert all(b"IdempotentProcessing" in body for body in bodies if body not in made)
    assert server.look(lambda sim: sim.quota(account="acme", region="cn-hangzhou").used) == 1


def test_an_answer_that_is_lost_cuts_the_connection(server: ThreadServer, talk: Talk) -> None:
    server.do(lambda sim: sim.faults.lose_answer(Match(action="CreateNetworkInterface")))
    with pytest.raises(RemoteDisconnected):
        talk.ask("CreateNetworkInterface", **CREATE)
    assert talk.ask("DescribeNetworkInterfaces", Type="Secondary")["TotalCount"] == 1


def test_time_follows_the_wall_as_fast_as_it_is_told() -> None:
    with serve_in_thread(small_world(), time="x1000") as server, closing(Talk(server)) as talk:
        eni = created(talk)
        talk.ask("AttachNetworkInterface", NetworkInterfaceId=eni, InstanceId="i-1")
        seen = {status_of(talk, eni)}
        while "InUse" not in seen:
            seen.add(status_of(talk, eni))
        assert now_of(server) > 2 * SECOND


def test_in_real_time_what_is_due_happens_though_nobody_asks() -> None:
    with serve_in_thread(small_world(), time="x100") as server, closing(Talk(server)) as talk:
        eni = created(talk)
        talk.ask("AttachNetworkInterface", NetworkInterfaceId=eni, InstanceId="i-1")
        while server.look(lambda sim: len(sim.in_flight)):
            pass
        assert server.look(lambda sim: str(sim.interfaces(account="acme", region="cn-hangzhou")[-1].status)) == "InUse"


def test_in_steps_a_call_waits_until_the_admin_lets_time_pass() -> None:
    with serve_in_thread(small_world(), time="step") as server, closing(Talk(server)) as talk:
        answers: list[dict[str, Any]] = []

        def create() -> None:
            with closing(Talk(server)) as other:
                answers.append(other.ask("CreateNetworkInterface", **CREATE))

        thread = threading.Thread(target=create)
        thread.start()
        while not server.look(lambda sim: len(sim.in_flight)):
            pass
        assert now_of(server) == 0
        talk.admin("clock", {"advance": "1ms"})
        assert not answers
        talk.admin("clock", {})
        thread.join()
        assert answers[0]["NetworkInterfaceId"]


def test_a_call_that_is_held_is_answered_once_it_is_released(server: ThreadServer) -> None:
    """Holding is told as a fate of the answer, which is no end of it."""
    with serve_in_thread(small_world(), time="step") as stepped:
        answers: list[dict[str, Any]] = []

        def create() -> None:
            with closing(Talk(stepped)) as other:
                answers.append(other.ask("CreateNetworkInterface", **CREATE))

        thread = threading.Thread(target=create)
        thread.start()
        while not stepped.look(lambda sim: len(sim.in_flight)):
            pass

        def hold(sim: Simulation) -> None:
            sim.hold(sim.in_flight[0].reply, Phase.COMMIT)
            sim.run()

        def release(sim: Simulation) -> None:
            sim.release(sim.in_flight[0].reply)
            sim.run()

        stepped.do(hold)
        assert stepped.look(lambda sim: sim.in_flight[0].is_held)
        assert not answers
        stepped.do(release)
        thread.join()
        assert answers[0]["NetworkInterfaceId"]


def test_a_reset_lets_go_whoever_waits() -> None:
    with serve_in_thread(small_world(), time="step") as server, closing(Talk(server)) as talk:
        with closing(Line(server)) as line:
            line.say(get(query("CreateNetworkInterface", **CREATE)))
            while not server.look(lambda sim: len(sim.in_flight)):
                pass
            talk.admin("reset", {})
            assert line.is_closed()
        assert now_of(server) == 0


@pytest.mark.parametrize("name", ["fast", "x", "x0", "x-1", "xx2", "10x", ""])
def test_a_time_that_there_is_not_is_refused(name: str) -> None:
    with pytest.raises(SettingError, match="on-request, real, xN"):
        require_time(name)


def test_times_may_be_fractions() -> None:
    assert require_time("x0.5") == "x0.5"
    assert Fraction("0.5") == Fraction(1, 2)
