"""From a request of HTTP to what it asks of the API, and from an answer of the API back to HTTP.

Action, version, format and key stand in parameters (the old way to sign, V1) or in headers (the new one, V3), and
parameters in the query, in a form or in both; ``+`` and ``%20`` are spaces, and blank values are kept, since they are
signed. A name that is given twice with one value is given once; with two values it is refused, since nobody can say
which was meant. A V1 request that gives no format gets XML, as documented, and a V3 one JSON.

Requests of web pages are refused: no client of the API is one, and any page could ask a server on its reader's machine.

Source: wire.md W1 to W13 and W19 to W24; eni_api.md section 7.
"""

from enum import StrEnum
from typing import Final
from urllib.parse import unquote

from cloudsim.api.render import error_to_json, error_to_xml, to_json, to_xml
from cloudsim.api.requests import ACTIONS, VPC_VERSION, Request
from cloudsim.api.responses import Response
from cloudsim.errors.base import ApiError
from cloudsim.errors.gateway import (
    ConnectNotAllowed,
    ForbiddenRiskControl,
    InvalidApiNotFound,
    InvalidVersion,
    MissingAction,
    MissingVersion,
    UnsupportedHTTPMethod,
)
from cloudsim.errors.parameters import InvalidParameter
from cloudsim.gateway.http import Headers, HttpAnswer, HttpRequest
from cloudsim.gateway.target import Target, api_host, read_target
from cloudsim.values.members import quick_members

PARAMETERS_MAX: Final = 2_000
"""Parameters of one request, in query and form together."""
RETRY_AFTER_MS: Final = 1_000
"""How long a throttled client is told to wait. A constant: what the client waits is wall time, and how much virtual
time passes meanwhile is up to how the server runs."""

ECS_VERSION: Final = Request.version
_OF_BOTH: Final = ("DescribeRegions", "DescribeZones", "TagResources", "UntagResources", "ListTagResources")
"""Actions of ECS that the VPC API has too."""
VERSIONS: Final[dict[str, frozenset[str]]] = {
    ECS_VERSION: frozenset(ACTIONS),
    VPC_VERSION: frozenset([*(name for name, kind in ACTIONS.items() if kind.version == VPC_VERSION), *_OF_BOTH]),
}
"""Actions of each version; clients ask for those of the VPC API under the version of ECS too (wire.md W2)."""
_SPELT_BY_VPC: Final = {"UnTagResources": "UntagResources"}
"""What the VPC API writes otherwise than ECS does."""

_FORM: Final = "application/x-www-form-urlencoded"


@quick_members
class Format(StrEnum):
    """How an answer is written."""

    JSON = "JSON"
    XML = "XML"


_CONTENT_TYPES: Final = {Format.JSON: "application/json;charset=utf-8", Format.XML: "text/xml;charset=utf-8"}


