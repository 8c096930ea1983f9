"""Wrong input of every kind is answered by its exit code and a sentence, never by a traceback."""

from pathlib import Path

import pytest

from tests.cli.conftest import Process, Run
from tests.scenario.worlds import WORLD, write

DRIVE = "async def drive(sim): pass\n"

FILES: dict[str, str | bytes] = {
    "binary.py": b"\xff\xfe\0",
    "syntax.py": "def drive(:",
    "fails.py": "import no_such_module",
    "exits.py": "raise SystemExit(0)",
    "nothing.py": WORLD,
    "sync.py": f"{WORLD}def drive(sim): pass",
    "wrong_world.py": f"{DRIVE}def world(): return 3",
    "flat.py": WORLD.replace("10.0.0.0/24", "10.0.0.0/99") + DRIVE,
    "toml_beside.py": f"world = 'typo.toml'\n{DRIVE}",
    "no_toml_beside.py": f"world = 'nowhere.toml'\n{DRIVE}",
    "parameter.py": (
        f"{WORLD}async def drive(sim):\n    client = sim.client(account='acme', region='cn-hangzhou')\n"
        "    await client.create_network_interface(vswitch='vsw-a')\n"
    ),
    "binary.toml": b"\xff\xfe\0",
    "syntax.toml": "format = ",
    "typo.toml": "format = 1\n[[acount]]\nid = 'acme'\n",
    "future.toml": "format = 2\n",
    "kind.toml": "format = 1\n[[account]]\nid = 'acme'\neni_quota = 'many'\n",
    "notes.txt": "",
}

WRONG: dict[str, tuple[int, str]] = {
    "": (2, "Usage: cloudsim"),
    "-v": (2, "Missing command."),
    "rnu pods.py": (2, "Did you mean 'run'?"),
    "run": (2, "Missing argument 'SCENARIO'."),
    "run pods.py more.py": (2, "unexpected extra argument"),
    "run pods.py --sed 3": (2, "--seed"),
    "run pods.py --seed": (2, "Option '--seed' requires an argument"),
    "run pods.py --seed lucky": (2, "'lucky' is neither a whole number nor 'random'"),
    "run pods.py --seed 1.5": (2, "'1.5' is neither a whole number nor 'random'"),
    "run nowhere": (2, "there is no bundled scenario 'nowhere'"),
    "run quota_exhuastion": (2, "did you mean 'quota_exhaustion'?"),
    "run nowhere.py": (2, "nowhere.py: No such file"),
    "run .": (2, ". is a folder"),
    "run notes.txt": (2, "notes.txt is no scenario"),
    "run typo.toml": (2, "typo.toml is a world, which `cloudsim check` reads"),
    "run binary.py": (2, "binary.py: "),
    "run syntax.py": (2, "syntax.py: line 1: "),
    "run fails.py": (2, "fails.py: line 1: ModuleNotFoundError"),
    "run exits.py": (2, "exits.py: line 1: SystemExit: 0"),
    "run nothing.py": (4, "nothing.py: there is nothing to run"),
    "run sync.py": (2, "write async def drive(sim"),
    "run wrong_world.py": (2, "returned int, not a World"),
    "run flat.py": (2, "10.0.0.0/99"),
    "run toml_beside.py": (2, "acount: there is no such key; did you mean 'account'?"),
    "run no_toml_beside.py": (2, "nowhere.toml"),
    "run parameter.py": (2, "parameter.py, line 23: CreateNetworkInterface has no parameter 'vswitch'"),
    "run pods.py --set callers": (2, "'callers' sets nothing: write key=value"),
    "run pods.py --set callers=many": (2, "'callers' is a whole number, such as 3, not 'many'"),
    "run pods.py --set caller=3": (2, "did you mean 'callers'?"),
    "run pods.py --set callers=1 --set callers=2": (2, "'callers' is set twice"),
    "run pods.py --set latency=slow": (2, "there is no latency profile 'slow'"),
    "run pods.py --set strategy=fife": (2, "did you mean 'fifo'?"),
    "run pods.py --set policy.tokn=claim": (2, "did you mean 'token'?"),
    "run pods.py --set policy.token=clam": (2, "did you mean 'claim'?"),
    "run pods.py --set policy.token_window=soon": (2, "'soon' is not a duration"),
    "run pods.py --set quota=-1": (2, "setting 'quota' is at least 0, not -1"),
    "run pods.py --journal .": (2, "'.' is a directory"),
    "run pods.py --out trace.json": (2, "'trace.json' is no KIND=FILE; the kinds are: chrome."),
    "run pods.py --out chrome=": (2, "'chrome=' is no KIND=FILE"),
    "run pods.py --out html=a": (2, "'html=a' is no KIND=FILE"),
    "run trace_replay --set trace=nowhere.csv": (2, "nowhere.csv"),
    "check": (2, "Missing argument 'FILE'."),
    "check nowhere.toml": (2, "nowhere.toml"),
    "check binary.toml": (2, "binary.toml"),
    "check syntax.toml": (2, "syntax.toml"),
    "check typo.toml": (2, "typo.toml: acount: there is no such key; did you mean 'account'?"),
    "check future.toml": (2, "reads format 1, not 2"),
    "check kind.toml": (2, "account[0].eni_quota: expected "),
    "check typo.toml --set a=1": (2, "has no settings"),
    "check flat.py": (2, "10.0.0.0/99"),
    "check nothing.py": (4, "there is nothing to run"),
    "catalogue ecs.g7.xlrge": (2, "did you mean 'ecs.g7.xlarge'?"),
    "catalogue ecs.xn4": (2, "ecs.xn4 has the sizes small"),
    "catalogue nonsense.*": (4, "no instance type fits 'nonsense.*'"),
    "codes MaxEniCountExceeded": (2, "unexpected extra argument"),
    "list --jsn": (2, "--json"),
    "completion tcsh": (2, "'tcsh' is not one of"),
}


