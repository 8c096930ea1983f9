"""Who may ask the admin API: every way in which a page of another site, or a stranger, could try."""

import pytest

from cloudsim.errors.own import SettingError
from cloudsim.gateway.admin.security import AdminOptions
from cloudsim.gateway.http import HttpAnswer, HttpRequest
from tests.gateway.admin.hosted import HOST, OPTIONS, PORT, TOKEN, Operator

BEYOND = AdminOptions(port=PORT, hosts=("Sim.example", "[2001:db8::1]", "sim.example:81"), token=TOKEN)


def status(operator: Operator, method: str, target: str, body: bytes = b"", **headers: str) -> int:
    return operator.raw(method, target, body, **headers).status


@pytest.mark.parametrize("host", [HOST, "localhost:8765", "LOCALHOST:8765", "[::1]:8765"])
def test_loopback_names_at_the_own_port_are_taken(host: str) -> None:
    assert status(Operator(host=host), "GET", "/_cloudsim/health") == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8765", "127.0.0.1", "127.0.0.1:80", "127.0.0.1:8765.evil", ""]
)
def test_other_hosts_are_refused_so_that_no_name_can_be_bound_to_loopback(host: str) -> None:
    assert status(Operator(host=host), "GET", "/_cloudsim/health") == 403


def test_without_a_host_or_with_two_nothing_is_answered() -> None:
    operator = Operator()
    for headers, wanted in (((), 403), ((("host", HOST), ("host", "evil.example")), 400)):
        answer = operator.admin.answer(HttpRequest("GET", "/_cloudsim/health", headers))
        assert isinstance(answer, HttpAnswer)
        assert answer.status == wanted


@pytest.mark.parametrize(
    ("host", "wanted"),
    [("sim.example:8765", 200), ("SIM.example", 200), ("sim.example:81", 200), ("[2001:db8::1]:8765", 200),
     ("sim.example:82", 403), ("localhost", 403)],
)  # fmt: skip
def test_names_that_were_given_are_taken_too(host: str, wanted: int) -> None:
    operator = Operator(options=BEYOND, host=host, authorization=f"Bearer {TOKEN}")
    assert status(operator, "GET", "/_cloudsim/health") == wanted


@pytest.mark.parametrize(
    "origin",
    ["http://evil.example", "null", "https://127.0.0.1:8765", "http://127.0.0.1:9999", "http://localhost:8765"],
)
def test_pages_of_other_origins_are_refused_whatever_they_ask(origin: str) -> None:
    operator = Operator(origin=origin)
    assert status(operator, "GET", "/_cloudsim/state") == 403
    assert status(operator, "POST", "/_cloudsim/reset", b"{}") == 403


def test_the_own_page_is_let() -> None:
    operator = Operator(origin=f"http://{HOST}", sec_fetch_site="same-origin")
    assert status(operator, "GET", "/_cloudsim/state") == 200
    assert status(operator, "POST", "/_cloudsim/reset", b"{}") == 200


def test_a_page_that_came_through_a_proxy_which_ends_tls_is_let_under_a_name_that_was_given() -> None:
    for host in ("sim.example", "sim.example:81", "sim.example:8765"):
        operator = Operator(options=BEYOND, host=host, origin=f"https://{host}", authorization=f"Bearer {TOKEN}")
        assert status(operator, "POST", "/_cloudsim/reset", b"{}") == 200
    for host, origin in (("sim.example", "https://evil.example"), ("sim.example", "https://sim.example:81"),
                         (HOST, f"https://{HOST}")):  # fmt: skip
        operator = Operator(options=BEYOND, host=host, origin=origin, authorization=f"Bearer {TOKEN}")
        assert status(operator, "POST", "/_cloudsim/reset", b"{}") == 403


def test_the_cookie_of_a_page_that_came_by_https_goes_by_https_alone() -> None:
    for origin, is_secure in (("https://sim.example", True), ("http://sim.example", False)):
        operator = Operator(options=BEYOND, host="sim.example", origin=origin)
        answer = operator.raw("POST", "/_cloudsim/login", b'{"token":"%s"}' % TOKEN.encode())
        assert ("; Secure" in dict(answer.headers)["set-cookie"]) is is_secure


@pytest.mark.parametrize("site", ["cross-site", "same-site", "something"])
def test_a_browser_that_says_the_page_is_anothers_is_believed(site: str) -> None:
    assert status(Operator(sec_fetch_site=site), "GET", "/_cloudsim/") == 403


def test_an_address_that_somebody_typed_is_read_and_changes_nothing() -> None:
    operator = Operator(sec_fetch_site="none")
    assert status(operator, "GET", "/_cloudsim/") == 200
    assert status(operator, "POST", "/_cloudsim/reset", b"{}") == 403


