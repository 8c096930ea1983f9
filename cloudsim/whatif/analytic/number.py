"""The two kinds of number that a formula may be asked with."""

from fractions import Fraction
from typing import TypeVar

Number = TypeVar("Number", float, Fraction)
"""Floats for use, fractions for proof; what goes in comes out."""
