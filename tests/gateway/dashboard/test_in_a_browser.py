"""The dashboard in a real browser: it shows what happens, asks nobody else, and can be used without a mouse."""

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from time import monotonic, sleep  # noqa: TID251  a browser lives by the wall clock
from typing import Any
from urllib.request import urlopen

import pytest

from cloudsim.api.requests import CreateNetworkInterface
from cloudsim.gateway.admin.security import AdminOptions
from cloudsim.gateway.thread import ThreadServer, serve_in_thread
from cloudsim.simulation.simulation import Simulation
from tests.gateway.server.failing import CREATE, break_next_create, server_that_fails
from tests.gateway.server.talking import Talk
from tests.scenario.page.browser import Tab, browser, browser_path
from tests.small_world import a_create, small

FOUND = browser_path()
HOSTILE = "<img src=x onerror=alert(1)>"

pytestmark = pytest.mark.skipif(FOUND is None, reason="there is no chromium; apt-get install chromium")


@pytest.fixture(scope="module")
def server() -> Iterator[ThreadServer]:
    with serve_in_thread(small(quota=5).vswitch("vsw-b", vpc="vpc-main", cidr="10.0.1.0/28")) as server:
        yield server


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tab]:
    folder = tmp_path_factory.mktemp("browser")
    assert FOUND is not None
    with browser(FOUND, folder / "profile", folder / "net.json", reaches="127.0.0.1") as tab:
        yield tab
    assert asked_of_others(folder / "net.json") == set()


@pytest.fixture
def page(tab: Tab, server: ThreadServer) -> Tab:
    tab.open(f"{server.url}/_cloudsim/")
    wait(lambda: tab.ask("document.getElementById('verb').value !== '' && document.getElementById('link').textContent"))
    return tab


def asked_of_others(net_log: Path) -> set[str]:
    """What pages asked of anybody but this machine, by the browser's own log."""
    events = json.loads(net_log.read_text(encoding="utf-8"))["events"]
    sent = [event["params"] for event in events if "url" in event.get("params", {})]
    by_pages = {one["url"] for one in sent if one.get("initiator", "not an origin") != "not an origin"}
    return {one for one in by_pages if not one.startswith("http://127.0.0.1:")}


def wait(true: Callable[[], Any]) -> None:
    """Wait until something is so."""
    until_s = monotonic() + 30
    while not true():
        assert monotonic() < until_s, "it did not come"
        sleep(0.05)


def text(tab: Tab, selector: str) -> str:
    found: str = tab.ask(f"document.querySelector({json.dumps(selector)}).innerText")
    return found


def wait_for_text(tab: Tab, selector: str, said: str) -> None:
    """Wait until something says exactly that."""
    wait(lambda: text(tab, selector) == said)


def create(simulation: Simulation, request: CreateNetworkInterface, name: str = "LTAI-demo") -> None:
    caller = simulation.callers.get(name) or simulation.caller(account="acme", name=name)
    simulation.submit(caller, request)
    simulation.run()


def press(tab: Tab, *keys: str) -> None:
    """Press keys, as somebody without a mouse does."""
    codes = {"Tab": 9, "Enter": 13}
    for key in keys:
        if key in codes:
            said = {
                "key": key,
                "code": key,
                "windowsVirtualKeyCode": codes[key],
                "text": "\r" if key == "Enter" else "",
            }
            tab.call("Input.dispatchKeyEvent", type="keyDown", **said)
            tab.call("Input.dispatchKeyEvent", type="keyUp", **said)
        else:
            tab.call("Input.insertText", text=key)


def test_it_shows_enis_quotas_vswitches_rates_and_the_journal_as_they_change(page: Tab, server: ThreadServer) -> None:
    wait(lambda: text(page, "#link") == "live")
    wait(lambda: text(page, "#sent").startswith("0 sent"))
    for _ in range(6):
        server.do(lambda sim: create(sim, a_create(vswitch_id="vsw-b")))
    wait(lambda: text(page, "#enis-total") == "5")
    assert text(page, "#vswitches tr:nth-child(2)").split() == ["vsw-b", "cn-hangzhou-h", "10.0.1.0/28", "7", "5"]
    assert text(page, "#quotas tr:nth-child(1)").split()[-3:] == ["5", "0", "5"]
    wait(lambda: "MaxEniCountExceeded 1" in text(page, "#legend"))
    assert text(page, "#refused") == "1"
    wait(lambda: "MaxEniCountExceeded" in text(page, "#lines tr.refused"))


def test_the_journal_can_be_filtered(page: Tab, server: ThreadServer) -> None:
    server.do(lambda sim: create(sim, a_create()))
    wait(lambda: text(page, "#lines"))
    page.ask("const box = document.getElementById('f-refused'); box.click()")
    assert set(page.ask("[...document.querySelectorAll('#lines tr')].map(row => row.className)")) <= {"refused"}
    page.ask("document.getElementById('f-refused').click()")
    page.ask(
        "const f = document.getElementById('f-text'); f.value = 'nothing like it'; f.dispatchEvent(new Event('input'))"
    )
    wait(lambda: text(page, "#f-count").startswith("0 of"))


