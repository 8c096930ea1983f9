"""Outcomes: what a caller could be sorry for makes the difference, what the order alone draws does not."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from cloudsim.scenario.outcome import Answers, outcome_in_words, outcome_of
from tests.small_world import Watched, a_create, a_delete


def outcome(act: Callable[[Watched, Answers], object], **options: Any) -> str:
    sim, answers = Watched(**options), Answers()
    sim.observers.append(answers)
    act(sim, answers)
    sim.run()
    return outcome_of(answers.endings, sim.cloud)


def two(sim: Watched, _: Answers) -> None:
    sim.send()
    sim.send(by=sim.caller(account="acme", name="bob"))


def two_in_turn(sim: Watched, _: Answers) -> None:
    bob = sim.caller(account="acme", name="bob")
    sim.ask(by=bob)
    sim.ask()


def test_who_came_first_makes_no_difference_where_all_end_alike() -> None:
    one, other = json.loads(outcome(two)), json.loads(outcome(two_in_turn))
    assert (
        one["answers"]
        == other["answers"]
        == {"alice/1": "CreateNetworkInterface ok", "bob/1": "CreateNetworkInterface ok"}
    )
    assert one["enis"] == other["enis"]
    (eni, *_) = one["enis"].values()
    assert "mac" not in eni
    assert eni["addresses"] == 1


def test_equal_runs_have_equal_texts_whatever_order_their_calls_departed_in() -> None:
    assert outcome(two) == outcome(two_in_turn)


@pytest.mark.parametrize(
    "other",
    [
        lambda sim, _: sim.ask(),
        lambda sim, _: sim.ask(network_interface_name="named"),
        lambda sim, _: sim.ask(a_delete(sim.make().network_interface_id)),
        lambda sim, _: sim.ask(a_create(vswitch_id="vsw-none")),
        lambda sim, _: sim.ask(secondary_private_ip_address_count=2),
    ],
)
def test_another_answer_or_another_cloud_is_another_outcome(other: Callable[[Watched, Answers], object]) -> None:
    assert outcome(other) != outcome(lambda _sim, _answers: None)
    assert outcome(other) == outcome(other)
    assert outcome(other) != outcome(lambda sim, _: (sim.ask(), sim.ask()))


def test_a_call_without_an_answer_is_told_as_such() -> None:
    def lost(sim: Watched, _: Answers) -> None:
        sim.faults.lose_answer()
        sim.ask()

    text = outcome(lost)
    assert json.loads(text)["answers"] == {"alice/1": "CreateNetworkInterface no answer"}
    assert outcome_in_words(text) == "alice: no answer; 1 ENI"


def test_in_words_each_caller_is_told_and_equal_endings_once() -> None:
    def act(sim: Watched, _: Answers) -> None:
        two(sim, _)
        sim.ask()
        sim.ask(vswitch_id="vsw-none")

    assert outcome_in_words(outcome(act)) == "alice: ok x 2, InvalidVSwitchId.NotFound; bob: ok; 3 ENIs"


def test_with_many_callers_only_how_many_ended_how() -> None:
    def act(sim: Watched, _: Answers) -> None:
        for number in range(7):
            sim.send(by=sim.caller(account="acme", name=f"c{number}"))

    text = outcome(act)
    assert outcome_in_words(text) == "ok x 7; 7 ENIs"
    assert outcome_in_words(text, callers_max=7).startswith("c0: ok; c1: ok;")


def test_a_text_that_is_no_outcome_is_given_as_it_is() -> None:
    assert outcome_in_words("broken off, for it does not end") == "broken off, for it does not end"
