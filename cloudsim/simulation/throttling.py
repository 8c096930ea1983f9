"""Limits of calls, held against the actions that there are."""

from cloudsim.api.requests import ACTIONS
from cloudsim.errors.own import SettingError, did_you_mean
from cloudsim.resources.throttle import ANY_ACTION, Throttling


def require_known_actions(throttling: Throttling | None) -> Throttling | None:
    """Refuse limits of actions that no API has; troubles are none, and nobody limits them.

    Raises:
        SettingError: there is no such action.
    """
    for action in () if throttling is None else throttling.limits or ():
        if action not in ACTIONS and action != ANY_ACTION:
            known = did_you_mean(action, [*ACTIONS, ANY_ACTION])
            raise SettingError(f"throttling cannot limit {action!r}, which is no action; {known}")
    return throttling
