"""Name, description, tags and token of a create."""

import pytest

from cloudsim.api.requests import Tag
from cloudsim.values.profile import CLASSIC, CURRENT
from tests.api.asking import a_create, code, reason


@pytest.mark.parametrize("name", ["ab", "a" * 128, "my-eni_name:1", "Zürich", "网卡-一号", "å1", "httpserver"])
def test_a_name_begins_with_a_letter_and_has_2_to_128_characters(name: str) -> None:
    assert code(a_create(network_interface_name=name), CLASSIC) is None
    assert code(a_create(network_interface_name=name), CURRENT) is None


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("a", "1 characters"),
        ("a" * 129, "129 characters"),
        ("网" * 129, "129 characters"),
        ("1a", "begin with a letter"),
        ("_a", "begin with a letter"),
        ("²a", "begin with a letter"),
        ("a b", "only letters"),
        ("a²", "only letters"),
        ("a٣", "only letters"),
        ("ab\n", "only letters"),
        ("http://x", "only letters"),
        ("https://x", "only letters"),
    ],
)
def test_any_other_name_is_refused_with_the_reason(name: str, why: str) -> None:
    for profile in (CLASSIC, CURRENT):
        assert code(a_create(network_interface_name=name), profile) == "InvalidParameter"
        assert "NetworkInterfaceName" in reason(a_create(network_interface_name=name), profile)
        assert why in reason(a_create(network_interface_name=name), profile)


@pytest.mark.parametrize("name", ["a.b", "网.卡"])
def test_only_newer_documents_allow_periods_in_names(name: str) -> None:
    assert code(a_create(network_interface_name=name), CLASSIC) == "InvalidParameter"
    assert "periods" not in reason(a_create(network_interface_name=name), CLASSIC)
    assert code(a_create(network_interface_name=name), CURRENT) is None
    assert "periods" in reason(a_create(network_interface_name="a/b"), CURRENT)


@pytest.mark.parametrize("description", ["ab", "x" * 256, "see http://example.com", "  ", "\n\n"])
def test_a_description_has_2_to_256_characters(description: str) -> None:
    assert code(a_create(description=description)) is None


@pytest.mark.parametrize(
    ("description", "why"),
    [
        ("x", "1 characters"),
        ("x" * 257, "257 characters"),
        ("http://x", "begins with"),
        ("https://x", "begins with"),
    ],
)
def test_any_other_description_is_refused_with_the_reason(description: str, why: str) -> None:
    request = a_create(description=description)
    assert code(request) == "InvalidParameter"
    assert "Description" in reason(request)
    assert why in reason(request)


def test_an_empty_text_is_not_given() -> None:
    assert code(a_create(network_interface_name="", description="", client_token="", primary_ip_address="")) is None


@pytest.mark.parametrize("token", ["t", "x" * 64, " ~"])
def test_a_token_is_at_most_64_ascii_characters(token: str) -> None:
    assert code(a_create(client_token=token)) is None


@pytest.mark.parametrize("token", ["x" * 65, "é", "令"])
def test_any_other_token_is_refused(token: str) -> None:
    assert code(a_create(client_token=token)) == "InvalidClientToken.ValueNotSupported"


def tags(count: int) -> tuple[Tag, ...]:
    return tuple(Tag(key=f"k{number}", value="v") for number in range(count))


def test_20_tags_are_taken_and_21_are_too_many() -> None:
    assert code(a_create(tags=tags(20))) is None
    assert code(a_create(tags=tags(21))) == "QuotaExceed.Tags"
    assert "asked for 21, the maximum is 20" in reason(a_create(tags=tags(21)))


@pytest.mark.parametrize("key", ["k", "x" * 128, "my-aliyun", "http:", "Acs:", "a\nb"])
def test_a_tag_key_has_1_to_128_characters(key: str) -> None:
    assert code(a_create(tags=(Tag(key=key, value=""),))) is None


@pytest.mark.parametrize(
    "key", [None, "", "x" * 129, "aliyun", "aliyun-x", "acs:x", "http://", "see https://x", "a\nhttp://"]
)
def test_any_other_tag_key_is_malformed(key: str | None) -> None:
    assert code(a_create(tags=(Tag(key="good", value="v"), Tag(key=key, value="v")))) == "InvalidTagKey.Malformed"


@pytest.mark.parametrize("value", [None, "", "v", "x" * 128, "aliyun", "x acs:"])
def test_a_tag_value_may_be_empty_or_absent(value: str | None) -> None:
    assert code(a_create(tags=(Tag(key="k", value=value),))) is None


@pytest.mark.parametrize("value", ["x" * 129, "acs:x", "http://", "see https://x"])
def test_any_other_tag_value_is_malformed(value: str) -> None:
    assert code(a_create(tags=(Tag(key="k", value=value),))) == "InvalidTagValue.Malformed"


def test_a_tag_key_is_said_once() -> None:
    assert code(a_create(tags=(Tag(key="k", value="1"), Tag(key="K", value="2")))) is None
    twice = (Tag(key="j"), Tag(key="k", value="1"), Tag(key="k", value="2"))
    assert code(a_create(tags=twice)) == "Duplicate.TagKey"
