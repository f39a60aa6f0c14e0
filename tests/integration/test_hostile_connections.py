"""Slow, broken and greedy clients against a real server: it answers rightly, ends them, and
goes on serving everybody else. Time-outs are short here and nothing sleeps: each test waits
for the server's own end of the connection."""

import json
import re
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from demo.stack import VerifierProcess
from motp_verifier.connections import MAX_HEAD_BYTES, MAX_PIPELINED, MAX_WIRE_BYTES
from motp_verifier.http.body import MAX_BODY_BYTES

pytestmark = pytest.mark.xdist_group("hostile")  # One server for all of them.

PATIENCE = 20.0
CONNECTIONS = 12
SETTINGS = f"""\
head_seconds = 0.8
body_seconds = 0.8
idle_seconds = 0.6
connections = {CONNECTIONS}
metrics_token_file = "{{token}}"
"""
TOKEN = "token-of-the-hostile-tests"
GET = b"GET /v1/service HTTP/1.1\r\nHost: x\r\n\r\n"
POST = b"POST /v1/verifications HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer x\r\n"


class Server(VerifierProcess):
    """A verifier with little patience."""

    def __init__(self, data_dir: Path) -> None:
        data_dir.mkdir()
        token = data_dir / "token"
        token.write_text(TOKEN, "utf-8")
        config = data_dir / "config.toml"
        config.write_text(SETTINGS.format(token=token), "utf-8")
        super().__init__(data_dir, "--config", str(config))

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", urlsplit(self.origin).port or 0), PATIENCE)

    def told(self, *pieces: bytes) -> bytes:
        """All that is answered to these bytes, until the server ends the connection."""
        with self.connect() as client:
            for piece in pieces:
                client.sendall(piece)
            return until_end(client)

    def turned_away(self, reason: str) -> int:
        page = httpx.get(
            f"{self.origin}/metrics", headers={"Authorization": f"Bearer {TOKEN}"}, trust_env=False
        ).text
        found = re.search(rf'motp_turned_away_total{{reason="{reason}"}} ([0-9.]+)', page)
        return int(float(found[1])) if found else 0

    def serves(self) -> bool:
        return httpx.get(f"{self.origin}/v1/service", trust_env=False).status_code == 200


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(tmp_path_factory.mktemp("hostile") / "data") as running:
        yield running
        log = running.log.read_text("utf-8")
        assert "traceback" not in log
        assert '"level": "error"' not in log
        assert " 500" not in log


def until_end(client: socket.socket) -> bytes:
    received = b""
    while True:
        try:
            piece = client.recv(65536)
        except ConnectionResetError:
            return received
        if not piece:
            return received
        received += piece


def statuses(answers: bytes) -> list[int]:
    return [int(each) for each in re.findall(rb"HTTP/1\.1 ([0-9]{3})", answers)]


@pytest.mark.parametrize("piece", [b"", b"GET /v1", GET[:-2], GET[:-2] + b"X: y\r\nX-Z: "])
def test_a_head_that_does_not_end_is_ended(server: Server, piece: bytes) -> None:
    answer = server.told(piece)
    assert statuses(answer) == ([408] if piece else [])
    assert server.serves()


def test_a_body_that_does_not_end_is_ended(server: Server) -> None:
    before = server.turned_away("slow-body")
    answer = server.told(
        POST.replace(b"verifications", b"enrolments"), b"Content-Length: 9\r\n\r\n", b"{"
    )
    # It was refused for its missing signature already, or for its slowness.
    assert statuses(answer) in ([401], [408])
    answer = server.told(
        b"POST /v1/enrolments HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n"
        b'Content-Digest: x\r\nSignature-Input: motp=("@method" "@authority" "@path" "@query" '
        b'"content-digest");created=1;nonce="AAAAAAAAAAAAAAAAAAAAAA";keyid="'
        + b"A" * 43
        + b'";alg="ed25519"\r\nSignature: motp=:'
        + b"A" * 86
        + b"==:\r\n\r\n{"
    )
    assert statuses(answer) == [408]
    assert json.loads(answer.partition(b"\r\n\r\n")[2])["title"] == "Request Timeout"
    assert server.turned_away("slow-body") > before
    assert server.serves()


def test_one_who_leaves_in_the_midst_of_a_body_is_no_fault_of_the_server(server: Server) -> None:
    with server.connect() as client:
        client.sendall(POST + b"Content-Length: 9\r\n\r\n{")
    assert server.serves()


def test_an_idle_connection_is_closed_without_a_word(server: Server) -> None:
    answer = server.told(GET)
    assert statuses(answer) == [200]
    assert answer.endswith(b"}")


@pytest.mark.parametrize(
    "request_",
    [
        POST + b"Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}",
        POST + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
        POST + b"Content-Length: 2, 2\r\n\r\n{}",
        POST + b"Content-Length: +2\r\n\r\n{}",
        POST + b"Content-Length: 99999999999999999999\r\n\r\n{}",
        POST + b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
        POST + b"Transfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
        POST + b"Transfer-Encoding: chunked, identity\r\n\r\n{}",
        POST + b"Transfer-Encoding: gzip\r\n\r\n{}",
        POST + b"Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
        POST + b"X: a\r\n b\r\n\r\n",
        b"GET /v1/service HTTP/1.1\nHost: x\n\n",
        b"GET /v1/service HTTP/1.1\r\n\r\n",
        b"GET /v1/service HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
        b"GET /v1/service HTTP/9.9\r\nHost: x\r\n\r\n",
        b"GET /v1/service\r\n\r\n",
        b"GET /\xff HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET http://x HTTP/1.1\r\nHost: x\r\n\r\n",
        b"CONNECT a:1 HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /v1/service HTTP/1.1\r\nHost: x\r\nX: \x00\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"\x00" * 99,
    ],
    ids=range(23),
)
def test_what_is_no_request_is_refused_once_and_ended(server: Server, request_: bytes) -> None:
    answer = server.told(request_, b"GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n")
    assert statuses(answer) == [400]
    head, _, body = answer.partition(b"\r\n\r\n")
    assert b"application/problem+json" in head
    assert json.loads(body)["type"] == "urn:motp:problem:malformed-request"
    assert server.serves()


