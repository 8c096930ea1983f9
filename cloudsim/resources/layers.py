"""Layers: tables over frozen tables, so that a branch of a cloud costs what it changes and not what exists.

A layer shows what the table below it shows, but for what was changed, added or taken out since. Things of the table
below are never given out: the first look at one *adopts* it, as a thing of this layer's own that may be changed. Below,
nothing may change any more. Reading again costs what reading a dictionary costs; walking over everything adopts
everything.

Layers may lie on layers. When so many lie on each other, they are joined into one first, at a price in proportion to
what was changed in them; so no reading goes deeper than that.
"""

from collections.abc import Callable, ItemsView, Iterable, Iterator, KeysView, Mapping, ValuesView
from heapq import merge
from itertools import islice
from typing import Final, NoReturn, TypeVar, cast, overload

from sortedcontainers import SortedList

K = TypeVar("K")
V = TypeVar("V")
T = TypeVar("T")

_NOTHING: Final = object()
DEEPEST: Final = 8
"""So many layers lie on each other at most."""


class Layer(dict[K, V]):
    """A table over a frozen one, oldest first as that was: what is added comes behind.

    The dictionary that it is itself holds what is its own: adopted, changed and added things.

    Args:
        below: the frozen table, a dictionary or a layer.
        adopt: makes a thing of this layer's own out of one below.
    """

    __slots__ = ("_added", "_adopt", "below", "depth", "gone")

    def __init__(self, below: dict[K, V], adopt: Callable[[V], V]) -> None:
        if isinstance(below, Layer) and below.depth >= DEEPEST:
            below = below.joined()
        self.below = below
        self._adopt = adopt
        self.gone: dict[K, None] = {}
        """Of what is below, what was taken out; it may have been put in anew, and then comes behind."""
        self._added = 0
        """How many own things are not in the places of those below."""
        self.depth: int = below.depth + 1 if isinstance(below, Layer) else 1

    def __missing__(self, key: K) -> V:
        if key in self.gone:
            raise KeyError(key)
        found = self._adopt(self._look_below(key))
        dict.__setitem__(self, key, found)
        return found

    def _look_below(self, key: K) -> V:
        """Find a thing where it was changed last; the layers between here and there adopt nothing."""
        table: dict[K, V] = self.below
        while isinstance(table, Layer):
            if dict.__contains__(table, key):
                found: V = dict.__getitem__(table, key)
                return found
            if key in table.gone:
                raise KeyError(key)
            table = table.below
        return table[key]

    def _has_below(self, key: object) -> bool:
        return key not in self.gone and key in self.below

    def __contains__(self, key: object) -> bool:
        return dict.__contains__(self, key) or self._has_below(key)

    def __setitem__(self, key: K, value: V) -> None:
        if not dict.__contains__(self, key) and not self._has_below(key):
            self._added += 1
        dict.__setitem__(self, key, value)

    def __delitem__(self, key: K) -> None:
        is_own = dict.__contains__(self, key)
        if self._has_below(key):
            self.gone[key] = None
        elif is_own:
            self._added -= 1
        else:
            raise KeyError(key)
        if is_own:
            dict.__delitem__(self, key)

    def __len__(self) -> int:
        return len(self.below) - len(self.gone) + self._added

    def __iter__(self) -> Iterator[K]:
        for key in self.below:
            if key not in self.gone:
                yield key
        if self._added:
            yield from [key for key in dict.__iter__(self) if not self._has_below(key)]

    @overload
    def get(self, key: K, default: None = None, /) -> V | None: ...
    @overload
    def get(self, key: K, default: T, /) -> V | T: ...

    def get(self, key: K, default: object = None, /) -> object:
        """Give a thing, or something else where there is none."""
        found = dict.get(self, key, _NOTHING)
        if found is not _NOTHING:
            return found
        return self[key] if self._has_below(key) else default

    def keys(self) -> KeysView[K]:  # type: ignore[override]
        """Show the keys."""
        return KeysView(self)

    def values(self) -> ValuesView[V]:  # type: ignore[override]
        """Show the things; walking over them adopts all."""
        return ValuesView(self)

    def items(self) -> ItemsView[K, V]:  # type: ignore[override]
        """Show both."""
        return ItemsView(self)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Mapping) and list(self.items()) == list(other.items())

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = None

    def _is_not_for_layers(self, *_: object, **__: object) -> NoReturn:
        raise AssertionError("a table is changed thing by thing")

    clear = copy = pop = popitem = setdefault = update = _is_not_for_layers
    __or__ = __ior__ = __ror__ = __reversed__ = _is_not_for_layers

    def joined(self) -> "Layer[K, V]":
        """Give one layer that shows what this one and all below it show; nobody adopts from it but what lies above."""
        layers: list[Layer[K, V]] = [self]
        while isinstance(layers[-1].below, Layer):
            layers.append(layers[-1].below)
        root: dict[K, V] = layers[-1].below
        one: Layer[K, V] = Layer(root, _as_it_is)
        for layer in reversed(layers):
            for key in layer.gone:
                del one[key]
            for key in dict.__iter__(layer):
                one[key] = dict.__getitem__(layer, key)
        return one


