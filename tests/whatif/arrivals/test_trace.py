"""Traces: which rows are items, when, for how long and where."""

import gzip
import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloudsim.errors.own import MissingExtra, TraceError
from cloudsim.values.duration import SECOND
from cloudsim.whatif.arrivals.files import columns_of
from cloudsim.whatif.arrivals.items import Item
from cloudsim.whatif.arrivals.trace import TraceItems, read_trace
from cloudsim.whatif.experiment.scalars import Duration, Shift
from cloudsim.whatif.experiment.workloads import Surge, Trace

ZONES = ("z-a", "z-b", "z-c")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def trace(folder: Path, *rows: str, header: str = "start,end", zones: tuple[str, ...] = (), **keys: Any) -> TraceItems:
    """Read rows of CSV, with ``keys`` of the workload."""
    horizon_ns = keys.pop("horizon_ns", None)
    path = folder / "trace.csv"
    path.write_text("\n".join((header, *rows, "")), encoding="utf-8")
    spec = Trace(**{"name": "pods", "file": str(path), "start": "start", "end": "end", **keys})
    return read_trace(spec, zones=zones, horizon_ns=horizon_ns)


def brief(found: TraceItems) -> list[tuple[str, float, float | None]]:
    """Key without the workload, start and lifetime in seconds."""
    return [
        (
            item.key.partition("/")[2],
            item.at_ns / SECOND,
            None if item.lifetime_ns is None else item.lifetime_ns / SECOND,
        )
        for item in found.items
    ]


def test_items_come_in_order_of_time_and_equal_starts_in_that_of_the_file(folder: Path) -> None:
    found = trace(folder, "5,9", "3,4", "5,6", "3,8")
    assert brief(found) == [("1", 3, 1), ("3", 3, 5), ("0", 5, 4), ("2", 5, 1)]
    assert found.items[0] == Item("pods/1", "pods", 3 * SECOND, SECOND)
    assert found.horizon_ns == 9 * SECOND


def test_float_noise_breaks_no_tie(folder: Path) -> None:
    found = trace(folder, "0.10000000024,12.29999999976", "12.30000000024,13", "1e1,1.25e1")
    assert [(item.at_ns, item.lifetime_ns) for item in found.items] == [
        (100_000_000, 12_200_000_000),
        (10 * SECOND, 2_500_000_000),
        (12_300_000_000, 700_000_000),
    ]


def test_a_unit_is_that_of_the_columns(folder: Path) -> None:
    assert brief(trace(folder, "0.5,2", unit="m")) == [("0", 30, 90)]


def test_a_blank_start_is_left_out_or_alive_from_the_beginning(folder: Path) -> None:
    rows = (",5", "2,6", " nan ,0", ",")
    assert brief(trace(folder, *rows)) == [("1", 2, 4)]
    found = trace(folder, *rows, blank_start="begin")
    assert brief(found) == [("0", 0, 5), ("3", 0, None), ("1", 2, 4)]
    assert [item.is_initial for item in found.items] == [True, True, False]
    assert (found.counts.blank_start, found.counts.before) == (3, 1)


def test_a_blank_end_is_left_out_or_alive_to_the_horizon(folder: Path) -> None:
    rows = ("1,", "2,6", "8,")
    assert brief(trace(folder, *rows, blank_end="skip")) == [("1", 2, 4)]
    found = trace(folder, *rows)
    # The horizon is 8, and what begins and ends there has no length.
    assert brief(found) == [("0", 1, None), ("1", 2, 4)]
    assert (found.horizon_ns, found.counts.no_length) == (8 * SECOND, 1)


def test_what_has_no_length_holds_nothing(folder: Path) -> None:
    found = trace(folder, "3,3", "4,4.0000000004", "1,2", "9,9")
    assert brief(found) == [("2", 1, 1)]
    assert (found.counts.no_length, found.horizon_ns) == (3, 9 * SECOND)


def test_a_given_horizon_leaves_out_what_starts_after_it(folder: Path) -> None:
    found = trace(folder, "1,50", "10,11", "10.1,11", horizon_ns=10 * SECOND)
    assert brief(found) == [("0", 1, 49), ("1", 10, 1)]
    assert found.counts.after == 1


