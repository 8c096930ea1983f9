"""The page of an exploration: what it says, and that it says nothing but text."""

import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from cloudsim.exploration.tally import Outcome, Tally
from cloudsim.scenario.explore import Exploration
from cloudsim.scenario.page import write_page
from cloudsim.scenario.page.commands import explore_again
from cloudsim.scenario.replay import replay
from cloudsim.scenario.schedule import from_token
from tests.scenario.page.pages import (
    BAD_TOKEN,
    CALLERS,
    HOSTILE_CHECK,
    HOSTILE_NAME,
    HOSTILE_WORD,
    Page,
    bad_page,
    explored,
    hostile,
)


def good_page() -> Page:
    return Page(write_page(explored("token_race", CALLERS), {}))


def test_a_proof_is_said_to_be_one() -> None:
    reach = good_page().one("reach")
    assert "proved" in reach.classes
    orders = explored("token_race", CALLERS).tally.orders
    assert f"proved {orders} of {orders} orders" in reach.text
    assert good_page().one("state").text == "nothing wrong"


def test_a_bounded_search_is_said_to_be_one() -> None:
    reach = bad_page().one("reach")
    assert "bounded" in reach.classes
    assert "bounded 40 tried" in reach.text
    kinds = len(explored("token_race", CALLERS, BAD_TOKEN, schedules=40).tally.violations)
    assert kinds >= 3
    assert bad_page().one("state").text == f"{kinds} things wrong"


def test_an_interrupted_search_is_said_to_be_one() -> None:
    findings = replace(explored("token_race", CALLERS), is_covered=False, was_interrupted=True)
    assert "interrupted" in Page(write_page(findings, {})).one("reach").text


def test_why_orders_do_not_tell_all_is_said() -> None:
    findings = explored("token_race", CALLERS, BAD_TOKEN, schedules=40)
    loose = replace(findings, tally=replace(findings.tally, loose={"instants matter": None}))
    assert "others may lead elsewhere. Besides: instants matter." in Page(write_page(loose, {})).one("reach").text
    covered = replace(loose, is_covered=True)
    assert "does not tell all here: instants matter." in Page(write_page(covered, {})).one("reach").text


def test_the_head_has_all_that_was_set() -> None:
    facts = bad_page().one("facts").text
    for fact in ("seed0", "modeasync", "strategysystematic", "callers2", "policy.tokenlook-up-then-commit", "orders40"):
        assert fact in facts


def test_the_command_explores_the_same_again() -> None:
    findings = explored("token_race", CALLERS, BAD_TOKEN, schedules=40)
    command = (
        "cloudsim explore token_race --seed 0 --set callers=2 --set policy.token=look-up-then-commit "
        "--strategy systematic"
    )
    assert explore_again(findings) == command
    assert command in bad_page().one("again").text
    given = Page(write_page(findings, {}, again="cloudsim explore other")).one("again")
    assert "cloudsim explore other" in given.text


def test_the_command_names_mode_and_faults() -> None:
    findings = explored("token_race", CALLERS, mode="30ms", strategy="random", seeks_faults=True, schedules=3)
    assert explore_again(findings).endswith("--strategy random --mode 30ms --faults")


def test_the_tally_has_a_row_for_each_outcome_and_all_orders() -> None:
    page, findings = bad_page(), explored("token_race", CALLERS, BAD_TOKEN, schedules=40)
    rows = page.all("outcome")
    assert len(rows) == len(findings.tally.outcomes)
    counts = [int(page.all("number", within=row)[0].text) for row in rows]
    assert sum(counts) == 40
    assert counts == sorted(counts, reverse=True)
    widths = [page.all("fill", within=row)[0].attributes["style"] for row in rows]
    assert widths == [f"width:{100 * count / 40:.2f}%" for count in counts]


def test_an_outcome_whose_witness_is_wrong_is_marked() -> None:
    page = bad_page()
    wrong = page.all("outcome", "wrong")
    assert wrong
    assert all("client-1: ok; client-2: ok; 2 ENIs" in row.text for row in wrong)
    assert all("fine" in page.all("tag", within=row)[0].text for row in page.all("outcome", "fine"))


def test_the_witness_of_an_outcome_brings_it_back() -> None:
    page = bad_page()
    for row in page.all("outcome"):
        command = page.all(name="code", within=row)[0].text
        assert command.startswith("cloudsim replay token_race --schedule cs1.")
        run = replay(from_token(command.split()[-1], "token_race")).failing.run
        assert bool(run.wrong) == ("wrong" in row.classes)


def test_outcomes_that_are_equal_in_words_are_told_apart() -> None:
    findings = explored("token_race", ("callers", "3"))
    page = Page(write_page(findings, {}))
    told = [row.text for row in page.all("outcome") if "client-1: ok; client-2: ok; client-3: ok; 1 ENI" in row.text]
    assert len(told) == 3
    assert len({re.search("what tells it apart: (eni-[a-z0-9]+)", text)[1] for text in told}) == 3  # type: ignore[index]


