"""Whatever a user says is understood or refused in words: no other error ever comes out."""

import copy
import json
import tomllib
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from cloudsim.errors.own import WorldError
from cloudsim.simulation.world.describe_import import import_answers
from cloudsim.simulation.world.describe_pages import Page, gather
from cloudsim.simulation.world.tables import read_tables
from cloudsim.simulation.world.validate import validate
from tests.simulation.world.test_builder import TOML

ANSWERS = {file.name: json.loads(file.read_text("utf-8")) for file in (Path(__file__).parent / "answers").iterdir()}
PAGES = [
    Page(name, "", page)
    for name, document in sorted(ANSWERS.items())
    for page in (document if isinstance(document, list) else [document.get("body", document)])
]

TEXTS = ["", "x", "a b", "{n}", "10.0.0.0/8", "172.16.0.10", "Available", "uniform"]
JUNK: st.SearchStrategy[Any] = st.sampled_from(
    [
        *TEXTS,
        None,
        0,
        -1,
        10**25,
        1.5,
        float("nan"),
        True,
        [],
        {},
        ["a"],
        {"a": 1},
        [{}],
        [{"id": "a"}],
        date(2026, 1, 1),
    ]
)


def places_in(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """All paths into a document."""
    keys = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else []
    for key in keys:
        yield (*path, key)
        yield from places_in(value[key], (*path, key))


@st.composite
def spoilt(draw: st.DrawFn, document: Any) -> Any:
    """A document in which one to three values are changed, or gone."""
    document = copy.deepcopy(document)
    for _ in range(draw(st.integers(1, 3))):
        *parents, key = draw(st.sampled_from(list(places_in(document))))
        home = document
        for parent in parents:
            home = home[parent]
        if draw(st.booleans()):
            home[key] = copy.deepcopy(draw(JUNK))
        else:
            del home[key]
    return document


def understood_or_refused(tables: dict[str, Any]) -> None:
    with suppress(WorldError):
        validate(read_tables(tables))


@given(spoilt(tomllib.loads(TOML)))
def test_a_spoilt_world_is_understood_or_refused(tables: dict[str, Any]) -> None:
    understood_or_refused(tables)


@given(st.data(), st.integers(0, len(PAGES) - 1))
def test_a_spoilt_answer_is_understood_or_refused(data: st.DataObject, place: int) -> None:
    page = PAGES[place]
    pages = [*PAGES[:place], Page(page.file, "", data.draw(spoilt(page.body))), *PAGES[place + 1 :]]
    with suppress(WorldError):
        tables = import_answers(gather(pages), account=None, vpc_prefix_min=8)
        understood_or_refused({"format": 1, **tables})
