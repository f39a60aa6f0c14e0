"""Which workers hang: those that serve and were not heard of for too long."""


class Silences:
    """When each worker was last heard of. All times are of one monotonic clock, in seconds."""

    def __init__(self, longest: float, now: float) -> None:
        self.longest = longest
        self._looked = now
        self._heard: dict[int, float] = {}

    def heard(self, process: int, now: float) -> None:
        """It says that it lives."""
        self._heard[process] = now

    def forget(self, process: int) -> None:
        """It has died, or need not be heard of."""
        self._heard.pop(process, None)

    def look(self, now: float) -> list[int]:
        """Those that are silent for too long.

        To be called some times in `longest`. Where that did not happen, the parent itself or
        the whole machine stood still, so that nobody could be heard: all get their time anew.
        """
        before, self._looked = self._looked, now
        if now - before > self.longest / 2:
            self._heard = dict.fromkeys(self._heard, now)
        return [process for process, at in self._heard.items() if now - at > self.longest]
