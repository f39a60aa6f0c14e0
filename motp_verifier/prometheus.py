"""Metrics in Prometheus's text format, over one process or all workers of one machine.

Where `PROMETHEUS_MULTIPROC_DIR` is set before this module is imported, every process keeps
its numbers in files of that folder and any of them renders the sum of all.
"""

import os
import platform
from importlib.metadata import version
from typing import Generic, TypeVar

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.metrics import MetricWrapperBase
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead

from motp_verifier.metrics import Lock

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
FOLDER_VARIABLE = "PROMETHEUS_MULTIPROC_DIR"

_SECONDS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0)
_SKEW_SECONDS = (0.5, 1, 2, 5, 10, 30, 60, 120, 300, 1800)
_WORKS = (1, 2, 4, 8, 16, 32, 64, 128, 256)
_METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"})
_UNMATCHED = "unmatched"

M = TypeVar("M", bound=MetricWrapperBase)


def forget_process(number: int) -> None:
    """Leave a dead worker's present state out of the sums; what it counted stays in them."""
    mark_process_dead(number)  # type: ignore[no-untyped-call]


class PrometheusMetrics:
    """Counts, and renders what it counted."""

    def __init__(self) -> None:
        self._registry = registry = CollectorRegistry()
        self._requests = _Children(
            Counter(
                "motp_http_requests",
                "Answered requests.",
                ["method", "route", "status"],
                registry=registry,
            )
        )
        self._latency = _Children(
            Histogram(
                "motp_http_request_seconds",
                "How long requests took.",
                ["method", "route"],
                buckets=_SECONDS,
                registry=registry,
            )
        )
        self._turned_away = _Children(
            Counter(
                "motp_turned_away",
                "Requests and connections refused or ended for the verifier's own sake.",
                ["reason"],
                registry=registry,
            )
        )
        self._verifications = _Children(
            Counter(
                "motp_verifications",
                "Checks for training sites.",
                ["result", "reason", "occasion"],
                registry=registry,
            )
        )
        self._locks = _Children(
            Counter("motp_locks_set", "Locks set by wrong tries.", ["lock"], registry=registry)
        )
        self._throttled = Counter(
            "motp_throttled_institutions",
            "Times that an institution's sites sent too many wrong codes.",
            registry=registry,
        )
        self._lifted = _Children(
            Counter("motp_locks_lifted", "Locks lifted.", ["lock", "by"], registry=registry)
        )
        self._messages = _Children(
            Counter(
                "motp_messages",
                "Messages to phones.",
                ["provider", "purpose", "outcome"],
                registry=registry,
            )
        )
        skew = Histogram(
            "motp_device_clock_skew_seconds",
            "How far devices' clocks are off.",
            ["direction"],
            buckets=_SKEW_SECONDS,
            registry=registry,
        )
        self._ahead, self._behind = skew.labels("ahead"), skew.labels("behind")
        self._background = _Children(
            Counter(
                "motp_background_runs",
                "Background work by how it ended.",
                ["work", "outcome"],
                registry=registry,
            )
        )
        self._last_success = Gauge(
            "motp_background_last_success_timestamp_seconds",
            "When background work last succeeded.",
            ["work"],
            registry=registry,
            multiprocess_mode="max",
        )
        self._unsealed = Gauge(
            "motp_audit_unsealed_rows",
            "Audit rows that the last seal left over.",
            registry=registry,
            multiprocess_mode="mostrecent",
        )
        self._head_at = Gauge(
            "motp_audit_newest_head_timestamp_seconds",
            "When the newest audit head was sealed.",
            registry=registry,
            multiprocess_mode="max",
        )
        self._works = Histogram(
            "motp_store_commit_works",
            "How many works one commit held.",
            buckets=_WORKS,
            registry=registry,
        )
        self._queue = _gauge("motp_store_queue", "Works that wait for a commit.", registry)
        self._in_use = _gauge(
            "motp_store_connections_in_use", "Database connections in use.", registry
        )
        self._waiting = _gauge(
            "motp_store_connections_waiting", "Works that wait for a connection.", registry
        )
        self._certificate_end = Gauge(
            "motp_tls_certificate_end_timestamp_seconds",
            "When the certificate ends that the verifier itself serves; 0 without one.",
            registry=registry,
            multiprocess_mode="livemostrecent",
        )
        build = Gauge(
            "motp_build_info",
            "Which build runs.",
            ["version", "python"],
            registry=registry,
            multiprocess_mode="max",
        )
        build.labels(version("motp-desktop"), platform.python_version()).set(1)
        if FOLDER_VARIABLE not in os.environ:
            ProcessCollector(registry=registry)

    def render(self) -> bytes:
        """All numbers, in Prometheus's text format (`CONTENT_TYPE`)."""
        if FOLDER_VARIABLE not in os.environ:
            return generate_latest(self._registry)
        of_all_processes = CollectorRegistry()
        MultiProcessCollector(of_all_processes)  # type: ignore[no-untyped-call]
        return generate_latest(of_all_processes)

    def answered(self, method: str, route: str | None, status: int, seconds: float) -> None:
        """See `Metrics`."""
        shown = method if method in _METHODS else "other"
        where = route or _UNMATCHED
        self._requests.of(shown, where, str(status)).inc()
        self._latency.of(shown, where).observe(seconds)

    def turned_away(self, reason: str) -> None:
        """See `Metrics`."""
        self._turned_away.of(reason).inc()

    def verified(self, occasion: str, result: str, reason: str | None) -> None:
        """See `Metrics`."""
        self._verifications.of(result, reason or "", occasion).inc()

    def lock_set(self, lock: Lock) -> None:
        """See `Metrics`."""
        self._locks.of(lock).inc()

    def lock_lifted(self, lock: Lock, by: str) -> None:
        """See `Metrics`."""
        self._lifted.of(lock, by).inc()

    def throttled(self) -> None:
        """See `Metrics`."""
        self._throttled.inc()

    def message(self, provider: str, purpose: str, outcome: str) -> None:
        """See `Metrics`."""
        self._messages.of(provider, purpose, outcome).inc()

    def skew(self, milliseconds: int) -> None:
        """See `Metrics`."""
        direction = self._behind if milliseconds < 0 else self._ahead
        direction.observe(abs(milliseconds) / 1000)

    def worked(self, work: str, at_milliseconds: int, *, succeeded: bool) -> None:
        """See `Metrics`."""
        self._background.of(work, "succeeded" if succeeded else "failed").inc()
        if succeeded:
            self._last_success.labels(work).set(at_milliseconds / 1000)

    def audit(self, unsealed: int, head_at: int | None) -> None:
        """See `Metrics`."""
        self._unsealed.set(unsealed)
        if head_at is not None:
            self._head_at.set(head_at / 1000)

    def committed(self, works: int, waiting: int) -> None:
        """See `Metrics`."""
        self._works.observe(works)
        self._queue.set(waiting)

    def pool(self, in_use: int, waiting: int) -> None:
        """See `Metrics`."""
        self._in_use.set(in_use)
        self._waiting.set(waiting)

    def certificate_ends(self, at_seconds: float) -> None:
        """See `Metrics`."""
        self._certificate_end.set(at_seconds)


class _Children(Generic[M]):
    """A metric's children by their labels: `labels()` itself costs more than counting."""

    def __init__(self, parent: M) -> None:
        self._parent = parent
        self._known: dict[tuple[str, ...], M] = {}

    def of(self, *labels: str) -> M:
        child = self._known.get(labels)
        if child is None:
            child = self._known[labels] = self._parent.labels(*labels)
        return child


def _gauge(name: str, told: str, registry: CollectorRegistry) -> Gauge:
    return Gauge(name, told, registry=registry, multiprocess_mode="livesum")
