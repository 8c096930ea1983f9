"""DescribeNetworkInterfaceAttribute: one ENI with all that is known of it; other than in a list, it has to exist.

Source: eni_api.md section 2.4; wire.md W16.
"""

from cloudsim.api.requests import DescribeNetworkInterfaceAttribute
from cloudsim.operations.admission import admit
from cloudsim.operations.finding import find_interface
from cloudsim.operations.interfaces.presentation import described_alone
from cloudsim.operations.operation import Call, Footprint, Operation, Phase
from cloudsim.operations.policy import Policy
from cloudsim.resources.cloud import Cloud, eni_key
from cloudsim.resources.ledger import Mode
from cloudsim.values.ids import EniId


def describe_attribute(cloud: Cloud, call: Call[DescribeNetworkInterfaceAttribute], policy: Policy) -> Operation:
    """Show one ENI."""
    del policy  # nothing here is left open
    yield Phase.ADMIT
    estate = admit(cloud, call)
    yield Phase.READ
    cloud.ledger.touch(estate.interfaces_key, Mode.READ)
    eni = find_interface(cloud, estate, call.request.network_interface_id, mode=Mode.READ)
    cloud.answer(described_alone(cloud, eni, call.draws.request_id()))
    yield Phase.RESPOND


def footprint(cloud: Cloud, call: Call[DescribeNetworkInterfaceAttribute], policy: Policy, phase: Phase) -> Footprint:
    """Say what reading touches: the ENI, and the list of all, since its number and its members depend on others."""
    del cloud, policy, phase
    request = call.request
    return (
        (eni_key(EniId(request.network_interface_id or "")), Mode.READ),
        (f"enis:{call.account}/{request.region_id}", Mode.READ),
    )
