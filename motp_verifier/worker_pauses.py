"""How long a worker's place stays empty after a death."""

STEADY_SECONDS = 5.0
"""A worker that lived so long did not die of how it starts: to replace it at once costs little."""

LONGEST_SECONDS = 30.0


class WorkerPauses:
    """The pauses of one place: none after a first death, then one second, doubled each time.

    So one that is killed is replaced at once, and one that can't live burns no processor.
    """

    def __init__(self) -> None:
        self._early_deaths = 0

    def after_death(self, lived_seconds: float) -> float:
        """Seconds to wait before the next worker starts in this place."""
        if lived_seconds >= STEADY_SECONDS:
            self._early_deaths = 0
        self._early_deaths += 1
        if self._early_deaths == 1:
            return 0.0
        # Not two to the power of any number of deaths: that soon is no float.
        doublings = min(self._early_deaths - 2, 10)
        return min(LONGEST_SECONDS, 2.0**doublings)
