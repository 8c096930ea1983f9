"""What a hostile caller says costs little: neither time out of proportion, nor memory that outlasts the call."""

from collections.abc import Iterator
from typing import Any

import pytest

from cloudsim.api.params import VALUE_LENGTH_MAX
from cloudsim.gateway.http import HttpAnswer, HttpRequest
from cloudsim.gateway.signature import SIGNED_HEADERS
from tests.gateway.door.asking import FORM, Desk, code

LONG = "r" * (VALUE_LENGTH_MAX + 1)


@pytest.mark.parametrize(
    ("action", "said"),
    [
        ("DescribeVpcs", f"RegionId={LONG}"),  # the journal says the region of each call
        # A refusal is remembered with its ClientToken, and says what was not found.
        ("CreateNetworkInterface", f"RegionId=cn-hangzhou&SecurityGroupId=sg-1&ClientToken=t&VSwitchId={LONG}"),
        ("RunInstances", f"RegionId=cn-hangzhou&HostName={LONG}"),
        ("DescribeInstances", f"RegionId=cn-hangzhou&InstanceName={LONG}"),
    ],
)
def test_a_value_longer_than_any_that_means_something_reaches_no_simulation(action: str, said: str) -> None:
    desk = Desk()
    answer = desk.visit(
        HttpRequest("POST", "/", FORM, f"Action={action}&Version=2014-05-26&Format=JSON&{said}".encode())
    )
    assert code(answer) == "InvalidParameter"
    assert str(VALUE_LENGTH_MAX) in answer.body.decode()  # type: ignore[union-attr]
    assert desk.journal.events == 0


class Looked(tuple[tuple[str, str], ...]):
    """Headers that count how often somebody looks through them."""

    __slots__ = ()
    looks = 0

    def __iter__(self) -> Iterator[Any]:
        Looked.looks += 1
        return super().__iter__()


def test_many_signed_names_of_many_headers_are_not_many_times_many_looks() -> None:
    names = [*SIGNED_HEADERS, *["a"] * 2_000]
    authorization = f"ACS3-HMAC-SHA256 Credential=nobody,SignedHeaders={';'.join(names)},Signature=00"
    said = dict.fromkeys(names, "x") | {
        "x-acs-action": "DescribeRegions",
        "x-acs-version": "2014-05-26",
        "authorization": authorization,
    }
    Looked.looks = 0
    answer = Desk(more=("k:s",), verify=True).visit(HttpRequest("GET", "/", Looked(said.items())))
    assert isinstance(answer, HttpAnswer)
    assert code(answer) == "InvalidAccessKeyId.NotFound"
    assert Looked.looks < 50
