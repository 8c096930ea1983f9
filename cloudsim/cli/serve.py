"""``cloudsim serve``: serve a simulation over HTTP until somebody says stop."""

import os
import secrets  # noqa: TID251  the token of the admin API is of no simulation
import signal
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

import click
import msgspec
import trio

from cloudsim.cli.guard import Exit
from cloudsim.cli.outputs import CannotWrite, OutputFile
from cloudsim.errors.own import SettingError
from cloudsim.gateway.defaults import default_world
from cloudsim.gateway.gateway import Gateway, GatewayOptions
from cloudsim.gateway.server import Server, is_loopback
from cloudsim.gateway.snippets import snippet
from cloudsim.gateway.thread import ACCESS_KEY_ID, ACCESS_KEY_SECRET
from cloudsim.scenario.load_world import load_world
from cloudsim.scenario.settings import Value, parse


@dataclass(frozen=True, slots=True, kw_only=True)
class ServeOptions:
    """The options of ``cloudsim serve``."""

    world: Path | None
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
            CloudsimError: the world's file, the time or a setting is wrong.
        """
        return GatewayOptions(
            world=default_world() if self.world is None else load_world(self.world), seed=self.seed, time=self.time,
            settings=self.settings(), access_keys=self.access_keys, verifies=self.verify_signatures,
            is_strict=self.strict,
        )  # fmt: skip


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
        )
        server = Server(gateway, host=options.host, port=options.port)
        trio.run(_serve, server, options)
        found = gateway.close()
    for sentence in found:
        click.echo(f"audit: {sentence}", err=True)
    if found:
        return Exit.BROKEN
    return Exit.INTERRUPTED if server.stopped_by == signal.SIGINT else Exit.OK


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


async def _serve(server: Server, options: ServeOptions) -> None:
    await server.listen()
    try:
        with trio.open_signal_receiver(signal.SIGINT, signal.SIGTERM) as signals:
            _tell_ready(server, options)
            await server.serve(signals=signals)
    finally:
        await server.aclose()
        if options.ready_file is not None:
            options.ready_file.unlink(missing_ok=True)


def _tell_ready(server: Server, options: ServeOptions) -> None:
    """Open the admin API, and say where all is; clients can connect already.

    Raises:
        CannotWrite: the ready-file cannot be written.
    """
    token = None
    if not options.no_admin:
        from cloudsim.gateway.admin.security import AdminOptions

        token = None if is_loopback(options.host) else secrets.token_urlsafe(24)
        server.gateway.open_admin(AdminOptions(port=server.port, hosts=options.admin_hosts, token=token))
    if not is_loopback(options.host):
        _warn(token, options)
    if options.ready_file is not None:
        _write_ready(
            options.ready_file,
            {"url": server.url, "host": server.host, "port": server.port, "pid": os.getpid(), "admin_token": token},
        )
    click.echo(f"listening on {server.url}")


def _warn(token: str | None, options: ServeOptions) -> None:
    """Say what it means that others than this machine's users can connect."""
    lines = [
        f"warning: listening at {options.host}, beyond loopback: everybody who reaches this machine can call.",
        "What goes over the wire can be read on its way. It is a simulation: keep real keys and real data out of it.",
    ]
    if not options.verify_signatures:
        lines.append("Any access key is taken; --verify-signatures asks for signatures.")
    if token is not None:
        names = ", ".join(options.admin_hosts) or "loopback alone (--admin-host adds names)"
        lines.append(f"The admin API answers as {names}, and asks for the token {token}")
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
