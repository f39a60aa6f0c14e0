"""What is counted while the verifier runs: a port, so that services know no tool.

Each method is called on the way of a request and must take microseconds, never wait and
never raise. Its arguments come from small fixed sets: never a name, a number, an id or a
raw path.
"""

from typing import Literal, Protocol, TypeAlias

Lock: TypeAlias = Literal["pin", "code"]
"""What a lock stops: all of a registration, or typed codes."""


class Metrics(Protocol):
    """Counts what an operator watches. Times are in seconds unless a name says otherwise."""

    def answered(self, method: str, route: str | None, status: int, seconds: float) -> None:
        """A request was answered. `route` is the template of its path; None matched none."""
        ...

    def turned_away(self, reason: str) -> None:
        """A request or a connection was refused or ended for the verifier's own sake."""
        ...

    def verified(self, occasion: str, result: str, reason: str | None) -> None:
        """A site's check was answered, after its commit."""
        ...

    def lock_set(self, lock: Lock) -> None:
        """Wrong tries locked something."""
        ...

    def lock_lifted(self, lock: Lock, by: str) -> None:
        """A lock was lifted: `by` says how, such as `enrolment` or `helpdesk`."""
        ...

    def throttled(self) -> None:
        """An institution's sites sent too many wrong codes; the log says whose."""
        ...

    def message(self, provider: str, purpose: str, outcome: str) -> None:
        """A message to a phone was `sent`, or failed in the way that `outcome` says."""
        ...

    def skew(self, milliseconds: int) -> None:
        """How far a device's clock is from ours; less than zero is behind."""
        ...

    def worked(self, work: str, at_milliseconds: int, *, succeeded: bool) -> None:
        """A piece of background work ended."""
        ...

    def audit(self, unsealed: int, head_at: int | None) -> None:
        """So many audit rows wait for a seal; when the newest head was sealed (milliseconds)."""
        ...

    def committed(self, works: int, waiting: int) -> None:
        """A transaction was committed for so many works; so many more wait."""
        ...

    def pool(self, in_use: int, waiting: int) -> None:
        """How many database connections are in use, and how many works wait for one."""
        ...

    def certificate_ends(self, at_seconds: float) -> None:
        """When the certificate ends that the verifier itself serves (seconds since 1970)."""
        ...


class NoMetrics:
    """Counts nothing: for commands and for tests."""

    def answered(self, method: str, route: str | None, status: int, seconds: float) -> None:
        """Nothing."""

    def turned_away(self, reason: str) -> None:
        """Nothing."""

    def verified(self, occasion: str, result: str, reason: str | None) -> None:
        """Nothing."""

    def lock_set(self, lock: Lock) -> None:
        """Nothing."""

    def lock_lifted(self, lock: Lock, by: str) -> None:
        """Nothing."""

    def throttled(self) -> None:
        """Nothing."""

    def message(self, provider: str, purpose: str, outcome: str) -> None:
        """Nothing."""

    def skew(self, milliseconds: int) -> None:
        """Nothing."""

    def worked(self, work: str, at_milliseconds: int, *, succeeded: bool) -> None:
        """Nothing."""

    def audit(self, unsealed: int, head_at: int | None) -> None:
        """Nothing."""

    def committed(self, works: int, waiting: int) -> None:
        """Nothing."""

    def pool(self, in_use: int, waiting: int) -> None:
        """Nothing."""

    def certificate_ends(self, at_seconds: float) -> None:
        """Nothing."""


NO_METRICS: Metrics = NoMetrics()
