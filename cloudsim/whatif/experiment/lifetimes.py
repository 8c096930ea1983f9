"""Lifetimes: how long an item holds what it holds, as a distribution with its mean.

    lifetime = "forever"
    lifetime = { kind = "exponential", mean = "1h" }
    lifetime = { kind = "lognormal", mean = "1h", sigma = 2 }
    lifetime = { kind = "hyperexponential", p = [0.9, 0.1], means = ["10m", "10h"] }

``mean`` is that of the distribution, for the log-normal too, and what is drawn keeps to it within 1e-5.
"""

from typing import Annotated, Final, Literal, TypeAlias

from msgspec import Meta, field

from cloudsim.simulation.world.spec import Id, Table
from cloudsim.whatif.experiment.scalars import Duration

Positive: TypeAlias = Annotated[float, Meta(gt=0)]

FOREVER: Final = "forever"


class Distribution(Table, frozen=True, kw_only=True, tag_field="kind"):
    """A distribution of times."""


class Exponential(Distribution, frozen=True, kw_only=True, tag="exponential"):
    """Without memory."""

    mean_ns: Duration = field(name="mean")
    """Its mean."""


class Constant(Distribution, frozen=True, kw_only=True, tag="constant"):
    """Always the same."""

    mean_ns: Duration = field(name="mean")
    """How long."""


class Lognormal(Distribution, frozen=True, kw_only=True, tag="lognormal"):
    """Log-normal: many short ones, some very long."""

    mean_ns: Duration = field(name="mean")
    """The mean of the distribution, not of the logarithm."""
    sigma: Annotated[float, Meta(gt=0, le=4)]
    """The standard deviation of the logarithm, at most 4."""


class Hyperexponential(Distribution, frozen=True, kw_only=True, tag="hyperexponential"):
    """One of several exponential ones, drawn for each item."""

    p: Annotated[tuple[Positive, ...], Meta(min_length=1)]
    """How likely each is; together 1."""
    means_ns: Annotated[tuple[Duration, ...], Meta(min_length=1)] = field(name="means")
    """The mean of each."""


class Weibull(Distribution, frozen=True, kw_only=True, tag="weibull"):
    """Weibull: with a shape below 1 the old ones last, above 1 they wear out."""

    mean_ns: Duration = field(name="mean")
    """The mean of the distribution."""
    shape: Annotated[float, Meta(ge=0.1, le=100)]
    """0.1 to 100; 1 is the exponential one."""


class Empirical(Distribution, frozen=True, kw_only=True, tag="empirical"):
    """The values of a column of a file, each as likely as the others."""

    file: Id
    """A CSV, JSON Lines or Parquet file, relative to the file that says so."""
    column: Id
    """The column with the times; rows where it is blank are left out."""
    unit: Literal["ns", "us", "ms", "s", "m", "h", "d"] = "s"
    """The unit of the column."""


AnyDistribution: TypeAlias = Exponential | Constant | Lognormal | Hyperexponential | Weibull | Empirical
Lifetime: TypeAlias = AnyDistribution | Literal["forever"]
