"""The fleet as a whole: which node takes a pod, and when nodes come and go.

A pod goes to the lowest node of its zone that has room; a pod without a zone to the lowest of all zones of its
vSwitches. Where none has room, ``nodes`` decides: a further node at once (``first-fit``), none (a number), or one that
boots first (an autoscaler). Nodes for pods without a zone are dealt to the zones in turn: to the one with fewest. A
zone that is out takes no pod and gets no node.

Where the documents are silent: nodes that pods could share are those of one VPC and zone, whatever their workloads are;
a pod that waits for a node that boots stays with it.

Source: experiments.md, "Fleet".
"""

from collections.abc import Callable

from sortedcontainers import SortedDict

from cloudsim.errors.own import ExperimentError
from cloudsim.resources.vpc import Vpc
from cloudsim.resources.vswitch import VSwitch
from cloudsim.values.duration import Ns
from cloudsim.values.ids import ZoneId
from cloudsim.whatif.experiment.fleets import Autoscaler
from cloudsim.whatif.experiment.fleets import Fleet as FleetSpec
from cloudsim.whatif.running.books import NO_NODE
from cloudsim.whatif.running.callbook import CallBook
from cloudsim.whatif.running.census import Census
from cloudsim.whatif.running.fleet.agent import agent_maker
from cloudsim.whatif.running.fleet.desk import Desk
from cloudsim.whatif.running.fleet.machines import Machines
from cloudsim.whatif.running.fleet.node import Node
from cloudsim.whatif.running.fleet.parts import Done, Outcome, Pod, Refused, Seat, Wants
from cloudsim.whatif.running.fleet.sizes import sizes_of
from cloudsim.whatif.running.fleet.tally import Tally
from cloudsim.whatif.running.plane import Plane

Told = Callable[[Outcome, Node | None], None]
"""Is told of a pod's address and node, or of its refusal."""


class Site:
    """The nodes of one zone of a VPC."""

    __slots__ = ("nodes", "numbers", "order", "vpc", "with_room", "zone")

    def __init__(self, vpc: Vpc, zone: str, order: int) -> None:
        self.vpc = vpc
        self.zone = zone
        self.order = order
        self.nodes: dict[int, Node] = {}
        self.with_room: SortedDict[int, Node] = SortedDict()
        """Those that are not full, lowest first."""
        self.numbers = 0

    def lowest(self, pod: Pod) -> Node | None:
        """The lowest node with room for a pod."""
        return next((node for node in self.with_room.values() if node.has_room(pod)), None)


