"""The README's example of a server runs as it stands there."""

from tests.whole_repo.test_readme import block


def test_the_server_of_the_readme_does_what_it_says() -> None:
    exec(compile(block("serve"), "README.md", "exec"), {})  # noqa: S102  it is ours
