"""The registrations that a batch of codes is about: held, judged by, and written back."""

from collections.abc import Sequence

from sqlalchemy import Connection

from motp_verifier.sealing import MasterKeys
from motp_verifier.services.code_check import (
    CheckOutcome,
    CodeRejected,
    UseBypass,
    judge,
    no_bypass,
    usable,
)
from motp_verifier.services.code_counters import TOTAL_WINDOW_MS
from motp_verifier.services.standing import Standing
from motp_verifier.store import verifications as rows
from motp_verifier.store.sets import Write, write_all
from motp_verifier.store.verifications import Counts, FoundTrainee, StepTaken, WantedTrainee


class Ledger:
    """One batch's view of its trainees.

    Once it is open nobody else judges codes of theirs until the commit, and codes of one
    trainee are judged one after the other: so counts are exact and a step is accepted once,
    whatever runs at the same time.
    """

    def __init__(
        self,
        trainees: Sequence[FoundTrainee | None],
        standings: dict[str, list[Standing]],
        registered_before: set[str],
    ) -> None:
        self.trainees = trainees
        self._standings = standings
        self._registered_before = registered_before

    @classmethod
    def open(cls, connection: Connection, wanted: Sequence[WantedTrainee], now: int) -> "Ledger":
        """Find the trainees and hold their registrations. `trainees` are as `wanted`."""
        trainees, held = rows.hold_registrations(connection, wanted)
        asked: dict[str, set[str]] = {}  # who asks, by trainee
        for one, trainee in zip(wanted, trainees, strict=True):
            if trainee is not None:
                asked.setdefault(trainee.id, set()).add(one.institution_id)
        pairs = [(each.id, asker) for each in held for asker in asked[each.trainee_id]]
        counted: dict[str, dict[str, Counts]] = {}
        for (registration_id, asker), counts in rows.counts(
            connection, pairs, now - TOTAL_WINDOW_MS
        ).items():
            counted.setdefault(registration_id, {})[asker] = counts
        standings: dict[str, list[Standing]] = {}
        for each in held:
            standings.setdefault(each.trainee_id, []).append(Standing(each, counted[each.id]))
        without = [trainee_id for trainee_id in asked if trainee_id not in standings]
        return cls(trainees, standings, rows.ever_registered(connection, without))

    def judge(
        self,
        keys: MasterKeys,
        trainee: FoundTrainee | None,
        asker: str,
        code: str,
        *,
        name_required: bool,
        now: int,
        use_bypass: UseBypass = no_bypass,
    ) -> CheckOutcome:
        """What this code is worth after all those judged before."""
        if trainee is None:
            return CodeRejected("not-registered")
        in_use = self._in_use(trainee)
        if isinstance(in_use, CodeRejected):
            return in_use
        return judge(
            keys,
            in_use,
            asker,
            code,
            name_required=name_required,
            now=now,
            use_bypass=use_bypass,
        )

    def may_try(self, trainee: FoundTrainee, asker: str) -> CodeRejected | None:
        """Why no code of theirs would be looked at there, whatever it was; else None."""
        in_use = self._in_use(trainee)
        if isinstance(in_use, CodeRejected):
            return in_use
        fit = usable(in_use, asker, name_required=False)
        return fit if isinstance(fit, CodeRejected) else None

    def _in_use(self, trainee: FoundTrainee) -> list[Standing] | CodeRejected:
        in_use = self._standings.get(trainee.id)
        if in_use is not None:
            return in_use
        was_registered = trainee.id in self._registered_before
        return CodeRejected("revoked" if was_registered else "not-registered")

    def write(self, connection: Connection, also: Sequence[Write]) -> None:
        """Keep what the codes have changed, and what else is to be kept with it.

        Raises StepTaken.
        """
        standings = [each for of_trainee in self._standings.values() for each in of_trainee]
        steps = [
            (each.trainee_id, each.id, each.last_step)
            for each in standings
            if each.step_taken and each.last_step is not None
        ]
        runs = [
            (each.id, asker, run.length, run.locked_at)
            for each in standings
            for asker, run in each.changed_runs.items()
        ]
        failures = [
            (each.id, asker, at, old) for each in standings for asker, at, old in each.failures
        ]
        accepted, *_ = write_all(
            connection,
            [
                rows.accepted_steps(steps),
                rows.changed_runs(runs),
                rows.new_failures(failures),
                *also,
            ],
        )
        if accepted != len(steps):
            raise StepTaken
        locks = [
            (each.id, each.locked_everywhere_at)
            for each in standings
            if each.locks_everywhere and each.locked_everywhere_at is not None
        ]
        write_all(connection, [rows.locks_everywhere(locks)])
