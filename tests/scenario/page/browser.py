"""A real browser without a screen, driven through the pipes of its DevTools: no port is opened, no library is needed.

Source: "Chrome DevTools Protocol"; messages over ``--remote-debugging-pipe`` are JSON texts that end in a zero byte, on
the descriptors 3 (to the browser) and 4 (from it).
"""

import json
import os
import select
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic  # noqa: TID251  a browser lives by the wall clock
from typing import Any, Final

Message = dict[str, Any]

_SECONDS_MAX: Final = 60
_OPTIONS: Final = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-default-apps", "--disable-sync",
    "--disable-extensions", "--remote-debugging-pipe",
)  # fmt: skip


def browser_path() -> str | None:
    """Where the browser is; None if there is none."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


class Tab:
    """One page in the browser: what it asked for, and what it complained of.

    Args:
        to_browser: the descriptor to write to.
        from_browser: the descriptor to read from.
    """

    def __init__(self, to_browser: int, from_browser: int) -> None:
        self._to, self._from = to_browser, from_browser
        self._sent, self._rest = 0, b""
        self._session: str | None = None
        self.events: list[Message] = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log", "Audits"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **parameters: object) -> Message:
        """Do something, and give its result."""
        self._sent += 1
        message: Message = {"id": self._sent, "method": method, "params": parameters}
        if self._session is not None:
            message["sessionId"] = self._session
        os.write(self._to, json.dumps(message).encode() + b"\0")
        while True:
            said = self._read()
            if said.get("id") == self._sent:
                assert "error" not in said, f"{method}: {said}"
                result: Message = said["result"]
                return result

    def _read(self) -> Message:
        until_s = monotonic() + _SECONDS_MAX
        while b"\0" not in self._rest:
            ready, _, _ = select.select([self._from], [], [], max(0, until_s - monotonic()))
            assert ready, "the browser says nothing"
            chunk = os.read(self._from, 1 << 16)
            assert chunk, "the browser has gone"
            self._rest += chunk
        text, _, self._rest = self._rest.partition(b"\0")
        said: Message = json.loads(text)
        if "method" in said:
            self.events.append(said)
        return said

    def open(self, page: Path | str, *, width: int = 1400, is_dark: bool = False) -> None:
        """Load a file or an address, and wait until it is there."""
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if is_dark else "light"}
        self.call("Emulation.setEmulatedMedia", features=[scheme])
        self.events.clear()
        self.call("Page.navigate", url=page if isinstance(page, str) else page.as_uri())
        while not any(event["method"] == "Page.loadEventFired" for event in self.events):
            self._read()

    def ask(self, expression: str) -> Any:
        """Have an expression evaluated in the page, beside its own policy."""
        given = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in given, given
        return given["result"].get("value")

    def requests(self) -> list[str]:
        """The addresses that the page asked for."""
        return [one["params"]["request"]["url"] for one in self._named("Network.requestWillBeSent")]

    def complaints(self) -> list[str]:
        """Errors, warnings and breaches of policy."""
        wanted = ("Log.entryAdded", "Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Audits.issueAdded")
        return [json.dumps(one["params"]) for method in wanted for one in self._named(method)]

    def _named(self, method: str) -> Iterator[Message]:
        return (event for event in self.events if event["method"] == method)


@contextmanager
def browser(path: str, profile: Path, net_log: Path, *, reaches: str = "nobody") -> Iterator[Tab]:
    """Start a browser, and end it.

    Whatever asks for an address is told that there is none, whoever asks.

    Args:
        path: of the program.
        profile: an empty folder.
        net_log: where the browser writes all that it does on the network, its own errands too.
        reaches: the one host that there is nevertheless, such as ``127.0.0.1``.
    """
    in_read, in_write = os.pipe()
    out_read, out_write = os.pipe()
    nowhere = f"--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE {reaches}"
    command = [path, *_OPTIONS, nowhere, f"--user-data-dir={profile}", f"--log-net-log={net_log}", "about:blank"]
    # The shell puts the two pipes where the browser looks for them.
    wired = ["bash", "-c", f'exec "$@" 3<&{in_read} 4>&{out_write}', "bash", *command]
    process = subprocess.Popen(
        wired, pass_fds=(in_read, out_write), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    os.close(in_read)
    os.close(out_write)
    try:
        tab = Tab(in_write, out_read)
        yield tab
        tab._session = None
        tab.call("Browser.close")
    finally:
        os.close(in_write)
        os.close(out_read)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
