"""The mark, the fixtures and the options, each by what it does to a test."""

import pytest

import cloudsim.pytest_plugin.plain  # loaded here, so that pytester does not unload it after a run
import cloudsim.pytest_plugin.trying  # noqa: F401
from tests.pytest_plugin.projects import project, replay_lines

pytest_plugins = ["pytester"]


def run(pytester: pytest.Pytester, tests: str, *arguments: str, ini: str = "") -> pytest.RunResult:
    project(pytester, tests, ini=ini)
    # Nobody else's plug-ins: those that are loaded already have state of this process.
    return pytester.runpytest_inprocess(
        "-p", "no:trio", "-p", "no:asyncio", "-p", "no:cov", "-p", "no:xdist", *arguments
    )


def test_without_schedules_a_test_is_run_once_with_latencies(pytester: pytest.Pytester) -> None:
    tests = """
seen = []

@pytest.mark.cloudsim
async def test_once(sim):
    await two_creates(sim)
    seen.append(sim.now_ns)

def test_seen():
    assert len(seen) == 1
    assert seen[0] > 0
"""
    result = run(pytester, tests, "-v")
    result.assert_outcomes(passed=2)
    result.stdout.fnmatch_lines(["*test_once  1 run  seed 0"])


def test_the_failure_of_a_single_run_is_told_and_replayed(pytester: pytest.Pytester) -> None:
    tests = """
@pytest.mark.cloudsim(seed=3)
async def test_once(sim):
    await two_creates(sim)
    assert sim.seed == 0
"""
    result = run(pytester, tests)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["E * assert 3 == 0", "seed 3  mode ties", "failed in its only run"])
    again = run(pytester, tests, *replay_lines(result)[0][1:])
    again.assert_outcomes(failed=1)
    again.stdout.fnmatch_lines(["E * assert 3 == 0", "seed 3  mode ties"])


def test_the_command_line_goes_before_the_mark_and_the_mark_before_the_ini(pytester: pytest.Pytester) -> None:
    tests = """
@pytest.mark.cloudsim
async def test_ini(sim):
    await two_creates(sim)

@pytest.mark.cloudsim(seed=2, strategy="random", schedules=3)
async def test_mark(sim):
    await two_creates(sim)
"""
    ini = "cloudsim_seed = 4\ncloudsim_schedules = 5\ncloudsim_strategy = pos"
    result = run(pytester, tests, "-v", ini=ini)
    result.assert_outcomes(passed=2)
    result.stdout.fnmatch_lines(
        ["*_ini  bounded: 5 tried  seed 4  strategy pos", "*_mark  bounded: 3 tried  seed 2  strategy random"]
    )
    options = ("--cloudsim-seed=6", "--cloudsim-schedules=7", "--cloudsim-strategy=surw")
    result = run(pytester, tests, "-v", *options, ini=ini)
    result.stdout.fnmatch_lines(["cloudsim: seed 6, schedules 7, strategy surw"])
    result.stdout.fnmatch_lines([f"*_{name}  bounded: 7 tried  seed 6  strategy surw" for name in ("ini", "mark")])


def test_marks_of_module_class_and_test_add_up_and_parameters_and_fixtures_work(pytester: pytest.Pytester) -> None:
    tests = """
pytestmark = pytest.mark.cloudsim(seed=5, schedules=2, strategy="random")

@pytest.fixture(params=[1, 2])
def vswitches(request):
    return request.param

@pytest.fixture
def cloud_world(cloud_world, vswitches):
    for number in range(vswitches):
        cloud_world.vswitch(f"vsw-{number}", cidr=f"10.1.{number}.0/24")
    return cloud_world

@pytest.mark.cloudsim(schedules=3)
class TestOfAClass:
    @pytest.mark.parametrize("name", ["one"])
    async def test_it(self, sim, name, vswitches):
        assert name == "one"
        assert len(sim.cloud.vswitches) == 1 + vswitches
        await two_creates(sim)
"""
    result = run(pytester, tests, "-v")
    result.assert_outcomes(passed=2)
    result.stdout.fnmatch_lines(["*test_it[[]*1*]  bounded: 3 tried  seed 5  strategy random"])


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("await trio.Event().wait()", "everybody waits and nothing is due*"),
        ("sim.always('never', lambda: False)", "*never: it is not always so*"),
        ("sim.eventually('late', lambda: False, within='1s')", "*late: it did not come within 1s*"),
        ("sim.sometimes('seen', False)", "*never seen in * orders, and sometimes expected: 'seen'*"),
        ("sim.client(account='acme', regoin='x')", "*unexpected keyword argument 'regoin'*"),
        ("await sim.client(account='acme').create_network_interface(vswitch='x')", "*vswitch*"),
        ("raise KeyError('own')", "*KeyError: 'own'*"),
    ],
)
def test_what_is_wrong_besides_an_assertion_fails_as_well(pytester: pytest.Pytester, body: str, told: str) -> None:
    tests = f"""
import trio

@pytest.mark.cloudsim(schedules=20)
async def test_it(sim):
    await two_creates(sim)
    {body}
"""
    result = run(pytester, tests)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines([told])