@pytest.mark.parametrize(
    "path", ["reset", "faults", "troubles", "clock", "quotas", "world", "restore", "seed", "faults/stop", "login"]
)
def test_no_change_without_the_header_that_no_form_can_send(path: str) -> None:
    operator = Operator()
    headers = (("host", HOST), ("content-type", "application/json"))
    answer = operator.admin.answer(HttpRequest("POST", f"/_cloudsim/{path}", headers, b"{}"))
    assert isinstance(answer, HttpAnswer)
    assert (answer.status, operator.changes) == (403, [])


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_no_body_of_a_type_that_a_form_can_send(content_type: str) -> None:
    assert status(Operator(), "POST", "/_cloudsim/reset", b"{}", content_type=content_type) == 415


@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS"])
def test_no_answer_lets_other_sites_read_it(method: str) -> None:
    answer = Operator().raw(method, "/_cloudsim/state", b"{}", x_cloudsim_admin="1")
    assert not [name for name, _ in answer.headers if name.startswith("access-control-")]
    assert dict(answer.headers)["cross-origin-resource-policy"] == "same-origin"


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1:8765/_cloudsim/health",
        "http://ecs.aliyuncs.com/_cloudsim/health",
        "//127.0.0.1:8765/_cloudsim/health",
        "/%5Fcloudsim/health",
        "/_CLOUDSIM/health",
        "/./_cloudsim/health",
        "/x/../_cloudsim/health",
        "*",
        "",
        "/",
    ],
)
def test_the_prefix_is_taken_in_origin_form_and_letter_by_letter(target: str) -> None:
    assert status(Operator(), "GET", target) == 400


@pytest.mark.parametrize(
    "path",
    ["health/", "./health", "%68ealth", "../_cloudsim/health", "/health", "health?x=1", "health#x", "Health",
     "dashboard.css?x", "..%2f..%2fetc/passwd",
     "page.html", "assets.py", "../admin/admin.py", "health\x00", "health;x", "events?x=1"],
)  # fmt: skip
def test_nothing_is_decoded_or_normalised_into_a_path_that_there_is(path: str) -> None:
    assert status(Operator(), "GET", f"/_cloudsim/{path}") == 404


def test_with_a_token_every_route_but_the_bare_page_asks_for_it() -> None:
    operator = Operator(options=BEYOND)
    for path in ("health", "state", "events", "help", "metrics", "journal", "nothing"):
        assert status(operator, "GET", f"/_cloudsim/{path}") == 401
    assert status(operator, "POST", "/_cloudsim/reset", b"{}") == 401
    for path in ("", "dashboard.js", "dashboard.css", "icon.svg"):
        assert status(operator, "GET", f"/_cloudsim/{path}") == 200


@pytest.mark.parametrize(
    "given", [TOKEN, f"Bearer {TOKEN[:-1]}", "Bearer ", f"Basic {TOKEN}", f"Bearer {TOKEN}x", "Bearer \xe9"]
)
def test_only_the_whole_token_is_taken(given: str) -> None:
    assert status(Operator(options=BEYOND), "GET", "/_cloudsim/health", authorization=given) == 401


def test_the_cookie_of_the_login_is_the_token_which_no_script_reads_and_no_other_site_sends() -> None:
    operator = Operator(options=BEYOND)
    answer = operator.raw("POST", "/_cloudsim/login", b'{"token":"%s"}' % TOKEN.encode())
    (cookie,) = [value for name, value in answer.headers if name == "set-cookie"]
    pair, *attributes = cookie.split("; ")
    assert sorted(attributes) == ["HttpOnly", "Path=/_cloudsim/", "SameSite=Strict"]
    assert status(operator, "GET", "/_cloudsim/health", cookie=f"a=b; {pair}; c=d") == 200
    assert status(operator, "GET", "/_cloudsim/health", cookie=f"a=b; {pair}x") == 401


def test_a_wrong_login_gives_no_cookie_and_without_a_token_there_is_none_to_give() -> None:
    for options in (BEYOND, OPTIONS):
        answer = Operator(options=options).raw("POST", "/_cloudsim/login", b'{"token":"wrong"}')
        assert (answer.status, "set-cookie" in dict(answer.headers)) == (401, False)


@pytest.mark.parametrize(
    "wrong",
    [
        {"port": 0},
        {"port": 80, "hosts": ("a b",)},
        {"port": 80, "hosts": ("::1",)},
        {"port": 80, "token": "short"},
        {"port": 80, "token": "a token with; a semicolon"},
    ],
)
def test_options_that_guard_nothing_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(SettingError):
        AdminOptions(**wrong)  # type: ignore[arg-type]


def test_at_port_80_a_host_needs_no_port() -> None:
    assert status(Operator(options=AdminOptions(port=80), host="localhost"), "GET", "/_cloudsim/health") == 200


@pytest.mark.parametrize(
    "body",
    [
        b'{"world": {"format": 1, "import": {"files": ["/etc/passwd"]}}}',
        b'{"toml": "format = 1\\n[import]\\nfiles = [\'/etc/passwd\']"}',
    ],
)
def test_a_world_that_is_sent_names_no_file(body: bytes) -> None:
    answer = Operator().raw("POST", "/_cloudsim/world", body)
    assert (answer.status, b"never opens" in answer.body) == (400, True)


def test_the_page_runs_nothing_but_its_own_script() -> None:
    policy = dict(Operator().raw("GET", "/_cloudsim/").headers)["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
