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

    def __init__(self, **facts: str | int) -> None:
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