def test_lengths_may_stand_in_the_place_of_ends(folder: Path) -> None:
    found = trace(folder, "3,4", "5,", header="start,lasts", end=None, duration="lasts")
    assert brief(found) == [("0", 3, 4), ("1", 5, None)]
    found = trace(folder, ",4", "1,1", header="start,lasts", end=None, duration="lasts", blank_start="begin")
    assert brief(found) == [("0", 0, 4), ("1", 1, 1)]


def test_without_ends_everything_stays(folder: Path) -> None:
    assert brief(trace(folder, "3", "5", header="start", end=None, blank_end="skip")) == [("0", 3, None)]


def test_rows_are_dealt_to_zones_skipped_ones_too(folder: Path) -> None:
    found = trace(folder, "1,9", ",9", "3,9", "2,9", zone="row % 3", zones=ZONES)
    assert [(item.key, item.zone) for item in found.items] == [
        ("pods/0", "z-a"),
        ("pods/3", "z-a"),
        ("pods/2", "z-c"),
    ]
    assert {item.zone for item in trace(folder, "1,9", "2,9", "3,9", zone="row%2", zones=ZONES).items} == {"z-a", "z-b"}


def test_round_robin_deals_in_order_of_time(folder: Path) -> None:
    found = trace(folder, "5,9", "1,9", ",9", "3,9", zone="round-robin", zones=ZONES)
    assert [item.zone for item in found.items] == list(ZONES)


def test_a_column_may_name_the_zone_by_another_name(folder: Path) -> None:
    path = folder / "trace.csv"
    path.write_text("start,end,az\n1,9,z-b\n2,9,east\n", encoding="utf-8")
    spec = Trace(name="pods", file=str(path), start="start", end="end", zone="az", zones={"east": "z-c"})
    assert [item.zone for item in read_trace(spec, zones=ZONES).items] == ["z-b", "z-c"]
    # Without zones of a world every zone is taken.
    assert [item.zone for item in read_trace(spec).items] == ["z-b", "z-c"]


def test_zones_that_are_not_there_are_refused(folder: Path) -> None:
    with pytest.raises(TraceError, match=r"zone = 'row % 4' needs 4 zones, and the vswitches lie in 3: z-a, z-b, z-c"):
        trace(folder, "1,9", zone="row % 4", zones=ZONES)
    with pytest.raises(TraceError, match="needs 1 zones, and the vswitches lie in 0"):
        trace(folder, "1,9", zone="round-robin")
    with pytest.raises(TraceError, match="az of data row 1 is 'z-d', no zone of the vswitches; did you mean 'z-"):
        trace(folder, "1,9,z-a", "2,9,z-d", header="start,end,az", zone="az", zones=ZONES)
    with pytest.raises(TraceError, match="az of data row 0 is blank"):
        trace(folder, "1,9,", header="start,end,az", zone="az", zones=ZONES)


def test_a_filter_uses_rows_with_the_value_or_one_of_the_values(folder: Path) -> None:
    rows = ("1,9,LS,2", "2,9,BE,2.0", "3,9,,3")
    header = "start,end,qos,gpus"
    assert brief(trace(folder, *rows, header=header, filter={"qos": "BE"})) == [("1", 2, 7)]
    assert len(trace(folder, *rows, header=header, filter={"qos": ("LS", "")}).items) == 2
    found = trace(folder, *rows, header=header, filter={"gpus": 2, "qos": ("LS", "BE")})
    assert (len(found.items), found.counts.filtered, found.counts.rows) == (2, 1, 3)
    with pytest.raises(TraceError, match="none of the 3 rows can be used"):
        trace(folder, *rows, header=header, filter={"qos": 7})


def test_a_shift_moves_all_and_what_began_before_is_there_at_the_beginning(folder: Path) -> None:
    rows = ("1,9", "2,3", "5,", "3,7")
    assert brief(trace(folder, *rows, shift_ns=Shift(SECOND)))[0] == ("0", 2, 8)
    found = trace(folder, *rows, shift_ns=Shift(-3 * SECOND))
    assert brief(found) == [("0", 0, 6), ("3", 0, 4), ("2", 2, None)]
    assert [item.is_initial for item in found.items] == [True, False, False]
    assert (found.counts.before, found.horizon_ns) == (1, 6 * SECOND)


