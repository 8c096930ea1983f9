"""Calls in flat parameters, the names and texts that go over the wire; for what the typed methods refuse.

Other than a typed method, it takes what the real service takes: an unknown name is ignored, and the journal has it; a
documented one that does nothing here is taken. An action that does not exist is answered as the cloud answers it. Such
an answer, and one about a text that cannot be read, comes at once: nothing was sent that could travel.

Source: design.md decision 11; eni_api.md section 7 (InvalidAction).
"""

from collections.abc import Mapping
from typing import Any

from cloudsim.api.params import from_parameters
from cloudsim.api.render import to_wire
from cloudsim.errors.own import require, require_text
from cloudsim.errors.parameters import UnsupportedParameter
from cloudsim.runtime.client.asking import Asking


class FlatCalls(Asking):
    """The door for flat parameters."""

    async def call(self, action: str, parameters: Mapping[str, str], *, strict: bool = False) -> dict[str, Any]:
        """Make a call as it is on the wire.

        Args:
            action: the documented name, such as ``DescribeVpcs``.
            parameters: texts by documented names: ``{"VSwitchId": "vsw-a", "Tag.1.Key": "team"}``. The client's region
                is filled in where there is none.
            strict: refuse a name that the action does not know, instead of ignoring it.

        Returns:
            The answer with its documented names, as JSON would have it.

        Raises:
            InvalidAction: there is no such action.
            UnsupportedParameter: a name is unknown, in strict mode.
            ApiError: the refusal.
            RequestTimeout: no answer came in time, in any try.
            SettingError: what is given is no text, or none that can be sent.
        """
        require(action, str, "call, for the action,")
        require(parameters, Mapping, f"call, for the parameters of {action},")
        for name, text in parameters.items():
            for said in (name, text):
                require_text(said, f"call, for parameter {name!r} of {action},")
        parsed = from_parameters(action, parameters)
        if strict and parsed.unknown:
            raise UnsupportedParameter(parameter=parsed.unknown[0], profile=self._session.cloud.profile.name)
        return to_wire(await self._call(parsed.request, unknown=parsed.unknown))
