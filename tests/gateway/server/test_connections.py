"""Connections over real sockets: what clients do to them, well meant or not."""

import json
from contextlib import closing

import pytest

from cloudsim.gateway.thread import ThreadServer, serve_in_thread
from tests.gateway.server.conftest import SMALL
from tests.gateway.server.talking import Line, Talk, get, query


def code(body: bytes) -> str:
    said = json.loads(body)
    assert set(said) == {"Code", "HostId", "Message", "Recommend", "RequestId"}
    return str(said["Code"])


def test_a_connection_is_kept_for_many_calls(talk: Talk) -> None:
    ids = {talk.ask("DescribeRegions")["RequestId"] for _ in range(5)}
    assert len(ids) == 5
    assert talk.connection.sock is not None


def test_requests_that_come_at_once_are_answered_in_their_order(line: Line) -> None:
    line.say("".join(get(query("DescribeRegions", Format=form)) for form in ("JSON", "XML", "JSON")))
    bodies = [line.hear()[1][:1] for _ in range(3)]
    assert bodies == [b"{", b"<", b"{"]


def test_a_request_may_come_byte_by_byte(line: Line) -> None:
    for byte in get(query("DescribeRegions")).encode():
        line.say(bytes([byte]))
    assert line.hear()[0] == 200


def test_a_chunked_form_is_read_and_the_next_request_too(line: Line) -> None:
    form = query("DescribeRegions").removeprefix("/?")
    head = "POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    line.say(f"{head}Transfer-Encoding: chunked\r\n\r\n{len(form):x}\r\n{form}\r\n0\r\n\r\n")
    assert line.hear()[0] == 200
    line.say(get(query("DescribeRegions")))
    assert line.hear()[0] == 200


def test_who_expects_to_be_told_to_go_on_is_told(line: Line) -> None:
    form = query("DescribeRegions").removeprefix("/?")
    head = "POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    line.say(f"{head}Content-Length: {len(form)}\r\nExpect: 100-continue\r\n\r\n")
    assert line.socket.recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
    line.say(form)
    assert line.hear()[0] == 200


def test_whoever_expects_that_of_too_long_a_body_is_refused_without_it(small: ThreadServer) -> None:
    with closing(Line(small)) as line:
        line.say("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1001\r\nExpect: 100-continue\r\n\r\n")
        status, body, headers = line.hear()
        assert (status, code(body), headers["connection"]) == (413, "RequestTooLarge", "close")