def test_of_things_that_all_have_the_difference_is_told() -> None:
    findings = explored("token_race", CALLERS)
    witness = findings.outcomes()[0].witness
    texts = [
        f'{{"answers": {{"a/1": "Create ok"}}, "enis": {{"eni-1": {{"name": "{name}", "count": 1}}}}}}'
        for name in ("pods", "x" * 100)
    ]
    tally = Tally(orders=2, outcomes={text: Outcome(text, witness, 1) for text in texts})
    told = [row.text for row in Page(write_page(replace(findings, tally=tally), {})).all("outcome")]
    assert "what tells it apart: eni-1 name pods" in told[0]
    assert "eni-1 name xxx" in told[1]
    assert "x…" in told[1]


def test_a_search_that_was_ended_at_once_has_a_page() -> None:
    findings = replace(explored("token_race", CALLERS), tally=Tally(), is_covered=False, was_interrupted=True)
    assert "No run came to its end." in write_page(findings, {})


def test_a_long_explanation_keeps_its_lines() -> None:
    findings = explored("token_race", CALLERS, BAD_TOKEN, schedules=40)
    one = replace(findings.found[0], what="it is wrong\n  because of this\n  and that")
    page = Page(write_page(replace(findings, found=[one]), {}))
    what = page.all("what")[0]
    assert page.all(name="strong", within=what)[0].text == "it is wrong"
    assert page.all(name="pre", within=what)[0].text == "  because of this\n  and that"


def test_many_outcomes_are_a_click_away() -> None:
    findings = explored("token_race", ("callers", "5"), BAD_TOKEN, strategy="random", seeks_faults=True, schedules=30)
    assert len(findings.tally.outcomes) > 13
    page = Page(write_page(findings, {}))
    rest = next(one for one in page.all(name="details") if "further outcomes" in one.text)
    assert len(page.all("outcome")) == len(findings.tally.outcomes)
    assert len(page.all("outcome", within=rest)) == len(findings.tally.outcomes) - 12


def test_what_was_seen_is_counted() -> None:
    findings = explored("token_race", ("callers", "5"), BAD_TOKEN, strategy="random", seeks_faults=True, schedules=30)
    seen = next(one for one in Page(write_page(findings, {})).all("part") if one.attributes["id"] == "seen")
    for name, count in (*findings.tally.codes.items(), *findings.tally.sites.items()):
        assert f"{name}{count}" in seen.text
    assert "runs to the end, each another order30" in seen.text


def test_failures_that_share_a_run_share_a_section() -> None:
    page = bad_page()
    failure = page.one("failure")
    whats = [element.text for element in page.all("what", within=failure)]
    names = {what.partition(":")[0] for what in whats}
    assert names >= {"ENIs that exist", "different ids in the answers", "audit"}
    assert "2 callers, 14 steps, 1 deciding step" in failure.text


def test_the_file_of_a_schedule_is_named() -> None:
    kind = "expectation: ENIs that exist"
    failure = bad_page(**{kind: "some where/x.sched.json"}).one("failure")
    assert "cloudsim replay 'some where/x.sched.json'" in failure.text


def test_a_failure_that_was_not_made_small_is_shown_as_it_was_found() -> None:
    findings = Exploration(wanted="token_race", given=dict((CALLERS, BAD_TOKEN)), shrinks=False).run()
    page = Page(write_page(findings, {}))
    firsts = [strong.text for strong in page.all(name="strong") if strong.inside[-1].classes == ["what"]]
    assert firsts == [violation.text.partition("\n")[0] for violation in findings.tally.violations.values()]
    assert page.all("timeline")
    assert all("cloudsim replay token_race --schedule cs1." in one.text for one in page.all("failure"))


def test_nothing_from_outside_becomes_markup(tmp_path: Path) -> None:
    findings = hostile(tmp_path)
    assert findings.found, "the failure is needed, for its lanes have names from outside"
    text = write_page(findings, {found.kind: "<i>file</i>" for found in findings.found})
    page = Page(text)
    assert len(page.all(name="script")) == 1
    assert not page.all(name="img")
    assert not page.all(name="b", within=page.one(name="header"))
    assert not any(name.startswith("on") for element in page.elements for name in element.attributes)
    assert page.one(name="h1").text == HOSTILE_NAME
    assert f"token:acme/{HOSTILE_WORD}" in [lane.attributes["data-lane"] for lane in page.all("lane", "key")]
    assert any(HOSTILE_CHECK in what.text for what in page.all("what"))
    assert page.one("unseen").text == "seen <i>never</i>"


def test_the_page_forbids_itself_everything_but_its_own_script() -> None:
    page = bad_page()
    (policy,) = (one.attributes["content"] for one in page.all(name="meta") if "http-equiv" in one.attributes)
    digest = b64encode(sha256(page.one(name="script").text.encode()).digest()).decode()
    assert "default-src 'none'" in policy
    assert f"script-src 'sha256-{digest}'" in policy
    places = [one.attributes[name] for one in page.elements for name in ("src", "href") if name in one.attributes]
    assert places == ["data:,"]
    assert "url(" not in page.one(name="style").text


def test_equal_findings_give_equal_pages() -> None:
    findings = explored("token_race", CALLERS, BAD_TOKEN, schedules=40)
    assert write_page(findings, {}) == write_page(findings, {})


@pytest.mark.parametrize("which", ["outcomes", "failures", "seen"])
def test_a_page_has_its_parts(which: str) -> None:
    assert which in [part.attributes["id"] for part in good_page().all("part")]
