"""Prices: a file of the user's own, held against the format and the experiment."""

from pathlib import Path

import pytest

from cloudsim.whatif.experiment.prices import read_prices
from tests.whatif.experiment.documents import openb, pool, problems

WHOLE = """
format = 1
currency = "CNY"
eni_hour = 0.01
address_hour = 0.0005
call = 0
calls = { DescribeVSwitches = 0.001 }
[instance_hour]
"ecs.g7ne.xlarge" = 1.25
"""


def said_of(path: Path, text: str) -> str:
    """What is wrong with an experiment that has these prices, without the name of the file."""
    file = path / "prices.toml"
    file.write_text(text, encoding="utf-8")
    found = problems({**pool(), "prices": str(file)})
    assert set(found) <= {"prices"}
    return found.get("prices", "").replace(str(file), "FILE")


def test_a_whole_file_is_read(tmp_path: Path) -> None:
    assert said_of(tmp_path, WHOLE) == ""
    prices = read_prices(str(tmp_path / "prices.toml"))
    assert (prices.currency, prices.eni_hour, prices.calls) == ("CNY", 0.01, {"DescribeVSwitches": 0.001})
    (tmp_path / "prices.toml").write_text(WHOLE.replace("0.01", "0.025"), encoding="utf-8")
    assert read_prices(str(tmp_path / "prices.toml")).eni_hour == 0.025, "a file that has changed is read anew"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("format = 1\neni_our = 1", "FILE eni_our: there is no such key; did you mean 'eni_hour'?"),
        ("format = 1\neni_hour = -1", "FILE eni_hour: expected at least 0"),
        ('format = 1\neni_hour = "a"', "FILE eni_hour: expected"),
        ("eni_hour = 1", "FILE format: it is missing"),
        ("format = 2", "FILE format: expected"),
        ("format = 1\ncalls = { CreateVSwich = 1 }", "FILE calls.CreateVSwich: there is no such action; did you mean"),
        ('format = 1\n[instance_hour]\n"ecs.g7ne.xlarg" = 1', 'FILE instance_hour."ecs.g7ne.xlarg": there is no such'),
        ("format = 1\neni_hour = inf", "FILE eni_hour: expected less than 1e+18"),
        ("format = 1\neni_hour = nan", "FILE eni_hour: "),
        ("format", "FILE: it is not TOML"),
    ],
)
def test_what_is_wrong_is_told_with_file_and_key(tmp_path: Path, text: str, said: str) -> None:
    assert said_of(tmp_path, text)[: len(said)] == said


def test_a_file_that_is_not_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "prices.toml").write_bytes(b"\xff\xfe")
    path = str(tmp_path / "prices.toml")
    assert problems({**pool(), "prices": path}) == {"prices": f"{path}: it is not UTF-8"}
    assert problems({**pool(), "prices": str(tmp_path)}) != {}


def test_where_instances_have_prices_every_type_has_one(tmp_path: Path) -> None:
    made = openb(tmp_path)
    (tmp_path / "prices.toml").write_text('format = 1\n[instance_hour]\n"ecs.g7.xlarge" = 1\n', encoding="utf-8")
    made["prices"] = "prices.toml"
    found = problems(made, tmp_path)["prices"]
    assert found.endswith("instance_hour: ecs.g7ne.xlarge has no price; write 0 for none")
    made |= {"prices": None, "axes": {"prices": ["prices.toml"]}}
    assert problems({key: value for key, value in made.items() if value is not None}, tmp_path) == {}
