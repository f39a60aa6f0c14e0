"""Log lines for what may happen thousands of times a second."""

import logging
import time
from collections.abc import Callable

SECONDS = 1.0


class SparingLog:
    """Says a sentence at once, then at most once in `seconds`, and how often it was left unsaid.

    A metric has to count beside it: what is left unsaid at the end stays so.
    """

    def __init__(
        self,
        log: logging.Logger,
        *,
        seconds: float = SECONDS,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._log = log
        self._seconds = seconds
        self._now = now
        self._said: dict[str, float] = {}
        self._unsaid: dict[str, int] = {}

    def say(self, level: int, sentence: str, detail: object) -> None:
        """Log it, or count it. Sentences come from a small fixed set; `detail` may be anything."""
        now = self._now()
        if now - self._said.get(sentence, float("-inf")) < self._seconds:
            self._unsaid[sentence] = self._unsaid.get(sentence, 0) + 1
            return
        self._said[sentence] = now
        unsaid = self._unsaid.pop(sentence, 0)
        more = f" (and {unsaid} times more before)" if unsaid else ""
        self._log.log(level, "%s: %s%s", sentence, detail, more)
