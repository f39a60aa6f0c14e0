"""What is unlocked right now: the seed, in memory only."""

from dataclasses import dataclass

from motp_protocol.code import OtpProfile


@dataclass(frozen=True, slots=True, repr=False)
class OpenSeed:
    """A seed and how codes are made of it."""

    seed: bytes
    profile: OtpProfile


class Session:
    """Holds the seed between unlock and lock. `Codes` reads it on another thread."""

    def __init__(self) -> None:
        self._current: OpenSeed | None = None
        self._times_locked = 0

    @property
    def current(self) -> OpenSeed | None:
        """The open seed, or None while locked."""
        return self._current

    def ticket(self) -> int:
        """What `open` must show, so that an unlock begun before a lock cannot undo it."""
        return self._times_locked

    def open(self, ticket: int, seed: OpenSeed) -> None:
        """Unlock, unless a lock came after the ticket was taken."""
        if ticket == self._times_locked:
            self._current = seed

    def close(self) -> None:
        """Lock."""
        self._times_locked += 1
        self._current = None
