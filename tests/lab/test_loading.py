"""A user's own allocator joins by its name, and is told what is wrong with it."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cloudsim.errors.own import SettingError
from cloudsim.lab.bench import Bench
from cloudsim.lab.contract import ContractBroken
from cloudsim.lab.loading import load_allocator
from cloudsim.lab.plan import make_plan

GOOD = '''
from cloudsim.ipam.refusals import AddressNotFree, NotUsed, PoolExhausted
from cloudsim.ipam.states import State


class Lowest:
    """The lowest free address of a sorted list."""

    def __init__(self, *, size, reserved, seed):
        first, last = reserved
        self.free = list(range(first, size - last))
        self.size = len(self.free)
        self.used = set()

    def allocate(self, now_ns):
        if not self.free:
            raise PoolExhausted(asked=1, free=0)
        offset = self.free.pop(0)
        self.used.add(offset)
        return offset

    def take(self, offset, now_ns):
        if offset not in self.free:
            raise AddressNotFree(offset, State.USED)
        self.free.remove(offset)
        self.used.add(offset)

    def release(self, offset, now_ns):
        if offset not in self.used:
            raise NotUsed(offset, State.FREE)
        self.used.remove(offset)
        self.free.append(offset)
        self.free.sort()

    def free_at(self, now_ns):
        return len(self.free)


class Forgets(Lowest):
    def release(self, offset, now_ns):
        self.free.append(offset)


class Half:
    def allocate(self, now_ns):
        return 1


class Boasts(Lowest):
    supports = ("prefixs",)


class Promises(Lowest):
    supports = ("prefixes",)


class Falls(Lowest):
    def __init__(self, **words):
        raise RuntimeError("no such bitmap")
'''


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", sys.path[:])
    (tmp_path / "my_allocators.py").write_text(GOOD, encoding="utf-8")
    (tmp_path / "my_broken_module.py").write_text("1 / 0\n", encoding="utf-8")
    (tmp_path / "my_hungry_module.py").write_text("import no_such_thing_at_all\n", encoding="utf-8")
    yield
    for name in ("my_allocators", "my_broken_module", "my_hungry_module"):
        sys.modules.pop(name, None)


def test_a_good_one_is_measured_like_the_others() -> None:
    mine = load_allocator("my_allocators:Lowest")
    plan = make_plan([mine], lengths=[26], workloads=["steady"], occupancies=["90"], is_quick=True)
    (row,) = Bench(plan).run().rows
    assert (row.name, row.policy, row.probes, row.draws) == ("my_allocators:Lowest", "own", None, None)
    assert row.free_blocks == 0


def test_one_that_breaks_the_contract_is_told_how() -> None:
    with pytest.raises(ContractBroken, match=r"my_allocators:Forgets breaks the contract .* release\(\d+\) was done"):
        load_allocator("my_allocators:Forgets")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("my_allocators", "is no module:Class"),
        (":Lowest", "is no module:Class"),
        ("my_allocator:Lowest", "there is no module 'my_allocator'"),
        ("my_allocators:Lowst", "did you mean 'Lowest'"),
        ("my_allocators:Half", r"has no method release\(\)"),
        ("my_allocators:Boasts", "did you mean 'prefixes'"),
        ("my_allocators:Promises", r"has no method allocate_prefix\(\)"),
        ("my_broken_module:Lowest", "ZeroDivisionError"),
        ("my_hungry_module:Lowest", "cannot be imported: No module named 'no_such_thing_at_all'"),
    ],
)
def test_what_cannot_be_loaded_is_told_with_what_would_be_right(text: str, words: str) -> None:
    with pytest.raises(SettingError, match=words):
        load_allocator(text)


def test_one_that_cannot_be_made_is_told_with_its_own_error() -> None:
    with pytest.raises(ContractBroken, match="a new one of 8 addresses raised RuntimeError: no such bitmap"):
        load_allocator("my_allocators:Falls")
