"""What the gateway of ``cloudsim serve`` refuses before an operation sees the call, and no journal has.

Source: eni_api.md section 7; wire.md.
"""

from typing import Final

from cloudsim.errors import account, gateway, parameters, service
from cloudsim.errors.table.rows import CodeRow

GATEWAY: Final = "gateway"
"""Stands where other rows have their operation."""

GATEWAY_TABLE: Final[tuple[CodeRow, ...]] = tuple(
    CodeRow(error=error, trigger=trigger, phase=None, operation=GATEWAY)
    for error, trigger in (
        (gateway.UnsupportedHTTPMethod, "a method that is neither GET nor POST"),
        (gateway.ConnectNotAllowed, "CONNECT, which asks for a tunnel"),
        (gateway.ForbiddenRiskControl, "a web page: an Origin header, or Sec-Fetch-Site of another site"),
        (gateway.InvalidProductNotFound, "a target as proxies get it, of a host that is none of the API's"),
        (gateway.InvalidApiNotFound, "another path than /, or an action that the version has not"),
        (gateway.InvalidVersion, "a version that there is not"),
        (gateway.MissingAction, "no Action"),
        (gateway.MissingVersion, "no Version"),
        (parameters.InvalidParameter, "a parameter with two values, a body that is no form, too many parameters"),
        (parameters.UnsupportedParameter, "with --strict: a parameter that the action does not know"),
        (account.AbsInvalidAccountNotFound, "an access key that has expired"),
        (gateway.InvalidAccessKeyIdInactive, "an access key that is disabled"),
        (gateway.InvalidAccessKeyIdNotFound, "with --verify-signatures: an access key that nobody has"),
        (gateway.MissingAccessKeyId, "with --verify-signatures: no access key"),
        (gateway.MissingSignature, "with --verify-signatures: no signature"),
        (gateway.MissingSignatureNonce, "with --verify-signatures: no nonce"),
        (gateway.MissingTimestamp, "with --verify-signatures: no time stamp"),
        (gateway.MissingSecurityToken, "with --verify-signatures: a temporary key without its token"),
        (gateway.InvalidSecurityTokenExpired, "a temporary key that has expired"),
        (gateway.InvalidSecurityTokenMismatchWithAccessKey, "with --verify-signatures: another key's token"),
        (gateway.InvalidTimeStampFormat, "with --verify-signatures: a time stamp that is not written as documented"),
        (gateway.InvalidTimeStampExpired, "with --verify-signatures: a time stamp more than 15 minutes from now"),
        (gateway.SignatureNonceUsed, "with --verify-signatures: a nonce that the key has used in the last half hour"),
        (gateway.InvalidSignatureMethod, "with --verify-signatures: a way to sign that is not known"),
        (gateway.IncompleteSignature, "with --verify-signatures: something unsigned that has to be signed"),
        (gateway.SignatureDoesNotMatch, "with --verify-signatures: another signature than the key's"),
        (service.InternalError, "a bug of the simulator itself; /_cloudsim/health tells"),
    )
)  # fmt: skip
"""Every row."""
