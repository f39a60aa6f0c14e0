"""What happens a thousand times a second is said once, and counted."""

import json
import logging

import pytest
from litestar import Litestar, get
from litestar.testing import TestClient

from motp_verifier.http.problems import exception_handlers
from motp_verifier.metrics import NoMetrics
from motp_verifier.services.batches import Overloaded
from motp_verifier.sparing_log import SparingLog
from motp_verifier.store.port import StoreUnavailable


class Counted(NoMetrics):
    """Keeps why something was turned away."""

    def __init__(self) -> None:
        self.reasons: list[str] = []

    def turned_away(self, reason: str) -> None:
        self.reasons.append(reason)


def test_a_sentence_is_said_at_once_and_then_once_a_second(
    caplog: pytest.LogCaptureFixture,
) -> None:
    now = 0.0
    log = SparingLog(logging.getLogger("motp_verifier.test"), now=lambda: now)
    for _ in range(3):
        log.say(logging.WARNING, "refused", "a")
    log.say(logging.WARNING, "another", "b")
    now = 1.0
    for _ in range(2):
        log.say(logging.WARNING, "refused", "c")
    assert caplog.messages == ["refused: a", "another: b", "refused: c (and 2 times more before)"]


def test_an_overload_is_answered_each_time_and_logged_once(
    caplog: pytest.LogCaptureFixture,
) -> None:
    metrics = Counted()

    @get("/")
    async def busy() -> None:
        raise Overloaded("too many wait already")

    @get("/down")
    async def down() -> None:
        raise StoreUnavailable("the disk is full")

    app = Litestar(
        [busy, down], exception_handlers=exception_handlers(metrics), logging_config=None
    )
    with TestClient(app) as client:
        answers = [client.get("/") for _ in range(50)]
        client.get("/down")
    assert {(each.status_code, each.headers["retry-after"]) for each in answers} == {(503, "1")}
    assert json.loads(answers[0].content)["type"] == "urn:motp:problem:unavailable"
    assert metrics.reasons == ["overload"] * 50 + ["database"]
    told = [each for each in caplog.records if each.name.startswith("motp_verifier")]
    assert [each.levelname for each in told] == ["WARNING", "ERROR"]
