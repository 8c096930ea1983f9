"""What each policy promises of its next choice, said plainly of a pool made of sets.

A world is a pool, its model, and what the promises depend on: where next-fit goes on, how often chance was asked.
"""

from copy import deepcopy
from dataclasses import dataclass, field

from cloudsim.ipam.chance import advance, branch
from cloudsim.ipam.policies.banded import Banded, low_band_of
from cloudsim.ipam.policies.prefixes import UniformPrefix
from cloudsim.ipam.policies.protocol import Policy
from cloudsim.ipam.policies.uniform import SparseUniform, Uniform
from cloudsim.ipam.pool import Pool
from cloudsim.ipam.states import State
from tests.ipam.naive import NaivePool


@dataclass
class World:
    """A pool and what it should be."""

    pool: Pool
    model: NaivePool
    seed: int
    picks: dict[int, int] = field(default_factory=dict)
    """How many addresses the policy chose, by where their band begins."""
    prefix_picks: int = 0
    """How many whole blocks were chosen."""
    cursors: dict[int, int] = field(default_factory=dict)
    """Where next-fit goes on, by where the band begins."""

    def clone(self) -> "World":
        return World(
            self.pool.clone(), deepcopy(self.model), self.seed, {**self.picks}, self.prefix_picks, {**self.cursors}
        )

    # -- single addresses

    def expect_picked(self, offset: int) -> None:
        """Take note of a pick: it was free, and is the one that the policy promises."""
        model = self.model
        assert 0 <= offset < model.size
        assert model.state(offset) is State.FREE
        band = self.band()
        assert offset in band, "a low band comes last"
        promised = self.promised(self.pool.policy.removeprefix("banded-"), band)
        assert promised in (None, offset)
        self.cursors[band.start] = offset + 1
        self.picks[band.start] = self.picks.get(band.start, 0) + 1
        model.used.add(offset)

    def band(self) -> range:
        """Where the next address comes from."""
        size = self.model.size
        edge = low_band_of(size) if self.pool.policy.startswith("banded-") else 0
        return range(edge, size) if self.model.first_free(edge, size) is not None else range(edge)

    def promised(self, policy: str, band: range) -> int | None:
        """The next address of a band; None if chance decides."""
        model = self.model
        if policy == "lowest-first":
            return model.first_free(band.start, band.stop)
        if policy == "next-fit":
            onward = model.first_free(self.cursors.get(band.start, band.start), band.stop)
            return model.first_free(band.start, band.stop) if onward is None else onward
        if policy == "pack":
            return model.lowest_of_fullest(band)
        if policy.startswith("longest-free"):
            return model.longest_free(band)
        assert policy == "uniform", "every policy that promises something has an oracle here"
        return None

    # -- whole blocks

    def expect_prefix(self, first: int, choices: list[int]) -> None:
        """Take note of a prefix: it was among the choices, and is the one that the prefix policy promises."""
        assert first in choices
        if self.pool.prefix_policy == "lowest":
            assert first == choices[0]
        if self.pool.prefix_policy == "best-fit":
            assert first == self.model.in_the_smallest_hole(choices)
        self.model.prefixes.add(first)
        self.prefix_picks += 1

    # -- chance

    def check_draws(self) -> None:
        """One draw for each choice that chance made, none for a refusal or for any other policy."""
        policy, prefixes = self.pool._policy, self.pool._prefixes
        if isinstance(policy, Banded):
            self._check_generator(policy.high, self.seed, self.picks.get(policy.edge, 0))
            self._check_generator(policy.low, branch(self.seed, 2), self.picks.get(0, 0) if policy.edge else 0)
        else:
            self._check_generator(policy, self.seed, self.picks.get(0, 0))
        if isinstance(prefixes, UniformPrefix):
            assert prefixes.state == advanced(branch(self.seed, 1), self.prefix_picks)

    @staticmethod
    def _check_generator(policy: Policy, seed: int, picks: int) -> None:
        if isinstance(policy, Uniform | SparseUniform):
            assert policy.state == advanced(seed, picks)
        else:
            assert not hasattr(policy, "state")


def advanced(state: int, draws: int) -> int:
    """The generator's state after so many draws."""
    for _ in range(draws):
        state = advance(state)
    return state
