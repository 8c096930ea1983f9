"""The gateway: one simulation at a time, with everything around it that a server asks.

It begins the simulation, anew when the admin API says so; it says who answers a request, the admin API or the door; and
it keeps timing, recorder and whoever waits together when the simulation is another one. A bug of ours that strikes in
a request ends here, and not the server; see :mod:`cloudsim.gateway.failures`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeVar

import msgspec
import trio

from cloudsim.errors.own import SettingError, WorldError
from cloudsim.gateway.defaults import default_world
from cloudsim.gateway.door import Door
from cloudsim.gateway.failures import Failures, failed_answer
from cloudsim.gateway.http import HttpAnswer, HttpRequest
from cloudsim.gateway.keys import Keys, keys_of, without_keys
from cloudsim.gateway.reception import Arrival, Reception
from cloudsim.gateway.recording import Recorder
from cloudsim.gateway.snapshots import Snapshot, served_simulation
from cloudsim.gateway.timing import ON_REQUEST, require_time, timing_named
from cloudsim.resources.journal import Journal, Sink
from cloudsim.scenario.recording import Begin, make_simulation
from cloudsim.scenario.settings import Value
from cloudsim.simulation.simulation import Simulation
from cloudsim.simulation.world.spec import FORMAT, AccountSpec, WorldSpec
from cloudsim.values.draws import Draws
from cloudsim.values.duration import UNITS, Ns

if TYPE_CHECKING:
    from cloudsim.gateway.admin.admin import Admin
    from cloudsim.gateway.admin.security import AdminOptions
    from cloudsim.gateway.connection import EventStream

T = TypeVar("T")

ADMIN_PATH: Final = "/_cloudsim/"
_ADMIN_ROOT: Final = ADMIN_PATH.rstrip("/")
"""What begins so is for the admin API, which says how its paths are really written."""
_COMPETE_NS: Final[Ns] = 500 * UNITS["ms"]
"""Under a strategy that chooses, calls that are read together compete if their steps are due within so much of each
other: longer than any usual step takes, and shorter than what goes on after an answer."""
_PAUSE_S: Final = 1.0
"""After a failure of what runs by itself, so that one which comes again at once leaves time for whoever asks."""
_NO_ADMIN: Final = HttpAnswer(
    404, (("content-type", "application/json"),), b'{"code":"NotFound","message":"the admin API is off (--no-admin)"}\n'
)


@dataclass(frozen=True, slots=True, kw_only=True)
class GatewayOptions:
    """What is served and how.

    Raises:
        SettingError: there is no such way for time to pass.
    """

    world: WorldSpec = field(default_factory=default_world)
    snapshot: Snapshot | None = None
    """What is served instead of a world; it has its own seed and settings."""
    seed: int = 0
    time: str = ON_REQUEST
    """``on-request``, ``real``, ``xN`` or ``step``."""
    settings: Mapping[str, Value] = field(default_factory=dict)
    """Dials, as :mod:`cloudsim.scenario.dials` has them: latency, strategy, policies, throttling, consistency."""
    access_keys: tuple[str, ...] = ()
    """Further keys of the first account, ``ID:SECRET``."""
    verifies: bool = False
    """Whether signatures, time stamps and nonces are verified."""
    is_strict: bool = False
    """Whether parameters that an action does not know are refused."""

    def __post_init__(self) -> None:
        require_time(self.time)


class Gateway:
    """Serves one simulation at a time.

    Args:
        options: what and how.
        record: takes the lines of a recording; None if nothing is recorded.
        journal_sink: takes the lines of the journal; None if nobody wants them.
        tell_failure: is told of bugs of ours that struck in a request; what it raises ends the server.

    Raises:
        CloudsimError: the world, the snapshot or a setting cannot be.
    """

    def __init__(
        self,
        options: GatewayOptions,
        *,
        record: Callable[[bytes], object] | None = None,
        journal_sink: Sink | None = None,
        tell_failure: Callable[[Exception], object] | None = None,
    ) -> None:
        self.options = options
        self.world = options.world if options.snapshot is None else None
        self._journal_sink = journal_sink
        self._failures = Failures(tell_failure)
        self._waiting: dict[Arrival, None] = {}
        self._recorder = None if record is None else Recorder(record)
        if options.snapshot is None:
            keys = keys_of(options.world, more=options.access_keys)  # told before a world is made of it
            simulation, begin = self._made(options.world, options.seed), self._beginning(options.world, options.seed)
        else:
            simulation = served_simulation(options.snapshot)
            self._follow_journal(simulation)
            keys = _keys_beside(simulation, options.access_keys)
            begin = Begin(snapshot=options.snapshot.data, seed=simulation.seed, time=options.time)
        door = Door(simulation, keys, verify=options.verifies, strict=options.is_strict)
        self._reception = Reception(door, self._recorder)
        self._timing = timing_named(options.time, self._reception)
        self._admin: Admin | None = None
        self._note_begin(begin)

    @property
    def simulation(self) -> Simulation:
        """The simulation that is served now."""
        return self._reception.door.simulation

    def note_clients(self, count: int) -> None:
        """Be told how many connections are open."""
        self._reception.clients = count

    @property
    def time(self) -> str:
        """How time passes."""
        return self.options.time

    @property
    def refused(self) -> Mapping[str, int]:
        """By code, how many requests the gateway itself has refused."""
        return self._reception.door.refused

    @property
    def failures(self) -> Sequence[str]:
        """Bugs of ours that struck the simulation that is served now: it may be between two valid states."""
        return self._failures.present

    @property
    def failed(self) -> Sequence[Exception]:
        """The first of all that struck since it began to serve."""
        return self._failures.errors

    @property
    def knows_keys(self) -> bool:
        """Whether there is any access key that it knows."""
        return bool(len(self._reception.door.keys))

    def open_admin(self, options: "AdminOptions") -> None:
        """Answer under ``/_cloudsim/`` from now on."""
        from cloudsim.gateway.admin.admin import Admin  # noqa: PLC0415  a server without it starts sooner

        self._admin = Admin(self, options, on_change=self._note_change)

    def takes_documents(self, head: HttpRequest) -> bool:
        """Whether a request, whose body is not there yet, may bring the admin API a document."""
        return head.target.startswith(_ADMIN_ROOT) and self._admin is not None and self._admin.lets_in(head)

    async def answer(self, request: HttpRequest, connection: int) -> "HttpAnswer | EventStream | None":
        """Answer a request; None stands for an answer that is lost on purpose.

        Args:
            request: the request.
            connection: the number of its connection.
        """
        if request.target.startswith(_ADMIN_ROOT):
            return await self._answer_admin(request)
        arrival = Arrival(request, connection)
        self._waiting[arrival] = None
        try:
            await self._timing.ask(arrival)
        except Exception as error:  # noqa: BLE001  no request may end the server
            self.fail(error)
        finally:
            del self._waiting[arrival]
        return arrival.answer

    async def _answer_admin(self, request: HttpRequest) -> "HttpAnswer | EventStream":
        if self._admin is None:
            return _NO_ADMIN
        try:
            self.follow()
            if self._recorder is not None:
                self._recorder.mark()
            return await self._admin.handle(request)
        except Exception as error:  # noqa: BLE001  no request may end the server
            self.fail(error)
            return self._admin.failed_answer

    async def run(self) -> None:
        """Let time pass by itself, where it does, as long as the server runs."""
        while True:
            try:
                await self._timing.run()
            except Exception as error:  # noqa: BLE001  what fails by itself ends no server, either
                self.fail(error)
                await trio.sleep(_PAUSE_S)
            else:
                return

    def fail(self, error: Exception) -> None:
        """Take note of a bug of ours, and let nobody wait for an answer that may never come.

        Args:
            error: what came of it.

        Raises:
            Exception: what whoever is told of failures wants the server to end with.
        """
        self._failures.note(error)
        self._reception.deliver()
        for number, arrival in enumerate([one for one in self._waiting if not one.is_over]):
            draws = Draws(self.simulation.entropy, f"failed in the gateway/{self._failures.count}/{number}")
            arrival.end(failed_answer(arrival.request, request_id=draws.request_id()))

    def do(self, act: Callable[[Simulation], T]) -> T:
        """Let this process have the simulation in its hands, between two steps of it.

        What is due at once when it gives it back is done, such as a trouble that was thrown.
        """
        self.follow()
        if self._recorder is not None:
            self._recorder.mark()
        try:
            return act(self.simulation)
        finally:
            kernel = self.simulation.kernel
            if self.time == ON_REQUEST:
                while kernel.next_due_ns == kernel.now_ns and kernel.pending:
                    kernel.step()
            if self._recorder is not None:
                self._recorder.note_by_hand()
            self._timing.changed()

    def look(self, act: Callable[[Simulation], T]) -> T:
        """Let this process look at the simulation; what it changes nevertheless is in no recording."""
        self.follow()
        return act(self.simulation)

    # What the admin API asks; see ``admin.host``.

    def begin(self, world: WorldSpec, seed: int) -> None:
        """Close what is served, and begin a world with the settings that the server was started with.

        Raises:
            WorldError: the world contradicts itself; what is served goes on.
        """
        try:
            keys = keys_of(world, more=self.options.access_keys)
        except SettingError as error:
            raise WorldError(str(error)) from None
        simulation = self._made(world, seed)
        self.world = world
        self._turn_to(simulation, self._beginning(world, seed))
        self._reception.door.go_on_with(simulation, keys=keys)
        self._timing.changed()

    def begin_again(self) -> None:
        """Close what is served, and begin once more what was begun with: the world, or the server's own snapshot."""
        if self.world is not None:
            self.begin(self.world, self.simulation.seed)
        else:
            assert self.options.snapshot is not None, "what began with no world began with a snapshot"
            self.resume(served_simulation(self.options.snapshot))

    def resume(self, simulation: Simulation) -> None:
        """Close what is served, and go on with a simulation that was loaded.

        Keys stay as they are, unless their accounts are another world's: then there are those of the options alone.

        Raises:
            SettingError: it has no account; what is served goes on.
        """
        keys = self._reception.door.keys
        if keys.default_account not in simulation.cloud.accounts:
            keys = _keys_beside(simulation, self.options.access_keys)
        self._follow_journal(simulation)
        self._turn_to(simulation, None)
        self._reception.door.go_on_with(simulation, keys=keys)
        self._timing.changed()

    def follow(self) -> None:
        """Bring the clock to the present, where it follows the wall."""
        self._timing.follow()

    def note_change(self) -> None:
        """Be told that the simulation was changed, moved in time or given something to do."""
        self._timing.changed()

    def close(self) -> list[str]:
        """End what is under way, and audit what is left.

        Returns:
            What is wrong, a sentence each; empty when all is well.
        """
        if self._recorder is not None:
            self._recorder.end()
        found = self._close_present()
        self._reception.deliver()
        self.simulation.digest()  # or the last lines of the journal stay where they are
        return found

    def _follow_journal(self, simulation: Simulation) -> None:
        if self._journal_sink is not None:
            simulation.cloud.journal.add_sink(self._journal_sink)

    def _made(self, world: WorldSpec, seed: int) -> Simulation:
        journal = Journal()
        if self._journal_sink is not None:
            journal.add_sink(self._journal_sink)
        return make_simulation(
            world, seed=seed, settings=self.options.settings, slack_ns=self._slack_ns, journal=journal
        )

    @property
    def _slack_ns(self) -> Ns:
        chooses = self.options.settings.get("strategy", "fifo") != "fifo"
        return _COMPETE_NS if chooses and self.time == ON_REQUEST else 0

    def _close_present(self) -> list[str]:
        """Close what is served, and say what is wrong with it; what a bug of ours has broken may not even be closed."""
        try:
            return self.simulation.close()
        except Exception as error:
            if not self.failures:
                raise
            self._failures.note(error)
            return [f"it cannot be closed any more: {error}"]

    def _turn_to(self, simulation: Simulation, begin: Begin | None) -> None:
        """Close what is served, whose callers see their connections close, and record that another one is."""
        if self._recorder is not None:
            self._recorder.end()
        self._close_present()
        self._reception.deliver()
        self._reception.door.go_on_with(simulation)
        self._failures.forget_present()
        if self._recorder is not None:
            self._note_begin(begin if begin is not None else self._snapshot())

    def _note_begin(self, begin: Begin) -> None:
        if self._recorder is not None:
            self._recorder.begin(begin, self.simulation)

    def _beginning(self, world: WorldSpec, seed: int) -> Begin:
        tables = {"format": FORMAT, **msgspec.to_builtins(without_keys(world))}
        return Begin(
            world=tables, seed=seed, settings=dict(self.options.settings), slack_ns=self._slack_ns, time=self.time
        )

    def _snapshot(self) -> Begin:
        from cloudsim.simulation.saving.saving import snapshot_of  # noqa: PLC0415  few servers ever need it

        return Begin(snapshot=snapshot_of(self.simulation), seed=self.simulation.seed, time=self.time)

    def _note_change(self, path: str, body: bytes) -> None:
        if self._recorder is not None:
            self._recorder.note_change(path, body)


def _keys_beside(simulation: Simulation, more: tuple[str, ...]) -> Keys:
    """Give the keys of a server of a snapshot, which has accounts and no keys of theirs.

    Raises:
        SettingError: it has no account, or a key is none.
    """
    accounts = tuple([AccountSpec(id=name) for name in simulation.cloud.accounts])
    return keys_of(WorldSpec(accounts=accounts), more=more)
