"""Quantiles of the normal distribution, the same to the last bit on every platform.

A rational approximation needs only sums, products, quotients and one square root, all of which IEEE 754 rounds
correctly; the one logarithm is taken by ``decimal``, which rounds correctly too. The relative error is about 1e-16.

Source: M. J. Wichura, "Algorithm AS 241: The Percentage Points of the Normal Distribution", Applied Statistics 37
(1988), 477-484, routine PPND16.
"""

from math import sqrt
from typing import Final

_CENTRAL: Final = (
    (
        2.5090809287301226727e3, 3.3430575583588128105e4, 6.7265770927008700853e4, 4.5921953931549871457e4,
        1.3731693765509461125e4, 1.9715909503065514427e3, 1.3314166789178437745e2, 3.3871328727963666080e0,
    ),
    (
        5.2264952788528545610e3, 2.8729085735721942674e4, 3.9307895800092710610e4, 2.1213794301586595867e4,
        5.3941960214247511077e3, 6.8718700749205790830e2, 4.2313330701600911252e1, 1.0,
    ),
)  # fmt: skip
_TAIL: Final = (
    (
        7.74545014278341407640e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1, 1.27045825245236838258e0,
        3.64784832476320460504e0, 5.76949722146069140550e0, 4.63033784615654529590e0, 1.42343711074968357734e0,
    ),
    (
        1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2, 1.48103976427480074590e-1,
        6.89767334985100004550e-1, 1.67638483018380384940e0, 2.05319162663775882187e0, 1.0,
    ),
)  # fmt: skip
_FAR_TAIL: Final = (
    (
        2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.24266094738807843860e-3, 2.65321895265761230930e-2,
        2.96560571828504891230e-1, 1.78482653991729133580e0, 5.46378491116411436990e0, 6.65790464350110377720e0,
    ),
    (
        2.04426310338993978564e-15, 1.42151175831644588870e-7, 1.84631831751005468180e-5, 7.86869131145613259100e-4,
        1.48753612908506148525e-2, 1.36929880922735805310e-1, 5.99832206555887937690e-1, 1.0,
    ),
)  # fmt: skip


def upper_normal(survival: float, minus_log: float) -> float:
    """Give the point above which a standard normal variate lies with a probability.

    Args:
        survival: the probability, above 0 and at most one half, exactly representable.
        minus_log: the negative of its natural logarithm, correctly rounded.

    Returns:
        The point, at least 0.
    """
    assert 0.0 < survival <= 0.5, "the lower half is the mirror of the upper one"
    distance = 0.5 - survival
    if distance <= 0.425:
        return distance * _ratio(_CENTRAL, 0.180625 - distance * distance)
    root = sqrt(minus_log)
    return _ratio(_TAIL, root - 1.6) if root <= 5.0 else _ratio(_FAR_TAIL, root - 5.0)


def _ratio(polynomials: tuple[tuple[float, ...], tuple[float, ...]], at: float) -> float:
    values = []
    for coefficients in polynomials:
        value = 0.0
        for coefficient in coefficients:
            value = value * at + coefficient
        values.append(value)
    return values[0] / values[1]
