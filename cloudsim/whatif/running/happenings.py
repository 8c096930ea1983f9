"""Happenings: the events of an experiment at their instants, for items that hold ENIs or addresses.

What goes wrong in the cloud is a trouble (:mod:`cloudsim.simulation.trouble`), journalled and audited as a call is; it
strikes before anything else at its instant, but after releases that came first. The rest happens before the arrivals of
its instant.

Where the documents are silent: an item that is moved counts as one more that is offered, since it asks anew; it goes to
the other zones of its workload in turn, those that are out left aside, and to its own zone where there is no other.

Source: experiments.md; issue "what-ifs", "Events in time".
"""

from collections.abc import Callable, Mapping
from itertools import count
from typing import Any

from msgspec import structs

from cloudsim.resources.vpc import Vpc
from cloudsim.simulation.simulation import Simulation
from cloudsim.simulation.world.build import add_vswitch
from cloudsim.simulation.world.validate import validate
from cloudsim.values.duration import Ns
from cloudsim.values.ids import VpcId, VSwitchId, ZoneId
from cloudsim.whatif.arrivals.items import Item
from cloudsim.whatif.arrivals.lifetimes import CHANCE_BITS
from cloudsim.whatif.arrivals.processes import Process
from cloudsim.whatif.arrivals.workload import lifetime_of
from cloudsim.whatif.experiment.events import (
    DeploymentSurge,
    GrowthCurve,
    InstanceTypeChange,
    QuotaChange,
    VSwitchAdded,
    ZoneOutage,
    ZoneReturn,
)
from cloudsim.whatif.experiment.spec import Experiment
from cloudsim.whatif.experiment.workloads import Synthetic
from cloudsim.whatif.running.beside import beside
from cloudsim.whatif.running.census import Census
from cloudsim.whatif.running.curves import Bent, lines_of
from cloudsim.whatif.running.fleet.fleet import Fleet
from cloudsim.whatif.running.fleet.pods import Pods
from cloudsim.whatif.running.interfaces import Interfaces

_OF_VPC = ("vswitches", "private-addresses")


