"""The entry point for hypothesis is on in these tests, also where the run as a whole has turned entry points off."""

import pytest

from cloudsim.hypothesis.entry import register

register()


@pytest.fixture(autouse=True)
def entry_points_are_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the projects of strangers load entry points."""
    monkeypatch.delenv("HYPOTHESIS_NO_PLUGINS", raising=False)