def test_the_audit_fails_a_test_that_asserts_nothing(pytester: pytest.Pytester) -> None:
    tests = """
@pytest.mark.cloudsim(schedules=100, policy={"address": "check-then-act"})
async def test_it(sim):
    await two_creates(sim, primary_ip_address="10.0.0.9")
"""
    result = run(pytester, tests)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["audit: *10.0.0.9*", "*- cloudsim -*", ">*", "replay it:"])


def test_what_a_test_says_to_pytest_is_heard(pytester: pytest.Pytester) -> None:
    tests = """
@pytest.mark.cloudsim(schedules=20)
async def test_skips(sim):
    pytest.skip("not here")

@pytest.mark.cloudsim
async def test_fails_as_expected(sim):
    pytest.xfail("not yet")

@pytest.mark.cloudsim(schedules=20)
@pytest.mark.xfail(strict=True)
async def test_is_expected_to_fail(sim):
    await two_creates(sim)
    raise AssertionError
"""
    result = run(pytester, tests)
    result.assert_outcomes(skipped=1, xfailed=2)


def test_a_test_that_keeps_something_from_run_to_run_is_told_so(pytester: pytest.Pytester) -> None:
    tests = """
@pytest.fixture
def kept():
    return []

@pytest.mark.cloudsim(schedules=20)
async def test_it(sim, kept):
    await two_creates(sim)
    kept.append(1)
    assert len(kept) != 2
"""
    result = run(pytester, tests)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        ["*the test does not do the same in two runs*", "*fixtures are shared by all its runs*"]
    )


@pytest.mark.parametrize(
    ("mark", "told"),
    [
        ("(schedules=0)", "schedules is a whole number of at least 1, not 0"),
        ("(sed=1)", "the mark cloudsim takes no 'sed'; did you mean 'seed'?"),
        ("(200)", "the mark cloudsim takes its parameters by name, such as schedules=200"),
        ("(seed='x')", "seed is a whole number, not 'x'"),
        ("(faults=1)", "cloudsim(faults=...) is True or False, not 1"),
        ("(policy='claim')", "cloudsim(policy=...) is a dictionary, not 'claim'"),
        ("(latency=5)", "cloudsim(latency=...) is a name, not 5"),
        ("(throttling=5)", "cloudsim(throttling=...) is a name or a dictionary, not 5"),
        ("(strategy='pot')", "*there is no strategy 'pot'; did you mean*"),
        ("(schedules=2, mode='sync')", "*there is no mode 'sync'*"),
        ("(schedules=2, policy={'tokn': 'claim'})", "*there is no policy 'tokn'; did you mean 'token'?*"),
    ],
)
def test_a_mark_that_cannot_be_is_refused_in_words(pytester: pytest.Pytester, mark: str, told: str) -> None:
    result = run(pytester, f"\n@pytest.mark.cloudsim{mark}\nasync def test_it(sim):\n    pass\n")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines([told])


def test_settings_of_the_mark_are_those_of_scenarios(pytester: pytest.Pytester) -> None:
    tests = """
@pytest.mark.cloudsim(seed=1, latency="default", throttling="minute", consistency="eventual", faults=True)
async def test_it(sim):
    await two_creates(sim)
    assert sim.fault_sites is not None
    assert sim.latency.name == "default"

@pytest.mark.cloudsim(schedules=9, faults=True, strategy="portfolio", mode="5ms", throttling={"*": 9})
async def test_limits_without_throttling(sim):
    pass
"""
    result = run(pytester, tests)
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["*limits nothing while throttling is off*"])


def test_sim_is_for_marked_async_tests_alone(pytester: pytest.Pytester) -> None:
    tests = """
def test_plain(sim):
    sim.client(account="acme")

@pytest.mark.cloudsim
async def test_without():
    pass

@pytest.mark.cloudsim
async def test_both(sim, simulation):
    pass

class TestOfOthers:
    @pytest.fixture
    def sim(self):
        return 1

    @pytest.mark.cloudsim
    async def test_hidden(self, sim):
        pass
"""
    result = run(pytester, tests)
    result.assert_outcomes(failed=3, errors=1)
    result.stdout.fnmatch_lines(["*a test has 'sim', a session for each order, or 'simulation'*"])
    result.stdout.fnmatch_lines(["*sim.client: each run has a session of its own*"])
    result.stdout.fnmatch_lines(["*takes its session as a parameter: async def test(sim)*"])
    result.stdout.fnmatch_lines(["*the fixture 'sim' is another one here*"])


