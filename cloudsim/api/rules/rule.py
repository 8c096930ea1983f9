"""A rule: a small function of the request and the profile."""

from collections.abc import Callable
from typing import Any, TypeAlias

from cloudsim.values.profile import Profile

Rule: TypeAlias = Callable[[Any, Profile], None]
"""Raises the ApiError of its own breach; the request is of the action that has the rule."""
