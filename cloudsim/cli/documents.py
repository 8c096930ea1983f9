"""What is printed for machines: one JSON document, indented so that people can read it too."""

import click
import msgspec


def echo_document(document: object) -> None:
    """Print a document on stdout."""
    click.echo(msgspec.json.format(msgspec.json.encode(document), indent=2))
