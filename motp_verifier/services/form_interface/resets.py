"""`user_reset`: a form asks that a code lock be lifted, for a number that was just proven."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from sqlalchemy import Connection

from motp_protocol.messages import TraineeRef
from motp_verifier.metrics import NO_METRICS, Metrics
from motp_verifier.sealing import MasterKeys
from motp_verifier.services import phone_transactions
from motp_verifier.services.audit.record import form as actor_of_form
from motp_verifier.services.audit.record import record
from motp_verifier.services.code_locks import lift_code_locks
from motp_verifier.services.form_interface.admission import Caller
from motp_verifier.services.form_interface.entrance import Entrance, Refusal
from motp_verifier.services.form_interface.even_times import moment, until_even_time
from motp_verifier.services.form_interface.reading import AskedReset, Blank, read_reset
from motp_verifier.services.trainee_lookup import read_trainee
from motp_verifier.store.port import Store
from motp_verifier.store.verifications import (
    WantedTrainee,
    hold_registrations,
)


@dataclass(frozen=True, slots=True)
class LockLifted:
    """Codes of this trainee are taken again; `locks` is how many locks there were."""

    locks: int


@dataclass(frozen=True, slots=True)
class NoSuchTransaction:
    """Nobody proved this number, for this and here, within the time; or it was used already."""


ResetOutcome: TypeAlias = LockLifted | NoSuchTransaction | Refusal | Blank


class FormResets:
    """Lifts code locks. `now` is in milliseconds since 1970."""

    def __init__(
        self,
        store: Store,
        keys: MasterKeys,
        entrance: Entrance,
        now: Callable[[], int],
        metrics: Metrics = NO_METRICS,
    ) -> None:
        self._store = store
        self._keys = keys
        self._entrance = entrance
        self._now = now
        self._metrics = metrics

    async def reset(self, form: Mapping[str, str], caller: Caller) -> ResetOutcome:
        """Lift the lock that a form names. Raises StoreUnavailable."""
        began = moment()
        institution_id = form.get("AGTID", "").strip()
        if refusal := await self._entrance.refusal(institution_id, caller):
            return refusal
        asked = read_reset(form)
        if isinstance(asked, Blank):
            return asked
        outcome = await self._lift(institution_id, asked, caller)
        match outcome:
            case LockLifted():
                for _ in range(outcome.locks):
                    self._metrics.lock_lifted("code", "phone")
            case NoSuchTransaction():
                self._entrance.note_failure(institution_id, caller)
                if caller.is_browser:
                    await until_even_time(began)
        return outcome

    async def _lift(
        self, institution_id: str, asked: AskedReset, caller: Caller
    ) -> LockLifted | NoSuchTransaction:
        person = TraineeRef(name=asked.name, phone=asked.phone)
        wanted = read_trainee(self._keys, institution_id, person)
        if not isinstance(wanted, WantedTrainee):
            return NoSuchTransaction()

        def work(connection: Connection) -> LockLifted | NoSuchTransaction:
            now = self._now()
            (trainee,), held = hold_registrations(connection, [wanted])
            if trainee is None or not phone_transactions.use(
                connection,
                asked.transaction_id,
                institution_id=institution_id,
                trainee_id=trainee.id,
                purpose="code-lock",
                now=now,
            ):
                return NoSuchTransaction()
            locks = lift_code_locks(
                connection, held, institution_id=institution_id, trainee_id=trainee.id
            )
            record(
                connection,
                now,
                "code-lock-lifted",
                actor=actor_of_form(institution_id, browser=caller.is_browser),
                trainee_id=trainee.id,
                institution_id=institution_id,
                registration_id=held[0].id if len(held) == 1 else None,
                source=None if caller.address is None else str(caller.address),
                reason="phone-verified",
                detail={"locks": locks, "transaction_id": asked.transaction_id},
            )
            return LockLifted(locks)

        return await self._store.run("code-lock-lift", work)
