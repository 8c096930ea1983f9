"""Texts that people choose: name, description, tags and the client token.

"Letters" are those of any script, since newer documents name Chinese ones; digits are 0 to 9. A name cannot begin with
``http://``, as the reference asks, because a slash is none of its characters. Prefixes such as ``aliyun`` are compared
as they are printed, in lower case.

Source: CreateNetworkInterface reference: NetworkInterfaceName, Description, Tag.N.Key, Tag.N.Value, ClientToken;
periods in names: eni_api.md section 1.1.
"""

import re
from typing import Final

from cloudsim.api.requests import CreateNetworkInterface, Tag
from cloudsim.errors.parameters import InvalidParameter
from cloudsim.errors.tags import DuplicateTagKey, InvalidTagKeyMalformed, InvalidTagValueMalformed, QuotaExceedTags
from cloudsim.errors.tokens import InvalidClientTokenValueNotSupported
from cloudsim.values.profile import Profile

_ASCII_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9:_-]{1,127}")
_MARKS: Final = frozenset("0123456789:_-")
_MARKS_AND_DOT: Final = _MARKS | {"."}
_TAG_KEY: Final = re.compile(r"(?!aliyun|acs:)(?!.*https?://).{1,128}", re.DOTALL)
_TAG_VALUE: Final = re.compile(r"(?!acs:)(?!.*https?://).{0,128}", re.DOTALL)


def name_is_well_formed(request: CreateNetworkInterface, profile: Profile) -> None:
    """Refuse a NetworkInterfaceName that is not 2 to 128 letters, digits and marks, or begins with no letter."""
    if request.network_interface_name:
        require_name("NetworkInterfaceName", request.network_interface_name, profile)


def require_name(parameter: str, name: str | None, profile: Profile) -> None:
    """Refuse a name that is given and not 2 to 128 letters, digits and marks, or begins with no letter.

    Raises:
        InvalidParameter: it is malformed.
    """
    reason = what_is_wrong(name, profile)
    if reason:
        raise InvalidParameter(parameter=parameter, reason=reason)


def what_is_wrong(name: str | None, profile: Profile) -> str:
    """Say what is wrong with a name; empty where nothing is, or none is given."""
    if not name or _ASCII_NAME.fullmatch(name):
        return ""
    marks = _MARKS_AND_DOT if profile.name_allows_dots else _MARKS
    if not 2 <= len(name) <= 128:
        return f"it has {len(name)} characters, 2 to 128 are allowed"
    if not name[0].isalpha():
        return "it does not begin with a letter"
    if not all(character.isalpha() or character in marks for character in name):
        also = ", hyphens and periods" if profile.name_allows_dots else " and hyphens"
        return f"only letters, digits, colons, underscores{also} are allowed"
    return ""


def description_is_well_formed(request: CreateNetworkInterface, _profile: Profile) -> None:
    """Refuse a Description that is not 2 to 256 characters, or begins like a link."""
    if request.description:
        require_description(request.description)


def require_description(description: str | None, *, length_max: int = 256) -> None:
    """Refuse a description that is given and not 2 to 256 characters, or begins like a link.

    Args:
        description: the text.
        length_max: where an action allows another length.

    Raises:
        InvalidParameter: it is malformed.
    """
    if not description:
        return
    if not 2 <= len(description) <= length_max:
        reason = f"it has {len(description)} characters, 2 to {length_max} are allowed"
    elif description.startswith(("http://", "https://")):
        reason = "it begins with http:// or https://"
    else:
        return
    raise InvalidParameter(parameter="Description", reason=reason)


def token_is_well_formed(request: CreateNetworkInterface, _profile: Profile) -> None:
    """Refuse a ClientToken of more than 64 characters or beyond ASCII."""
    if request.client_token:
        require_token(request.client_token)


def require_token(token: str | None) -> None:
    """Refuse a ClientToken that is given and has more than 64 characters, or some beyond ASCII.

    Raises:
        InvalidClientTokenValueNotSupported: it is malformed.
    """
    if not token:
        return
    if len(token) > 64:
        raise InvalidClientTokenValueNotSupported(reason=f"it has {len(token)} characters, the maximum is 64")
    if not token.isascii():
        raise InvalidClientTokenValueNotSupported(reason="it has characters beyond ASCII")


def tags_are_well_formed(request: CreateNetworkInterface, profile: Profile) -> None:
    """Refuse too many tags, malformed ones, and a key that is said twice."""
    if request.tags:
        require_tags(request.tags, profile)


def require_tags(tags: tuple[Tag, ...] | None, profile: Profile) -> None:
    """Refuse too many tags, malformed ones, and a key that is said twice.

    Raises:
        QuotaExceedTags: there are too many.
        InvalidTagKeyMalformed: a key is malformed.
        InvalidTagValueMalformed: a value is.
        DuplicateTagKey: a key is said twice.
    """
    if not tags:
        return
    if len(tags) > profile.tags_per_request_max:
        raise QuotaExceedTags(asked=len(tags), limit=profile.tags_per_request_max)
    keys = [_key(tag) for tag in tags]
    if len(set(keys)) < len(keys):
        repeated = next(key for position, key in enumerate(keys) if key in keys[:position])
        raise DuplicateTagKey(key=repeated)


def _key(tag: Tag) -> str:
    """Give the key of a tag, both parts of which have to be well-formed."""
    key, value = tag.key or "", tag.value or ""
    if not _TAG_KEY.fullmatch(key):
        raise InvalidTagKeyMalformed(key=key)
    if not _TAG_VALUE.fullmatch(value):
        raise InvalidTagValueMalformed(key=key, value=value)
    return key
