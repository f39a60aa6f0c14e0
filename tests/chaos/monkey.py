"""What goes wrong, in which order: processes and databases that end without warning."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from itertools import count
from typing import assert_never

from tests.chaos.fleet import Verifier
from tests.chaos.history import History
from tests.support.databases import Cluster


class Mischief(StrEnum):
    """One thing that goes wrong."""

    KILL = "kill -9"
    RESTART = "database restarted"
    CRASH = "database crashed"


class Monkey:
    """Does its mischief, and counts it. Without a cluster there is no database to restart."""

    def __init__(self, fleet: list[Verifier], cluster: Cluster | None) -> None:
        self._fleet = fleet
        self._cluster = cluster
        self._turns = count()
        self.done: Counter[Mischief] = Counter()

    def torment(self, plan: Iterable[Mischief], pause: Callable[[], None]) -> None:
        """Go through a plan, with a pause before each and after the last."""
        for each in plan:
            pause()
            self._do(each)
            self.done[each] += 1
        pause()

    def _do(self, mischief: Mischief) -> None:
        match mischief:
            case Mischief.KILL:
                self._fleet[next(self._turns) % len(self._fleet)].kill()
            case Mischief.RESTART:
                assert self._cluster is not None
                self._cluster.restart()
            case Mischief.CRASH:
                assert self._cluster is not None
                self._cluster.crash()
                self._cluster.start()
            case never:
                assert_never(never)


def after_answers(history: History, answers: int) -> Callable[[], None]:
    """A pause for so many answers: as long on a fast machine as on a slow one."""
    return lambda: history.wait_for_more(answers)


def for_seconds(history: History, seconds: float) -> Callable[[], None]:
    """A pause by the clock, in which something must be answered."""

    def pause() -> None:
        history.wait_seconds(seconds)
        history.wait_for_more(1)

    return pause


def plan(kills: int, *, database: bool) -> Iterator[Mischief]:
    """So many kills; the database restarts after a third of them and crashes after two."""
    for number in range(kills):
        if database and number == kills // 3:
            yield Mischief.RESTART
        if database and number == 2 * kills // 3:
            yield Mischief.CRASH
        yield Mischief.KILL
