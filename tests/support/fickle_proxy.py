"""A way to a verifier that can be spoilt and mended while the app uses it.

with fickle_proxy(folder) as proxy:
    with proxy.spoilt(always(b"garbage")):
        ...
"""

import re
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeAlias

from tests.support.live_verifier import LiveVerifier, live_verifier
from tests.support.raw_server import RawServer, Respond

Mangle: TypeAlias = Callable[[bytes], bytes]


class FickleProxy:
    """Listens where the app expects its verifier; `verifier` is the real one behind it."""

    def __init__(self) -> None:
        self.server = RawServer(self._respond)
        self.origin = self.server.origin
        self.verifier: LiveVerifier
        self._bad: Respond | None = None

    @property
    def is_spoilt(self) -> bool:
        return self._bad is not None

    @contextmanager
    def spoilt(self, bad: Respond) -> Iterator[None]:
        """Every request is answered by `bad`."""
        self._bad = bad
        try:
            yield
        finally:
            self._bad = None

    def forward(self, request: bytes) -> bytes:
        """The verifier's own answer."""
        address = self.verifier.origin.removeprefix("http://")
        host, _, port = address.partition(":")
        with socket.create_connection((host, int(port)), timeout=20) as connection:
            connection.sendall(re.sub(rb"(?i)connection: [^\r]*", b"Connection: close", request))
            answer = b""
            while piece := connection.recv(65536):
                answer += piece
        return answer

    def after_work(self, bad: Respond) -> Respond:
        """The verifier does as it is asked, but its answer is lost."""

        def respond(connection: socket.socket, request: bytes) -> None:
            self.forward(request)
            bad(connection, request)

        return respond

    def mangled(self, mangle: Mangle) -> Respond:
        """The verifier's answer, changed on its way."""
        return lambda connection, request: connection.sendall(mangle(self.forward(request)))

    def _respond(self, connection: socket.socket, request: bytes) -> None:
        if self._bad is not None:
            self._bad(connection, request)
        else:
            connection.sendall(self.forward(request))


@contextmanager
def fickle_proxy(folder: Path) -> Iterator[FickleProxy]:
    """A verifier that is reached by the proxy, and believes that to be its own address."""
    proxy = FickleProxy()
    settings = folder / "verifier.toml"
    settings.write_text(f'public_origin = "{proxy.origin}"\n')
    try:
        with live_verifier(folder / "data", "--config", str(settings)) as verifier:
            proxy.verifier = verifier
            yield proxy
    finally:
        proxy.server.close()
