"""Where a number must be proven to be in the trainee's own name.

Courses whose fee is refunded are for the person who is registered: a telephone in another
name does not do (`name-not-verified`). A code by text message proves only who holds the
telephone; the carrier's identity verification proves in whose name it is.
"""

from collections.abc import Iterable
from typing import Protocol, TypeVar


class NamePolicy(Protocol):
    """What institutions demand."""

    def name_required(self, institution_id: str, course: str, class_: str) -> bool:
        """Whether a check for this class of a course needs a number in the trainee's own name."""
        ...

    def name_ever_required(self, institution_id: str) -> bool:
        """Whether any course of this institution does."""
        ...


class NoNamePolicy:
    """No institution demands it."""

    def name_required(self, institution_id: str, course: str, class_: str) -> bool:
        """Never."""
        del institution_id, course, class_
        return False

    def name_ever_required(self, institution_id: str) -> bool:
        """Never."""
        del institution_id
        return False


NO_NAME_POLICY = NoNamePolicy()


class Provable(Protocol):
    """A registration, as far as this rule looks at it."""

    @property
    def name_verified_at(self) -> int | None:
        """Since when its number is known to be in the trainee's own name."""
        ...


R = TypeVar("R", bound=Provable)


def fit_for_course(unlocked: Iterable[R], *, name_required: bool) -> list[R]:
    """Those of a trainee's unlocked registrations whose codes may be looked at.

    Where none is left the answer is `name-not-verified`: after the locks, so that it does
    not depend on what is locked, and before the code, which is neither compared nor counted
    nor used up. So it tells a guesser nothing about a code, and costs the trainee none.
    """
    return [one for one in unlocked if one.name_verified_at is not None or not name_required]
