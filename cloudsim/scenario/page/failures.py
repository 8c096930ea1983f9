"""What was found: each failure with its smallest schedule, drawn, explained and with its journal beside it.

Several things may be wrong with one and the same run; they share a section.
"""

from collections.abc import Iterator, Mapping, Sequence

from cloudsim.exploration.ready import Step
from cloudsim.scenario.explore import Findings, Found
from cloudsim.scenario.page.commands import command_box, replay_by_file, replay_by_token
from cloudsim.scenario.page.journal import journal_part
from cloudsim.scenario.page.markup import Markup, element
from cloudsim.scenario.page.retelling import Retold, common_ground, failing_runs, retell
from cloudsim.scenario.page.timeline import Lanes, legend, timeline
from cloudsim.scenario.page.words import many


def failures_part(findings: Findings, files: Mapping[str, str]) -> Iterator[Markup]:
    """Write a section for each failing run."""
    for number, (token, wrongs) in enumerate(failing_runs(findings).items(), start=1):
        yield _failure(findings, wrongs, token, files, number)
    small = frozenset(found.kind for found in findings.found)
    for violation in findings.tally.violations.values():
        if violation.kind not in small:
            command = replay_by_token(findings.wanted, findings.token_of(violation.witness))
            told = f" in {many(violation.count, 'run')}; it was not made small"
            whats = element("ul", _what(violation.text, told), class_="whats")
            yield element("section", whats, command_box(command), class_="failure")


def _failure(findings: Findings, wrongs: Sequence[Found], token: str, files: Mapping[str, str], number: int) -> Markup:
    first = wrongs[0]
    retold = retell(first.failing)
    lanes = Lanes.of(retold)
    whats = [_what(found.what, f" in {many(found.count, 'run')}") for found in wrongs]
    size = (
        f"Made small: {many(first.callers, 'caller')}, {many(len(first.failing.log), 'step')}, "
        f"{many(first.deviations, 'deciding step')} ({first.deviations_before} before), "
        f"by {many(first.shrink_runs, 'run')}."
    )
    warning = "This run could not be made again as it was; what follows is as near to it as its choices lead."
    return element(
        "section",
        element("h3", f"Failure {number}"),
        element("ul", whats, class_="whats"),
        element("p", size),
        element("p", warning, class_="warning") if not retold.is_same else "",
        _ways_back(findings, wrongs, token, files),
        timeline(lanes),
        legend(lanes.threads),
        element("div", _why(retold), journal_part(lanes), class_="beside"),
        class_="failure",
    )  # fmt: skip


def _what(text: str, told: str) -> Markup:
    """Say what is wrong: its first line, how often, and the rest as it is laid out."""
    first, _, rest = text.partition("\n")
    return element("li", element("strong", first), told, element("pre", rest) if rest else "", class_="what")


def _ways_back(findings: Findings, wrongs: Sequence[Found], token: str, files: Mapping[str, str]) -> Markup:
    rows = [_way("by token", replay_by_token(findings.wanted, token))]
    written = dict.fromkeys(files[found.kind] for found in wrongs if found.kind in files)
    rows += (_way("by file, which survives edits", replay_by_file(file)) for file in written)
    return element("dl", rows, class_="ways")


def _way(name: str, command: str) -> Markup:
    return element("div", element("dt", name), element("dd", command_box(command)))


def _why(retold: Retold) -> Markup:
    """Explain the deciding steps, one by one."""
    deciding = retold.deciding()
    if not deciding:
        text = "Nobody need be passed over: it fails where whoever has the turn keeps it as long as it can."
        return element("div", element("h4", "What decides"), element("p", text))
    items = [element("li", _explained(retold.log, number), data_step=number) for number in deciding]
    return element("div", element("h4", "What decides"), element("ol", items, class_="why"))


def _explained(log: Sequence[Step], number: int) -> Iterator[Markup | str]:
    step = log[number]
    yield element("strong", f"step {number}: {step.key} goes ahead of {step.base}")
    could = "which could have gone on" if number and log[number - 1].key == step.base else "which was first in line"
    turn = next((at for at in range(number, len(log)) if log[at].key == step.base), None)
    if turn is None:
        yield f", {could} and does not come to it any more."
        return
    phase = f" with {log[turn].phase}" if log[turn].phase else ""
    yield f", {could}{phase} and now does so only at step {turn}."
    ground = common_ground(log, number)
    if ground:
        yield " In between, this was touched that it touches afterwards as well: "
        yield element("code", ", ".join(ground))
        yield "."
