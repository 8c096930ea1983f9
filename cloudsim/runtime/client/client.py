"""The client: what a user writes against, in a trio script.

A call raises its ApiError; :func:`~cloudsim.runtime.outcome.attempt` gives an Outcome instead.
"""

from cloudsim.runtime.client.account import AccountMethods
from cloudsim.runtime.client.addresses import AddressMethods
from cloudsim.runtime.client.flat import FlatCalls
from cloudsim.runtime.client.groups import GroupMethods
from cloudsim.runtime.client.instance_waits import InstanceWaits
from cloudsim.runtime.client.instances import InstanceMethods
from cloudsim.runtime.client.interface_waits import InterfaceWaits
from cloudsim.runtime.client.interfaces import InterfaceMethods
from cloudsim.runtime.client.lists import Lists
from cloudsim.runtime.client.network_waits import NetworkWaits
from cloudsim.runtime.client.networks import NetworkMethods
from cloudsim.runtime.client.reservations import ReservationMethods
from cloudsim.runtime.client.tagging import TaggingMethods


class Client(
    InterfaceMethods,
    AddressMethods,
    InstanceMethods,
    NetworkMethods,
    ReservationMethods,
    GroupMethods,
    AccountMethods,
    TaggingMethods,
    FlatCalls,
    InterfaceWaits,
    InstanceWaits,
    NetworkWaits,
    Lists,
):
    """Makes calls for one account, and by default in one region; made by ``Session.client``.

    It has a method for each action, which takes the documented parameters in snake case, as keywords, and waits for the
    answer. All of them raise alike:

    - ``ApiError``, or rather one of its kin, is the refusal;
    - ``RequestTimeout``: no answer came in time, in any try;
    - ``SettingError``: there is no such parameter, it has no effect here, or its value is of the wrong kind.

    Besides there are waits for states (``wait_until_...``), whole lists (``all_...``), :meth:`call` for flat
    parameters, and :meth:`submit` with :meth:`answer` for calls that nobody waits for at once.

    Any number of tasks may use one client at the same time.
    """
