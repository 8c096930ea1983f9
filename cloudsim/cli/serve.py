"""``cloudsim serve``: serve a simulation over HTTP until somebody says stop."""

import os
import secrets  # noqa: TID251  the token of the admin API is of no simulation
import signal
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import click
import msgspec
import trio

from cloudsim.cli.guard import DEBUG, Exit, tell_bug
from cloudsim.cli.outputs import CannotWrite, OutputFile
from cloudsim.errors.own import SettingError
from cloudsim.gateway.defaults import default_world
from cloudsim.gateway.gateway import ADMIN_PATH, Gateway, GatewayOptions
from cloudsim.gateway.server import Server
from cloudsim.gateway.snapshots import Snapshot
from cloudsim.gateway.snippets import snippet
from cloudsim.gateway.thread import ACCESS_KEY_ID, ACCESS_KEY_SECRET
from cloudsim.scenario.load_world import load_world
from cloudsim.scenario.settings import Value, parse

_WRITTEN_EVERY_S: Final = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class ServeOptions:
    """The options of ``cloudsim serve``."""

    world: Path | None
    snapshot: Path | None
    host: str
    port: int
    time: str
    seed: int
    strategy: str
    assignments: tuple[str, ...]
    access_keys: tuple[str, ...]
    verify_signatures: bool
    strict: bool
    no_admin: bool
    admin_hosts: tuple[str, ...]
    record: Path | None
    journal: Path | None
    ready_file: Path | None
    print_client: str | None

    def settings(self) -> dict[str, Value]:
        """Give the dials.

        Raises:
            SettingError: one is said twice, or belongs to another option.
        """
        given = parse(list(self.assignments))
        if "strategy" in given:
            raise SettingError("serve takes its strategy by --strategy, not by --set")
        return {**given, "strategy": self.strategy}

    def gateway_options(self) -> GatewayOptions:
        """Say what is to be served.

        Raises:
            CloudsimError: the world's file, the snapshot, the time or a setting is wrong.
        """
        return GatewayOptions(
            world=default_world() if self.world is None else load_world(self.world),
            snapshot=None if self.snapshot is None else _read(self.snapshot), seed=self.seed, time=self.time,
            settings=self.settings(), access_keys=self.access_keys, verifies=self.verify_signatures,
            is_strict=self.strict,
        )  # fmt: skip


def _read(path: Path) -> Snapshot:
    from cloudsim.simulation.saving.file import read_whole

    return Snapshot(data=read_whole(path), name=str(path))


def serve_command(options: ServeOptions) -> Exit:
    """Serve until a signal comes.

    Raises:
        CloudsimError: the world, a setting, a key or the address is wrong.
        CannotWrite: an output cannot be written.
    """
    if options.print_client is not None:
        _print_client(options.print_client, options)
        return Exit.OK
    with ExitStack() as opened:
        record, journal = (_opened(path, opened) for path in (options.record, options.journal))
        gateway = Gateway(
            options.gateway_options(),
            record=None if record is None else record.write,
            journal_sink=None if journal is None else journal.write,
            tell_failure=_tell_failure,
        )
        server = Server(gateway, host=options.host, port=options.port)
        _run(server, options, [file for file in (record, journal) if file is not None])
        found = gateway.close()
    for sentence in found:
        click.echo(f"audit: {sentence}", err=True)
    if gateway.failed:
        return Exit.BUG
    if found:
        return Exit.BROKEN
    return Exit.INTERRUPTED if server.stopped_by == signal.SIGINT else Exit.OK


def _tell_failure(error: Exception) -> None:
    """Say that a bug of ours struck in a request, and go on; an output that cannot be written ends the server."""
    if isinstance(error, CannotWrite):
        raise error
    tell_bug(error, is_debug=bool(click.get_current_context().meta.get(DEBUG)))
    click.echo(
        "The server goes on, and whoever waited was answered InternalError. What it serves may contradict itself: "
        "/_cloudsim/health says so, and /_cloudsim/reset begins anew.",
        err=True,
    )


def _opened(path: Path | None, opened: ExitStack) -> OutputFile | None:
    if path is None:
        return None
    file = OutputFile(path)
    opened.callback(file.close)
    return file


