"""What was asked of the verifiers and what they answered, in the order in which it became known."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

PATIENCE_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Ask:
    """One request of a site's. Under a key it is sent again until it is answered."""

    number: int
    trainee: str
    code: str
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """200, and what it said."""

    body: bytes


@dataclass(frozen=True, slots=True)
class Refused:
    """Another status. After a 503 it is open whether the code was checked."""

    status: int
    retry_after: str | None


@dataclass(frozen=True, slots=True)
class CutOff:
    """The connection ended before the answer: it is open whether the code was checked."""


Outcome: TypeAlias = Answered | Refused | CutOff


@dataclass(frozen=True, slots=True)
class Attempt:
    """A request that was sent."""

    ask: Ask
    outcome: Outcome


@dataclass(slots=True)
class History:
    """Grows while the load runs in a thread of its own; `error` is what ended that too early."""

    attempts: list[Attempt] = field(default_factory=list)
    answered: int = 0
    error: BaseException | None = None
    _changed: threading.Condition = field(default_factory=threading.Condition)

    def add(self, attempt: Attempt) -> None:
        """Something was answered, refused or cut off."""
        with self._changed:
            self.attempts.append(attempt)
            if isinstance(attempt.outcome, Answered):
                self.answered += 1
                self._changed.notify_all()

    def fail(self, error: BaseException) -> None:
        """The load cannot go on."""
        with self._changed:
            self.error = error
            self._changed.notify_all()

    def wait_for_more(self, answers: int) -> None:
        """Wait until so many more were answered. Raises what ended the load, and TimeoutError."""
        with self._changed:
            enough = self.answered + answers
            self._wait(lambda: self.answered >= enough, PATIENCE_SECONDS)
            if self.answered < enough:
                raise TimeoutError(f"{enough - self.answered} answers did not come")

    def wait_seconds(self, seconds: float) -> None:
        """Let time pass. Raises what ended the load."""
        with self._changed:
            self._wait(lambda: False, seconds)

    def _wait(self, happened: Callable[[], bool], seconds: float) -> None:
        end = time.monotonic() + seconds
        while self.error is None and not happened() and (left := end - time.monotonic()) > 0:
            self._changed.wait(left)
        if self.error is not None:
            raise self.error