@pytest.mark.parametrize(
    "chunks", [b"zz\r\n{}\r\n0\r\n\r\n", b"2\r\n{}0\r\n\r\n", b"-1\r\n", b"ffffffffffffffffff\r\n"]
)
def test_bad_chunks_are_ended(server: Server, chunks: bytes) -> None:
    answer = server.told(POST, b"Transfer-Encoding: chunked\r\n\r\n", chunks)
    # The API key, or the framing: whichever was looked at first; never both.
    assert statuses(answer) in ([400], [401])
    assert server.serves()


@pytest.mark.parametrize(
    "request_",
    [
        b"GET /v1/service HTTP/1.1\r\nHost: x\r\nX: " + b"a" * (MAX_HEAD_BYTES + 1),
        GET[:-2] + b"X: " + b"a" * (MAX_HEAD_BYTES + 1) + b"\r\n\r\n",
        b"GET /" + b"a" * (MAX_HEAD_BYTES + 1),
        GET[:-2] + b"X: y\r\n" * 200 + b"\r\n",
    ],
    ids=["endless", "long", "target", "many"],
)
def test_a_head_that_is_too_large_is_refused(server: Server, request_: bytes) -> None:
    assert statuses(server.told(request_)) == [431]
    assert server.serves()


def test_a_body_that_is_too_large_is_refused_before_it_is_sent(server: Server) -> None:
    size = MAX_BODY_BYTES + 1
    announced = b"Content-Length: %d\r\n\r\n" % size
    with server.connect() as client:
        client.sendall(b"POST /v1/enrolments HTTP/1.1\r\nHost: x\r\n" + announced)
        answer = until_end(client)
    assert statuses(answer) in ([401], [413])
    assert b"connection: close" in answer.lower()
    assert statuses(server.told(POST, announced, b"x" * size)) in ([401], [413])
    assert server.serves()


def test_a_body_without_an_end_is_ended(server: Server) -> None:
    with server.connect() as client:
        client.sendall(POST + b"Transfer-Encoding: chunked\r\n\r\n")
        sent = 0
        try:
            while sent < 64 * MAX_WIRE_BYTES:
                client.sendall(b"1000\r\n" + b"x" * 4096 + b"\r\n")
                sent += 4096
        except OSError:
            pass
        assert sent < 64 * MAX_WIRE_BYTES
    assert server.serves()


def test_fields_after_a_body_are_not_taken_for_those_before_it(server: Server) -> None:
    trailed = b"POST /v1/verifications HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
    answer = server.told(
        trailed
        + b"Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\nAuthorization: Bearer x\r\n\r\n"
    )
    assert statuses(answer) == [401]


def test_pipelined_requests_are_answered_in_their_order(server: Server) -> None:
    answer = server.told(GET + b"GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n" + GET)
    assert statuses(answer) == [200, 404, 200]


def test_rubbish_after_a_request_costs_that_request_nothing(server: Server) -> None:
    for rubbish in (b"\x00\x00\x00\x00", b"NONSENSE\r\n\r\n", b"POST / HTTP/1.1\r\nA b\r\n\r\n"):
        found = statuses(server.told(GET + GET + rubbish))
        assert found[:2] == [200, 200]
        assert found[2:] in ([], [400])
    assert server.serves()


def test_a_pipelined_head_that_does_not_end_costs_the_others_nothing(server: Server) -> None:
    found = statuses(server.told(GET + GET + GET[:-2]))
    assert found[:2] == [200, 200]
    assert found[2:] in ([], [408])


def test_a_long_pipeline_is_ended(server: Server) -> None:
    before = server.turned_away("pipeline")
    found = statuses(server.told(GET * (MAX_PIPELINED * 100)))
    assert len(found) < MAX_PIPELINED * 100
    assert server.turned_away("pipeline") > before
    assert server.serves()


def test_many_idle_connections_make_room_for_one_more(server: Server) -> None:
    with ExitStack() as stack:
        idle = [stack.enter_context(server.connect()) for _ in range(CONNECTIONS * 3)]
        assert server.serves()
        assert until_end(idle[0]) == b""
        assert server.turned_away("many-idle") > 0


def test_where_all_are_busy_a_new_one_is_told_so(server: Server) -> None:
    before = server.turned_away("many-connections")
    with ExitStack() as stack:
        for _ in range(CONNECTIONS):
            busy = stack.enter_context(server.connect())
            busy.sendall(POST + b"Content-Length: 2\r\n\r\n")
        assert statuses(until_end(stack.enter_context(server.connect()))) == [503]
    assert server.turned_away("many-connections") > before
    assert server.serves()


def test_who_asks_and_never_reads_is_ended(server: Server) -> None:
    before = server.turned_away("slow-reader") + server.turned_away("pipeline")
    with server.connect() as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        ask = b"GET /schema HTTP/1.1\r\nHost: x\r\n\r\n"
        try:
            while True:
                client.sendall(ask)
        except OSError:
            pass
    assert server.turned_away("slow-reader") + server.turned_away("pipeline") > before
    assert server.serves()


def test_another_protocol_is_not_spoken(server: Server) -> None:
    upgrade = b"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\r\n"
    answer = server.told(GET[:-2] + upgrade)
    assert statuses(answer) == [200]
    assert b"connection: close" in answer
