"""Sweeps that several tests look at; nobody changes them."""

import pytest

from cloudsim.whatif.report import Results
from tests.whatif.report.sweeps import MASKS, QUOTAS, swept


@pytest.fixture(scope="session")
def masks(tmp_path_factory: pytest.TempPathFactory) -> Results:
    """A /29 that is too small and a /27 that does."""
    return swept(tmp_path_factory.mktemp("masks") / "results")


@pytest.fixture(scope="session")
def grid(tmp_path_factory: pytest.TempPathFactory) -> Results:
    """Two masks by two quotas."""
    return swept(tmp_path_factory.mktemp("grid") / "results", axes=MASKS + QUOTAS, more='start_date = "2026-12-01"')


@pytest.fixture(scope="session")
def single(tmp_path_factory: pytest.TempPathFactory) -> Results:
    """One run of one variant, without series."""
    return swept(tmp_path_factory.mktemp("single") / "results", axes="", runs=1, series=0, rate=30)
