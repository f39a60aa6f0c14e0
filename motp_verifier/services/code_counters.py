"""How often a code may be wrong.

Five in a row at one institution lock the codes of a registration there; twenty within
30 days, over all institutions, lock them everywhere. An accepted code ends the run and
leaves the 30 days alone.
"""

from dataclasses import dataclass

RUN_LIMIT = 5
TOTAL_LIMIT = 20
TOTAL_WINDOW_MS = 30 * 24 * 60 * 60 * 1000


@dataclass(frozen=True, slots=True)
class CodeCounters:
    """Wrong codes of one registration: in a row at one institution, and in 30 days."""

    run: int
    recent: int

    @property
    def attempts_left(self) -> int:
        """How many more wrong codes there may be; the last of them locks."""
        return max(0, min(RUN_LIMIT - self.run, TOTAL_LIMIT - self.recent))

    @property
    def locks_pair(self) -> bool:
        """Whether codes are locked at this institution."""
        return self.run >= RUN_LIMIT

    @property
    def locks_everywhere(self) -> bool:
        """Whether codes are locked at every institution."""
        return self.recent >= TOTAL_LIMIT

    def after_wrong(self) -> "CodeCounters":
        """With one more wrong code."""
        return CodeCounters(self.run + 1, self.recent + 1)

    def after_accepted(self) -> "CodeCounters":
        """With the run at its end."""
        return CodeCounters(0, self.recent)