@pytest.fixture
def files(folder: Path) -> None:
    for name, text in FILES.items():
        (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize("line", WRONG)
def test_wrong_input_has_its_exit_code_and_its_sentence(run: Run, folder: Path, line: str) -> None:
    code, words = WRONG[line]
    result = run(*line.split())
    assert result.exit_code == code
    assert isinstance(result.exception, SystemExit)
    assert words in result.stderr
    assert "Traceback" not in result.output
    assert result.stdout == ""
    assert not (folder / ".cloudsim").exists()


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize(
    "line",
    [
        "rnu",
        "run nowhere",
        "run binary.py",
        "run nothing.py",
        "run parameter.py",
        "run pods.py --set a",
        "check kind.toml",
    ],
)
def test_a_process_ends_in_the_same_way(process: Process, line: str) -> None:
    code, words = WRONG.get(line, (2, ""))
    result = process(*line.split())
    assert result.returncode == code
    assert words in result.stderr
    assert "Traceback" not in result.stderr
    assert result.stdout == ""


def test_a_wrong_seed_in_the_environment_is_told_with_its_name(run: Run) -> None:
    result = run("run", "pods.py", CLOUDSIM_SEED="lucky")
    assert result.exit_code == 2
    assert "CLOUDSIM_SEED" in result.stderr


def test_every_problem_of_a_world_has_a_line(run: Run, folder: Path) -> None:
    (folder / "world.toml").write_text("format = 1\ncolour = 3\n[[account]]\nid = 'acme'\nquota = 1\n")
    lines = run("check", "world.toml").stderr.splitlines()
    assert len(lines) == 2
    assert all(line.startswith("Error: world.toml: ") for line in lines)


def test_debug_shows_the_traceback_of_wrong_input(run: Run) -> None:
    for words, more in ((("--debug",), {}), ((), {"CLOUDSIM_DEBUG": "1"})):
        result = run("run", "nowhere.py", *words, **more)
        assert result.exit_code == 2
        assert "Traceback" in result.stderr
        assert "Error: nowhere.py: No such file" in result.stderr
    assert "Traceback" in run("--debug", "run", "nowhere.py").stderr


def test_a_drive_that_fails_is_broken_input_of_a_run_and_no_traceback_either(run: Run, folder: Path) -> None:
    write(folder, f"{WORLD}async def drive(sim): sim.nothing\n")
    result = run("run", "pods.py")
    assert result.exit_code == 1
    assert "pods.py, line 21: AttributeError" in result.stdout
    assert "Traceback" not in result.output