class Exchange:
    """One request, as far as it has been read, and how it wants to be answered.

    Args:
        request: the request.
    """

    __slots__ = (
        "_headers",
        "_host",
        "action",
        "format",
        "is_v3",
        "parameters",
        "query",
        "request",
        "target",
        "twice",
        "version",
    )

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self._headers = headers = dict(reversed(request.headers))  # of those that come twice the first one
        self.is_v3 = headers.get("authorization", "").startswith("ACS3-")
        """Whether it is signed by headers."""
        self.format = Format.JSON if self.is_v3 or "x-acs-action" in headers else Format.XML
        self._host = api_host(headers.get("host", ""))
        self.target = Target("/", "")
        self.query: list[tuple[str, str]] = []
        """Names and values of the query, which V3 signs apart."""
        self.parameters: dict[str, str] = {}
        """Those of query and form together."""
        self.twice = ""
        """A name that was given twice, with one value; empty if there is none."""
        self.action = self.version = ""

    def read(self, *, from_parameters_alone: bool = False) -> None:
        """Read everything but what the action's own parameters mean.

        Args:
            from_parameters_alone: whether headers may not say the action and the version, since V1 does not sign them.

        Raises:
            ApiError: the method, the target, the form, the action or the version is none.
        """
        request = self.request
        if request.method not in ("GET", "POST"):
            kind = ConnectNotAllowed if request.method == "CONNECT" else UnsupportedHTTPMethod
            raise kind(method=request.method)
        self._refuse_web_pages()
        self.target = read_target(request.target)
        self._host = self.target.host or self._host
        self.query = _pairs(self.target.query, "query")
        form = self._form()
        if len(self.query) + len(form) > PARAMETERS_MAX:
            raise _too_many(len(self.query) + len(form))
        self._gather(self.query)
        self._gather(form)
        self._choose_format()
        self.action = self._common("Action", "x-acs-action", from_parameters_alone=from_parameters_alone)
        self.version = self._common("Version", "x-acs-version", from_parameters_alone=from_parameters_alone)
        self._require_api()

    def _refuse_web_pages(self) -> None:
        """Refuse what a browser sends for a page of somebody else.

        Raises:
            ForbiddenRiskControl: it has an ``Origin``, or comes from another site.
        """
        if "origin" in self._headers:
            raise ForbiddenRiskControl(reason="it has an Origin header, which no client of the API sends")
        if self._headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
            raise ForbiddenRiskControl(reason="a page of another site sent it")

    def _form(self) -> list[tuple[str, str]]:
        body = self.request.body
        if not body:
            return []  # whatever its type: some clients name one for nothing
        kind = (self._headers.get("content-type") or _FORM).partition(";")[0].strip().lower()
        if kind != _FORM:
            raise InvalidParameter(parameter="Content-Type", reason=f'"{kind}" is not {_FORM}')
        try:
            text = body.decode()
        except UnicodeDecodeError:
            raise InvalidParameter(parameter="body", reason="it is not UTF-8") from None
        return _pairs(text, "body")

    def _gather(self, pairs: list[tuple[str, str]]) -> None:
        parameters = self.parameters
        for name, value in pairs:
            if name not in parameters:
                parameters[name] = value
            elif parameters[name] == value:
                self.twice = name
            else:
                raise InvalidParameter(parameter=name, reason="it is given twice, with different values")

    def _choose_format(self) -> None:
        """Take what the Format parameter says; anything but XML is JSON, as clients send the word None."""
        said = self.parameters.get("Format")
        if said:
            self.format = Format.XML if said.upper() == "XML" else Format.JSON

    def _common(self, name: str, header: str, *, from_parameters_alone: bool) -> str:
        """Give a common parameter: V3 has it in a header, V1 in the parameters and maybe in the header too."""
        said = self.parameters.get(name, "")
        if from_parameters_alone and not self.is_v3 and self.parameters.get("Signature"):
            return said
        in_header = self._headers.get(header, "")
        return in_header or said if self.is_v3 else said or in_header

    def _require_api(self) -> None:
        if not self.action:
            raise MissingAction
        if not self.version:
            raise MissingVersion
        actions = VERSIONS.get(self.version)
        if actions is None:
            raise InvalidVersion(version=self.version, known=" and ".join(VERSIONS))
        if self.version == VPC_VERSION:
            self.action = _SPELT_BY_VPC.get(self.action, self.action)
        if self.action not in actions:
            raise InvalidApiNotFound(what=f'"{self.action}" of version {self.version}')

    @property
    def product(self) -> str:
        """Of which product the API is that is asked."""
        return "Vpc" if self.version == VPC_VERSION else "Ecs"

    @property
    def host_id(self) -> str:
        """The endpoint that answers: the one that was asked, or else the product's."""
        return self._host or f"{self.product.lower()}.aliyuncs.com"


def _pairs(text: str, where: str) -> list[tuple[str, str]]:
    if not text:
        return []
    if text.count("&") >= PARAMETERS_MAX:
        raise _too_many(text.count("&") + 1)
    try:
        # What parse_qsl does with blank values kept, which asks far more than this of each pair.
        split = [pair.replace("+", " ").partition("=") for pair in text.split("&") if pair]
        if "%" not in text:
            return [(name, value) for name, _, value in split]
        return [(unquote(name, errors="strict"), unquote(value, errors="strict")) for name, _, value in split]
    except UnicodeDecodeError:
        raise InvalidParameter(parameter=where, reason="it is not UTF-8, percent-encoded") from None


def _too_many(count: int) -> InvalidParameter:
    return InvalidParameter(parameter="query", reason=f"it has {count} parameters, at most {PARAMETERS_MAX} are read")


def write_answer(response: Response, format: Format) -> HttpAnswer:  # noqa: A002  the parameter's name
    """Write the answer of an action."""
    body = to_json(response) if format is Format.JSON else to_xml(response)
    return HttpAnswer(200, _headers(format, response.request_id), body)


def write_refusal(
    refusal: ApiError,
    format: Format,  # noqa: A002
    *,
    request_id: str,
    host_id: str,
    product: str,
) -> HttpAnswer:
    """Write a refusal, of the gateway or of an action.

    Args:
        refusal: the refusal.
        format: how.
        request_id: of the call.
        host_id: the endpoint that answers.
        product: of which product the API is.
    """
    write = error_to_json if format is Format.JSON else error_to_xml
    headers = _headers(format, request_id)
    if refusal.code.startswith("Throttling"):
        headers = (*headers, ("x-acs-retry-after", str(RETRY_AFTER_MS)))
    body = write(refusal, request_id=request_id, host_id=host_id, product=product)
    return HttpAnswer(refusal.http_status, headers, body)


def _headers(format: Format, request_id: str) -> Headers:  # noqa: A002
    return (("content-type", _CONTENT_TYPES[format]), ("x-acs-request-id", request_id))
