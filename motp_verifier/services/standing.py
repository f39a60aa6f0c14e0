"""How a registration stands while a batch of codes is judged, and what of it has changed."""

from dataclasses import dataclass

from motp_protocol.code import OtpProfile
from motp_verifier.services.code_counters import CodeCounters
from motp_verifier.services.shares import PIN_ATTEMPTS
from motp_verifier.store.verifications import Counts, HeldRegistration


@dataclass(frozen=True, slots=True)
class Run:
    """Wrong codes in a row at one institution, and since when that locks."""

    length: int
    locked_at: int | None


_NO_RUN = Run(0, None)


class Standing:
    """A registration whose row is held, as the codes judged so far have left it."""

    def __init__(self, held: HeldRegistration, counted: dict[str, Counts]) -> None:
        """`counted` is by institution, for each that asks in this batch."""
        self.id = held.id
        self.trainee_id = held.trainee_id
        self.is_active = held.state == "active"
        self.profile: OtpProfile = held.profile
        self.seed_sealed = held.seed_sealed
        self.name_verified_at = held.name_verified_at
        self.last_step = held.last_step
        self.step_taken = False
        self.locked_everywhere_at = held.locked_everywhere_at
        self.locks_everywhere = False
        self.failures: list[tuple[str, int, int]] = []  # (institution, time, old) of new ones
        self.changed_runs: dict[str, Run] = {}
        self._runs = {
            institution_id: Run(each.run, each.locked_at)
            for institution_id, each in counted.items()
            if each.run is not None
        }
        # The same for every institution: wrong codes in 30 days count everywhere.
        self._recent = max((each.recent for each in counted.values()), default=0)
        self._pin_locked = held.pin_failures >= PIN_ATTEMPTS

    def __repr__(self) -> str:
        return f"<Standing of {self.id}>"

    def is_locked(self, institution_id: str) -> bool:
        """Whether codes are refused whatever they are."""
        return (
            self._pin_locked
            or self.locked_everywhere_at is not None
            or self._run(institution_id).locked_at is not None
        )

    def counters(self, institution_id: str) -> CodeCounters:
        """What is counted, as it concerns one institution."""
        return CodeCounters(self._run(institution_id).length, self._recent)

    def accept(self, step: int, institution_id: str) -> None:
        """A right code: its step and all before it are used up, and the run ends."""
        self.last_step = step
        self.step_taken = True
        self.accept_bypass(institution_id)

    def accept_bypass(self, institution_id: str) -> None:
        """A right code that staff gave out: the run ends, and no step is used up."""
        if self._run(institution_id) != _NO_RUN:
            self._set_run(institution_id, _NO_RUN)

    def count_wrong(self, institution_id: str, now: int, *, old: bool = False) -> CodeCounters:
        """A wrong code: one more in a row and in 30 days, and perhaps the last.

        `old` is for one that was right some minutes ago.
        """
        after = self.counters(institution_id).after_wrong()
        self.failures.append((institution_id, now, int(old)))
        self._recent = after.recent
        self._set_run(institution_id, Run(after.run, now if after.locks_pair else None))
        if after.locks_everywhere:
            self.locked_everywhere_at = now
            self.locks_everywhere = True
        return after

    def _run(self, institution_id: str) -> Run:
        return self._runs.get(institution_id, _NO_RUN)

    def _set_run(self, institution_id: str, run: Run) -> None:
        self._runs[institution_id] = run
        self.changed_runs[institution_id] = run
