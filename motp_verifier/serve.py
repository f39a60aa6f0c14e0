"""`motp-verifier serve`: the application behind an HTTP server, in one process."""

import signal
import socket
from collections.abc import Callable
from contextlib import suppress
from types import FrameType
from typing import Any, cast

import click
import uvicorn

from motp_verifier.app import create_app
from motp_verifier.config import Config, ConfigError, with_port
from motp_verifier.http.access_log import AccessLog
from motp_verifier.logs import configure_logging
from motp_verifier.runtime import no_step, open_runtime, system_clock
from motp_verifier.services.signed import Clock

SHUTDOWN_SECONDS = 10
_BACKLOG = 512


class _Server(uvicorn.Server):
    """Says where it listens once it really does."""

    def __init__(self, config: uvicorn.Config, announce: Callable[[], None]) -> None:
        super().__init__(config)
        self._announce = announce

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if not self.should_exit:
            self._announce()


def serve(
    config: Config,
    *,
    now: Clock = system_clock,
    on_step: Callable[[str], None] = no_step,
    announce: Callable[[str], None] = click.echo,
) -> None:
    """Serve until SIGINT or SIGTERM, then finish what was begun.

    Announces `listening on http://host:port` when ready; port 0 takes a free one, and the
    line says which. Raises ConfigError where the address cannot be taken, and what
    `open_runtime` raises.
    """
    configure_logging()
    listening = _listen(config)
    with listening:
        taken = with_port(config, listening.getsockname()[1])
        runtime = open_runtime(taken, now=now, on_step=on_step)
        try:
            app = AccessLog(create_app(taken, runtime))
            settings = uvicorn.Config(
                cast(Any, app),
                lifespan="on",
                log_config=None,
                access_log=False,
                server_header=False,
                proxy_headers=False,
                timeout_graceful_shutdown=SHUTDOWN_SECONDS,
                h11_max_incomplete_event_size=32 * 1024,
            )
            host = f"[{config.host}]" if ":" in config.host else config.host
            line = f"listening on http://{host}:{taken.port}"
            server = _Server(settings, lambda: announce(line))
            # The server hands its signal on when it has shut down: that is a clean end.
            signal.signal(signal.SIGTERM, _end)
            with suppress(KeyboardInterrupt):
                server.run(sockets=[listening])
        finally:
            runtime.close()


def _end(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)


def _listen(config: Config) -> socket.socket:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            config.host, config.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listening = socket.socket(family, kind, protocol)
    except OSError as error:
        raise ConfigError(f"host: {config.host}: {error.strerror}") from error
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(_BACKLOG)
    except OSError as error:
        listening.close()
        raise ConfigError(
            f"port: cannot listen on {config.host}:{config.port}: {error.strerror}"
        ) from error
    return listening
