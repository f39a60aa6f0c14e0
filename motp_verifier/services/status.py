"""A registration as the device sees it: built here and nowhere else."""

from typing import cast

from sqlalchemy import Connection

from motp_protocol.encoding import format_time
from motp_protocol.fields import Lock, NameProofState, RegistrationState, RevocationReason
from motp_protocol.messages import ConsentState, MaskedTrainee, Status
from motp_protocol.person import mask_name, mask_phone
from motp_verifier.sealing import MasterKeys
from motp_verifier.services.app_versions import ANY_APP, SupportedApps
from motp_verifier.services.code_counters import TOTAL_WINDOW_MS, CodeCounters
from motp_verifier.services.consents import Consents
from motp_verifier.services.name_policy import NO_NAME_POLICY, NamePolicy
from motp_verifier.services.people import Person, open_person
from motp_verifier.services.policy import Policy
from motp_verifier.services.shares import PIN_ATTEMPTS
from motp_verifier.store import code_runs, consents, name_proofs, registrations
from motp_verifier.store.code_runs import CodeRun
from motp_verifier.store.registrations import RegistrationRow


class StatusBuilder:
    """Puts a status together inside the caller's transaction."""

    def __init__(
        self,
        keys: MasterKeys,
        documents: Consents,
        policy: Policy,
        names: NamePolicy = NO_NAME_POLICY,
        apps: SupportedApps = ANY_APP,
    ) -> None:
        self._names = names
        self._apps = apps
        self._keys = keys
        self._documents = documents
        self._policy = policy

    def build(self, connection: Connection, registration_id: str, now: int) -> Status:
        """The status of a registration that exists, `now` being the verifier's time."""
        row = registrations.lock_registration(connection, registration_id)
        if row is None:
            raise LookupError("the registration does not exist")
        person = trainee_person(connection, self._keys, row.trainee_id)
        runs = code_runs.runs_of(connection, row.id)
        recent = code_runs.failures_since(connection, row.id, now - TOTAL_WINDOW_MS)
        worst = CodeCounters(max((each.run for each in runs), default=0), recent)
        locks = locks_of(row, runs)
        current = self._documents.current.version
        version = consents.agreed_version(connection, row.id, current)
        return Status(
            state=cast(RegistrationState, row.state),
            reason=cast(RevocationReason | None, row.reason),
            locks=locks,
            pin_attempts_left=max(0, PIN_ATTEMPTS - row.pin_failures),
            code_attempts_left=0 if "code" in locks else worst.attempts_left,
            time=format_time(now),
            skew_seconds=row.skew_ms / 1000,
            policy=self._policy.device(),
            consent=ConsentState(version=version, renew=version != current),
            trainee=MaskedTrainee(
                name_masked=mask_name(person.name), phone_masked=mask_phone(person.phone)
            ),
            institutions=registrations.institution_names(connection, row.trainee_id),
            name_proof=self._name_proof(connection, row),
            newer_app=self._apps.newer_than(row.app_version),
        )

    def _name_proof(self, connection: Connection, row: RegistrationRow) -> NameProofState:
        if row.name_verified_at is not None:
            return "done"
        asked = name_proofs.institutions_of(connection, row.trainee_id)
        return "needed" if any(map(self._names.name_ever_required, asked)) else "none"


def trainee_person(connection: Connection, keys: MasterKeys, trainee_id: str) -> Person:
    """A trainee's name and number, opened. Raises SealBroken."""
    row = registrations.trainee_by_id(connection, trainee_id)
    return open_person(keys, row.name_sealed, row.phone_sealed, f"trainee:{row.id}")


def locks_of(row: RegistrationRow, runs: list[CodeRun]) -> list[Lock]:
    """What is locked of a registration that has these runs of wrong codes."""
    locks: list[Lock] = []
    if row.pin_failures >= PIN_ATTEMPTS:
        locks.append("pin")
    if row.code_locked_at is not None or any(each.locked_at is not None for each in runs):
        locks.append("code")
    return locks