def test_a_world_that_is_none_is_refused(pytester: pytest.Pytester) -> None:
    tests = """
@pytest.fixture
def cloud_world():
    return "acme.toml"

@pytest.mark.cloudsim
async def test_marked(sim):
    pass

def test_plain(simulation):
    pass
"""
    result = run(pytester, tests)
    result.assert_outcomes(failed=1, errors=1)
    result.stdout.fnmatch_lines(["cloud_world is a World or a WorldSpec, not str"])


def test_a_simulation_is_audited_when_the_test_is_over(pytester: pytest.Pytester) -> None:
    tests = """
@pytest.mark.cloudsim(seed=9, policy={"token": "look-up-then-commit"}, latency="none", strategy="auto")
def test_it(simulation):
    assert simulation.seed == 9
    simulation.drive(lambda: two_creates(simulation, client_token="t"))

def test_fails(simulation):
    simulation.always("never", lambda: False)
    simulation.drive(lambda: two_creates(simulation))
    assert not simulation.seed
    assert simulation.seed == 1
"""
    result = run(pytester, tests)
    result.assert_outcomes(passed=1, failed=1, errors=2)
    result.stdout.fnmatch_lines(["audit: token t of acme made 2 ENIs"])
    result.stdout.fnmatch_lines(["never: it is not always so*"])
    result.stdout.fnmatch_lines(["simulation with seed 0"])


def test_the_default_world_will_do(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import pytest

        @pytest.mark.cloudsim(schedules=5)
        async def test_it(sim):
            client = sim.client(account="acme", region="cn-hangzhou")
            await client.create_network_interface(vswitch_id="vsw-a", security_group_id="sg-a")
        """
    )
    result = pytester.runpytest_inprocess("-p", "no:trio", "-p", "no:asyncio", "-p", "no:cov", "-p", "no:xdist")
    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines(["cloudsim: 1 proved, 0 bounded*"])


ONE = """
@pytest.mark.cloudsim
async def test_one(sim):
    await two_creates(sim)
"""


def test_a_schedule_is_of_one_test(pytester: pytest.Pytester) -> None:
    result = run(pytester, ONE + ONE.replace("one", "other"), "--cloudsim-schedule=cs1.x")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*--cloudsim-schedule runs one test again, and 2 are selected*"])


def test_a_schedule_that_is_none_is_refused(pytester: pytest.Pytester) -> None:
    result = run(pytester, ONE, "--cloudsim-schedule=cs1.x")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["the schedule token is damaged*"])


CHANGED = """
@pytest.mark.cloudsim(schedules=50)
async def test_one(sim):
    await two_creates(sim, client_token="t")
    assert {condition}
"""


def test_a_schedule_of_a_test_that_was_edited_goes_by_its_order_or_says_that_it_cannot(
    pytester: pytest.Pytester,
) -> None:
    broken = run(pytester, CHANGED.format(condition="sim.interfaces(**HOME)[0].id.endswith('0000')"))
    by_token, by_file = replay_lines(broken)
    mended = run(pytester, CHANGED.format(condition="True"), "-v", *by_token[1:])
    mended.assert_outcomes(passed=1)
    mended.stdout.fnmatch_lines(["*the schedule was followed by choices*, and nothing was wrong"])
    mended = run(pytester, CHANGED.format(condition="True"), "-v", *by_file[1:])
    mended.assert_outcomes(passed=1)


def test_a_marked_test_may_be_given_values_and_worlds_by_hypothesis(pytester: pytest.Pytester) -> None:
    tests = """
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from cloudsim.hypothesis import worlds

@given(cloud_world=worlds(), number=st.integers(0, 1))
@settings(deadline=None, database=None, max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.cloudsim(schedules=4)
@pytest.mark.parametrize("name", ["one", "two"])
async def test_it(sim, cloud_world, number, name):
    assert "vsw-1" in sim.cloud.vswitches
    assert name in ("one", "two")
"""
    result = run(pytester, tests, "-v")
    result.assert_outcomes(passed=2)
    result.stdout.fnmatch_lines(["*test_it[[]one]  proved: 1 of 1 order*", "*test_it[[]two]  proved: 1 of 1 order*"])
