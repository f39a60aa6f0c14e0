"""The HTTP server itself: how it listens, what it limits, how it stops."""

import asyncio
import logging
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from functools import partial
from types import FrameType
from typing import Any, cast

import uvicorn
from litestar.types import ASGIApp

from motp_verifier.config import ConfigError
from motp_verifier.connections import LINGER_SECONDS, ConnectionLimits, GuardedConnection
from motp_verifier.notify import notify, watchdog_seconds

SHUTDOWN_SECONDS = 10
"""How long requests under way may take once the listener is closed."""

_BACKLOG = 512
_OTHER_FILES = 200
"""What a process opens beside its clients' connections: the database's, files, the log."""

_log = logging.getLogger(__name__)


class DrainingServer(uvicorn.Server):
    """Says where it listens once it really does, and stops in two steps.

    At the first signal it tells that it drains and goes on serving for `drain_seconds`, in
    which a load balancer finds it not ready; then the listener closes and requests under
    way are finished. A second signal ends the waiting, whichever it is. Its event loop calls
    `alive` every `alive_seconds`, unless that is 0. `secured` is a socket on which it speaks
    TLS; on those that it is run with it speaks plain HTTP.
    """

    def __init__(
        self,
        config: uvicorn.Config,
        *,
        announce: Callable[[], None],
        draining: Callable[[], None],
        drain_seconds: int,
        limits: ConnectionLimits,
        hears_signals: bool = True,
        alive: Callable[[], None] = lambda: None,
        alive_seconds: float = 0,
        secured: tuple[socket.socket, ssl.SSLContext] | None = None,
    ) -> None:
        super().__init__(config)
        self._announce = announce
        self._draining = draining
        self._drain_seconds = drain_seconds
        self._asked = False
        self._limits = limits
        self._hears_signals = hears_signals
        self._alive = alive
        self._alive_seconds = alive_seconds
        self._secured = secured

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Take signals while it serves, unless somebody else does."""
        with super().capture_signals() if self._hears_signals else nullcontext():
            yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen, and say so."""
        self._loop = asyncio.get_running_loop()
        self._sweep()
        await super().startup(sockets)
        await self._listen_by_tls()
        if not self.should_exit:
            self._announce()
            if self._hears_signals:
                notify("READY=1")
                self._pet_watchdog()
            self._say_alive()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Close the listener, finish what was begun, and the application with it."""
        if self._secured is not None:
            self._secured[0].close()
        await super().shutdown(sockets)
        if self.force_exit:
            await self.lifespan.shutdown()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:  # noqa: ARG002
        """Begin to stop, or stop at once."""
        self._captured_signals.append(sig)
        self.ask_to_stop()

    def ask_to_stop(self) -> None:
        """What a signal does, from any thread."""
        if self._asked or not self.started:
            self.force_exit = self._asked
            self.should_exit = True
            return
        self._asked = True
        self._limits.draining = True
        self._draining()
        if self._hears_signals:
            notify("STOPPING=1")
        # A signal handler may run between any two instructions of the loop.
        self._loop.call_soon_threadsafe(self._close_later)

    async def _listen_by_tls(self) -> None:
        if self._secured is None:
            return
        listening, context = self._secured

        def connection() -> asyncio.Protocol:
            made = cast(Any, self.config.http_protocol_class)(
                config=self.config, server_state=self.server_state, app_state=self.lifespan.state
            )
            return cast(asyncio.Protocol, made)

        # A connection that does not shake hands is not among those that are counted.
        self.servers.append(
            await self._loop.create_server(
                connection,
                sock=listening,
                ssl=context,
                backlog=_BACKLOG,
                ssl_handshake_timeout=self._limits.head_seconds,
                ssl_shutdown_timeout=LINGER_SECONDS,
            )
        )

    def _pet_watchdog(self) -> None:
        """From the loop itself, so that a loop that hangs is noticed."""
        if (seconds := watchdog_seconds()) is not None:
            notify("WATCHDOG=1", wait=False)
            self._loop.call_later(seconds, self._pet_watchdog)

    def _say_alive(self) -> None:
        """To the parent, from the loop itself too."""
        if self._alive_seconds:
            self._alive()
            self._loop.call_later(self._alive_seconds, self._say_alive)

    def _sweep(self) -> None:
        self._limits.sweep(self.server_state.connections, self._loop.time())
        self._loop.call_later(self._limits.sweep_seconds, self._sweep)

    def _close_later(self) -> None:
        self._loop.call_later(self._drain_seconds, self._close)

    def _close(self) -> None:
        self.should_exit = True


def server_settings(app: ASGIApp, limits: ConnectionLimits) -> uvicorn.Config:
    """How uvicorn serves the application, which every connection reaches within its limits."""
    return uvicorn.Config(
        cast(Any, app),
        http=cast(Any, partial(GuardedConnection, limits)),
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=SHUTDOWN_SECONDS,
    )


def allow_files(connections: int) -> None:
    """Let this process open a file for each connection, as far as the system allows it."""
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = connections + _OTHER_FILES
    if soft != resource.RLIM_INFINITY and soft < wanted:
        allowed = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))
        if allowed < wanted:
            _log.warning(
                "connections: %d need %d open files, but only %d are allowed: raise LimitNOFILE",
                connections,
                wanted,
                allowed,
            )


def listen(setting: str, host: str, port: int) -> socket.socket:
    """A socket that listens; port 0 takes a free one. Raises ConfigError."""
    return _bound(setting, host, port, lambda listening: listening.listen(_BACKLOG))


def reserve(setting: str, host: str, port: int) -> socket.socket:
    """A socket that keeps a port for several processes which `listen_beside` it.

    On one socket whoever wakes up first takes all the connections that wait, and the others
    stand idle while it toils; between sockets Linux divides them. Raises ConfigError.
    """
    with listen(setting, host, port) as alone:  # nobody else has it, not even in this way
        taken = int(alone.getsockname()[1])
    return _bound(setting, host, taken, lambda _: None, shared=True)


def listen_beside(reserved: socket.socket) -> socket.socket:
    """A socket of this process's own that listens on a reserved port. Raises ConfigError."""
    host, port = reserved.getsockname()[:2]
    return _bound("port", host, port, lambda own: own.listen(_BACKLOG), shared=True)


def _bound(
    setting: str,
    host: str,
    port: int,
    use: Callable[[socket.socket], None],
    *,
    shared: bool = False,
) -> socket.socket:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        made = socket.socket(family, kind, protocol)
    except OSError as error:
        name = setting.replace("port", "host")
        raise ConfigError(f"{name}: {host}: {error.strerror}") from error
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if shared:
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        made.bind(address)
        use(made)
    except OSError as error:
        made.close()
        raise ConfigError(f"{setting}: cannot listen on {host}:{port}: {error.strerror}") from error
    return made