def test_a_fault_is_thrown_by_keyboard_alone(page: Tab, server: ThreadServer) -> None:
    page.ask("document.getElementById('verb').focus()")
    assert page.ask("document.getElementById('verb').value") == "troubles take_zone_out"
    press(page, "Tab", "Tab", "Tab", "5m", "Tab")
    assert page.ask("document.activeElement.textContent") == "Throw"
    press(page, "Enter")
    wait(lambda: text(page, "#thrown") == "TakeZoneOut: ok")
    assert server.do(lambda sim: list(sim.cloud.conditions.zones_out)) == ["cn-hangzhou-h"]
    wait(lambda: "zone is out" in text(page, "#vswitches"))
    page.ask("document.getElementById('advance').value = '5m'")
    page.ask("document.querySelector('#clock button').click()")
    wait(lambda: text(page, "#moved").startswith("it is 00:"))
    wait(lambda: "zone is out" not in text(page, "#vswitches"))


def choose(tab: Tab, file: Path) -> None:
    """Choose a file to be loaded, and say yes."""
    tab.ask("window.confirm = () => true")
    root = tab.call("DOM.getDocument")["root"]["nodeId"]
    node = tab.call("DOM.querySelector", nodeId=root, selector="#load")["nodeId"]
    tab.call("DOM.setFileInputFiles", nodeId=node, files=[str(file)])


def test_a_world_and_a_snapshot_are_saved_and_loaded(page: Tab, server: ThreadServer, tmp_path: Path) -> None:
    server.do(lambda sim: create(sim, a_create()))
    for path, name in (("world", "noon.json"), ("snapshot", "noon.snapshot")):
        assert page.ask(f"document.querySelector('a[href=\"/_cloudsim/{path}\"]').download") != ""
        with urlopen(f"{server.url}/_cloudsim/{path}") as answer:  # noqa: S310  our own server
            (tmp_path / name).write_bytes(answer.read())
    enis = server.look(lambda sim: [one.id for one in sim.interfaces(account="acme", region="cn-hangzhou")])
    for name in ("noon.json", "noon.snapshot"):
        server.do(lambda sim: create(sim, a_create()))
        choose(page, tmp_path / name)
        wait_for_text(page, "#moved", f"{name} was loaded; the seed is 0")
        assert enis == server.look(lambda sim: [one.id for one in sim.interfaces(account="acme", region="cn-hangzhou")])
    (tmp_path / "wrong.toml").write_text("format = 1\n[[acount]]\n")
    choose(page, tmp_path / "wrong.toml")
    wait(lambda: "did you mean 'account'?" in text(page, "#moved"))


def test_a_bug_that_struck_is_shown_until_the_world_is_reset(tab: Tab) -> None:
    with server_that_fails() as server:
        tab.open(f"{server.url}/_cloudsim/")
        wait(lambda: text(tab, "#sent").startswith("0 sent"))
        assert tab.ask("document.getElementById('problems').hidden")
        server.do(break_next_create)
        with closing(Talk(server)) as talk:
            talk.ask("CreateNetworkInterface", **CREATE)
        wait(lambda: "Bug: on purpose" in text(tab, "#problems"))
        tab.ask("window.confirm = () => true; document.getElementById('reset').click()")
        wait(lambda: tab.ask("document.getElementById('problems').hidden"))
        tab.open("about:blank")


def test_what_cannot_be_thrown_is_said(page: Tab) -> None:
    page.ask(
        "const v = document.getElementById('verb'); v.value = 'faults refuse'; v.dispatchEvent(new Event('change'))"
    )
    page.ask("document.getElementById('field-code').value = 'Throtling'")
    page.ask("document.getElementById('throw').requestSubmit()")
    wait(lambda: "did you mean 'Throttling'?" in text(page, "#thrown"))


def test_hostile_text_stays_text(page: Tab, server: ThreadServer) -> None:
    server.do(lambda sim: create(sim, a_create(vswitch_id=HOSTILE), HOSTILE))
    wait(lambda: HOSTILE in text(page, "#lines"))
    assert page.ask("document.querySelectorAll('img').length") == 0


@pytest.mark.parametrize("is_dark", [False, True])
@pytest.mark.parametrize("width", [1400, 420])
def test_nothing_is_complained_of_and_the_page_is_no_wider_than_the_window(
    tab: Tab, server: ThreadServer, width: int, *, is_dark: bool
) -> None:
    tab.open(f"{server.url}/_cloudsim/", width=width, is_dark=is_dark)
    wait(lambda: tab.ask("document.getElementById('vswitches').children.length"))
    assert tab.ask("document.documentElement.scrollWidth") <= width
    assert tab.complaints() == []
    unnamed = "[...document.querySelectorAll('input, select')].filter(e => !e.labels.length).length"
    assert tab.ask(unnamed) == 0


def test_the_policy_of_the_page_holds(page: Tab) -> None:
    """Else what was asked for would come, or run."""
    tried = "fetch('http://127.0.0.1:1/').then(() => 'let', () => 'kept')"
    assert page.ask(tried) == "kept"
    assert page.ask("try { document.body.innerHTML = 'x'; 'let' } catch { 'kept' }") == "kept"


def test_a_server_with_a_token_asks_for_it_and_no_script_sees_it(tab: Tab) -> None:
    token = "a-token-of-some-length"  # noqa: S105  of nobody
    with serve_in_thread(small()) as server:
        server._server.gateway.open_admin(AdminOptions(port=server.port, token=token))
        tab.open(f"{server.url}/_cloudsim/")
        wait(lambda: tab.ask("document.getElementById('login').open"))
        assert tab.ask("document.activeElement.id") == "token"
        press(tab, "wrong", "Enter")
        wait(lambda: "not the token" in text(tab, "#login-said"))
        tab.ask("document.getElementById('token').value = ''")
        press(tab, token, "Enter")
        wait(lambda: text(tab, "#link") == "live")
        wait(lambda: text(tab, "#sent").startswith("0 sent"))
        assert tab.ask("document.cookie") == ""
