"""Step 3: the code from the message, and the key agreement behind it."""

import hashlib
import hmac
from dataclasses import dataclass, field

import msgspec
from sqlalchemy import Connection

from motp_protocol import wire
from motp_protocol.encoding import b64url_decode, b64url_encode
from motp_protocol.keys import EnrolmentSecrets, agree, enrolment_secrets, new_agreement_key
from motp_protocol.messages import EnrolmentKeys, IdentityProof, Share
from motp_verifier.sealing import MasterKeys
from motp_verifier.services.audit.record import DEVICE, record
from motp_verifier.services.enrolment import rules
from motp_verifier.services.enrolment.outcomes import (
    CodeExpired,
    CodeWrong,
    Conflict,
    Expired,
    KeysAgreed,
    KioskRequired,
    NotOnRoster,
    ProveOutcome,
)
from motp_verifier.services.enrolment.start import code_hash
from motp_verifier.services.kiosks.witnessing import KioskLocked, NoWitness, still_serving
from motp_verifier.services.outcomes import Malformed, NotFound, Suspended
from motp_verifier.services.policy import Policy
from motp_verifier.services.seeds import seal_seed
from motp_verifier.services.shares import IssuedShare
from motp_verifier.services.signed import Clock, SignedRequest, run_signed
from motp_verifier.services.vaults import new_share, open_share
from motp_verifier.store import enrolments as rows
from motp_verifier.store import registrations
from motp_verifier.store.enrolments import EnrolmentRow
from motp_verifier.store.ids import new_id
from motp_verifier.store.kiosks import Witness
from motp_verifier.store.port import Store
from motp_verifier.store.registrations import RegistrationRow
from motp_verifier.store.sealed import ENROLMENT_ANSWER


@dataclass(frozen=True, slots=True)
class _Agreement:
    """A key agreement that waits for the code to be right. Its private key is gone."""

    key_share: bytes
    shared: bytes = field(repr=False)


