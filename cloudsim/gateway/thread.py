"""A server in a thread of this process: for tests and notebooks, with the simulation at hand."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from os import PathLike
from pathlib import Path
from typing import Any, Final, TypeVar

import trio

from cloudsim.errors.own import SettingError
from cloudsim.gateway.defaults import default_world
from cloudsim.gateway.gateway import Gateway, GatewayOptions
from cloudsim.gateway.limits import Limits
from cloudsim.gateway.server import Server
from cloudsim.scenario.settings import Value
from cloudsim.simulation.simulation import Simulation
from cloudsim.simulation.world.builder import World
from cloudsim.simulation.world.spec import WorldSpec

T = TypeVar("T")

ACCESS_KEY_ID: Final = "testid"
ACCESS_KEY_SECRET: Final = "testsecret"  # noqa: S105  of nothing but simulations
"""What clients are given where nobody says another key; any would do unless signatures are verified."""


class ThreadServer:
    """A server that runs in a thread, as the thread that started it sees it.

    Args:
        server: it.
        token: of the trio run that it runs in.
        access_key: id and secret.
    """

    def __init__(self, server: Server, token: trio.lowlevel.TrioToken, access_key: tuple[str, str]) -> None:
        self._server = server
        self._token = token
        self.access_key_id, self.access_key_secret = access_key

    @property
    def url(self) -> str:
        """Where it is, such as ``http://127.0.0.1:40123``."""
        return self._server.url

    @property
    def endpoint(self) -> str:
        """Likewise without the protocol, as SDKs want it: ``127.0.0.1:40123``."""
        return self.url.removeprefix("http://")

    @property
    def host(self) -> str:
        """The address."""
        return self._server.host

    @property
    def port(self) -> int:
        """The port."""
        return self._server.port

    @property
    def connections(self) -> int:
        """How many connections there are now."""
        return self._server.connections

    def look(self, act: Callable[[Simulation], T]) -> T:
        """Look at the simulation, between two steps of it: ``server.look(lambda sim: sim.now_ns)``.

        Give back values, no parts of the simulation: those belong to the server's thread.

        Args:
            act: is called in the server's thread; it changes nothing.

        Raises:
            BaseException: what it raises, as it is.
            SettingError: the server has stopped.
        """
        return self._call(self._server.gateway.look, act)

    def do(self, act: Callable[[Simulation], T]) -> T:
        """Do something with the simulation likewise, such as ``server.do(lambda sim: sim.faults.lose_answer())``.

        What is thrown, such as ``sim.trouble.take_zone_out(...)``, has struck when it returns. A recording tells that
        something was done, and not what; the admin API's changes it has.

        Args:
            act: is called in the server's thread.

        Raises:
            BaseException: what it raises, as it is.
            SettingError: the server has stopped.
        """
        return self._call(self._server.gateway.do, act)

    def _call(self, how: Callable[[Callable[[Simulation], T]], T], act: Callable[[Simulation], T]) -> T:
        try:
            return trio.from_thread.run_sync(how, act, trio_token=self._token)
        except trio.RunFinishedError:
            raise SettingError("the server has stopped, and its simulation with it") from None

    def digest(self) -> str:
        """The SHA-256 over the journal so far."""
        return self.look(lambda simulation: simulation.digest())

    def stop(self) -> None:
        """Tell it to stop; the end of the ``with`` block does."""
        self._token.run_sync_soon(self._server.stop)


@contextmanager
def serve_in_thread(
    world: World | WorldSpec | str | PathLike[str] | None = None,
    *,
    seed: int = 0,
    time: str = "on-request",
    settings: dict[str, Value] | None = None,
    access_key: str = f"{ACCESS_KEY_ID}:{ACCESS_KEY_SECRET}",
    verify_signatures: bool = False,
    admin: bool = True,
    port: int = 0,
    record: str | PathLike[str] | None = None,
    limits: Limits | None = None,
) -> Iterator[ThreadServer]:
    """Serve a world over HTTP for the length of the ``with`` block, in a thread, at 127.0.0.1.

    Args:
        world: a world, its spec or its file; if None, the real regions with one account, ``default``.
        seed: of all chance.
        time: how time passes: ``on-request``, ``real``, ``x10`` or ``step``.
        settings: dials such as ``{"latency": "none", "policy.token": "claim"}``.
        access_key: a key of the first account, ``ID:SECRET``, that clients are to use.
        verify_signatures: whether signatures are verified.
        admin: whether the admin API answers under ``/_cloudsim/``.
        port: to listen at; 0 takes a free one.
        record: the file of a recording.
        limits: how much a client may ask.

    Yields:
        Where it is, with the key, and the simulation by :meth:`ThreadServer.do`.

    Raises:
        CloudsimError: the world, a setting or the key cannot be, or the address cannot be had.
        AssertionError: at the end, the simulation contradicts itself, which is a bug of ours.
        Exception: at the end, what a bug of ours raised in a request, which was answered InternalError.
    """
    options = GatewayOptions(
        world=_world_of(world), seed=seed, time=time, settings=settings or {}, access_keys=(access_key,),
        verifies=verify_signatures,
    )  # fmt: skip
    file = None if record is None else Path(record).open("wb")  # noqa: SIM115  closed below, after the server
    try:
        gateway = Gateway(options, record=None if file is None else file.write)
        server = Server(gateway, port=port, limits=limits)
        key_id, _, secret = access_key.partition(":")
        yield from _served(server, (key_id, secret), has_admin=admin)
    finally:
        if file is not None:
            file.close()


def _served(server: Server, access_key: tuple[str, str], *, has_admin: bool) -> Iterator[ThreadServer]:
    started = threading.Event()
    tokens: list[trio.lowlevel.TrioToken] = []
    failures: list[BaseException] = []

    async def serve() -> None:
        await server.listen()
        if has_admin:
            from cloudsim.gateway.admin.security import AdminOptions  # noqa: PLC0415  only who wants it waits for it

            server.gateway.open_admin(AdminOptions(port=server.port))
        tokens.append(trio.lowlevel.current_trio_token())
        started.set()
        await server.serve()

    def run() -> None:
        try:
            trio.run(serve)
        except BaseException as error:  # noqa: BLE001  raised again in the thread that started this one
            failures.append(error)
        finally:
            started.set()

    thread = threading.Thread(target=run, name="cloudsim server", daemon=True)
    thread.start()
    started.wait()
    try:
        if not failures:
            yield ThreadServer(server, tokens[0], access_key)
    finally:
        for token in tokens:
            _stop(token, server)
        thread.join()
        found = server.gateway.close()
    failures += server.gateway.failed
    if failures:
        raise failures[0]
    assert not found, "; ".join(found)


def _stop(token: trio.lowlevel.TrioToken, server: Server) -> None:
    with suppress(trio.RunFinishedError):  # it has stopped by itself
        token.run_sync_soon(server.stop)


def _world_of(world: Any) -> WorldSpec:  # noqa: ANN401  whatever the user gave
    from cloudsim.scenario.load_world import load_world  # noqa: PLC0415  most worlds are no files

    if world is None:
        return default_world()
    if isinstance(world, str | PathLike):
        return load_world(world)
    spec = world.spec if isinstance(world, World) else world
    if not isinstance(spec, WorldSpec):
        raise SettingError(f"a server takes a World, a WorldSpec or the path of a file, not {type(world).__name__}")
    return spec
