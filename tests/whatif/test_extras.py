import sys
from pathlib import Path

import pytest

from cloudsim.errors.own import MissingExtra
from cloudsim.whatif.extras import need


def test_a_missing_library_is_named_with_the_extra_that_brings_it() -> None:
    with pytest.raises(MissingExtra) as caught:
        need("nolibraryofthisname.special", extra="whatif")
    assert str(caught.value) == (
        "nolibraryofthisname is not installed; it comes with: pip install 'cloudsim-eni[whatif]'"
    )


def test_a_library_that_is_there_is_given() -> None:
    assert need("json.decoder", extra="whatif") is sys.modules["json.decoder"]


def test_a_library_that_misses_something_of_its_own_is_not_taken_for_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "halfalibrary.py").write_text("import nolibraryofthisname\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ModuleNotFoundError, match="nolibraryofthisname"):
        need("halfalibrary", extra="whatif")
