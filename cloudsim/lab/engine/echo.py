"""A bare server of HTTP by h11 on trio: the least that a server in Python does for a request, and nothing with it.

Used as a program it listens at a free port of loopback, which it prints: ``python -m cloudsim.lab.engine.echo``.
"""

import sys
from typing import Final

import h11
import trio

ANSWER: Final = b'{"RequestId":"' + b"0" * 1_200 + b'"}'
"""As long as the answer of a create."""


async def answer_all(stream: trio.SocketStream) -> None:
    """Answer each request of a connection."""
    wire = h11.Connection(h11.SERVER)
    while True:
        event = wire.next_event()
        if event is h11.NEED_DATA:
            wire.receive_data(await stream.receive_some(65_536))
        elif isinstance(event, h11.ConnectionClosed):
            return
        elif isinstance(event, h11.EndOfMessage):
            head = h11.Response(status_code=200, headers=[("content-length", str(len(ANSWER)))])
            parts = (wire.send(head), wire.send(h11.Data(data=ANSWER)), wire.send(h11.EndOfMessage()))
            await stream.send_all(b"".join(part for part in parts if part))
            wire.start_next_cycle()


async def main() -> None:
    """Serve until it is killed."""
    (listener,) = await trio.open_tcp_listeners(0, host="127.0.0.1")
    sys.stdout.write(f"listening on http://127.0.0.1:{listener.socket.getsockname()[1]}\n")
    sys.stdout.flush()
    await trio.serve_listeners(answer_all, [listener])


if __name__ == "__main__":
    trio.run(main)
