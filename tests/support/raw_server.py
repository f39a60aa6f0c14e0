"""Servers on loopback that answer as badly as a test wants."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TypeAlias

_TLS_HANDSHAKE = b"\x16"

Respond: TypeAlias = Callable[[socket.socket, bytes], None]


class RawServer:
    """Listens until closed; each connection gets one request and what `respond` writes."""

    def __init__(self, respond: Respond) -> None:
        self.requests: list[bytes] = []
        self._respond = respond
        self._stopped = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.settimeout(0.05)
        self.origin = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._threads = [threading.Thread(target=self._accept)]
        self._threads[0].start()

    def close(self) -> None:
        """Stop, and wait for every connection's thread."""
        self._stopped.set()
        for thread in self._threads:
            thread.join()
        self._listener.close()

    def wait(self, seconds: float) -> bool:
        """Sleep; True once the server is being closed."""
        return self._stopped.wait(seconds)

    def _accept(self) -> None:
        while not self._stopped.is_set():
            with suppress(TimeoutError):
                connection, _ = self._listener.accept()
                thread = threading.Thread(target=self._serve, args=(connection,))
                self._threads.append(thread)
                thread.start()

    def _serve(self, connection: socket.socket) -> None:
        with connection, suppress(OSError):
            connection.settimeout(5)
            request = _read_request(connection)
            self.requests.append(request)
            self._respond(connection, request)


@contextmanager
def serving(respond: Respond) -> Iterator[RawServer]:
    """A server for the length of a block."""
    server = RawServer(respond)
    try:
        yield server
    finally:
        server.close()


def http_answer(
    body: bytes,
    *,
    status: str = "200 OK",
    content_type: str = "application/json",
    extra: str = "",
) -> bytes:
    """A whole HTTP answer."""
    head = (
        f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\n"
        f"Content-Length: {len(body)}\r\n{extra}Connection: close\r\n\r\n"
    )
    return head.encode("latin-1") + body


def always(*answers: bytes) -> Respond:
    """Writes the answers in turn, the last one again and again."""
    left = list(answers)

    def respond(connection: socket.socket, _request: bytes) -> None:
        connection.sendall(left.pop(0) if left[1:] else left[0])

    return respond


def _read_request(connection: socket.socket) -> bytes:
    received = b""
    while b"\r\n\r\n" not in received:
        piece = connection.recv(65536)
        if not piece:
            return received
        received += piece
        if received.startswith(_TLS_HANDSHAKE):
            return received
    head, _, body = received.partition(b"\r\n\r\n")
    lengths = [
        int(line.partition(b":")[2])
        for line in head.split(b"\r\n")
        if line.lower().startswith(b"content-length:")
    ]
    while len(body) < sum(lengths):
        body += connection.recv(65536)
    return head + b"\r\n\r\n" + body
