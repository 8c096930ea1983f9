"""The journey of one request: the kernel's actor that steps an operation through its phases.

Each step passes one phase: it does what the operation promised by its last ``yield``, learns the next phase, and asks
the kernel to come again after that phase's latency. A refusal travels back as an answer does. A fault changes a step; a
hold by hand (``Simulation.hold``) parks the journey before a phase until it is released.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from cloudsim.api.troubles import Trouble
from cloudsim.errors.base import ApiError
from cloudsim.errors.service import InternalError
from cloudsim.operations.operation import Call, Footprint, Operation, Phase
from cloudsim.resources.conditions import Snag
from cloudsim.simulation.faults import Abandon, Ending, LoseAnswer, Refuse, Struck
from cloudsim.simulation.reply import Reply
from cloudsim.values.duration import Ns
from cloudsim.values.ids import EniId

if TYPE_CHECKING:
    from cloudsim.api.responses import Response
    from cloudsim.kernel.kernel import Kernel
    from cloudsim.simulation.simulation import Simulation


_REGION_MAX: Final = 100
"""Characters of a region in the journal."""


class Journey:
    """A call under way.

    Args:
        simulation: the one that it was submitted to.
        call: the call.
        operation: its generator, at its beginning.
        faults: what goes wrong on this journey.
        priority: of its steps, among what is due at one instant.
    """

    __slots__ = (
        "_faults",
        "_is_delivered",
        "_latencies",
        "_operation",
        "_refusal",
        "_simulation",
        "_stream",
        "call",
        "is_held",
        "name",
        "phase",
        "priority",
        "reply",
        "response",
        "stop_at",
    )

    def __init__(
        self,
        simulation: Simulation,
        call: Call[Any],
        *,
        operation: Operation,
        faults: Struck | None,
        priority: int,
    ) -> None:
        self._simulation = simulation
        self._operation = operation
        self._faults = faults
        self._latencies = simulation.latency.of_action(call.request.action)
        takes_no_time = simulation.latency.is_none or isinstance(call.request, Trouble)
        self._stream = None if takes_no_time else call.draws.latency()
        self._is_delivered = False
        self.response: Response | None = None
        """What the operation has answered, before it reaches the caller."""
        self._refusal: ApiError | None = None
        self.call = call
        self.name = call.name
        self.priority = priority
        self.phase = next(operation)
        self.stop_at: Phase | None = None
        self.is_held = False
        self.reply = Reply(call, self, simulation.kernel.now_ns)

    @property
    def action(self) -> str:
        """What is asked for."""
        return str(self.call.request.action)

    @property
    def mark(self) -> str:
        """What the ids of the things end with that the call makes."""
        return self.call.draws.mark

    def first_delay(self) -> Ns:
        """The way there and the first phase together."""
        stream = self._stream
        there = 0 if stream is None else self._simulation.latency.there.draw(stream)
        return there + self._delay(self.phase)

    def _delay(self, phase: Phase) -> Ns:
        distribution = self._latencies.get(phase)
        delay = 0 if distribution is None or self._stream is None else distribution.draw(self._stream)
        if self._faults is not None:
            delay += self._faults.delays.pop(phase, 0)
        return delay

    def footprint(self) -> Footprint:
        """What the next step may touch; an answer has a key of its own, for which a time-out competes with it."""
        if self.phase is Phase.RESPOND:
            return self._simulation.answer_touches(self.name)
        return self._simulation.footprint_of(self.call, self.phase)

    def resume(self) -> Ns | None:
        """Pass the phase that is due.

        Returns:
            The time until the next one, or None when the journey is held or over.
        """
        simulation = self._simulation
        phase = self.phase
        if phase is self.stop_at:
            self.is_held = True
            self.reply.say(f"is held at {phase} and not released")
            simulation.note_held(self)
            return None
        simulation.enter_step(self)
        fault = None if self._faults is None and phase is not Phase.FINISH else self._fault_at(phase)
        if fault is not None and isinstance(fault, Abandon):
            self.abandon(f"was abandoned at {phase}")
            self._end()
            return None
        if phase is Phase.RESPOND:
            self._deliver(fault)
            if self._refusal is not None:
                self._end()
                return None
        try:
            upcoming = next(self._operation) if fault is None else self._refuse(fault)
        except StopIteration:
            self._end()
            return None
        except ApiError as refusal:
            if self._is_delivered:
                self._end()  # what goes wrong after the answer is nobody's answer
                return None
            # Anew, without the frames of the operation, which a reply would keep alive.
            self._refusal = simulation.faults.rename(self.call, refusal)
            upcoming = Phase.RESPOND
        cloud = simulation.cloud
        if cloud.answered is not None:
            self.response, cloud.answered = cloud.answered, None  # type: ignore[assignment]
        self.phase = upcoming
        if simulation.looks_on:
            simulation.leave_step()
        return self._delay(upcoming)

    @property
    def is_undisturbed(self) -> bool:
        """Whether nothing but the operation itself has a say in the steps: no fault, no snag, nobody who looks on."""
        simulation = self._simulation
        return self._faults is None and not simulation.looks_on and not simulation.cloud.conditions.snags

    def pass_through(self) -> None:
        """Make all steps at once, of a call that is undisturbed and takes no time: what ``resume`` does, unasked."""
        ended = self._pass(None, 0)
        assert ended is None, "nothing is left to do"

    def hasten(self, delay_ns: Ns) -> Ns | None:
        """Make the steps until the answer at once, of a call that is undisturbed, as far as nothing else is due before.

        Args:
            delay_ns: until the first one.

        Returns:
            The time until the step that is left to a ticket, or None when the journey is over.
        """
        return self._pass(self._simulation.kernel, delay_ns)

    def _pass(self, kernel: Kernel | None, delay_ns: Ns) -> Ns | None:
        simulation, operation = self._simulation, self._operation
        cloud = simulation.cloud
        ledger, name, now_ns = cloud.ledger, self.name, simulation.kernel.now_ns
        write_phase = ledger.journal.write_phase
        latencies, stream = self._latencies, self._stream
        ledger.now_ns, ledger.call = now_ns, name
        phase = self.phase
        while True:
            if kernel is not None:
                if self._is_delivered or not kernel.pass_alone(delay_ns):
                    return delay_ns
                ledger.now_ns = now_ns = kernel.now_ns
            write_phase(now_ns, name, phase)
            if phase is Phase.RESPOND:
                self._deliver(None)
                if self._refusal is not None:
                    break
            elif phase is Phase.FINISH:
                simulation.acts_unasked = True
            try:
                phase = next(operation)
            except StopIteration:
                break
            except ApiError as refusal:
                if self._is_delivered:
                    break
                self._refusal = simulation.faults.rename(self.call, refusal)
                phase = Phase.RESPOND
            if cloud.answered is not None:
                self.response, cloud.answered = cloud.answered, None  # type: ignore[assignment]
            if kernel is not None:
                self.phase = phase
                delay_ns = 0 if stream is None or phase not in latencies else latencies[phase].draw(stream)
        simulation.forget(self)
        return None

    def _fault_at(self, phase: Phase) -> Ending | None:
        """Give what goes wrong in this step: what was planned for the call, or a snag that lies before its end.

        Each strikes once, also where an operation goes through FINISH several times.
        """
        if phase is Phase.FINISH:
            self._simulation.acts_unasked = True
        snags = self._simulation.cloud.conditions.snags
        if snags and phase is Phase.FINISH:
            request = self.call.request
            snag = snags.pop((request.action, EniId(getattr(request, "network_interface_id", ""))), None)
            if snag is not None:
                return Abandon(phase) if snag is Snag.HANG else Refuse(phase, lambda _: InternalError())
        return None if self._faults is None else self._faults.fire(phase)

    def _refuse(self, fault: Ending) -> Phase:
        """Throw a planned refusal into the operation; a lost answer lets it go on."""
        if isinstance(fault, Refuse):
            return self._operation.throw(fault.make_error(self.call))
        return next(self._operation)

    def abandon(self, fate: str) -> None:
        """End the operation where it is; its holds come back, and the answer never comes."""
        self._operation.close()
        self._simulation.cloud.ledger.write("abandoned", {"phase": self.phase})
        if not self._is_delivered:
            self.reply.lose(fate)

    def _deliver(self, fault: Ending | None) -> None:
        """Let the answer reach the caller, unless it is lost on the way."""
        simulation = self._simulation
        self._is_delivered = True
        if isinstance(fault, LoseAnswer):
            simulation.cloud.ledger.write("answer-lost", {})
            self.reply.lose("was lost on its way back")
            return
        simulation.note_answer(self, self._refusal)
        self.reply.settle(simulation.kernel.now_ns, self.response, self._refusal)

    def _end(self) -> None:
        simulation = self._simulation
        if simulation.looks_on:
            simulation.leave_step()
        simulation.forget(self)


def departure_facts(call: Call[Any]) -> dict[str, Any]:
    """What the journal says of a call's departure."""
    request = call.request
    region = request.region_id
    if region is not None and len(region) > _REGION_MAX:
        region = f"{region[:_REGION_MAX]}..."  # it is none, and the journal need not keep it
    facts: dict[str, Any] = {"account": call.account, "action": request.action, "region": region}
    if call.user is not None:
        facts["user"] = call.user
    return facts
