"""The root of every refusal: an answer with a code, an HTTP status and a message that carries the facts."""

from typing import ClassVar


class ApiError(Exception):
    """A documented refusal of the cloud; one subclass for each code.

    The message is composed when somebody reads it, since in a run of thousands of refusals nobody does.

    Args:
        facts: what the message names, both asked and had, as plain strings and integers.
    """

    code: ClassVar[str]
    """The documented code, letter by letter."""
    http_status: ClassVar[int]
    form: ClassVar[str]
    """The message, with ``{fact}`` fields."""
    source: ClassVar[str]
    """The document that has the code."""
    try_later: ClassVar[bool] = False
    """Whether a repeat with the same token is taken anew instead of failing alike."""
    fact_max: ClassVar[int] = 400
    """Characters of a fact: whoever sends ten megabytes for an id need not be told them, and nobody keeps them."""

    def __init__(self, **facts: str | int) -> None:
        for name, fact in facts.items():
            if isinstance(fact, str) and len(fact) > self.fact_max:
                facts[name] = _without_middle(fact, self.fact_max)
        self.facts = facts
        super().__init__()

    @property
    def message(self) -> str:
        """The text for people."""
        return self.form.format(**self.facts)

    def again(self) -> "ApiError":
        """Make an equal refusal to raise anew, without this one's traceback."""
        return type(self)(**self.facts)

    def __str__(self) -> str:
        return f"{self.code} ({self.http_status}): {self.message}"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ApiError) and type(other) is type(self) and other.facts == self.facts

    __hash__ = Exception.__hash__


def _without_middle(fact: str, most: int) -> str:
    """Shorten a text that nobody would read to its end; why it is wrong often stands at its end."""
    half = most // 2 - 2
    return f"{fact[:half]}...{fact[-half:]}"
