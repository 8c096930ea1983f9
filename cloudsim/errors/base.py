"""The root of every refusal: an answer with a code, an HTTP status and a message that carries the facts."""

from typing import ClassVar, Final

_FACT_MAX: Final = 400
"""Characters of a fact in a message: whoever sends ten megabytes for an id need not be told them again."""


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

    def __init__(self, **facts: str | int) -> None:
        self.facts = facts
        super().__init__()

    @property
    def message(self) -> str:
        """The text for people."""
        return self.form.format(**{name: _without_middle(fact) for name, fact in self.facts.items()})

    def again(self) -> "ApiError":
        """Make an equal refusal to raise anew, without this one's traceback."""
        return type(self)(**self.facts)

    def __str__(self) -> str:
        return f"{self.code} ({self.http_status}): {self.message}"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ApiError) and type(other) is type(self) and other.facts == self.facts

    __hash__ = Exception.__hash__


def _without_middle(fact: str | int) -> str | int:
    """Shorten a text that nobody would read to its end; why it is wrong often stands at its end."""
    if not isinstance(fact, str) or len(fact) <= _FACT_MAX:
        return fact
    return f"{fact[: _FACT_MAX // 2]}...{fact[-_FACT_MAX // 2 :]}"