def test_a_body_that_grows_too_long_is_refused_though_it_goes_on(small: ThreadServer) -> None:
    with closing(Line(small)) as line:
        line.say("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
        line.say(f"{1500:x}\r\n{'a' * 1500}\r\n" * 20)
        assert line.hear()[0] == 413
        assert line.is_closed()


def test_too_long_headers_are_refused(small: ThreadServer) -> None:
    with closing(Line(small)) as line:
        line.say(get("/", more=f"X: {'a' * 5000}\r\n")[:4999])
        status, body, _ = line.hear()
        assert (status, code(body)) == (431, "RequestHeaderTooLarge")
        assert line.is_closed()


def test_too_long_headers_are_refused_though_they_come_at_once_and_whole(small: ThreadServer) -> None:
    for long in (f"GET /?a={'b' * 4_090} HTTP/1.1\r\nHost: a\r\n\r\n", get("/", more=f"X: {'b' * 4_090}\r\n")):
        with closing(Line(small)) as opened:
            opened.say(long)
            status, body, _ = opened.hear()
            assert (status, code(body)) == (431, "RequestHeaderTooLarge")


@pytest.mark.parametrize("other", ["Transfer-Encoding: chunked", "Transfer-Encoding: Chunked"])
def test_a_body_whose_length_is_said_twice_is_refused(line: Line, other: str) -> None:
    line.say(f"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n{other}\r\n\r\n0\r\n\r\n")
    status, _, _ = line.hear()
    assert status == 400
    assert line.is_closed()


def test_what_is_wrong_with_a_request_is_told_in_no_words_of_python(line: Line) -> None:
    line.say("GET / HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n")
    status, body, _ = line.hear()
    assert (status, b"bytearray" in body, b"illegal header line" in body) == (400, False, True)


def test_only_who_is_let_in_may_bring_the_admin_api_a_long_document(small: ThreadServer) -> None:
    head = f"POST /_cloudsim/seed HTTP/1.1\r\nHost: {small.host}:{small.port}\r\nContent-Length: 2000\r\n"
    with closing(Line(small)) as opened:
        opened.say(f"{head}\r\n")
        assert opened.hear()[0] == 413
    with closing(Line(small)) as opened:
        opened.say(f"{head}x-cloudsim-admin: 1\r\ncontent-type: application/json\r\n\r\n{' ' * 2000}")
        status, body, _ = opened.hear()
        assert (status, b"JSON" in body) == (400, True)


@pytest.mark.parametrize("said", ["\x16\x03\x01\x02\x00\x01\x00", "GET\r\n\r\n", "GET / HTTP/1.1\r\n\r\n"])
def test_what_is_no_http_is_told_so_and_the_line_is_closed(line: Line, said: str) -> None:
    line.say(said + "\r\n\r\n")
    status, body, _ = line.hear()
    assert (status, code(body)) == (400, "InvalidRequest")
    assert line.is_closed()


def test_a_client_that_has_said_all_is_answered(line: Line) -> None:
    line.say(get(query("DescribeRegions")))
    line.socket.shutdown(1)
    assert line.hear()[0] == 200
    assert line.is_closed()


def test_a_client_that_leaves_in_the_middle_leaves_no_trace(server: ThreadServer, talk: Talk) -> None:
    for said in ("GET /?Act", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc"):
        line = Line(server)
        line.say(said)
        line.close()
    assert talk.ask("DescribeRegions")["RequestId"]


def test_who_asks_nothing_for_long_is_let_go(small: ThreadServer) -> None:
    with closing(Line(small)) as line:
        assert line.is_closed()


def test_who_stops_in_the_middle_of_a_request_is_told_so(small: ThreadServer) -> None:
    with closing(Line(small)) as line:
        line.say("GET / HTTP/1.1\r\nHost")
        status, body, _ = line.hear()
        assert (status, code(body)) == (408, "RequestTimeout")
        assert line.is_closed()


def test_drops_of_a_request_do_not_make_it_last(small: ThreadServer) -> None:
    with closing(Line(small)) as line:
        line.say("GET / HTTP/1.1\r\n")
        status = 0
        for _ in range(40):
            try:
                line.say("A: b\r\n")
            except OSError:
                break
            line.socket.settimeout(0.05)
            try:
                status = line.hear()[0]
                break
            except TimeoutError:
                continue
        assert status == 408


def test_there_are_only_so_many_connections_at_work(small: ThreadServer) -> None:
    lines = [Line(small) for _ in range(3)]
    for opened in lines:
        opened.say(get(query("DescribeRegions")) + "GET / HTTP/1.1\r\n")  # an answer, and the next request has begun
        assert opened.hear()[0] == 200
    with closing(Line(small)) as beyond:
        status, body, _ = beyond.hear()
        assert (status, code(body)) == (503, "ServiceUnavailable")
        assert beyond.is_closed()
    for opened in lines:
        opened.close()


def test_who_rests_for_the_longest_time_makes_room_for_who_comes(small: ThreadServer) -> None:
    lines = [Line(small) for _ in range(3)]
    for opened in (lines[1], lines[0], lines[2]):
        opened.say(get(query("DescribeRegions")))
        assert opened.hear()[0] == 200
    with closing(Line(small)) as beyond:
        beyond.say(get(query("DescribeRegions")))
        assert beyond.hear()[0] == 200
    assert lines[1].is_closed()
    for opened in lines:
        opened.close()


def test_who_waits_for_an_answer_and_has_gone_makes_room_too() -> None:
    with serve_in_thread(time="step", limits=SMALL) as server:
        for _ in range(3):
            with closing(Line(server)) as gone:
                gone.say(get(query("DescribeRegions")))
                while server.look(lambda sim: len(sim.in_flight)) < 1:
                    pass
        while server.connections < 3:
            pass
        with closing(Talk(server)) as talk:
            assert talk.admin("health")["ok"]


def test_there_are_no_more_connections_than_the_process_may_have_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cloudsim.gateway.server.getrlimit", lambda _kind: (66, 4096))
    with serve_in_thread() as server:
        lines = [Line(server) for _ in range(2)]
        for opened in lines:
            opened.say(get(query("DescribeRegions")) + "GET / HTTP/1.1\r\n")
            assert opened.hear()[0] == 200
        with closing(Line(server)) as beyond:
            assert beyond.hear()[0] == 503
        for opened in lines:
            opened.close()


def test_room_that_was_left_is_taken_again(small: ThreadServer) -> None:
    for _ in range(12):
        with closing(Talk(small)) as talk:
            assert talk.ask("DescribeRegions")["RequestId"]
            # The server sees that a client has gone a moment after it has.
            while small.connections > 1:
                pass


def test_fifty_clients_at_once_are_all_let_in(server: ThreadServer) -> None:
    lines = [Line(server) for _ in range(50)]
    for opened in lines:
        opened.say(get(query("DescribeRegions")))
    assert {opened.hear()[0] for opened in lines} == {200}
    for opened in lines:
        opened.close()


def test_a_head_has_no_body(line: Line) -> None:
    line.say(get(query("DescribeRegions")).replace("GET", "HEAD", 1))
    status, body, _ = line.hear("HEAD")
    assert (status, body) == (403, b"")


def test_a_client_of_http_1_0_is_answered_and_let_go(line: Line) -> None:
    line.say(get(query("DescribeRegions")).replace("HTTP/1.1", "HTTP/1.0"))
    assert line.hear()[0] == 200
    assert line.is_closed()


def test_nobody_gets_a_tunnel(line: Line) -> None:
    line.say("CONNECT ecs.aliyuncs.com:443 HTTP/1.1\r\nHost: ecs.aliyuncs.com\r\n\r\n")
    status, body, _ = line.hear("CONNECT")
    assert status == 405
    assert b"UnsupportedHTTPMethod" in body


def test_a_proxys_client_is_answered_for_the_apis_own_hosts_alone(line: Line) -> None:
    line.say(get("http://ecs-cn-hangzhou.aliyuncs.com" + query("DescribeRegions")))
    assert line.hear()[0] == 200
    for host in ("example.com", "ecs.aliyuncs.com.example.com", "127.0.0.1:80", "oss.aliyuncs.com"):
        line.say(get(f"http://{host}{query('DescribeRegions')}", host=host))
        assert line.hear()[0] == 421


def test_the_admin_api_is_not_reached_in_absolute_form(server: ThreadServer, line: Line) -> None:
    for host in (server.endpoint, "ecs.aliyuncs.com"):
        line.say(get(f"http://{host}/_cloudsim/health", host=server.endpoint))
        status, body, _ = line.hear()
        assert status in (404, 421)
        assert b"now_ns" not in body


def test_a_page_of_somebody_else_is_refused(line: Line) -> None:
    line.say(get(query("DescribeRegions"), more="Origin: http://example.com\r\n"))
    status, body, _ = line.hear()
    assert status == 403
    assert b"Forbidden.RiskControl" in body


def test_an_answer_says_when_and_how_long_it_is(line: Line) -> None:
    line.say(get(query("DescribeRegions")))
    _, body, headers = line.hear()
    assert headers["content-length"] == str(len(body))
    assert headers["date"].endswith(" GMT")
    assert headers["content-type"] == "application/json;charset=utf-8"


def test_without_the_admin_api_nothing_is_under_its_path() -> None:
    from cloudsim.gateway.thread import serve_in_thread

    with serve_in_thread(admin=False) as server, closing(Line(server)) as line:
        line.say(get("/_cloudsim/health", host=server.endpoint))
        assert line.hear()[0] == 404
