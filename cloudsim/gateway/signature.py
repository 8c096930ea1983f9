"""Signatures of requests: V1 (HMAC-SHA1 or -SHA256 over the parameters) and V3 (ACS3-HMAC-SHA256 over headers too).

What arrived is decoded and written anew before it is signed, since clients escape the same text in different ways. What
a signature does not cover is believed of nobody: V1 says everything in parameters, each once, and V3 has to sign host,
action, version, date, nonce and the hash of the body.

Source: wire.md section 2, with requests recorded from five clients; eni_api.md section 7 (two documented examples).
"""

import re
from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Mapping
from hashlib import sha1, sha256
from hmac import compare_digest, new
from typing import Final, NamedTuple
from urllib.parse import quote

from cloudsim.errors.gateway import (
    IncompleteSignature,
    InvalidSignatureMethod,
    MissingAccessKeyId,
    MissingSignature,
    MissingSignatureNonce,
    MissingTimestamp,
    SignatureDoesNotMatch,
)
from cloudsim.gateway.exchange import Exchange

_V1_DIGESTS: Final = {"HMAC-SHA1": sha1, "HMAC-SHA256": sha256}
_V3_METHOD: Final = "ACS3-HMAC-SHA256"
_AUTHORIZATION: Final = re.compile(
    r"(?P<method>[A-Z0-9-]+) +Credential=(?P<key>[^,\s]+) *, *SignedHeaders=(?P<names>[^,\s]+) *, *"
    r"Signature=(?P<signature>[0-9a-f]+)",
    re.ASCII,
)
SIGNED_HEADERS: Final = (
    "host",
    "x-acs-action",
    "x-acs-version",
    "x-acs-date",
    "x-acs-signature-nonce",
    "x-acs-content-sha256",
)
"""What V3 has to sign at least."""


class Signed(NamedTuple):
    """What a signature says of itself, before anybody has verified it."""

    key: str
    """The id of the access key."""
    signature: str
    method: str
    nonce: str
    timestamp: str
    security_token: str
    """Empty where there is none."""
    headers: tuple[str, ...] = ()
    """Names of the headers that V3 signs, as they were given."""


def read_signature(exchange: Exchange) -> Signed:
    """Find the signature of a request.

    Raises:
        ApiError: a part of it is missing, given twice, or none.
    """
    return _read_v3(exchange) if exchange.is_v3 else _read_v1(exchange)


def verify(exchange: Exchange, signed: Signed, secret: str) -> None:
    """Hold a request against its signature, in a time that does not depend on where the two differ.

    Args:
        exchange: the request, read.
        signed: its signature.
        secret: of the key that is said to have signed.

    Raises:
        SignatureDoesNotMatch: another secret, or another request.
    """
    request = exchange.request
    if exchange.is_v3:
        said_hash = request.header("x-acs-content-sha256") or ""
        text = string_to_sign_v3(exchange, signed.headers, said_hash)
        expected = new(secret.encode(), text.encode(), sha256).hexdigest()
        is_whole = compare_digest(said_hash.encode(), sha256(request.body).hexdigest().encode())
    else:
        text = string_to_sign_v1(request.method, exchange.parameters)
        digest = new(f"{secret}&".encode(), text.encode(), _V1_DIGESTS[signed.method]).digest()
        expected, is_whole = b64encode(digest).decode(), True
    if not (compare_digest(expected.encode(), signed.signature.encode()) and is_whole):
        raise SignatureDoesNotMatch(string_to_sign=text)


def string_to_sign_v1(method: str, parameters: Mapping[str, str]) -> str:
    """Write what V1 signs.

    Args:
        method: of HTTP.
        parameters: all, by name; the signature itself is left out.
    """
    signed = _query(item for item in parameters.items() if item[0] != "Signature")
    return f"{method}&%2F&{_escape(signed)}"


def string_to_sign_v3(exchange: Exchange, names: Iterable[str], content_hash: str) -> str:
    """Write what V3 signs.

    Args:
        exchange: the request, read.
        names: of the headers that are signed, in their order.
        content_hash: of the body, as the request says it.
    """
    request = exchange.request
    names = tuple(names)
    values = dict(reversed(request.headers))  # the first of each name
    headers = "".join([f"{name}:{values.get(name, '').strip()}\n" for name in names])
    lines = (request.method, exchange.target.path, _query(exchange.query), headers, ";".join(names), content_hash)
    canonical_request = "\n".join(lines)
    return f"{_V3_METHOD}\n{sha256(canonical_request.encode()).hexdigest()}"


def _read_v1(exchange: Exchange) -> Signed:
    said = exchange.parameters
    for name, refusal in (
        ("AccessKeyId", MissingAccessKeyId),
        ("Signature", MissingSignature),
        ("SignatureNonce", MissingSignatureNonce),
        ("Timestamp", MissingTimestamp),
    ):
        if not said.get(name):
            raise refusal
    if exchange.twice:
        raise IncompleteSignature(reason=f'"{exchange.twice}" is given twice')
    method = said.get("SignatureMethod") or "HMAC-SHA1"
    if method not in _V1_DIGESTS:
        raise InvalidSignatureMethod(method=method, known=" and ".join(_V1_DIGESTS))
    return Signed(
        key=said["AccessKeyId"],
        signature=said["Signature"],
        method=method,
        nonce=said["SignatureNonce"],
        timestamp=said["Timestamp"],
        security_token=said.get("SecurityToken", ""),
    )


def _read_v3(exchange: Exchange) -> Signed:
    request = exchange.request
    text = request.header("authorization") or ""
    method = text.partition(" ")[0]
    if method != _V3_METHOD:
        raise InvalidSignatureMethod(method=method, known=_V3_METHOD)
    found = _AUTHORIZATION.fullmatch(text)
    if found is None:
        raise IncompleteSignature(reason="Authorization is not Credential=...,SignedHeaders=...,Signature=...")
    names = tuple(found["names"].split(";"))
    unsigned = [name for name in SIGNED_HEADERS if name not in names]
    if unsigned:
        raise IncompleteSignature(reason=f"SignedHeaders lacks {', '.join(unsigned)}")
    times = Counter([name for name, _ in request.headers])  # or many names of many headers would take seconds
    for name in names:
        if times[name] != 1:
            raise IncompleteSignature(reason=f'the signed header "{name}" is not there, or not once')
    if not request.header("x-acs-signature-nonce"):
        raise MissingSignatureNonce
    if not request.header("x-acs-date"):
        raise MissingTimestamp
    return Signed(
        key=found["key"],
        signature=found["signature"],
        method=method,
        nonce=request.header("x-acs-signature-nonce") or "",
        timestamp=request.header("x-acs-date") or "",
        security_token=request.header("x-acs-security-token") or "",
        headers=names,
    )


def _query(pairs: Iterable[tuple[str, str]]) -> str:
    """Write parameters sorted and escaped, a blank one as ``name=``."""
    return "&".join([f"{_escape(name)}={_escape(value)}" for name, value in sorted(pairs)])


def _escape(text: str) -> str:
    """Escape all but letters, digits and ``-_.~``."""
    return quote(text, safe="")
