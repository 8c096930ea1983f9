"""Durable names: what a schedule calls calls, what they make and their answers, so that it survives edits."""

from cloudsim.exploration.naming import DurableNames
from cloudsim.values.draws import MARK_LENGTH, Draws
from cloudsim.values.entropy import Entropy


def names_of(*calls: tuple[str, str, str]) -> DurableNames:
    names = DurableNames()
    for call in calls:
        names.note(*call)
    return names


def test_a_call_counts_the_calls_of_its_action_alone() -> None:
    names = names_of(("pod/1", "Describe", ""), ("pod/2", "Create", ""), ("pod/3", "Create", ""), ("worker#3", "", ""))
    assert [names[name] for name in ("pod/1", "pod/2", "pod/3", "worker#3")] == [
        "pod/Describe#1", "pod/Create#1", "pod/Create#2", "worker#3",
    ]  # fmt: skip


def test_an_actor_that_comes_again_keeps_its_name() -> None:
    names = names_of(("pod/1", "Create", ""), ("pod/1", "Create", ""))
    assert names["pod/1"] == "pod/Create#1"


def test_the_key_of_what_a_call_made_and_of_its_answer_are_named_by_it() -> None:
    draws = Draws(Entropy(7), "pod/2")
    names = names_of(("pod/2", "Create", draws.mark))
    made = draws.id("eni", "bp1", ())
    assert names.key(f"eni:{made}") == "eni:<pod/Create#1>"
    assert names.key("reply:pod/2") == "reply:<pod/Create#1>"
    assert names.key("quota:acme/cn-hangzhou") == "quota:acme/cn-hangzhou"


def test_the_mark_of_a_call_is_the_end_of_every_id_that_it_draws() -> None:
    draws = Draws(Entropy(7), "pod/2")
    ids = [draws.id("eni", "bp1", ()), draws.id("vpc", "", ()), draws.id("sg", "uf6", ())]
    assert {made[-MARK_LENGTH:] for made in ids} == {draws.mark}
