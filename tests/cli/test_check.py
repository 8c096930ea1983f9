"""``cloudsim check``: worlds and scenarios are held against themselves, and nothing runs."""

from pathlib import Path

from tests.cli.conftest import Run
from tests.scenario.worlds import WORLD, write

ACME = """\
format = 1

[[account]]
id = "acme"
eni_quota = 10

[[account]]
id = "other"

[[region]]
id = "cn-hangzhou"
zones = ["cn-hangzhou-h"]

[[vpc]]
id = "vpc-main"
account = "acme"
cidr = "10.0.0.0/8"

[[vswitch]]
id = "vsw-a"
cidr = "10.0.0.0/24"
used = 50

[[security_group]]
id = "sg-main"

[[instance]]
id = "i-1"
type = "ecs.g7.xlarge"

[[eni]]
count = 3
"""


def rows(text: str) -> list[list[str]]:
    return [line.split() for line in text.splitlines()]


def test_a_sound_world_is_counted(run: Run, folder: Path) -> None:
    (folder / "acme.toml").write_text(ACME)
    result = run("check", "acme.toml")
    assert result.exit_code == 0
    assert result.stderr == ""
    found = rows(result.stdout)
    assert found[0] == ["acme.toml:", "a", "sound", "world"]
    for row in (
        ["accounts", "2"],
        ["regions", "1"],
        ["VPCs", "1"],
        ["vSwitches", "1"],
        ["security", "groups", "1"],
        ["instances", "1"],
        ["primary", "ENIs", "1"],
        ["other", "ENIs", "3"],
        ["vsw-a", "10.0.0.0/24", "cn-hangzhou-h", "4", str(252 - 50 - 4)],
        ["acme", "cn-hangzhou", "10", "3", "7"],
        ["other", "cn-hangzhou", "100", "0", "100"],
    ):
        assert row in found


def test_an_empty_world_is_sound(run: Run, folder: Path) -> None:
    (folder / "empty.toml").write_text("format = 1\n")
    result = run("check", "empty.toml")
    assert result.exit_code == 0
    assert ["accounts", "0"] in rows(result.stdout)


def test_a_scenario_is_checked_with_its_settings_and_does_not_run(run: Run, folder: Path) -> None:
    write(folder, f"{WORLD}async def drive(sim, *, callers: int = 3): print('it drove')\n")
    result = run("check", "pods.py", "--set", "quota=7")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[0] == "pods.py: a sound scenario  quota=7  callers=3"
    assert ["acme", "cn-hangzhou", "7", "0", "7"] in rows(result.stdout)
    assert "it drove" not in result.stdout


def test_a_bundled_scenario_is_checked_by_name(run: Run) -> None:
    assert run("check", "quota_exhaustion").stdout.startswith("quota_exhaustion: a sound scenario")


def test_a_recovery_is_known_and_held_against_how_it_is_written(run: Run, folder: Path) -> None:
    drive = f"{WORLD}async def drive(sim): pass\n"
    write(folder, drive + "async def recover(sim, driven, *, patience: int = 3): pass\n", "again")
    result = run("check", "again.py")
    assert result.exit_code == 0
    assert result.stdout.startswith("again.py: a sound scenario, with a recovery  quota=2  patience=3\n")
    for wrong, told in (
        ("recover = 3", "recover is no function; write async def recover(sim, driven, *, ...)"),
        ("def recover(sim, driven): pass", "recover is of the wrong kind"),
        ("async def recover(): pass", "recover takes too few parameters"),
        ("async def recover(sim, driven, more): pass", "recover takes 'more' by position"),
    ):
        write(folder, f"{drive}{wrong}\n", "again")
        result = run("check", "again.py")
        assert (result.exit_code, told in result.stderr) == (2, True), result.output
