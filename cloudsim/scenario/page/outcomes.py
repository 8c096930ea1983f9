"""The tally of outcomes as a table: how often each was seen, what it is in words, and how to see it again."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final, TypeAlias

import msgspec

from cloudsim.exploration.tally import Outcome
from cloudsim.scenario.explore import Findings
from cloudsim.scenario.outcome import outcome_in_words
from cloudsim.scenario.page.commands import command_box, replay_by_token
from cloudsim.scenario.page.markup import Markup, element, join
from cloudsim.scenario.page.words import many

_OPEN_MAX: Final = 12
"""So many outcomes are in sight; the others are a click away."""
_DIFFERENCES_MAX: Final = 3
_SHORT: Final = 90

_Facts: TypeAlias = dict[tuple[str, str], str]
"""By thing and field."""


def outcomes_part(findings: Findings) -> Markup:
    """Write the table."""
    outcomes = findings.outcomes()
    if not outcomes:
        return element("p", "No run came to its end.")
    words = [outcome_in_words(one.text) for one in outcomes]
    differences = _differences(outcomes, words)
    total = max(findings.tally.orders, 1)
    rows = [
        _row(findings, one, told=told, difference=difference, total=total)
        for one, told, difference in zip(outcomes, words, differences, strict=True)
    ]
    parts = [_table(rows[:_OPEN_MAX])]
    if len(rows) > _OPEN_MAX:
        title = element("summary", many(len(rows) - _OPEN_MAX, "further outcome"))
        parts.append(element("details", title, _table(rows[_OPEN_MAX:])))
    return join(parts)


def _table(rows: Sequence[Markup]) -> Markup:
    titles = ("share", "orders", "outcome", "see it again")
    head = element("thead", element("tr", (element("th", title, scope="col") for title in titles)))
    return element("table", head, element("tbody", rows), class_="tally")


def _row(findings: Findings, one: Outcome, *, told: str, difference: str, total: int) -> Markup:
    run = one.witness.run
    is_wrong = run is not None and bool(run.wrong)
    bar = element("span", class_="fill", style=f"width:{100 * one.count / total:.2f}%")
    mark = element("span", "wrong" if is_wrong else "fine", class_="tag")
    by = "" if not difference else element("div", f"what tells it apart: {difference}", class_="note")
    return element(
        "tr",
        element("td", element("span", bar, class_="bar"), f"{one.count / total:.1%}", class_="share"),
        element("td", str(one.count), class_="number"),
        element("td", mark, " ", told, by),
        element("td", command_box(replay_by_token(findings.wanted, findings.token_of(one.witness)))),
        class_="outcome wrong" if is_wrong else "outcome fine",
    )


def _differences(outcomes: Sequence[Outcome], words: Sequence[str]) -> list[str]:
    """For outcomes that are the same in words, say what each has that its likes have not."""
    likes: dict[str, _Likes] = {}
    facts = [_facts(one.text) for one in outcomes]
    for fact, told in zip(facts, words, strict=True):
        likes.setdefault(told, _Likes()).add(fact)
    return [likes[told].difference(fact) for fact, told in zip(facts, words, strict=True)]


def _facts(text: str) -> _Facts:
    """Read an outcome as its single facts: for each thing that exists, and each call, all about it."""
    document: Mapping[str, Mapping[str, Any]] = msgspec.json.decode(text)
    return {
        (name, field): value if isinstance(value, str) else msgspec.json.encode(value).decode()
        for kind, things in document.items()
        for name, about in things.items()
        for field, value in (about.items() if kind != "answers" else [("", about)])
    }


class _Likes:
    """Outcomes that are the same in words, and what they have in common."""

    def __init__(self) -> None:
        self._number = 0
        self._same: Counter[tuple[tuple[str, str], str]] = Counter()
        self._having: Counter[str] = Counter()

    def add(self, facts: _Facts) -> None:
        self._number += 1
        self._same.update(facts.items())
        self._having.update(list(dict.fromkeys(thing for thing, _ in facts)))

    def difference(self, facts: _Facts) -> str:
        """Say what one of them has that not all have, in few words."""
        by_thing: dict[str, list[str]] = {}
        for fact in facts.items():
            if self._same[fact] != self._number:
                by_thing.setdefault(fact[0][0], []).append(self._told(*fact))
        told = [" ".join(dict.fromkeys(facts_told)) for facts_told in by_thing.values()]
        more = f" and {len(told) - _DIFFERENCES_MAX} more" if len(told) > _DIFFERENCES_MAX else ""
        return ", ".join(told[:_DIFFERENCES_MAX]) + more

    def _told(self, name: tuple[str, str], value: str) -> str:
        """Tell a fact; of a thing that some of them do not have, only that it is there."""
        thing, field = name
        if self._having[thing] < self._number:
            return thing
        told = f"{thing} {field} {value}" if field else f"{thing} {value}"
        return told if len(told) <= _SHORT else told[:_SHORT] + "…"
