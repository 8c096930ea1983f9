"""What a sweep found: for each variant its estimates, and whether its targets are met."""

from collections.abc import Mapping
from typing import Any, Final

import msgspec

from cloudsim.whatif.experiment.reading import to_tables
from cloudsim.whatif.experiment.spec import AxisValue
from cloudsim.whatif.statistics import Estimate

FORMAT_VERSION: Final = 1


class TargetResult(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A target, and what the runs say of it."""

    metric: str
    at_most: float | None = None
    at_least: float | None = None
    bound: float | None
    """The one-sided 95 % bound that decides; None where the runs cannot give one."""
    met: bool
    """Whether the bound satisfies the target."""
    warnings: tuple[str, ...] = ()
    """What speaks against resting a claim on this, most of all too few runs."""


class FailedRun(msgspec.Struct, frozen=True, kw_only=True):
    """A run without a result."""

    run: int
    why: str


class VariantResult(msgspec.Struct, frozen=True, kw_only=True):
    """What came of one variant."""

    index: int
    axes: Mapping[str, AxisValue]
    metrics: Mapping[str, Estimate]
    """By name; a time to something has its quantiles as parts, ``time_to_exhaustion.q05``."""
    targets: tuple[TargetResult, ...]
    result_digest: str
    """SHA-256 over the digests of the figures of its runs, a line each, in order."""
    digest: str | None
    """Of the journal of run 0; None where that run failed."""
    failed: tuple[FailedRun, ...] = ()

    def document(self) -> dict[str, Any]:
        """Give it in the form of ``sweep --json``."""
        told = {
            "axes": to_tables(dict(self.axes)),
            "metrics": {name: estimate.as_json() for name, estimate in self.metrics.items()},
            "targets": to_tables(self.targets),
            "result_digest": self.result_digest,
            "digest": self.digest,
        }
        return told | ({"failed": to_tables(self.failed)} if self.failed else {})


class SweepResult(msgspec.Struct, frozen=True, kw_only=True):
    """What came of all variants of an experiment."""

    experiment: str
    seed: int
    runs: int
    variants: tuple[VariantResult, ...]
    start_date: str | None = None

    @property
    def meets_targets(self) -> bool:
        """Whether every target is met in every variant."""
        return all(target.met for variant in self.variants for target in variant.targets)

    @property
    def failed_count(self) -> int:
        """How many runs have no result."""
        return sum(len(variant.failed) for variant in self.variants)

    def document(self) -> dict[str, Any]:
        """Give the document of ``sweep --json``."""
        told: dict[str, Any] = {
            "format_version": FORMAT_VERSION,
            "experiment": self.experiment,
            "seed": self.seed,
            "runs": self.runs,
        }
        told |= {"start_date": self.start_date} if self.start_date else {}
        return told | {"variants": [variant.document() for variant in self.variants]}
