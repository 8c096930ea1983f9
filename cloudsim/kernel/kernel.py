"""The kernel: integer virtual time, tickets, and one loop.

Events happen in the order of (due, priority, serial); where several tickets are due at one instant with one priority,
they *compete* and the strategy chooses. A ticket that becomes due in the current instant joins the competing group if
its priority is as urgent as the group's or more, else it waits its turn. Woken actors (``wake``) form a lane of their
own, first in, first out, ahead of every ticket: nothing is ever chosen there.

Under the plain strategy ``Fifo`` the heap itself has the order, so the loop takes tickets straight from it and no group
is formed. Cancelling marks a ticket and leaves it in the heap, since taking it out would cost O(n); the marked are
dropped when they come up, or all at once when they are many. The price: a ticket that is cancelled while it
competes stays one of the rivals of a strategy that cannot drop it until it is chosen, and is then passed over.

With *slack* more than ties compete: every ticket that is due within so much of the first one (with ``ANY_TIME``, every
ticket there is). One that goes before its time takes the clock with it, and those it passed are late: a delay is then
the least that a step takes, and the order is free. Priorities mean nothing there but one: a ticket of ``LAST`` waits
until nothing else is due by then, and goes without a choice.
"""

from collections import deque
from collections.abc import Callable, Iterator
from heapq import heapify, heappop, heappush
from typing import Any, Final

from cloudsim.kernel.actor import HANDED_OVER, LAST, NORMAL, Actor, Callback, Process, Step, Ticket
from cloudsim.kernel.strategy import Fifo, Strategy
from cloudsim.values.duration import Ns

ANY_TIME: Final[Ns] = 1 << 128
"""A slack beyond all time: every pending ticket competes."""


