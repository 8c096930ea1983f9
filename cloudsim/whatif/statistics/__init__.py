"""Statistics of replications: what the runs of a variant say of the figure that all possible runs would have.

A replication is one run with a seed of its own; runs are independent, what happens within one is not. So a run gives
one number to each figure, whatever it counts, and intervals come from how the runs differ:

    a count, a mean, a peak          ``mean``: Student t on the runs
    rejected / offered               ``ratio_of_sums``: ratio estimator, jackknife, Student t on log odds
    one yes or no per run            ``proportion``: Clopper-Pearson; ``wilson``
    a time that may never come       ``quantile``: order statistics, censored; ``kaplan_meier`` for the whole curve
    one long run                     ``batch_means``, ``batch_ratio``
    B against A, the same arrivals   ``paired_difference`` and its kin, then ``adjusted`` (Holm)

Intervals are two-sided at 95 %; beside them each estimate has its one-sided 95 % bounds, by which ``judge`` answers a
target. Everything is a pure function. Sums are exact (``math.fsum``), so the order of the runs changes no digit.

scipy is needed (the extra ``whatif``) by all that has an interval; ``runs_needed`` without failures, ``holm`` and
``judge`` need nothing.

Source: experiments.md section "Figures"; each method names its own.
"""

from cloudsim.whatif.statistics.batches import batch_means as batch_means
from cloudsim.whatif.statistics.batches import batch_ratio as batch_ratio
from cloudsim.whatif.statistics.estimate import LEVEL as LEVEL
from cloudsim.whatif.statistics.estimate import Difference as Difference
from cloudsim.whatif.statistics.estimate import Estimate as Estimate
from cloudsim.whatif.statistics.estimate import Verdict as Verdict
from cloudsim.whatif.statistics.estimate import judge as judge
from cloudsim.whatif.statistics.means import mean as mean
from cloudsim.whatif.statistics.pairs import adjusted as adjusted
from cloudsim.whatif.statistics.pairs import holm as holm
from cloudsim.whatif.statistics.pairs import paired_difference as paired_difference
from cloudsim.whatif.statistics.pairs import paired_proportion_difference as paired_proportion_difference
from cloudsim.whatif.statistics.pairs import paired_ratio_difference as paired_ratio_difference
from cloudsim.whatif.statistics.planning import cautions as cautions
from cloudsim.whatif.statistics.planning import runs_for_half_width as runs_for_half_width
from cloudsim.whatif.statistics.planning import runs_for_quantile as runs_for_quantile
from cloudsim.whatif.statistics.planning import runs_needed as runs_needed
from cloudsim.whatif.statistics.proportions import proportion as proportion
from cloudsim.whatif.statistics.proportions import wilson as wilson
from cloudsim.whatif.statistics.quantiles import quantile as quantile
from cloudsim.whatif.statistics.ratios import ratio_of_sums as ratio_of_sums
from cloudsim.whatif.statistics.survival import SurvivalStep as SurvivalStep
from cloudsim.whatif.statistics.survival import kaplan_meier as kaplan_meier
