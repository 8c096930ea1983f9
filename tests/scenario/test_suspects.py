"""Suspect lines: what a scenario's file has that can make its runs differ."""

from pathlib import Path

import pytest

from cloudsim.scenario.load import bundled
from cloudsim.scenario.suspects import Cause, suspects
from tests.scenario.worlds import GOOD, write

SUSPECT = {
    "import time": (Cause.CHANCE, "time: the wall clock"),
    "import os, random": (Cause.CHANCE, "random: chance that does not follow the seed"),
    "from datetime import datetime": (Cause.CHANCE, "datetime: the wall clock"),
    "from os import urandom": (Cause.CHANCE, "os.urandom: chance that does not follow the seed"),
    "x = os.environ['HOME']": (Cause.PROCESS, "os.environ: the environment"),
    "x = hash('a')": (Cause.PROCESS, "hash(): a text has another hash in every process"),
    "for x in {'a', 'b'}: pass": (Cause.PROCESS, "{'a', 'b'} is walked: "),
    "def f():\n    return [y for y in set('ab')]": (Cause.PROCESS, "set('ab') is walked: "),
    "x = tuple(frozenset('ab') | {'c'})": (Cause.PROCESS, "frozenset('ab') | {'c'} is walked: "),
    "def f():\n    names: object = {'a'}\n    for x in names: pass": (Cause.PROCESS, "names is walked: "),
    "def f():\n    global x": (Cause.STATE, "global x: kept from one run to the next"),
    "SEEN = []": (Cause.STATE, "SEEN = []: kept"),
    "SEEN: list[int] = list()": (Cause.STATE, "SEEN: list[int] = list(): kept"),
    "async def drive(sim, *, seen=[]): pass": (Cause.STATE, "default [] of drive(): kept"),
}


@pytest.mark.parametrize("text", SUSPECT)
def test_a_suspect_line_is_named_with_its_cause(tmp_path: Path, text: str) -> None:
    cause, what = SUSPECT[text]
    (found,) = suspects(write(tmp_path, f"\n{text}\n"))
    assert (found.file, found.cause) == ("pods.py", cause)
    assert found.what.startswith(what)
    assert found.line == 1 + len(text.splitlines())


@pytest.mark.parametrize(
    "text",
    [
        "import os",
        "x = sorted({'a', 'b'})",
        "def f():\n    return {y for y in {1, 2}}",
        "x = len(set('ab'))",
        "x = 'a' in {'a'}",
        "X: int",
        "X = (1, 2)",
        "def f(x=1, *, y=2, z): pass",
        "for x in [1] + [2]: pass",
    ],
)
def test_a_harmless_line_is_not_named(tmp_path: Path, text: str) -> None:
    assert suspects(write(tmp_path, text)) == []


def test_a_long_line_is_quoted_in_part(tmp_path: Path) -> None:
    (found,) = suspects(write(tmp_path, f"NAMES = [{', '.join(map(str, range(1000)))}]\n"))
    assert len(found.what) < 100


def test_lines_come_from_the_top_and_each_cause_has_words(tmp_path: Path) -> None:
    found = suspects(write(tmp_path, "def f():\n    return hash('x')\nimport time\nSEEN = {}\n"))
    assert [one.line for one in found] == [2, 3, 4]
    assert all(cause.text for cause in Cause)


def test_a_good_scenario_has_no_suspects(tmp_path: Path) -> None:
    assert suspects(write(tmp_path, GOOD)) == []


@pytest.mark.parametrize("name", bundled())
def test_bundled_scenarios_have_no_clock_and_no_chance(name: str) -> None:
    assert [one for one in suspects(bundled()[name]) if one.cause is Cause.CHANCE] == []