class Kernel:
    """Virtual time and who is next.

    Args:
        strategy: who chooses among competing tickets; it belongs to this kernel from now on. ``Fifo()`` if none.
        slack_ns: how much later than the first ticket another one may be due and compete with it.
    """

    __slots__ = (
        "_cancelled", "_choices", "_competing", "_dues", "_eager", "_group", "_heap", "_is_running", "_is_straight",
        "_late", "_serial", "_strategy", "chosen", "now_ns", "slack_ns", "steps",
    )  # fmt: skip

    def __init__(self, strategy: Strategy | None = None, *, slack_ns: Ns = 0) -> None:
        assert slack_ns >= 0, "a slack is at least 0"
        self.now_ns: Ns = 0
        self.steps = 0
        self.chosen = 0
        """How many tickets the strategy has chosen; under plain ``Fifo()`` it is not asked, and none are counted."""
        self._strategy: Strategy = Fifo() if strategy is None else strategy
        self.slack_ns = slack_ns
        self._is_straight = type(self._strategy) is Fifo and not slack_ns
        self._competing: set[int] = set()  # with slack: the serials that the strategy has,
        self._dues: list[tuple[Ns, int]] = []  # their dues, as a heap in which those that went stay until they come up,
        self._late: list[Ticket] = []  # and the tickets of LAST within the slack
        self._heap: list[Ticket] = []
        self._eager: deque[Actor] = deque()
        self._cancelled: set[int] = set()
        self._group: tuple[Ns, int] = (0, 0)  # all tickets below it belong to the group that competes
        self._serial = 0
        self._choices: list[tuple[int, str]] | None = None
        self._is_running = False

    def schedule(self, actor: Actor, delay_ns: Ns = 0, *, priority: int = NORMAL) -> int:
        """Resume an actor after a delay.

        Args:
            actor: who; it has as many turns as it has tickets.
            delay_ns: at least 0; at 0 it is due in the current instant.
            priority: its rank within the instant, the lower the sooner.

        Returns:
            The serial of the ticket, for :meth:`cancel`.
        """
        assert delay_ns >= 0, "a delay is at least 0"
        self._serial = serial = self._serial + 1
        heappush(self._heap, (self.now_ns + delay_ns, priority, serial, actor))
        return serial

    def schedule_at(self, actor: Actor, due_ns: Ns, *, priority: int = NORMAL) -> int:
        """Resume an actor at an instant, which must not have passed; see :meth:`schedule`."""
        return self.schedule(actor, due_ns - self.now_ns, priority=priority)

    def call_at(
        self,
        due_ns: Ns,
        function: Callable[[], None],
        *,
        name: str,
        priority: int = NORMAL,
        footprint: Callable[[], Any] | None = None,
    ) -> int:
        """Call a function once at an instant, which must not have passed; see :meth:`schedule`.

        Args:
            due_ns: when.
            function: what to call.
            name: a stable name.
            priority: its rank within the instant.
            footprint: says what the call may touch, to those who ask.
        """
        assert due_ns >= self.now_ns, "the instant has not passed"
        self._serial = serial = self._serial + 1
        heappush(self._heap, (due_ns, priority, serial, Callback(name, function, footprint)))
        return serial

    def process(self, generator: Iterator[Ns | None], *, name: str) -> Process:
        """Run a generator on the fast lane, from the current instant on.

        Args:
            generator: or any iterator; gives the delay to its next step, or None to park until it is scheduled again.
            name: its stable name.
        """
        process = Process(name, generator)
        self.schedule(process)
        return process

    def cancel(self, ticket: int) -> None:
        """Let a pending ticket never come up; O(1), and the clock does not move for it.

        A ticket that has been served, or cancelled before, is left alone.
        """
        assert 0 < ticket <= self._serial, "the serial of a ticket of this kernel"
        if not self._is_straight and self._strategy.drop(ticket):
            self._competing.discard(ticket)
            return
        self._cancelled.add(ticket)
        if len(self._cancelled) > 64 + (len(self._heap) >> 1) and not len(self._strategy):
            # Timeouts are cancelled far ahead of their due; without this they would pile up.
            for tickets in (self._heap, self._late):
                tickets[:] = [pending for pending in tickets if pending[2] not in self._cancelled]
                heapify(tickets)
            self._cancelled.clear()

    def pass_alone(self, delay_ns: Ns) -> bool:
        """Let time pass for a step that its actor makes by itself, if nothing else is due by then.

        It is the step of a ticket that was scheduled now, came up and found nobody before it, without the ticket.

        Args:
            delay_ns: at least 0.

        Returns:
            Whether it has passed; if not, a ticket has to wait its turn.
        """
        assert not self._is_running, "an actor's step does not run the kernel"
        due_ns = self.now_ns + delay_ns
        if not self._is_straight or self._eager or (self._heap and self._heap[0][0] <= due_ns):
            return False
        self.now_ns = due_ns
        self.steps += 1
        self._serial += 1
        return True

    def wake(self, actor: Actor) -> None:
        """Resume an actor in the current instant, after those woken before it and ahead of every ticket."""
        self._eager.append(actor)

    def record_choices(self) -> list[tuple[int, str]]:
        """Record from now on each choice among several tickets.

        Returns:
            The list that grows: (steps made before, name of the chosen actor).
        """
        self._choices = []
        self._is_straight = False
        return self._choices

    @property
    def strategy(self) -> Strategy:
        """Who chooses among competing tickets."""
        return self._strategy

    @property
    def next_due_ns(self) -> Ns | None:
        """The instant of the next step, or None if nothing is pending."""
        if self._eager or (len(self._strategy) and not self.slack_ns):
            return self.now_ns
        first_ns = self._first_due_ns()
        late_ns = self._late[0][0] if self._late else None
        dues = [max(due_ns, self.now_ns) for due_ns in (first_ns, late_ns) if due_ns is not None]
        return min(dues, default=None)

    @property
    def pending(self) -> int:
        """How many turns are to come, as far as known now; O(n)."""
        live = sum(1 for ticket in (*self._heap, *self._late) if ticket[2] not in self._cancelled)
        return live + len(self._eager) + len(self._strategy)

    def step(self, horizon_ns: Ns | None = None) -> Step:
        """Make one step; see :meth:`run`."""
        return self.run(steps=1, horizon_ns=horizon_ns)

    def run(self, *, steps: int, horizon_ns: Ns | None = None) -> Step:
        """Make steps until one is handed over, nothing is due or the number is reached.

        An exception of an actor comes out of here; that actor's turn is over and the kernel can go on.

        Args:
            steps: how many at most, at least 1.
            horizon_ns: make only steps that are due before this instant, which is not before now.
        """
        assert not self._is_running, "an actor's step does not run the kernel"
        assert steps > 0, "a run is at least one step"
        assert horizon_ns is None or horizon_ns >= self.now_ns, "the horizon has not passed"
        self._is_running = True
        try:
            ended = self._run(steps, horizon_ns)
        finally:
            self._is_running = False
        if ended is Step.HORIZON:
            assert horizon_ns is not None, "only a horizon ends a run so"
            self.now_ns = horizon_ns
        return ended

    def _run(self, steps: int, horizon_ns: Ns | None) -> Step:
        """Loop. What is pending may change in each step, so nothing but the containers is kept in a local name."""
        heap, eager, cancelled, is_straight = self._heap, self._eager, self._cancelled, self._is_straight
        actor: Actor
        for _ in range(steps):
            if eager:
                priority, actor = NORMAL, eager.popleft()
            else:
                if is_straight:
                    while cancelled and heap and heap[0][2] in cancelled:
                        cancelled.remove(heappop(heap)[2])
                    is_due = heap and (horizon_ns is None or heap[0][0] < horizon_ns)
                    ticket = heappop(heap) if is_due else None
                elif self.slack_ns:
                    ticket = self._choose_with_slack(horizon_ns)
                else:
                    ticket = self._choose(horizon_ns)
                if ticket is None:
                    return Step.IDLE if horizon_ns is None else Step.HORIZON
                self.now_ns, priority, _, actor = ticket
            self.steps += 1
            try:
                delay_ns = actor.resume()
            except StopIteration:
                if type(actor) is not Process:
                    raise  # a fault of that actor, and not the end of a generator
                continue
            if delay_ns is None:
                continue
            if delay_ns is HANDED_OVER:
                return Step.HANDED_OVER
            assert delay_ns >= 0, "a delay is at least 0"
            self._serial = serial = self._serial + 1
            heappush(heap, (self.now_ns + delay_ns, priority, serial, actor))
        return Step.RAN

    def _choose(self, horizon_ns: Ns | None) -> Ticket | None:
        """Let the strategy choose; None if nothing is due before the horizon."""
        heap, strategy, cancelled = self._heap, self._strategy, self._cancelled
        while True:
            if not strategy:
                self._drop_cancelled()
                if not heap:
                    return None
                self._group = heap[0][0], heap[0][1] + 1
            if horizon_ns is not None and self._group[0] >= horizon_ns:
                return None
            group = self._group
            while heap and heap[0] < group:
                ticket = heappop(heap)
                if cancelled and ticket[2] in cancelled:
                    cancelled.remove(ticket[2])
                else:
                    strategy.push(ticket)
            has_rivals = self._choices is not None and len(strategy) > 1
            ticket = strategy.pop()
            if cancelled and ticket[2] in cancelled:
                cancelled.remove(ticket[2])
                continue
            self.chosen += 1
            if has_rivals and self._choices is not None:
                self._choices.append((self.steps, ticket[3].name))
            return ticket

    def _choose_with_slack(self, horizon_ns: Ns | None) -> Ticket | None:
        """Let the strategy choose among all that is due within the slack; None if nothing is due before the horizon."""
        strategy, competing, late = self._strategy, self._competing, self._late
        while True:
            first_ns = self._first_due_ns()
            if late and (first_ns is None or first_ns > late[0][0]):
                if horizon_ns is not None and late[0][0] >= horizon_ns:
                    return None
                ticket = heappop(late)
                if ticket[2] in self._cancelled:
                    self._cancelled.remove(ticket[2])
                    continue
                return self._not_before_now(ticket)
            if first_ns is None or (horizon_ns is not None and first_ns >= horizon_ns):
                return None
            if self._let_compete(first_ns + self.slack_ns):
                continue  # what is of LAST may have nothing before it, and then comes up now
            has_rivals = self._choices is not None and len(strategy) > 1
            ticket = strategy.pop()
            competing.discard(ticket[2])
            if ticket[2] in self._cancelled:
                self._cancelled.remove(ticket[2])
                continue
            self.chosen += 1
            if has_rivals and self._choices is not None:
                self._choices.append((self.steps, ticket[3].name))
            return self._not_before_now(ticket)

    def _let_compete(self, until_ns: Ns) -> bool:
        """Give the strategy all tickets that are due until an instant; say whether there were others, of LAST."""
        heap, cancelled, has_last = self._heap, self._cancelled, False
        while heap and heap[0][0] <= until_ns:
            ticket = heappop(heap)
            if ticket[2] in cancelled:
                cancelled.remove(ticket[2])
            elif ticket[1] >= LAST:
                heappush(self._late, ticket)
                has_last = True
            else:
                self._competing.add(ticket[2])
                heappush(self._dues, ticket[:1] + ticket[2:3])
                self._strategy.push(ticket)
        return has_last

    def _first_due_ns(self) -> Ns | None:
        """The earliest due of all that is pending but for tickets of LAST that wait, or None."""
        self._drop_cancelled()
        dues, heap = self._dues, self._heap
        while dues and dues[0][1] not in self._competing:
            heappop(dues)
        if not dues:
            return heap[0][0] if heap else None
        return min(dues[0][0], heap[0][0]) if heap else dues[0][0]

    def _not_before_now(self, ticket: Ticket) -> Ticket:
        """Give a ticket whose due may have passed, with the present instant for it."""
        return ticket if ticket[0] >= self.now_ns else (self.now_ns, *ticket[1:])

    def _drop_cancelled(self) -> None:
        """Take cancelled tickets off the top of the heap."""
        heap, cancelled = self._heap, self._cancelled
        while cancelled and heap and heap[0][2] in cancelled:
            cancelled.remove(heappop(heap)[2])
