"""What the tests of the rules have in common: the usual requests, and strategies for any request at all."""

from collections.abc import Iterable
from types import NoneType
from typing import Annotated, Any, get_args, get_origin

import msgspec
from hypothesis import strategies as st

from cloudsim.api.requests import ACTIONS, CreateNetworkInterface, Request
from cloudsim.api.rules import check
from cloudsim.errors.base import ApiError
from cloudsim.values.profile import CLASSIC, Profile

USUAL = CreateNetworkInterface(region_id="cn-hangzhou", vswitch_id="vsw-1", security_group_id="sg-1")


def a_create(**changes: Any) -> CreateNetworkInterface:
    """The usual create with some of its parameters changed."""
    return msgspec.structs.replace(USUAL, **changes)


def refusal(request: Request, profile: Profile = CLASSIC) -> ApiError | None:
    """The refusal of the first rule that a request breaks; its message is composed, so that its facts are there."""
    try:
        check(request, profile)
    except ApiError as error:
        broken = error
    else:
        return None
    assert broken.message, "a refusal says something"
    return broken


def code(request: Request, profile: Profile = CLASSIC) -> str | None:
    """The code of that refusal; None for a request that breaks no rule."""
    error = refusal(request, profile)
    return None if error is None else error.code


def reason(request: Request, profile: Profile = CLASSIC) -> str:
    """The message of that refusal."""
    error = refusal(request, profile)
    assert error is not None, "the request breaks no rule"
    return error.message


def any_request(
    texts: st.SearchStrategy[str], *, is_sayable: bool, of: Iterable[type[Request]] = ACTIONS.values()
) -> st.SearchStrategy[Request]:
    """Requests of any action with any of their parameters.

    Args:
        of: the actions' requests; those of all actions by default.
        texts: for every text, but for those of tags where requests are sayable.
        is_sayable: leave out what the flat form cannot tell from nothing: empty lists and Structs without a part.
    """
    return st.one_of([_any_struct(action, texts, is_sayable=is_sayable) for action in of])


def _any_struct(
    struct: type[msgspec.Struct], texts: st.SearchStrategy[str], *, is_sayable: bool
) -> st.SearchStrategy[Any]:
    fields = {
        field.name: _any_value(field.type, texts, is_sayable=is_sayable) for field in msgspec.structs.fields(struct)
    }
    made = st.builds(struct, **fields)
    if is_sayable and not issubclass(struct, Request):
        return made.filter(lambda item: any(getattr(item, name) is not None for name in fields))
    return made


def _any_value(annotation: Any, texts: st.SearchStrategy[str], *, is_sayable: bool) -> st.SearchStrategy[Any]:
    (given,) = [member for member in get_args(annotation) if member is not NoneType]
    if get_origin(given) is Annotated:  # a JSON array in one text, which may say that it is empty
        return st.none() | st.lists(texts, max_size=12).map(tuple)
    if get_origin(given) is not tuple:
        return st.none() | _any_given(given, texts, is_sayable=is_sayable)
    kind = get_args(given)[0]
    # Parts with many parameters, each of which may be a list, come in fewer numbers: 12 of them would be pages long.
    is_small = not isinstance(kind, type(msgspec.Struct)) or len(kind.__struct_fields__) < 8
    item = _any_given(kind, texts, is_sayable=is_sayable)
    return st.none() | st.lists(item, min_size=int(is_sayable), max_size=12 if is_small else 2).map(tuple)


def _any_given(given: Any, texts: st.SearchStrategy[str], *, is_sayable: bool) -> st.SearchStrategy[Any]:
    if given is str:
        return texts
    if given is bool:
        return st.booleans()
    if given is int:
        return st.integers(-(10**17), 10**17)
    if given is float:
        return st.integers(-(10**9), 10**9).map(lambda thousandths: thousandths / 1000)
    return _any_struct(given, texts, is_sayable=is_sayable)