def test_a_scaled_rate_moves_starts_together_and_leaves_lengths(folder: Path) -> None:
    assert brief(trace(folder, "2,5", "6,", scale_rate=2.0)) == [("0", 1, 3), ("1", 3, None)]


def test_stretched_lifetimes_leave_starts(folder: Path) -> None:
    found = trace(folder, "2,5", ",4", stretch_lifetimes=1.5, blank_start="begin")
    assert brief(found) == [("1", 0, 6), ("0", 2, 4.5)]


def test_surges_come_again(folder: Path) -> None:
    surges = (
        Surge(begin_ns=Duration(2 * SECOND), end_ns=Duration(3 * SECOND), copies=2, shift_ns=Shift(10 * SECOND)),
        Surge(begin_ns=Duration(0), end_ns=Duration(9 * SECOND)),
    )
    found = trace(folder, "1,4", "2,", "3,4", ",9", surges=surges, blank_start="begin")
    assert brief(found) == [
        ("3", 0, 9), ("0", 1, 3), ("0+3", 1, 3), ("1", 2, None), ("1+3", 2, None), ("2", 3, 1), ("2+3", 3, 1),
    ]  # fmt: skip
    assert (found.horizon_ns, found.counts.clones, found.counts.no_length) == (12 * SECOND, 5, 2)


def test_json_lines_and_packed_files_say_the_same(folder: Path) -> None:
    expected = trace(folder, "1.5,9,LS", "2,,BE", header="start,end,qos").items
    lines = [{"start": 1.5, "end": 9, "qos": "LS", "spot": True}, {"start": "2", "qos": "BE"}]
    text = "\n".join(map(json.dumps, lines)) + "\n\n"
    (folder / "trace.jsonl").write_text(text, encoding="utf-8")
    with gzip.open(folder / "trace.jsonl.gz", "wt", encoding="utf-8") as packed:
        packed.write(text)
    for name in ("trace.jsonl", "trace.jsonl.gz"):
        assert read_trace(Trace(name="pods", file=str(folder / name), start="start", end="end")).items == expected
    spec = Trace(name="pods", file=str(folder / "trace.jsonl"), start="start", end="end", filter={"spot": "true"})
    assert len(read_trace(spec).items) == 1


def test_parquet_says_the_same(folder: Path) -> None:
    pyarrow: Any = pytest.importorskip("pyarrow")
    parquet: Any = pytest.importorskip("pyarrow.parquet")
    expected = trace(folder, "1.5,9", "2,", ",4").items
    columns = {
        "start": [1.5, 2.0, float("nan")],
        "end": [Decimal("9.00"), None, Decimal(4)],
        "spot": [True, False, None],
    }
    parquet.write_table(pyarrow.table(columns), folder / "trace.parquet")
    spec = Trace(name="pods", file=str(folder / "trace.parquet"), start="start", end="end")
    assert read_trace(spec).items == expected
    assert columns_of(folder / "trace.parquet") == ("start", "end", "spot")
    with pytest.raises(TraceError, match="there is no column 'begin'"):
        read_trace(Trace(name="pods", file=str(folder / "trace.parquet"), start="begin"))


def test_what_is_no_parquet_is_told(folder: Path) -> None:
    pytest.importorskip("pyarrow.parquet")
    (folder / "trace.parquet").write_bytes(b"start,end")
    with pytest.raises(TraceError, match=r"trace\.parquet: the trace is no Parquet"):
        columns_of(folder / "trace.parquet")


def test_a_packed_file_that_is_cut_off_is_told(folder: Path) -> None:
    (folder / "trace.csv.gz").write_bytes(gzip.compress(b"start\n1\n")[:-9])
    with pytest.raises(TraceError, match="cut off or damaged"):
        read_trace(Trace(name="pods", file=str(folder / "trace.csv.gz"), start="start"))
    (folder / "trace.csv.gz").write_bytes(b"start\n1\n")
    with pytest.raises(TraceError, match="cannot be read: Not a gzipped file"):
        columns_of(folder / "trace.csv.gz")