class Happenings:
    """The events of one run.

    Args:
        experiment: has them.
        simulation: where they happen.
        census: counts vSwitches that are added too.
        placers: by the names of their workloads.
        fleet: the nodes, where there are any.
    """

    def __init__(
        self,
        experiment: Experiment,
        simulation: Simulation,
        census: Census,
        placers: Mapping[str, Interfaces | Pods],
        fleet: Fleet | None,
    ) -> None:
        self._experiment = experiment
        self._simulation = simulation
        self._census = census
        self._placers = placers
        self._fleet = fleet
        self._world = experiment.world

    def bend_of(self, workload: str) -> Callable[[Process], Process] | None:
        """Give what a workload's growth curve makes of its process; None where it has none."""
        curves = [one for one in self._experiment.events if isinstance(one, GrowthCurve) and one.workload == workload]
        if not curves:
            return None
        (curve,) = curves
        lines = lines_of(curve)
        return lambda process: Bent(process, lines)

    def begin(self, horizon_ns: Ns) -> None:
        """Plan everything, before the first item comes."""
        make: dict[type, Callable[[int, Any], None]] = {
            ZoneOutage: self._zone_out,
            ZoneReturn: self._zone_return,
            QuotaChange: self._quota,
            VSwitchAdded: self._vswitch,
            InstanceTypeChange: self._type,
            DeploymentSurge: self._surge,
        }
        for index, event in enumerate(self._experiment.events):
            if event.at_ns <= horizon_ns and type(event) in make:
                make[type(event)](index, event)

    def _at(self, at_ns: Ns, act: Callable[[], None], name: str) -> None:
        # A plain number: the journal writes the time, and knows no Duration.
        self._simulation.kernel.call_at(int(at_ns), act, name=f"event {name}")

    # -- zones

    def _zone_out(self, index: int, event: ZoneOutage) -> None:
        self._simulation.trouble.take_zone_out(event.zone, at=event.at_ns, lasting=event.lasting_ns)
        if event.pods != "stay":
            self._at(event.at_ns, lambda: self._lose(index, event), event.zone)
        if event.lasting_ns is not None:
            self._at(event.at_ns + event.lasting_ns, lambda: self._zone_back(event.zone), event.zone)

    def _zone_return(self, index: int, event: ZoneReturn) -> None:
        del index
        self._simulation.trouble.bring_zone_back(event.zone, at=event.at_ns)
        self._at(event.at_ns, lambda: self._zone_back(event.zone), event.zone)

    def _zone_back(self, zone: str) -> None:
        if self._fleet is not None and ZoneId(zone) not in self._simulation.cloud.conditions.zones_out:
            self._fleet.zone_back(zone)

    def _lose(self, index: int, event: ZoneOutage) -> None:
        """End what lives in the zone, and let it come anew where it is moved."""
        moves = event.pods == "moved"
        zones_out = self._simulation.cloud.conditions.zones_out
        for placer in self._placers.values():
            lost = placer.lose(event.zone, moved=moves)
            zones = dict.fromkeys(home.zone for home in placer.vswitches if home.zone not in zones_out)
            others = [*zones] or [ZoneId(event.zone)]
            for turn, one in enumerate(lost if moves else ()):
                anew = Item(
                    f"{one.item.key}/moved-{index}",
                    one.item.workload,
                    self._simulation.now_ns,
                    one.left_ns,
                    others[turn % len(others)],
                )
                placer.arrive(anew, then=one.then)

    # -- limits

    def _quota(self, index: int, event: QuotaChange) -> None:
        del index
        if event.quota in _OF_VPC and self._fleet is not None:
            self._limit_beside_nodes(event, self._fleet)
            return
        scope = self._scope_of(event)
        trouble = self._simulation.trouble
        trouble.set_quota(event.quota, event.limit, **scope, at=event.at_ns, lasting=event.lasting_ns)
        self._census.expect_limit(int(event.at_ns))
        if event.lasting_ns is not None:
            self._census.expect_limit(event.at_ns + event.lasting_ns)

    def _scope_of(self, event: QuotaChange) -> dict[str, str]:
        """Say whose limit it is, the only one where it is not said."""
        cloud = self._simulation.cloud
        if event.quota in _OF_VPC:
            return {"vpc": event.vpc or next(iter(cloud.vpcs))}
        if event.quota == "group-places":
            return {"group": event.security_group or next(iter(cloud.security_groups))}
        return {
            "account": event.account or next(iter(cloud.accounts)),
            "region": event.region or next(iter(cloud.regions)),
        }

    def _limit_beside_nodes(self, event: QuotaChange, fleet: Fleet) -> None:
        """Set a limit of a VPC to what it says and what its nodes, which are not modelled, take besides."""
        vpc = self._simulation.cloud.vpcs[VpcId(self._scope_of(event)["vpc"])]

        def set_to(limit: int) -> None:
            limit += fleet.outside_limit(vpc, event.quota)
            self._simulation.trouble.set_quota(event.quota, limit, vpc=vpc.id)

        def begin() -> None:
            before = _limit_now(vpc, event.quota) - fleet.outside_limit(vpc, event.quota)
            set_to(event.limit)
            if event.lasting_ns is not None:
                self._at(event.at_ns + event.lasting_ns, lambda: set_to(before), event.quota)

        self._at(event.at_ns, begin, event.quota)

    # -- more of something

    def _vswitch(self, index: int, event: VSwitchAdded) -> None:
        del index
        self._at(event.at_ns, lambda: self._add_vswitch(event), event.vswitch.id)

    def _add_vswitch(self, event: VSwitchAdded) -> None:
        self._world = structs.replace(self._world, vswitches=(*self._world.vswitches, event.vswitch))
        with beside(self._simulation) as cloud:
            name = VSwitchId(event.vswitch.id)
            vswitch = add_vswitch(cloud, validate(self._world), self._simulation.entropy, name)
        self._census.add(vswitch)
        for name_of, placer in self._placers.items():
            if event.workloads is None or name_of in event.workloads:
                placer.add_vswitch(vswitch)

    def _type(self, index: int, event: InstanceTypeChange) -> None:
        del index

        def change() -> None:
            assert self._fleet is not None, "a change of the nodes' type needs a fleet"
            self._fleet.instance_type = event.instance_type

        self._at(event.at_ns, change, event.instance_type)

    def _surge(self, index: int, event: DeploymentSurge) -> None:
        """Let the items of a surge come, each planned as the one before it comes."""
        workload = self._experiment.workload(event.workload)
        law = event.lifetime
        if law is None:
            assert isinstance(workload, Synthetic), "a surge of a trace says how long its items live"
            law = workload.lifetime
        lifetime, placer = lifetime_of(law), self._placers[event.workload]
        zones: list[str | None] = [None]
        if workload.zone is not None:
            zones = [*dict.fromkeys(home.zone for home in placer.vswitches)]
        ordinals = count()

        def come() -> None:
            ordinal = next(ordinals)
            key = f"{event.workload}/surge-{index}/{ordinal}"
            lifetime_ns = lifetime.draw(self._simulation.entropy.integer("arrivals", key, bits=CHANCE_BITS))
            if ordinal + 1 < event.count:
                self._at(event.at_ns + (ordinal + 1) * event.over_ns // event.count, come, key)
            at_ns = self._simulation.now_ns
            placer.arrive(Item(key, event.workload, at_ns, lifetime_ns, zones[ordinal % len(zones)]))

        self._at(event.at_ns, come, f"surge of {event.workload}")


def _limit_now(vpc: Vpc, quota: str) -> int:
    return vpc.address_limit if quota == "private-addresses" else vpc.vswitch_places.limit
