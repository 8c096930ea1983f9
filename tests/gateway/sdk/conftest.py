"""What the SDKs leave open when a test is over is closed: they keep their connections in the class, for ever."""

import sys
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def _the_newer_sdk_lets_go() -> Iterator[None]:
    yield
    core = sys.modules.get("darabonba.core")
    if core is not None:
        for session in core.DaraCore._sessions.values():
            session.close()
        core.DaraCore._sessions.clear()
