"""The session: a simulation that trio scripts can wait in. It is the ``sim`` that a scenario's drive is given."""

from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from inspect import iscoroutine
from typing import Any, TypeVar

import trio

from cloudsim.errors.own import SettingError, require, require_text
from cloudsim.kernel.strategy import Strategy
from cloudsim.operations.policy import Policy
from cloudsim.resources.consistency import IMMEDIATE, Consistency
from cloudsim.resources.journal import Journal
from cloudsim.resources.throttle import Throttling
from cloudsim.runtime.client import Client
from cloudsim.runtime.gate import Gate
from cloudsim.runtime.retry import Retry
from cloudsim.simulation.latency import DEFAULT, LatencyProfile
from cloudsim.simulation.reply import Reply
from cloudsim.simulation.simulation import Simulation
from cloudsim.simulation.world.spec import WorldSpec
from cloudsim.values.duration import Ns, as_duration

T = TypeVar("T")


class Session(Simulation):
    """One world in virtual time, with clients, sleeps and a run loop for scripts.

    Args:
        world: what exists at the beginning.
        seed: of all chance.
        latency: how long each phase takes.
        policy: what the documents leave open.
        strategy: who goes first among equals.
        throttling: how many calls are let through.
        consistency: how late descriptions are.
        journal: where events go.
        watch: hold every step against its footprint.
        audit_events: audit after every event; if None, where it is watched.
        slack_ns: how much later than the first step another one may be due and compete with it.
        progress: is told (done, total) by scripts that take long.

    Raises:
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
        progress: Callable[[int, int], None] | None = None,
    ) -> None:
        super().__init__(
            world,
            seed=seed,
            latency=latency,
            policy=policy,
            strategy=strategy,
            throttling=throttling,
            consistency=consistency,
            journal=journal,
            watch=watch,
            audit_events=audit_events,
            slack_ns=slack_ns,
        )
        self.gate = Gate(self.kernel, touches=lambda: self.script_touches)
        self._progress = progress
        self._is_driven = False
        self.scripts_looked = False
        """Whether a script has looked past the API: at the quota, the ENIs or the free addresses of the simulation."""
        self.heard = 0
        """How many calls scripts have taken the answers of."""
        self._site_visits: Counter[str] = Counter()

    def drive(self, script: Callable[[], Awaitable[T]]) -> T:
        """Run a script in virtual time, to its end; once for each session.

        Args:
            script: an async function without parameters.

        Raises:
            Deadlock: everybody waits and nothing is due.
            SettingError: the session was driven before.
            BaseException: what the script raises, as it is.
        """
        if self._is_driven:
            raise SettingError("a session is driven once; make another one for another run")
        self._is_driven = True
        try:
            return self.gate.run(script)
        finally:
            self.scripts_looked = self.was_looked_at

    def _note_look(self) -> None:
        """Take note of a look past the API, unless it comes after all steps in every order that is equal to this one.

        It does where the only script looks that there is, which has seen all others end, and the answers of all calls
        have been waited for, and nothing happens besides that nobody waits for.
        """
        has_heard_all = self.sent == self.heard and not self.acts_unasked
        if not (has_heard_all and self.gate.is_alone and not self.kernel.pending):
            super()._note_look()

    def client(
        self,
        *,
        account: str,
        region: str | None = None,
        user: str | None = None,
        name: str | None = None,
        timeout: str | Ns | None = None,
        retry: Retry | None = None,
    ) -> Client:
        """Make a client.

        Args:
            account: the account that it acts for.
            region: where, for calls that do not say.
            user: the RAM user, or None for the account itself.
            name: keys the chance of its calls and stands in the journal; ``client-1``, ``client-2``, ... if None.
            timeout: how long it waits for an answer, text or nanoseconds; None waits for ever.
            retry: how it repeats calls; it does not if None.

        Raises:
            SettingError: the name cannot be used, or what is to be a text is none.
            DurationError: the time-out is no duration.
        """
        if retry is not None:
            require(retry, Retry, "retry of a client")
        if region is not None:
            require_text(region, "region of a client")
        caller = self.caller(account=account, user=user, name=name)
        caller.waits_for_ever = timeout is None
        return Client(
            self,
            caller,
            region=region,
            timeout_ns=None if timeout is None else as_duration(timeout),
            retry=retry if retry is not None else Retry(),
        )

    async def sleep(self, duration: str | Ns) -> None:
        """Let virtual time pass; quicker than ``trio.sleep``, which works as well.

        Args:
            duration: text such as ``50ms``, or nanoseconds.
        """
        await self.gate.sleep(duration)

    async def sleep_until(self, instant_ns: Ns) -> None:
        """Sleep until an instant of virtual time; at once if it has passed."""
        await self.gate.sleep_until(instant_ns)

    async def settle(self) -> None:
        """Wait until everybody else waits and nothing is due in this instant."""
        await self.gate.settle()

    async def wait_held(self, reply: Reply) -> None:
        """Wait until a call has come to the phase at which it is held.

        Raises:
            SettingError: it is not to be held, or it is over without coming there.
        """
        require(reply, Reply, "wait_held")
        journey = reply.journey
        if journey.stop_at is None:
            raise SettingError(f"{reply.call.name} is not held anywhere: say sim.hold(call, at=...) first")
        waiter = self.gate.waiter(f"{reply.call.name} to come to {journey.stop_at}")
        self.when_held(reply, waiter.wake)
        if not await waiter.wait():
            raise SettingError(f"{reply.call.name} is over and never came to {journey.stop_at}")

    def always(self, name: str, condition: Callable[[], object]) -> None:
        """Expect a condition to hold after every step from now on.

        Args:
            name: for reports.
            condition: a function that says whether it holds; it only looks.
        """
        self.properties.add_always(name, condition)
        self.looks_on = True

    def sometimes(self, name: str, is_seen: object = True) -> None:  # noqa: FBT002  a statement, read as one
        """Note something that is to be seen at least once over all explored orders, and whether it is seen here.

        Args:
            name: for reports.
            is_seen: counts as true or false.
        """
        self.properties.note_sometimes(name, is_seen)

    def eventually(self, name: str, condition: Callable[[], object], *, within: str | Ns) -> None:
        """Expect a condition to come true, after some step from now on, before so much virtual time has passed.

        Where orders are explored in which a step may be late without end, it has until the end of the run.

        Raises:
            DurationError: ``within`` is no duration.
        """
        within_ns = as_duration(within)
        self.properties.add_eventually(name, condition, within_ns=within_ns, now_ns=self.kernel.now_ns)
        self.looks_on = True

    def is_buggy(self, site: str) -> bool:
        """Come to a fault site of the script's own, and say whether it fires; never, unless faults are sought.

        Args:
            site: its name, without a dot, which the sites of the control plane have.

        Raises:
            SettingError: the name has a dot.
        """
        if "." in site:
            raise SettingError(f"{site!r} cannot name a fault site of a script: those of the control plane have a dot")
        self._site_visits[site] += 1
        return self.fault_sites is not None and self.fault_sites.visit(site, str(self._site_visits[site]))

    def calm(self) -> None:
        """Let nothing go wrong any more: no planned fault, no fault site. What is broken already stays so."""
        self.faults.stop()
        if self.fault_sites is not None:
            self.fault_sites.is_off = True

    def progress(self, done: int, total: int) -> None:
        """Tell whoever watches how far a long script has come."""
        if self._progress is not None:
            self._progress(done, total)


async def gather(
    coroutines: Iterable[Coroutine[Any, Any, T]], *, progress: Callable[[int, int], None] | None = None
) -> list[T]:
    """Run coroutines at the same time and give their results in order.

    Args:
        coroutines: calls of async functions that nobody awaits yet.
        progress: is told (done, total) whenever one of them ends, such as ``sim.progress``.

    Raises:
        SettingError: one of them is no coroutine.
        ExceptionGroup: of what one of them raised; the first that does cancels the others, as in any nursery.
    """
    given: object = coroutines  # what is typed so may be something else all the same
    if not isinstance(given, Iterable):
        if iscoroutine(given):
            given.close()
        raise SettingError("gather takes several coroutines: gather([first(), second()])")
    pending = list(coroutines)
    wrong = [other for other in pending if not iscoroutine(other)]
    if wrong:
        for coroutine in pending:
            if iscoroutine(coroutine):
                coroutine.close()
        raise SettingError(f"gather takes coroutines, that is calls of async functions, not {type(wrong[0]).__name__}")
    results: dict[int, T] = {}

    async def run(position: int, coroutine: Coroutine[Any, Any, T]) -> None:
        results[position] = await coroutine
        if progress is not None:
            progress(len(results), len(pending))

    try:
        async with trio.open_nursery() as nursery:
            for position, coroutine in enumerate(pending):
                nursery.start_soon(run, position, coroutine)
    finally:
        for coroutine in pending:
            coroutine.close()  # those that a cancelled nursery never began; a finished one ignores it
    return [results[position] for position in range(len(pending))]
