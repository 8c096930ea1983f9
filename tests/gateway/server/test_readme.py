"""The README's examples of a server run as they stand there."""

import re
from pathlib import Path

import pytest

from tests.whole_repo.test_readme import block


def test_the_server_of_the_readme_does_what_it_says() -> None:
    exec(compile(block("serve"), "README.md", "exec"), {})  # noqa: S102  it is ours


def test_each_key_of_the_readme_comes_to_what_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("aliyunsdkvpc", reason="the SDKs are not installed: pip install '.[sdk]'")
    monkeypatch.chdir(tmp_path)
    Path("keys.toml").write_text(block("keys"))
    exec(compile(block("keys-used"), "README.md", "exec"), {})  # noqa: S102  it is ours
    assert capsys.readouterr().out.split() == re.findall(r"\)  # (\S+)", block("keys-used"))