def _print_client(kind: str, options: ServeOptions) -> None:
    if not options.port:
        raise click.UsageError("A snippet names the port: give one, or read it from the --ready-file of a server.")
    key = options.access_keys[0] if options.access_keys else f"{ACCESS_KEY_ID}:{ACCESS_KEY_SECRET}"
    server = Server.address(options.host, options.port)
    click.echo(snippet(kind, endpoint=server.removeprefix("http://"), access_key=key), nl=False)


def _run(server: Server, options: ServeOptions, files: Sequence[OutputFile]) -> None:
    """Serve; an output that cannot be written is told as that, out of whatever groups it came in.

    Raises:
        CannotWrite: an output cannot be written.
    """
    try:
        trio.run(_serve, server, options, files)
    except BaseExceptionGroup as group:
        outputs = group.subgroup(CannotWrite)
        if outputs is None:
            raise
        first: BaseException = outputs
        while isinstance(first, BaseExceptionGroup):
            first = first.exceptions[0]
        raise first from None


async def _serve(server: Server, options: ServeOptions, files: Sequence[OutputFile]) -> None:
    await server.listen()
    try:
        with trio.open_signal_receiver(signal.SIGINT, signal.SIGTERM, signal.SIGHUP) as signals:
            _tell_ready(server, options)
            async with trio.open_nursery() as nursery:
                nursery.start_soon(_keep_written, server, files)
                await server.serve(signals=signals)
                nursery.cancel_scope.cancel()
    finally:
        await server.aclose()
        if options.ready_file is not None:
            _remove_ready(options.ready_file)


async def _keep_written(server: Server, files: Sequence[OutputFile]) -> None:
    """Write what waits, so that whoever reads along sees it soon and a server that is killed leaves nearly all."""
    while files:
        await trio.sleep(_WRITTEN_EVERY_S)
        server.gateway.simulation.cloud.journal.flush()
        for file in files:
            file.flush()


def _remove_ready(file: Path) -> None:
    """Remove the ready-file, unless another server has put its own in its place."""
    try:
        ready = msgspec.json.decode(file.read_bytes(), type=dict[str, object])
    except (OSError, msgspec.DecodeError):
        return
    if ready.get("pid") == os.getpid():
        file.unlink(missing_ok=True)


def _tell_ready(server: Server, options: ServeOptions) -> None:
    """Open the admin API, and say where all is; clients can connect already.

    Raises:
        CannotWrite: the ready-file cannot be written.
    """
    token = None
    if not options.no_admin:
        from cloudsim.gateway.admin.security import AdminOptions

        is_near = server.is_loopback and not options.admin_hosts
        token = None if is_near else secrets.token_urlsafe(24)
        server.gateway.open_admin(AdminOptions(port=server.port, hosts=options.admin_hosts, token=token))
    if not server.is_loopback:
        _warn(options)
    if token is not None:
        names = ", ".join(options.admin_hosts) or "loopback alone (--admin-host adds names)"
        click.echo(f"The admin API answers as {names}, and asks for the token {token}", err=True)
    if options.ready_file is not None:
        _write_ready(
            options.ready_file,
            {"url": server.url, "host": server.host, "port": server.port, "pid": os.getpid(), "admin_token": token},
        )
    if options.verify_signatures and not server.gateway.knows_keys:
        click.echo(
            "warning: no access key is known, so no signature verifies: --access-key ID:SECRET adds one", err=True
        )
    click.echo(f"listening on {server.url}")
    if not options.no_admin:
        click.echo(f"dashboard at {server.url}{ADMIN_PATH}")
    if options.seed:
        click.echo(f"seed {options.seed}")


def _warn(options: ServeOptions) -> None:
    """Say what it means that others than this machine's users can connect."""
    lines = [
        f"warning: listening at {options.host}, beyond loopback: everybody who reaches this machine can call.",
        "What goes over the wire can be read on its way. It is a simulation: keep real keys and real data out of it.",
    ]
    if not options.verify_signatures:
        lines.append("Any access key is taken; --verify-signatures asks for signatures.")
    click.echo("\n".join(lines), err=True)


def _write_ready(path: Path, facts: dict[str, str | int | None]) -> None:
    """Write the file at once and for its owner alone: whoever finds it finds it whole.

    Raises:
        CannotWrite: it cannot be written.
    """
    begun = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with suppress(FileNotFoundError):
            begun.unlink()
        with os.fdopen(os.open(begun, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.write(msgspec.json.encode(facts) + b"\n")
        begun.replace(path)
    except OSError as reason:
        raise CannotWrite(path, reason) from reason
