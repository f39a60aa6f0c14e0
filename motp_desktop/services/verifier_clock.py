"""The verifier's time, which codes and signatures are made by.

Once it is known it is counted on from the clock that never jumps, so that a wrong or changed
system clock alters nothing while the app runs. Moments and offsets are in milliseconds.
"""

from dataclasses import dataclass

from motp_desktop.services.ports import Clock


@dataclass(frozen=True, slots=True)
class _Learnt:
    verifier_ms: int
    elapsed_ms: int
    uncertainty_ms: int


class VerifierClock:
    """Time as the verifier counts it. Safe to read on one thread while another learns."""

    def __init__(self, clock: Clock, offset_ms: int = 0) -> None:
        self._clock = clock
        self._stored_offset_ms = offset_ms
        self._learnt: _Learnt | None = None

    def remember(self, offset_ms: int) -> None:
        """Start from an offset stored earlier; it counts only until an answer is learnt from."""
        self._stored_offset_ms = offset_ms

    @property
    def is_known(self) -> bool:
        """Whether an answer told the time since the start; else it is this PC's own."""
        return self._learnt is not None

    def learn(self, verifier_ms: int, sent_elapsed: int, received_elapsed: int) -> None:
        """Take the time that an answer told, which was read between sending and receiving.

        The midpoint is off by half the round trip at most. A slower answer that agrees
        with what is known, within what it can know, does not replace it.
        """
        uncertainty = (received_elapsed - sent_elapsed + 1) // 2
        known = self._learnt
        if known is not None and uncertainty > known.uncertainty_ms:
            error = verifier_ms - self._at(known, sent_elapsed + uncertainty)
            if abs(error) <= uncertainty:
                return
        self._learnt = _Learnt(verifier_ms, sent_elapsed + uncertainty, uncertainty)

    def now_ms(self) -> int:
        """The verifier's time since 1970."""
        known = self._learnt
        if known is None:
            return self._clock.now_ms() + self._stored_offset_ms
        return self._at(known, self._clock.elapsed_ms())

    def skew_ms(self) -> int:
        """The system clock less the verifier's: positive where this PC is fast."""
        return self._clock.now_ms() - self.now_ms()

    def offset_ms(self) -> int:
        """What to add to the system clock, for storing."""
        return -self.skew_ms()

    def elapsed_at(self, verifier_ms: int) -> int:
        """The `Clock.elapsed_ms` moment at which the verifier's clock shows this time."""
        return self._clock.elapsed_ms() + verifier_ms - self.now_ms()

    @staticmethod
    def _at(known: _Learnt, elapsed_ms: int) -> int:
        return known.verifier_ms + elapsed_ms - known.elapsed_ms