class IdentityProofs:
    """Checks identity codes and, behind a right one, makes pending registrations."""

    def __init__(self, store: Store, keys: MasterKeys, policy: Policy, now: Clock) -> None:
        self._store = store
        self._keys = keys
        self._policy = policy
        self._now = now

    async def prove(
        self, enrolment_id: str, proof: IdentityProof, signed: SignedRequest
    ) -> ProveOutcome:
        """Check the code, counted, and agree on the seed.

        A code that ran out while tries are left is `CodeExpired`: it is not compared, so
        it costs no try, and the person may ask for another. The fifth wrong code ends the
        enrolment and is `Expired`. The very same wrong values again are not counted again.
        """
        client_share = b64url_decode(proof.key_share)
        private, server_share = new_agreement_key()
        try:
            agreement = _Agreement(server_share, agree(private, client_share))
        except ValueError:
            return Malformed("key_share")
        proof_hash = self._proof_hash(enrolment_id, proof)
        now = self._now()

        def work(connection: Connection) -> ProveOutcome:
            row = rules.owned_enrolment(connection, enrolment_id, signed)
            if row is None:
                return NotFound()
            if now >= row.expires_at:
                return Expired()
            if row.registration_id is not None:
                return self._again(connection, row, proof_hash)
            if rules.is_over(row, now) or row.code_hash is None:
                return Expired()
            if now >= row.code_expires_at:
                return CodeExpired(rules.CODE_ATTEMPTS - row.code_attempts)
            given = code_hash(self._keys, row.id, proof.code)
            if not hmac.compare_digest(row.code_hash, given):
                return _count_failure(connection, row, proof_hash, signed, now)
            return self._register(
                connection,
                row,
                proof=proof,
                proof_hash=proof_hash,
                agreement=agreement,
                signed=signed,
                now=now,
            )

        return await run_signed(self._store, "enrolment-identity", signed, work)

    def _proof_hash(self, enrolment_id: str, proof: IdentityProof) -> bytes:
        values = f"{enrolment_id}\x00{proof.code}\x00{proof.key_share}\x00{proof.pin_auth}"
        return self._keys.blind_index("identity proof", values.encode())

    def _again(
        self, connection: Connection, row: EnrolmentRow, proof_hash: bytes
    ) -> KeysAgreed | Conflict | Expired:
        if row.answer_sealed is None or row.proof_hash is None or row.registration_id is None:
            return Expired()
        if not hmac.compare_digest(row.proof_hash, proof_hash):
            return Conflict()
        pending = registrations.lock_registration(connection, row.registration_id)
        if pending is None:
            return Expired()
        plain = self._keys.open(row.answer_sealed, ENROLMENT_ANSWER.place(row.id))
        answer = wire.decode(plain, EnrolmentKeys)
        old = registrations.lock_in_use(connection, pending.trainee_id, row.kind)
        if old is not None and old.id == pending.id:
            return KeysAgreed(answer)
        return KeysAgreed(msgspec.structs.replace(answer, replaces=rules.describe(old)))

    def _register(
        self,
        connection: Connection,
        row: EnrolmentRow,
        *,
        proof: IdentityProof,
        proof_hash: bytes,
        agreement: _Agreement,
        signed: SignedRequest,
        now: int,
    ) -> KeysAgreed | NotOnRoster | Suspended | KioskLocked | KioskRequired:
        institution_id = None
        if row.kiosk_id is not None:
            match still_serving(connection, row.kiosk_id):
                case Witness() as kiosk:
                    institution_id = kiosk.institution_id
                case KioskLocked() as locked:
                    return locked
                case NoWitness():
                    return KioskRequired()
        trainee_id = registrations.listed_trainee(connection, row.person_index, institution_id)
        if trainee_id is None:
            rows.change_enrolment(connection, row.id, refused_at=now)
            _note_failure(connection, row, "roster-mismatch", signed, now)
            return NotOnRoster()
        old = registrations.lock_in_use(connection, trainee_id, row.kind)
        if old is not None and old.state == "suspended":
            return Suspended()
        otp = self._policy.otp()
        secrets = enrolment_secrets(
            shared=agreement.shared,
            enrolment_id=row.id,
            device_public_key=row.public_key,
            client_key_share=b64url_decode(proof.key_share),
            server_key_share=agreement.key_share,
            seed_size=otp.profile().seed_size,
        )
        first = IssuedShare(1, hashlib.sha256(b64url_decode(proof.pin_auth)).digest())
        registration_id = new_id("reg")
        pending = self._pending(row, registration_id, trainee_id, secrets, now)
        registrations.insert_registration(connection, pending)
        share = new_share(self._keys, registration_id, first)
        registrations.insert_share(connection, registration_id, share, now)
        answer = EnrolmentKeys(
            registration_id=registration_id,
            key_share=b64url_encode(agreement.key_share),
            otp=otp,
            share=Share(
                id=first.id, value=b64url_encode(open_share(self._keys, registration_id, share))
            ),
            confirmation=b64url_encode(secrets.confirmation("server")),
            replaces=rules.describe(old),
        )
        rows.change_enrolment(
            connection,
            row.id,
            proof_hash=proof_hash,
            registration_id=registration_id,
            answer_sealed=self._keys.seal(wire.encode(answer), ENROLMENT_ANSWER.place(row.id)),
            confirmation_hash=confirmation_hash(secrets.confirmation("client")),
            code_hash=None,
            last_failed_proof=None,
        )
        record(
            connection,
            now,
            "identity-proven",
            actor=DEVICE,
            trainee_id=trainee_id,
            registration_id=registration_id,
            source=signed.source,
            detail={"method": "sms"},
        )
        return KeysAgreed(answer)

    def _pending(
        self,
        row: EnrolmentRow,
        registration_id: str,
        trainee_id: str,
        secrets: EnrolmentSecrets,
        now: int,
    ) -> RegistrationRow:
        profile = self._policy.otp().profile()
        return RegistrationRow(
            id=registration_id,
            trainee_id=trainee_id,
            kind=row.kind,
            state="pending",
            reason=None,
            public_key=row.public_key,
            keyid=row.keyid,
            platform=row.platform,
            app_version=row.app_version,
            label=row.label,
            otp_algorithm=profile.algorithm,
            otp_digits=profile.digits,
            otp_period=profile.period,
            seed_sealed=seal_seed(self._keys, secrets.seed, registration_id),
            code_locked_at=None,
            created_at=now,
            activated_at=None,
            skew_ms=0,
            identity_method="sms",
            name_verified_at=None,
            share_base=1,
            share_last=1,
            share_success_try=None,
            share_presented_at=0,
            pin_failures=0,
            failed_try=None,
            failed_pin_hash=None,
            failed_share=None,
            kiosk_id=row.kiosk_id,
        )


def confirmation_hash(confirmation: bytes) -> bytes:
    """What is stored of a confirmation: it has 256 secret bits, so a plain hash will do."""
    return hashlib.sha256(confirmation).digest()


def _count_failure(
    connection: Connection,
    row: EnrolmentRow,
    proof_hash: bytes,
    signed: SignedRequest,
    now: int,
) -> CodeWrong | Expired:
    attempts = row.code_attempts
    if row.last_failed_proof != proof_hash:
        attempts += 1
        rows.change_enrolment(
            connection, row.id, code_attempts=attempts, last_failed_proof=proof_hash
        )
    if attempts >= rules.CODE_ATTEMPTS:
        _note_failure(connection, row, "identity-code-wrong", signed, now)
        return Expired()
    return CodeWrong(rules.CODE_ATTEMPTS - attempts)


def _note_failure(
    connection: Connection, row: EnrolmentRow, reason: str, signed: SignedRequest, now: int
) -> None:
    record(
        connection,
        now,
        "enrolment-failed",
        actor=DEVICE,
        source=signed.source,
        reason=reason,
        detail={"enrolment_id": row.id},
    )
