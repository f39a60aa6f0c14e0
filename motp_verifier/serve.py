"""`motp-verifier serve`: the application behind an HTTP server, in one process or several."""

import gc
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import ExitStack, suppress
from types import FrameType

import click
from litestar.types import ASGIApp

from motp_verifier.app import create_app
from motp_verifier.config import Config, with_port
from motp_verifier.connections import ConnectionLimits
from motp_verifier.http.access_log import AccessLog
from motp_verifier.http.metrics import MetricsDoor
from motp_verifier.logs import configure_logging
from motp_verifier.metrics import Metrics
from motp_verifier.runtime import open_runtime, system_clock
from motp_verifier.server import (
    DrainingServer,
    allow_files,
    listen,
    listen_beside,
    reserve,
    server_settings,
)
from motp_verifier.services.readiness import Readiness
from motp_verifier.services.signed import Clock
from motp_verifier.store.opening import OnStep, no_step
from motp_verifier.tls import ServedCertificate, open_certificate
from motp_verifier.workers import Serving, run_workers

_GARBAGE = 20_000
"""New objects between looks for garbage: some hundred requests' worth, not some ten."""


def serve(
    config: Config,
    *,
    now: Clock = system_clock,
    on_step: OnStep = no_step,
    announce: Callable[[str], None] = click.echo,
) -> None:
    """Serve until SIGINT or SIGTERM, then finish what was begun; a second one ends at once.

    Announces `listening on http://host:port` (`https` where it serves by TLS) when ready; port
    0 takes a free one, and the line says which. Raises ConfigError where an address cannot be
    taken or a certificate cannot be served, WorkersFailed, and what `open_runtime` raises.
    """
    configure_logging(config.log_level)
    allow_files(config.connections)
    with ExitStack() as open_sockets:
        divided = config.workers > 1 and sys.platform == "linux"
        take = reserve if divided else listen
        listening = open_sockets.enter_context(take("port", config.host, config.port))
        sockets = [listening]
        if config.metrics_port:
            sockets.append(
                open_sockets.enter_context(
                    listen("metrics_port", config.metrics_host, config.metrics_port)
                )
            )
        taken = with_port(config, listening.getsockname()[1])
        certificate = open_certificate(taken)
        scheme = "https" if certificate else "http"
        host = f"[{config.host}]" if ":" in config.host else config.host

        def ready() -> None:
            announce(f"listening on {scheme}://{host}:{taken.port}")

        def work(serving: Serving) -> None:
            own = [listen_beside(listening), *sockets[1:]] if divided else sockets
            _serve_here(taken, own, certificate, serving, now=now, on_step=on_step)

        if taken.workers > 1:
            try_out(taken, now)
            run_workers(taken, work, ready=ready, stopping=open_sockets.close)
        else:
            # The server hands its signal on when it has shut down: that is a clean end.
            signal.signal(signal.SIGTERM, _end)
            with suppress(KeyboardInterrupt):
                work(Serving(ready))


def try_out(config: Config, now: Clock) -> None:
    """Do what is done once for all workers, and refuse here what each would refuse.

    The database is migrated, the keys are made. Raises ConfigError and what `open_runtime`
    raises.
    """
    runtime = open_runtime(config, now=now)
    try:
        create_app(config, runtime)
    finally:
        runtime.close()


def _serve_here(
    config: Config,
    sockets: list[socket.socket],
    certificate: ServedCertificate | None,
    serving: Serving,
    *,
    now: Clock,
    on_step: OnStep,
) -> None:
    # Only now: where there are workers, the metrics learn of it when they are imported.
    from motp_verifier.prometheus import PrometheusMetrics  # noqa: PLC0415

    metrics = PrometheusMetrics()
    runtime = open_runtime(
        config, now=now, on_step=on_step, metrics=metrics, migrating=not serving.is_worker
    )
    try:
        readiness = Readiness(runtime.store, runtime.keys)
        app = create_app(config, runtime, readiness=readiness, render_metrics=metrics.render)
        limits = ConnectionLimits(
            head_seconds=config.head_seconds,
            body_seconds=config.body_seconds,
            idle_seconds=config.idle_seconds,
            connections=config.connections,
            metrics=metrics,
        )
        server = DrainingServer(
            server_settings(_wrapped(app, config, metrics), limits),
            limits=limits,
            announce=serving.ready,
            draining=readiness.drain,
            drain_seconds=config.drain_seconds,
            hears_signals=not serving.is_worker,
            alive=serving.alive,
            alive_seconds=serving.alive_seconds,
            secured=None if certificate is None else (sockets[0], certificate.context),
        )
        if certificate is not None:
            certificate.tell(lambda end: metrics.certificate_ends(end.timestamp()))
        # What is there now stays: to look through it for garbage again and again is in vain.
        gc.freeze()
        gc.set_threshold(_GARBAGE, 20, 20)
        serving.hand_over(server.ask_to_stop)
        server.run(sockets=sockets if certificate is None else sockets[1:])
    finally:
        runtime.close()


def _wrapped(app: ASGIApp, config: Config, metrics: Metrics) -> ASGIApp:
    door = MetricsDoor(app, config.metrics_port)
    return AccessLog(door, metrics, believe_request_id=config.believe_request_id)


def _end(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)