class Fleet:
    """The nodes of a run.

    Args:
        spec: what the experiment says.
        plane: where calls are made.
        census: is told of primary ENIs.
        tally: is told of nodes.
        calls: where calls are counted.
    """

    def __init__(self, spec: FleetSpec, plane: Plane, *, census: Census, tally: Tally, calls: CallBook) -> None:
        self._spec = spec
        self._plane = plane
        self._machines = Machines(plane.simulation, census, spec)
        self._make_agent = agent_maker(spec.agent)
        self._pools: list[Wants] = []
        self._sites: dict[tuple[str, str], Site] = {}
        self._tally = tally
        self._calls = calls
        self.instance_type = spec.instance_type
        """Of nodes that come from now on."""

    # -- the beginning

    def serve(self, wants: Wants) -> None:
        """Take pods with such wants; known before the run begins."""
        self._pools.append(wants)
        for home in wants.vswitches:
            self.know(home)

    def know(self, vswitch: VSwitch) -> None:
        """Take note of a vSwitch that pods want."""
        self._site(vswitch.vpc, vswitch.zone)

    def _site(self, vpc: Vpc, zone: str) -> Site:
        found = self._sites.get((vpc.id, zone))
        if found is None:
            found = self._sites[vpc.id, zone] = Site(vpc, zone, len(self._sites))
        return found

    def begin(self) -> None:
        """Let the nodes come that are there from the beginning.

        Raises:
            ExperimentError: the world has no place for one.
        """
        nodes, sites = self._spec.nodes, [*self._sites.values()]
        if isinstance(nodes, Autoscaler):
            wanted = [site for site in sites for _ in range(nodes.min)]
        else:
            wanted = [sites[number % len(sites)] for number in range(nodes if isinstance(nodes, int) else 0)]
        for site in wanted:
            if self._add(site) is None:
                raise ExperimentError(
                    f"the world has no place for all nodes: an address or a limit lacks for node {site.numbers} "
                    f"of {site.zone}",
                    key="fleet.nodes",
                )

    # -- pods

    def place(self, pod: Pod, told: Told) -> None:
        """Give a pod an address on a node, or refuse it."""
        zones_out = self._plane.simulation.cloud.conditions.zones_out
        keys = dict.fromkeys((home.vpc.id, home.zone) for home in pod.wants.homes(pod.item.zone))
        sites = [self._sites[key] for key in keys if ZoneId(key[1]) not in zones_out]
        found = [(node.number, site.order, site, node) for site in sites if (node := site.lowest(pod)) is not None]
        if found:
            _, _, site, node = min(found, key=lambda one: one[:2])
            self._assign(site, node, pod, told)
            return
        for site in sorted(sites, key=lambda site: (len(site.nodes), site.order)):
            further = self._further(site)
            if further is not None:
                self._assign(site, further, pod, told)
                return
        told(Refused(NO_NODE), None)

    def _assign(self, site: Site, node: Node, pod: Pod, told: Told) -> None:
        node.pods[pod.key] = pod
        if node.is_full:
            del site.with_room[node.number]

        def job(done: Done) -> None:
            agent = node.agent
            if agent is None:
                told(Refused(NO_NODE), None)
                done()
                return

            node.serve(pod.wants.workload)

            def answered(outcome: Outcome) -> None:
                if isinstance(outcome, Refused):
                    self._forget(site, node, pod)
                told(outcome, node)
                agent.restock(done)

            agent.place(pod, answered)

        node.do(job)

    def leave(self, node: Node, pod: Pod, seat: Seat, then: Done) -> None:
        """Let a pod go; its address is then idle, or given back."""
        self._forget(self._site(pod.wants.vswitches[0].vpc, node.zone), node, pod)
        agent = node.agent
        assert agent is not None, "a node with a pod has an agent"

        def job(done: Done) -> None:
            def released() -> None:
                then()
                agent.restock(done)

            node.serve(pod.wants.workload)
            agent.release(seat, released)

        node.do(job)

    def _forget(self, site: Site, node: Node, pod: Pod) -> None:
        del node.pods[pod.key]
        if not node.is_going:
            site.with_room[node.number] = node
        if not node.pods:
            node.emptied += 1
            self._scale_down(site, node)

    # -- nodes

    def _further(self, site: Site) -> Node | None:
        """Let one more node come for a pod that fits nowhere; None if none does."""
        nodes = self._spec.nodes
        if isinstance(nodes, int):
            return None
        if not isinstance(nodes, Autoscaler):
            return self._add(site)
        if nodes.max is not None and len(site.nodes) >= nodes.max:
            return None
        return self._boot(site, nodes.boot_ns) if nodes.boot_ns else self._add(site)

    def _new(self, site: Site) -> Node:
        cloud = self._plane.simulation.cloud
        site.numbers += 1
        sizes = sizes_of(self._spec, cloud.catalogue.get(self.instance_type), cloud.profile)
        return Node(site.zone, site.numbers, self.instance_type, sizes)

    def _add(self, site: Site) -> Node | None:
        """Let a node come at once; None if the world has no place for it."""
        node = self._new(site)
        if not self._start(site, node):
            return None
        site.nodes[node.number] = site.with_room[node.number] = node
        return node

    def _boot(self, site: Site, boot_ns: Ns) -> Node:
        """Let a node come after a while; pods can be sent to it at once."""
        node = self._new(site)
        site.nodes[node.number] = site.with_room[node.number] = node

        def booted(done: Done) -> None:
            is_out = ZoneId(site.zone) in self._plane.simulation.cloud.conditions.zones_out
            if is_out or not self._start(site, node):
                node.is_going = True
                del site.nodes[node.number]
                site.with_room.pop(node.number, None)
            done()

        def job(done: Done) -> None:
            kernel = self._plane.kernel
            kernel.call_at(kernel.now_ns + boot_ns, lambda: booted(done), name=f"node {node.number} of {site.zone}")

        node.do(job)
        return node

    def _start(self, site: Site, node: Node) -> bool:
        """Let a node's instance run and its agent begin; False if there is no place for it."""
        vpcs = len({where for where, _ in self._sites})
        name = f"i-node-{site.zone}-{node.number:04d}" + (f"-{site.vpc.id}" if vpcs > 1 else "")
        instance = self._machines.begin(name, node.kind, site.vpc, site.zone)
        if instance is None:
            return False
        simulation = self._plane.simulation
        desk = Desk(
            self._plane,
            self._spec,
            instance=instance,
            caller=simulation.caller(account=site.vpc.account, name=name),
            sizes=node.sizes,
            kind=node.kind,
            tally=self._tally,
            calls=self._calls,
            pools=[wants for wants in self._pools if wants.vswitches[0].vpc is site.vpc],
            queue=node.do,
        )
        node.instance, node.desk, node.agent = instance, desk, self._make_agent(desk)
        self._tally.add_node((site.vpc.account, site.zone, node.kind), 1)
        node.do(node.agent.start)
        return True

    def _scale_down(self, site: Site, node: Node) -> None:
        """Let a node go that stays without pods, where an autoscaler takes care."""
        nodes = self._spec.nodes
        if not isinstance(nodes, Autoscaler) or nodes.scale_down_after_ns is None or node.is_going:
            return
        emptied, kernel = node.emptied, self._plane.kernel

        def look() -> None:
            # A node that had a pod meanwhile has been emptied again since, or is not empty.
            if node.emptied == emptied and not node.pods and len(site.nodes) > nodes.min:
                self._retire(site, node)

        kernel.call_at(kernel.now_ns + nodes.scale_down_after_ns, look, name=f"node {node.number} is idle")

    def _retire(self, site: Site, node: Node) -> None:
        node.is_going = True
        del site.nodes[node.number], site.with_room[node.number]
        agent = node.agent
        assert agent is not None, "a node that had pods has an agent"

        def job(done: Done) -> None:
            def off() -> None:
                instance = node.instance
                if instance is not None and len(instance.interfaces) == 1:
                    self._machines.end(instance)
                    self._tally.add_node((site.vpc.account, site.zone, node.kind), -1)
                    node.instance = None
                done()

            agent.retire(off)

        node.do(job)

    # -- what happens

    def zone_back(self, zone: str) -> None:
        """Let the agents of a zone do what they could not do while it was out."""
        for site in self._sites.values():
            for node in site.nodes.values() if site.zone == zone else ():
                if node.agent is not None:
                    node.do(node.agent.tidy)

    def outside_limit(self, vpc: Vpc, quota: str) -> int:
        """How much of a limit was added for nodes; see :mod:`~cloudsim.whatif.running.fleet.machines`."""
        return self._machines.outside_limit(vpc, quota)