def _as_it_is(thing: V) -> V:
    return thing


class LayerSet(set[T]):
    """A set over a frozen one, which is asked for membership only.

    Args:
        below: the frozen set, which may be such a one itself.
    """

    def __init__(self, below: set[T]) -> None:
        super().__init__()
        self.depth: int = below.depth + 1 if isinstance(below, LayerSet) else 1
        self.below = below
        self.gone: set[T] = set()
        if self.depth > DEEPEST:
            self._join(cast("LayerSet[T]", below))

    def _join(self, below: "LayerSet[T]") -> None:
        """Take over what was changed in the layers below."""
        layers = [below]
        while isinstance(layers[-1].below, LayerSet):
            layers.append(layers[-1].below)
        self.below, self.depth = layers[-1].below, 1
        for layer in reversed(layers):
            for thing in layer.gone:
                self.remove(thing)
            for thing in set.__iter__(layer):
                self.add(thing)

    def __contains__(self, thing: object) -> bool:
        return set.__contains__(self, thing) or (thing in self.below and thing not in self.gone)

    def add(self, thing: T) -> None:
        """Put a thing in."""
        if thing in self.gone:
            self.gone.remove(thing)
        elif thing not in self.below:
            super().add(thing)

    def remove(self, thing: T) -> None:
        """Take a thing out.

        Raises:
            KeyError: it is not there.
        """
        if set.__contains__(self, thing):
            super().remove(thing)
        elif thing in self:
            self.gone.add(thing)
        else:
            raise KeyError(thing)

    def __len__(self) -> int:
        return len(self.below) - len(self.gone) + super().__len__()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, set) and len(self) == len(other) and all(thing in self for thing in other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = None

    def __iter__(self) -> Iterator[T]:
        raise AssertionError("it is asked for membership only")


class Serials:
    """Sorted whole numbers over frozen ones: what a shelf needs of a sorted list.

    Args:
        below: the frozen ones.
    """

    __slots__ = ("below", "less", "more")

    def __init__(self, below: "SortedList[int] | Serials") -> None:
        self.below: SortedList[int] = below.below if isinstance(below, Serials) else below
        self.more: SortedList[int] = SortedList(below.more if isinstance(below, Serials) else ())
        self.less: SortedList[int] = SortedList(below.less if isinstance(below, Serials) else ())

    def add(self, serial: int) -> None:
        """Put one in that is not there."""
        if serial in self.less:
            self.less.remove(serial)
        else:
            self.more.add(serial)

    def remove(self, serial: int) -> None:
        """Take one out that is there."""
        if serial in self.more:
            self.more.remove(serial)
        else:
            self.less.add(serial)

    def __iter__(self) -> Iterator[int]:
        return self.irange(-1)

    def __getitem__(self, where: slice) -> list[int]:
        """Give those of a slice with a start and a stop, both at least 0."""
        return list(islice(self.irange(self._at(where.start) - 1), where.stop - where.start))

    def _before(self, serial: int) -> int:
        """How many are less than a serial."""
        return self.below.bisect_left(serial) - self.less.bisect_left(serial) + self.more.bisect_left(serial)

    def _at(self, place: int) -> int:
        """Find the largest serial before which no more than so many lie; O(log n) questions."""
        low, high = 0, 1 + max([lists[-1] for lists in (self.below, self.more) if lists], default=0)
        while low < high:
            middle = (low + high + 1) >> 1
            if self._before(middle) <= place:
                low = middle
            else:
                high = middle - 1
        return low

    def irange(self, after: int, inclusive: tuple[bool, bool] = (False, True)) -> Iterator[int]:
        """Walk those greater than a serial, in order."""
        assert inclusive == (False, True), "a page begins behind what was seen"
        less = self.less
        kept: Iterable[int] = (one for one in self.below.irange(after, inclusive=inclusive) if one not in less)
        return merge(kept, self.more.irange(after, inclusive=inclusive))
