"""``--version``: what runs, on what, and whether somebody else has the name."""

import platform
from importlib import metadata

import pytest

import cloudsim
from cloudsim.cli.about import DEPENDENCIES, other_owners
from tests.cli.conftest import Run


def test_the_version_is_one_line_with_python_and_trio(run: Run) -> None:
    line = f"cloudsim {cloudsim.__version__} (Python {platform.python_version()}, trio {metadata.version('trio')})\n"
    assert run("--version").stdout == line


@pytest.mark.parametrize("words", [("--version", "-v"), ("-v", "--version"), ("--version", "--verbose")])
def test_the_long_version_adds_the_dependencies(
    run: Run, monkeypatch: pytest.MonkeyPatch, words: tuple[str, str]
) -> None:
    monkeypatch.setattr(metadata, "packages_distributions", lambda: {"cloudsim": ["cloudsim-eni"]})
    lines = run(*words).stdout.splitlines()
    assert lines[1:] == [f"{name} {metadata.version(name)}" for name in DEPENDENCIES]


def test_another_owner_of_the_name_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metadata, "packages_distributions", lambda: {"cloudsim": ["cloudsim_eni", "cloudsim"]})
    result = run("--version", "-v")
    assert result.exit_code == 0
    assert "warning: cloudsim installed files under the same name" in result.stdout


def test_a_dependency_that_is_missing_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", missing)
    assert "trio is not installed" in run("--version").stdout


def test_our_own_names_are_no_other_owners() -> None:
    assert other_owners(["cloudsim-eni", "cloudsim_eni", "Cloudsim.Eni"]) == ["Cloudsim.Eni"]
    assert other_owners(["zz", "cloudsim", "cloudsim"]) == ["cloudsim", "zz"]
