"""``cloudsim schema``: print the format of a kind of file."""

import click

from cloudsim.cli.documents import echo_document
from cloudsim.whatif.experiment.schema import format_documentation, json_schema


def schema_command(*, as_text: bool) -> None:
    """Print the format of experiments.

    Args:
        as_text: for people; as a JSON Schema otherwise.
    """
    if as_text:
        click.echo(format_documentation(), nl=False)
    else:
        echo_document(json_schema())
