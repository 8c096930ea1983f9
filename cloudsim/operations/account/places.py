"""DescribeRegions and DescribeZones: what the world has, which never changes while a simulation runs.

A region that is out of service for the account is soldOut. A zone that is out, a trouble of the running service, is
listed like any other: what is for sale there has not changed. Every type of the catalogue is for sale in every zone.

Source: eni_api.md section 2.12; DescribeRegions and DescribeZones references.
"""

from typing import Final

from cloudsim.api.requests import DescribeRegions, DescribeZones
from cloudsim.api.responses import DescribeRegionsResponse, DescribeZonesResponse
from cloudsim.api.responses.account import RegionItem, ZoneItem
from cloudsim.operations.admission import admit, admit_anywhere
from cloudsim.operations.operation import Call, Footprint, Operation, Phase
from cloudsim.operations.policy import Policy
from cloudsim.resources.cloud import Cloud

_MADE_HERE: Final = ("VSwitch", "Instance")
"""The documented kinds of resources that this cloud makes in a zone."""


def describe_regions(cloud: Cloud, call: Call[DescribeRegions], policy: Policy) -> Operation:
    """List the regions."""
    del policy  # nothing here is left open
    yield Phase.ADMIT
    account = admit_anywhere(cloud, call)
    yield Phase.READ
    is_chinese = _is_chinese(call.request.accept_language)
    cloud.answer(
        DescribeRegionsResponse(
            request_id=call.draws.request_id(),
            regions=tuple(
                [
                    RegionItem(
                        region_id=region.id,
                        local_name=region.local_name(is_chinese=is_chinese),
                        region_endpoint=region.endpoint,
                        status="soldOut" if region.id in account.regions_out_of_service else "available",
                    )
                    for region in cloud.regions.values()
                ]
            ),
        )
    )
    yield Phase.RESPOND


def describe_zones(cloud: Cloud, call: Call[DescribeZones], policy: Policy) -> Operation:
    """List the zones of a region."""
    del policy  # nothing here is left open
    request = call.request
    yield Phase.ADMIT
    region = admit(cloud, call).region
    yield Phase.READ
    is_chinese, is_brief = _is_chinese(request.accept_language), request.verbose is False
    types = () if is_brief else tuple(cloud.catalogue.names())
    cloud.answer(
        DescribeZonesResponse(
            request_id=call.draws.request_id(),
            zones=tuple(
                [
                    ZoneItem(
                        zone_id=zone,
                        local_name=region.zone_name(zone, is_chinese=is_chinese),
                        available_resource_creation=() if is_brief else _MADE_HERE,
                        available_instance_types=types,
                    )
                    for zone in region.zones
                ]
            ),
        )
    )
    yield Phase.RESPOND


def _is_chinese(language: str | None) -> bool:
    return not language or language.lower().startswith("zh")


def footprint(cloud: Cloud, call: Call[DescribeRegions | DescribeZones], policy: Policy, phase: Phase) -> Footprint:
    """Say what reading touches: nothing that changes."""
    del cloud, call, policy, phase
    return ()
