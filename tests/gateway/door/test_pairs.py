"""Parameters of a query or a form are read as the standard library reads them."""

from urllib.parse import parse_qsl

from hypothesis import given
from hypothesis import strategies as st

from cloudsim.errors.base import ApiError
from cloudsim.gateway.exchange import Exchange
from cloudsim.gateway.http import HttpRequest

texts = st.text(st.sampled_from("aZ0&&==++%%%20fFeEcC3-_.~;?/ :"), max_size=40)


def read(query: str) -> list[tuple[str, str]] | None:
    """Give the pairs of a query, or None where they cannot be read."""
    exchange = Exchange(HttpRequest("GET", f"/?{query}", ()))
    try:
        exchange.read()
    except ApiError as refusal:
        if "UTF-8" in refusal.message:
            return None
    return exchange.query


@given(texts)
def test_a_query_is_split_and_decoded_as_parse_qsl_does(query: str) -> None:
    try:
        expected = parse_qsl(query, keep_blank_values=True, errors="strict")
    except UnicodeDecodeError:
        assert read(query) is None
    else:
        assert read(query) == expected