def test_parquet_without_its_library_says_what_to_install(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    (folder / "trace.parquet").write_bytes(b"PAR1")
    with pytest.raises(MissingExtra, match="parquet"):
        read_trace(Trace(name="pods", file=str(folder / "trace.parquet"), start="start"))


@pytest.mark.parametrize(
    ("rows", "keys", "told"),
    [
        (("1,9",), {"end": "ends"}, r"trace.csv: there is no column 'ends'; did you mean 'end'\?"),
        (("1,9", "x,3"), {}, "trace.csv:3: start is 'x', which is no time: write a number"),
        (("1,9", "2,inf"), {}, "trace.csv:3: end is 'inf', which is no time"),
        (("1,1e40",), {}, "trace.csv:2: end is '1e40', which is no time"),
        (("1,1700000000000",), {"unit": "m"}, "longer than 146 years; is its unit another one"),
        (("5,4",), {}, "trace.csv:2: the row ends 1000000000 ns before it starts; filter it out"),
        (("1",), {}, "trace.csv:2: the row has 1 values and the header 2"),
        (('"1,2',), {}, "the trace is no CSV"),
        ((), {}, "none of the 0 rows can be used"),
    ],
)
def test_a_file_that_is_no_such_trace_is_told_where(
    folder: Path, rows: tuple[str, ...], keys: dict[str, Any], told: str
) -> None:
    with pytest.raises(TraceError, match=told):
        trace(folder, *rows, **keys)


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("missing.csv", None, "missing.csv: the trace cannot be read: No such file"),
        ("trace.txt", b"", "the name does not tell the format; state one: csv, jsonl or parquet"),
        ("trace.csv", b"\xff\xfe\xff", "the trace is no UTF-8 text"),
        ("trace.jsonl", b'{"start": 1}\n{', "trace.jsonl:2: the line is no JSON"),
        ("trace.jsonl", b"[1]", "trace.jsonl:1: a line is an object with columns as keys"),
        ("trace.jsonl", b'{"start": [1]}', "trace.jsonl:1: start is list; a column has texts or numbers"),
        ("trace.jsonl", b'{"begin": 1}', "there is no column 'start'"),
    ],
)
def test_a_file_that_cannot_be_read_is_told(folder: Path, name: str, content: bytes | None, told: str) -> None:
    if content is not None:
        (folder / name).write_bytes(content)
    with pytest.raises(TraceError, match=told):
        read_trace(Trace(name="pods", file=str(folder / name), start="start"))


def test_a_stated_format_goes_before_the_name_and_empty_lines_are_no_rows(folder: Path) -> None:
    (folder / "trace.txt").write_text("\ufeffstart\n1\n\n2\n", encoding="utf-8")
    found = read_trace(Trace(name="pods", file=str(folder / "trace.txt"), start="start", format="csv"))
    assert [item.key for item in found.items] == ["pods/0"]
    assert found.counts.rows == 2


Spans = st.lists(st.tuples(st.integers(0, 50), st.integers(0, 20)), min_size=1, max_size=30)


@given(Spans)
def test_every_row_of_some_length_is_an_item(
    tmp_path_factory: pytest.TempPathFactory, spans: list[tuple[int, int]]
) -> None:
    rows = [f"{start},{start + length}" for start, length in spans]
    found = trace(tmp_path_factory.getbasetemp(), *rows)
    assert len(found.items) == sum(length > 0 for _, length in spans)
    assert sum(item.lifetime_ns or 0 for item in found.items) == sum(length for _, length in spans) * SECOND
    assert found.horizon_ns == max(start + length for start, length in spans) * SECOND
    assert [item.at_ns for item in found.items] == sorted(item.at_ns for item in found.items)


@given(Spans, st.fractions(Fraction(1, 8), 8, max_denominator=8))
def test_a_scaled_rate_keeps_every_length(
    tmp_path_factory: pytest.TempPathFactory, spans: list[tuple[int, int]], factor: Fraction
) -> None:
    rows = [f"{start},{start + length}" for start, length in spans]
    found = trace(tmp_path_factory.getbasetemp(), *rows, scale_rate=float(factor))
    lengths = {item.key: item.lifetime_ns for item in found.items}
    assert lengths == {f"pods/{row}": length * SECOND for row, (_, length) in enumerate(spans) if length}
