"""The simulation: one world in virtual time, to which calls are submitted.

It joins kernel, cloud, latency, faults and entropy, and is all synchronous: ``submit`` gives a Reply at once, ``run``
lets virtual time pass. Scripts that wait live above, in :mod:`cloudsim.runtime`.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any, NoReturn

from cloudsim.api.requests import Request
from cloudsim.api.troubles import Trouble
from cloudsim.errors.base import ApiError
from cloudsim.errors.own import SettingError, require
from cloudsim.kernel.actor import NORMAL, Step
from cloudsim.kernel.kernel import Kernel
from cloudsim.kernel.strategy import Strategy
from cloudsim.operations.dispatch import OPERATIONS
from cloudsim.operations.operation import ANYTHING, Call, Footprint, Phase
from cloudsim.operations.policy import Policy
from cloudsim.resources.cloud import Cloud
from cloudsim.resources.consistency import IMMEDIATE, Consistency
from cloudsim.resources.journal import Journal
from cloudsim.resources.ledger import Mode
from cloudsim.resources.throttle import Throttling
from cloudsim.simulation.audit import audit
from cloudsim.simulation.branching import Branching
from cloudsim.simulation.buggify import Buggify
from cloudsim.simulation.by_hand import ByHand
from cloudsim.simulation.caller import Caller
from cloudsim.simulation.callers import Callers
from cloudsim.simulation.faults import Faults, Struck
from cloudsim.simulation.journey import Journey, departure_facts
from cloudsim.simulation.latency import DEFAULT, LatencyProfile
from cloudsim.simulation.observer import Observer
from cloudsim.simulation.properties import Properties
from cloudsim.simulation.reply import Reply
from cloudsim.simulation.throttling import require_known_actions
from cloudsim.simulation.trouble import Troublemaker
from cloudsim.simulation.view import View
from cloudsim.simulation.watch import FootprintWatcher
from cloudsim.simulation.world.build import build
from cloudsim.simulation.world.spec import WorldSpec
from cloudsim.values.draws import Draws
from cloudsim.values.duration import Ns
from cloudsim.values.entropy import Entropy
from cloudsim.values.ids import CallName


class Simulation(View, ByHand, Callers, Branching):
    """One world in virtual time.

    Args:
        world: what exists at the beginning.
        seed: of all chance; equal seeds give equal runs.
        latency: how long each phase takes.
        policy: what the documents leave open.
        strategy: who goes first among equals; first in, first out if None.
        throttling: how many calls are let through; None lets all through.
        consistency: how late descriptions are; not at all by default.
        journal: where events go; one that streams and keeps only its digest if None.
        watch: hold every step against its footprint. Slow; for tests and exploration.
        audit_events: audit after every event; if None, where it is watched.
        slack_ns: how much later than the first step another one may be due and compete with it; 0 lets only steps of
            one instant compete.

    Raises:
        SettingError: an argument is of the wrong kind.
        WorldError: the world contradicts itself.
    """

    def __init__(
        self,
        world: WorldSpec,
        *,
        seed: int = 0,
        latency: LatencyProfile = DEFAULT,
        policy: Policy | None = None,
        strategy: Strategy | None = None,
        throttling: Throttling | None = None,
        consistency: Consistency = IMMEDIATE,
        journal: Journal | None = None,
        watch: bool = False,
        audit_events: bool | None = None,
        slack_ns: Ns = 0,
    ) -> None:
        for value, wanted, what in (
            (seed, int, "seed of a simulation"),
            (latency, LatencyProfile, "latency of a simulation"),
            (policy if policy is not None else Policy(), Policy, "policy of a simulation"),
            (throttling if throttling is not None else Throttling(), Throttling, "throttling of a simulation"),
            (consistency, Consistency, "consistency of a simulation"),
        ):
            require(value, wanted, what)
        if isinstance(strategy, str):
            raise SettingError(f"strategy of a simulation takes a Strategy such as RandomOrder(1), not {strategy!r}")
        self.seed = seed
        self.latency = latency
        self.policy = policy if policy is not None else Policy()
        cloud = build(world, Entropy(seed), journal if journal is not None else Journal())
        cloud.conditions.set(require_known_actions(throttling), consistency)
        self.begin(cloud, Kernel(strategy, slack_ns=slack_ns), watch=watch, audit_events=audit_events)

    def begin(self, cloud: Cloud, kernel: Kernel, *, watch: bool, audit_events: bool | None) -> None:
        """Begin, or go on from a frozen present, with nobody having asked for anything yet."""
        self.entropy = Entropy(self.seed)
        self.cloud = cloud
        self.kernel = kernel
        self.faults = Faults()
        self.calls: dict[str, Counter[str]] = {}
        """For each action, how many calls ended how: ``ok`` or a code."""
        self._in_flight: dict[CallName, Journey] = {}
        self.watcher = FootprintWatcher() if watch else None
        """Holds every step against its footprint, where there is one."""
        self.audits_events = watch if audit_events is None else audit_events
        self.looks_on = watch or self.audits_events
        """Whether :meth:`leave_step` has anything to do; who adds a property says so here."""
        self.properties = Properties()
        """What is to hold always, to be seen sometimes and to come eventually."""
        self.observers: list[Observer] = []
        """Who is told of calls and answers."""
        self.fault_sites: Buggify | None = None
        """The fault sites of this run, where rare paths are sought."""
        self.script_touches: Footprint = ()
        """What the steps of scripts, and the answers that wake them, may touch besides: nothing, as long as scripts
        touch the cloud by submitting alone and share nothing."""
        View.__init__(self)
        ByHand.__init__(self)
        Callers.__init__(self)
        self._is_closed = False
        self.trouble = Troublemaker(self)
        """What goes wrong in the cloud on purpose, as verbs."""

    @property
    def now_ns(self) -> Ns:
        """The present instant."""
        return self.kernel.now_ns

    def submit(
        self, caller: Caller, request: Request, *, priority: int = NORMAL, unknown: tuple[str, ...] = ()
    ) -> Reply:
        """Send a call on its way. Nothing but its departure happens now.

        Args:
            caller: who asks.
            request: what is asked for.
            priority: of all its steps, among what is due at one instant; the lower goes first.
            unknown: names of parameters that were said with it and that its action does not know, for the journal.

        Raises:
            SettingError: it is no call, or the simulation is closed.
        """
        journey = self._depart(caller, request, priority, unknown)
        self.kernel.schedule(journey, journey.first_delay(), priority=priority)
        return journey.reply

    def submit_alone(self, caller: Caller, request: Request, *, unknown: tuple[str, ...] = ()) -> Reply:
        """Submit a call, and let it come to its answer at once as far as nothing else is due before.

        Everything is as it would be after :meth:`submit` and just as many steps of the kernel, for less.

        Args:
            caller: who asks.
            request: what is asked for.
            unknown: as for :meth:`submit`.

        Raises:
            SettingError: it is no call, or the simulation is closed.
        """
        journey = self._depart(caller, request, NORMAL, unknown)
        reply = journey.reply
        first_ns = journey.first_delay()
        left_ns = journey.hasten(first_ns) if journey.is_undisturbed else first_ns
        if left_ns is not None:
            self.kernel.schedule(journey, left_ns)
        return reply

    def perform(self, caller: Caller, request: Request) -> Reply:
        """Make a call and all its steps now, as run-to-block would where nothing takes time and nothing else is due.

        It costs no ticket. The journal, and so the digest, is the one of a call that was submitted there.

        Args:
            caller: who asks.
            request: what is asked for.

        Raises:
            SettingError: it is no call, or the simulation is closed.
        """
        assert self.latency.is_none, "only steps that take no time can be made at once"
        journey = self._depart(caller, request, NORMAL, ())
        reply = journey.reply
        if journey.is_undisturbed:
            journey.pass_through()
            return reply
        delay_ns: Ns | None = journey.first_delay()
        while delay_ns is not None:
            assert not delay_ns, "a fault has no time here either"
            delay_ns = journey.resume()
        return reply

    @property
    def is_undisturbed(self) -> bool:
        """Whether nothing but the operations themselves has a say in what a call does: no fault, limit or onlooker."""
        conditions = self.cloud.conditions
        return not (
            self.looks_on
            or self._is_closed
            or self.observers
            or self.faults.are_planned
            or conditions.snags
            or conditions.throttle is not None
            or conditions.lag is not None
            or self.fault_sites is not None
        )

    def _depart(self, caller: Caller, request: Request, priority: int, unknown: tuple[str, ...]) -> Journey:
        """Begin a call: everything but its first step."""
        kind = OPERATIONS.get(type(request))
        if kind is None or type(caller) is not Caller or self._is_closed:
            self._refuse_call(caller, request)
        name = caller.next_name()
        self.sent += 1
        call = Call(name, caller.account, caller.user, request, Draws(self.entropy, name))
        operation = kind.run(self.cloud, call, self.policy)
        faults = None if isinstance(request, Trouble) else self._faults_for(call, caller)
        journey = Journey(self, call, operation=operation, faults=faults, priority=priority)
        self._in_flight[name] = journey
        # The ledger belongs to the step in which somebody submits, so the line is written beside it.
        journal, now_ns = self.cloud.ledger.journal, self.kernel.now_ns
        journal.write(now_ns, name, "call", departure_facts(call))
        if unknown:
            journal.write(now_ns, name, "unknown-parameters", {"parameters": unknown})
        for observer in self.observers:
            observer.departed(call)
        return journey

    def _faults_for(self, call: Call[Any], caller: Caller) -> Struck | None:
        """Give what goes wrong with a call."""
        struck = self.faults.for_call(call)
        if self.fault_sites is not None:
            struck = Struck() if struck is None else struck
            self.fault_sites.strike_call(call, struck, waits_for_ever=caller.waits_for_ever)
        return struck if struck is not None and struck.matches else None

    def _refuse_call(self, caller: Caller, request: Request) -> NoReturn:
        """Say what is wrong with a call that cannot be sent."""
        require(caller, Caller, "submit, for who asks,")
        require(request, Request, "submit")
        if type(request) not in OPERATIONS:
            known = ", ".join(kind.__name__ for kind in OPERATIONS if not issubclass(kind, Trouble))
            raise SettingError(f"submit takes a request that an operation does: {known}, not {type(request).__name__}")
        raise SettingError("the simulation is closed, and takes no calls")

    def _stamp(self, call: CallName) -> None:
        ledger = self.cloud.ledger
        ledger.now_ns = self.kernel.now_ns
        ledger.call = call

    def at(self, instant_ns: Ns, act: Callable[[], object], *, name: str, priority: int = NORMAL) -> None:
        """Do something at an instant, such as submitting a call: an open-loop arrival costs no script.

        Args:
            instant_ns: not before now.
            act: what to do; what it returns is of no interest.
            name: for choices and reports.
            priority: among what is due at one instant; the lower goes first.

        Raises:
            SettingError: the instant has passed.
        """
        if instant_ns < self.kernel.now_ns:
            raise SettingError(f"{name}: instant {instant_ns} has passed, it is {self.kernel.now_ns}")
        self.acts_unasked = True

        def once() -> None:
            act()  # to the kernel a value would be a delay

        self.kernel.call_at(instant_ns, once, name=name, priority=priority, footprint=lambda: self.script_touches)

    def run(self, until_ns: Ns | None = None) -> Step:
        """Let virtual time pass until nothing is due, or until an instant."""
        while (ended := self.kernel.run(steps=1 << 16, horizon_ns=until_ns)) is Step.RAN:
            pass
        assert ended is not Step.HANDED_OVER, "scripts are stepped by the runtime, not here"
        return ended

    def footprint_of(self, call: Call[Any], phase: Phase) -> Footprint:
        """What a call may touch in a phase."""
        return OPERATIONS[type(call.request)].touches(self.cloud, call, self.policy, phase)

    def answer_touches(self, call: CallName) -> Footprint:
        """What may be touched when the answer of a call arrives, or its caller has waited long enough for it."""
        besides = self.script_touches
        return ANYTHING if besides is ANYTHING else ((f"reply:{call}", Mode.WRITE), *besides)

    def seek_faults(self, *, number: int = 0, strikes: Iterable[str] | None = None) -> None:
        """Let the fault sites fire from now on.

        Args:
            number: which data tape of the seed.
            strikes: fire at these visits and no others, each told as ``site@call``; None leaves it to chance.

        Raises:
            SettingError: a strike is none.
        """
        self.fault_sites = Buggify(self.entropy, number=number, strikes=strikes)

    # What follows is the journeys' side.

    def enter_step(self, journey: Journey) -> None:
        """Stamp the ledger for a step of a journey, and write the phase down."""
        ledger = self.cloud.ledger
        ledger.now_ns = now_ns = self.kernel.now_ns
        ledger.call = name = journey.name
        ledger.journal.write_phase(now_ns, name, journey.phase)
        if self.watcher is not None:
            self.watcher.begin(f"{journey.name} at {journey.phase}", journey.footprint())
            ledger.watcher = self.watcher

    def leave_step(self) -> None:
        """End a step of a journey; where everything is watched, the world is audited, and properties are asked."""
        self.cloud.ledger.watcher = None
        if self.audits_events:
            found = self.audit()
            assert not found, "; ".join(found)
        if self.properties.are_watched:
            self.properties.look(self.kernel.now_ns)

    def count(self, action: str, ending: str) -> None:
        """Count a call that ended: ``ok`` or a code."""
        if action not in self.calls:
            self.calls[action] = Counter()
        self.calls[action][ending] += 1

    def note_answer(self, journey: Journey, refusal: ApiError | None) -> None:
        """Count and write down an answer that reaches its caller; troubles are no calls, and not among the counts."""
        ending = "ok" if refusal is None else refusal.code
        request = journey.call.request
        if not isinstance(request, Trouble):
            self.count(request.action, ending)
        for observer in self.observers:
            observer.answered(journey.call, journey.response, refusal)
        facts: dict[str, Any] = {"answer": ending}
        if refusal is not None:
            facts["message"] = refusal.message
        self.cloud.ledger.write("answer", facts)

    def forget(self, journey: Journey) -> None:
        """A journey is over; its reply keeps it, so it lets go of the reply, lest the two keep each other alive."""
        del self._in_flight[journey.name]
        if self._on_held:
            self.note_held(journey)
        del journey.reply

    # The end.

    @property
    def in_flight(self) -> tuple[Journey, ...]:
        """The journeys that are not over, in the order of their departure."""
        return tuple(self._in_flight.values())

    def audit(self) -> list[str]:
        """Hold the cloud against its invariants.

        Returns:
            What is wrong, a sentence each; empty when all is well.
        """
        self.cloud.ledger.now_ns = self.kernel.now_ns
        return audit(self.cloud, self.policy, is_idle=not self._in_flight)

    def digest(self) -> str:
        """The SHA-256 over the journal so far."""
        return self.cloud.journal.digest()

    def close(self) -> list[str]:
        """End what is in flight, in the order of departure, and audit what is left.

        Returns:
            What is wrong, as :meth:`audit`.
        """
        self._is_closed = True
        self.cloud.ledger.watcher = None  # a step that was broken off may have left it there
        for journey in self.in_flight:
            self._stamp(journey.name)
            journey.abandon("was in flight when the simulation closed")
            self.forget(journey)
        return self.audit()
