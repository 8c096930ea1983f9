"""The journal: canonical lines, a running digest, sinks, and memory that does not grow with the run."""

from hashlib import sha256

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloudsim.operations.operation import Phase
from cloudsim.resources.journal import Fact, Journal, SilentJournal

FACTS = st.dictionaries(
    st.sampled_from(["of", "count", "addresses", "tags", "ok"]),
    st.text() | st.integers(-(10**18), 10**18) | st.booleans() | st.none() | st.lists(st.text()),
)


def filled(events: int, *, keep: bool) -> Journal:
    journal = Journal(keep=keep)
    for number in range(events):
        journal.write(number, f"client/{number}", "held", {"count": number})
    return journal


@given(facts=FACTS)
def test_a_line_is_sorted_compact_and_reads_back(facts: dict[str, Fact]) -> None:
    journal = Journal(keep=True)
    journal.write(5, "client/1", "held", dict(facts))
    (line,) = journal.lines
    assert msgspec.json.decode(line) == {**facts, "call": "client/1", "ev": "held", "n": 0, "t": 5}
    assert list(msgspec.json.decode(line)) == sorted(msgspec.json.decode(line))
    assert b"\n" not in line


def test_the_line_of_a_phase_is_like_any_other_and_waits_no_longer() -> None:
    short, long = Journal(), Journal()
    for number in range(1100):
        short.write_phase(number, f"client/{number}", Phase.COMMIT)
        long.write(number, f"client/{number}", "phase", {"phase": "COMMIT"})
    assert len(short._pending) == len(long._pending) < 600
    assert short.digest() == long.digest()


@pytest.mark.parametrize("events", [0, 1, 511, 512, 513, 1600])
def test_the_digest_is_the_hash_of_all_lines_with_their_ends(events: int) -> None:
    journal = filled(events, keep=True)
    assert journal.digest() == sha256(b"".join(line + b"\n" for line in journal.lines)).hexdigest()
    assert journal.events == len(journal.lines) == events


def test_asking_for_the_digest_changes_nothing() -> None:
    asked, quiet = Journal(), Journal()
    for number in range(5):
        for journal in (asked, quiet):
            journal.write(number, "", "held", {})
        asked.digest()
    assert asked.digest() == quiet.digest() == asked.digest()


def test_a_journal_that_streams_has_the_same_digest_and_keeps_no_lines() -> None:
    kept, streamed = filled(2000, keep=True), filled(2000, keep=False)
    assert len(streamed._pending) < 600, "lines wait for each other, and not for the end of the run"
    assert kept.digest() == streamed.digest()
    assert (kept.is_kept, streamed.is_kept, Journal().is_kept) == (True, False, False)
    assert streamed._pending == []
    with pytest.raises(AssertionError, match="no lines to give"):
        _ = streamed.lines


def test_a_sink_gets_every_line_after_it_was_added_and_whole_lines_only() -> None:
    journal = filled(3, keep=True)
    chunks: list[bytes] = []
    journal.add_sink(chunks.append)
    for number in range(1000):
        journal.write(number, "", "held", {"count": number})
    journal.digest()
    assert all(chunk.endswith(b"\n") for chunk in chunks)
    assert b"".join(chunks).splitlines() == journal.lines[3:]
    assert len(chunks) < 5, "lines come many at a time"


def test_a_silent_journal_counts_and_keeps_nothing() -> None:
    journal = SilentJournal()
    journal.write(0, "client-1/1", "call", {})
    journal.write_phase(0, "client-1/1", "ADMIT")
    assert journal.events == 2
    with pytest.raises(AssertionError, match="a silent journal has no digest"):
        journal.digest()
