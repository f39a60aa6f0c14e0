"""`POST /v1/verifications`: a site asks whether a trainee's code is right."""

import asyncio
import ipaddress
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TypeAlias, assert_never

import msgspec
from sqlalchemy import Connection

from motp_protocol import wire
from motp_protocol.fields import CheckMethod, Occasion
from motp_protocol.messages import VerificationRequest
from motp_verifier.metrics import NO_METRICS, Metrics
from motp_verifier.sealing import MasterKeys
from motp_verifier.services.acceptances import Acceptances
from motp_verifier.services.audit.record import form, site
from motp_verifier.services.batches import Batches
from motp_verifier.services.bypass import Outstanding
from motp_verifier.services.check_audit import audit_entries
from motp_verifier.services.code_check import (
    BypassAccepted,
    CheckOutcome,
    CodeAccepted,
    CodeRejected,
)
from motp_verifier.services.form_interface.refusals import Withheld, withhold
from motp_verifier.services.idempotency import Idempotency, KeyedRequest, KeyReused, Repeated
from motp_verifier.services.ledger import Ledger
from motp_verifier.services.name_policy import NO_NAME_POLICY, NamePolicy
from motp_verifier.services.popups.ledger import PopupLedger
from motp_verifier.services.trainee_lookup import (
    BadName,
    BadPhone,
    Malformed,
    read_trainee,
)
from motp_verifier.services.verification_answer import Accepted, Rejected, answer_message
from motp_verifier.store import audit
from motp_verifier.store.audit import AuditEntry
from motp_verifier.store.ids import new_id_in_order
from motp_verifier.store.port import Store
from motp_verifier.store.verifications import (
    CheckRecord,
    FoundTrainee,
    WantedTrainee,
    kept_checks,
)

__all__ = [
    "Accepted",
    "BadName",
    "BadPhone",
    "Malformed",
    "Rejected",
    "Verification",
    "VerificationOutcome",
]

Answer: TypeAlias = Accepted | Rejected | Withheld | Repeated | KeyReused
VerificationOutcome: TypeAlias = (
    Accepted | Rejected | Repeated | KeyReused | BadName | BadPhone | Malformed
)
FormOutcome: TypeAlias = Accepted | Rejected | Withheld | Repeated | BadName | BadPhone | Malformed


@dataclass(frozen=True, slots=True)
class SentForm:
    """That a check came as a form, and what it said beside the check.

    A page (`browser`) may not learn why it is refused.
    """

    browser: bool
    sent: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class TypedOn:
    """The pop-up on which a code was typed.

    A page may not learn why it is refused: `refused_as` is under what its refusals count.
    """

    popup_id: str
    refused_as: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class PopupOver:
    """The pop-up was accepted or expired before; the code was neither looked at nor counted."""


PageAnswer: TypeAlias = Answer | PopupOver


@dataclass(frozen=True, slots=True)
class Check:
    """What is asked, in order: it can be answered by yes or no."""

    wanted: WantedTrainee
    course: str
    class_: str
    session: int
    occasion: Occasion
    code: str = field(repr=False)
    client_ip: str | None = field(repr=False)
    keyed: KeyedRequest | None = None
    form: SentForm | None = None
    popup: TypedOn | None = None

    @property
    def institution_id(self) -> str:
        """Who asks."""
        return self.wanted.institution_id

    @property
    def refused_as(self) -> bytes | None:
        """Under what a page's refusals are counted; None where no page asks."""
        if self.popup is not None:
            return self.popup.refused_as
        is_page = self.form is not None and self.form.browser
        return self.wanted.person_index if is_page else None


class Verification:
    """Checks codes for training sites. `now` is the time in milliseconds since 1970."""

    def __init__(
        self,
        store: Store,
        keys: MasterKeys,
        acceptances: Acceptances,
        now: Callable[[], int],
        metrics: Metrics = NO_METRICS,
        *,
        names: NamePolicy = NO_NAME_POLICY,
    ) -> None:
        self._store = store
        self._keys = keys
        self._acceptances = acceptances
        self._idempotency = Idempotency(keys)
        self._now = now
        self._metrics = metrics
        self._names = names
        self._batches: Batches[Check, PageAnswer] = Batches(self._together, at_once=store.writers)

    async def verify(
        self, institution_id: str, request: VerificationRequest, idempotency_key: str | None = None
    ) -> VerificationOutcome:
        """Check a code for an institution's own trainee, and keep that it was checked.

        The same request under the same idempotency key is checked once.
        """
        keyed = (
            None
            if idempotency_key is None
            else self._idempotency.keyed(institution_id, idempotency_key, request)
        )
        outcome = await self._verify(institution_id, request, keyed)
        assert not isinstance(outcome, Withheld)  # noqa: S101 - it was no page that asked
        return outcome

    async def verify_form(
        self, institution_id: str, request: VerificationRequest, form: SentForm
    ) -> FormOutcome:
        """The same for a form. Where it was accepted, its equal is answered so for a minute."""
        alike = msgspec.structs.replace(request, client_ip=None)
        keyed = self._idempotency.keyed_form(institution_id, [str(form.browser), *form.sent], alike)
        outcome = await self._verify(institution_id, request, keyed, form)
        assert not isinstance(outcome, KeyReused)  # noqa: S101 - the key is all that was sent
        return outcome

    async def _verify(
        self,
        institution_id: str,
        request: VerificationRequest,
        keyed: KeyedRequest | None,
        form: SentForm | None = None,
    ) -> Answer | BadName | BadPhone | Malformed:
        wanted = read_trainee(self._keys, institution_id, request.trainee)
        if not isinstance(wanted, WantedTrainee):
            return wanted
        if "\0" in request.course or "\0" in request.class_:
            return Malformed("`course` and `class` have no NUL characters")
        try:
            client_ip = str(ipaddress.ip_address(request.client_ip)) if request.client_ip else None
        except ValueError:
            return Malformed("`client_ip` is not an IP address")
        outcome = await self.judge(
            Check(
                wanted=wanted,
                course=request.course,
                class_=request.class_,
                session=request.session,
                occasion=request.occasion,
                code=request.code,
                client_ip=client_ip,
                keyed=keyed,
                form=form,
            )
        )
        assert not isinstance(outcome, PopupOver)  # noqa: S101 - it was typed on none
        return outcome

    async def judge(self, check: Check) -> PageAnswer:
        """Judge a code, and keep that it was checked."""
        outcome = await self._batches.do(check)
        match outcome:
            case Accepted() | Rejected():
                self._count(check.occasion, outcome)
            case Withheld():
                self._count(check.occasion, outcome.rejected)
            case _:
                pass
        return outcome

    async def _together(self, checks: Sequence[Check]) -> list[PageAnswer | Exception]:
        loop = asyncio.get_running_loop()

        def work(connection: Connection) -> list[PageAnswer | Exception]:
            answers = self._check_all(connection, checks)
            # While the store commits: this thread waits for the disk, and the loop for it.
            loop.call_soon_threadsafe(_sign, answers)
            return answers

        return await self._store.run("verification", work)

    def _check_all(
        self, connection: Connection, checks: Sequence[Check]
    ) -> list[PageAnswer | Exception]:
        # The time is taken when the checks' turn has come: a code may expire waiting.
        now = self._now()
        # Its keys are locked before any row is.
        given = self._idempotency.open(
            connection, [each.keyed for each in checks if each.keyed is not None], now
        )
        popups = PopupLedger.open(
            connection, [each.popup.popup_id for each in checks if each.popup is not None], now
        )
        ledger = Ledger.open(connection, [each.wanted for each in checks], now)
        outstanding = Outstanding(
            connection, self._keys, sorted({each.id for each in ledger.trainees if each}), now
        )
        answers: list[PageAnswer | Exception] = []
        records: list[CheckRecord] = []
        entries: list[AuditEntry] = []
        for check, trainee in zip(checks, ledger.trainees, strict=True):
            known = given.known(check.keyed)
            if known is not None:
                answers.append(known)
                continue
            if check.popup is not None and not popups.is_open(check.popup.popup_id):
                answers.append(PopupOver())
                continue
            try:
                outcome = ledger.judge(
                    self._keys,
                    trainee,
                    check.institution_id,
                    check.code,
                    name_required=self._names.name_required(
                        check.institution_id, check.course, check.class_
                    ),
                    now=now,
                    use_bypass=partial(_use_bypass, outstanding, trainee, check),
                )
            except Exception as error:
                answers.append(error)  # this check's alone: judging has changed nothing
                continue
            record = _record(check, trainee, outcome, now)
            records.append(record)
            entries += audit_entries(
                record,
                outcome,
                None if trainee is None else trainee.subject_key,
                actor=_actor(check),
                popup_id=None if check.popup is None else check.popup.popup_id,
            )
            answer = self._answer(record, outcome, trainee, check.popup)
            answers.append(answer)
            if check.popup is not None and isinstance(answer, Accepted):
                popups.accept(check.popup.popup_id, answer, _method(outcome))
            if check.keyed is not None and (
                isinstance(answer, Accepted) or not check.keyed.accepted_only
            ):
                given.add(check.keyed, wire.encode(answer_message(answer)))
        ledger.write(connection, [kept_checks(records), audit.added(entries), given.kept()])
        told = _for_pages(connection, checks, answers, now)
        for check, said in zip(checks, told, strict=True):
            if check.popup is not None and isinstance(said, Withheld):
                popups.refuse(check.popup.popup_id, said)
        popups.write(connection)
        return told

    def _count(self, occasion: str, outcome: Accepted | Rejected) -> None:
        match outcome:
            case Accepted():
                self._metrics.verified(occasion, "accepted", None)
            case Rejected():
                self._metrics.verified(occasion, "rejected", outcome.reason)
                if outcome.reason == "code-wrong" and outcome.attempts_left == 0:
                    self._metrics.lock_set("code")
            case never:
                assert_never(never)

    def _answer(
        self,
        record: CheckRecord,
        outcome: CheckOutcome,
        trainee: FoundTrainee | None,
        popup: TypedOn | None,
    ) -> Accepted | Rejected:
        match outcome:
            case CodeAccepted() | BypassAccepted():
                return self._acceptances.accept(
                    record,
                    pairwise_id="" if trainee is None else trainee.pairwise_id,
                    attempts_left=outcome.attempts_left,
                    method=_method(outcome),
                    popup_id=None if popup is None else popup.popup_id,
                )
            case CodeRejected():
                return Rejected(record.id, record.at, outcome.reason, outcome.attempts_left)
            case never:
                assert_never(never)


def _for_pages(
    connection: Connection, checks: Sequence[Check], answers: list[PageAnswer | Exception], now: int
) -> list[PageAnswer | Exception]:
    """The answers, with those to pages replaced by what pages may know."""
    outcomes = {
        number: ((check.institution_id, refused_as), answer)
        for number, (check, answer) in enumerate(zip(checks, answers, strict=True))
        if (refused_as := check.refused_as) is not None and isinstance(answer, (Accepted, Rejected))
    }
    told = withhold(connection, list(outcomes.values()), now)
    for number, answer in zip(outcomes, told, strict=True):
        answers[number] = answer
    return answers


def _actor(check: Check) -> str:
    if check.popup is not None:
        return form(check.institution_id, browser=True)
    if check.form is None:
        return site(check.institution_id)
    return form(check.institution_id, browser=check.form.browser)


def _sign(answers: Sequence[PageAnswer | Exception]) -> None:
    for answer in answers:
        if isinstance(answer, Accepted):
            _ = answer.receipt


def _use_bypass(outstanding: Outstanding, trainee: FoundTrainee | None, check: Check) -> bool:
    return trainee is not None and outstanding.use(
        trainee.id, check.institution_id, check.occasion, check.code
    )


def _method(outcome: CheckOutcome) -> CheckMethod:
    return "bypass" if isinstance(outcome, BypassAccepted) else "code"


def _record(
    check: Check, trainee: FoundTrainee | None, outcome: CheckOutcome, now: int
) -> CheckRecord:
    return CheckRecord(
        id=new_id_in_order("ver", now),
        at=now,
        institution_id=check.institution_id,
        trainee_id=None if trainee is None else trainee.id,
        registration_id=outcome.registration_id,
        course=check.course,
        class_=check.class_,
        session=check.session,
        occasion=check.occasion,
        method=_method(outcome),
        client_ip=check.client_ip,
        result="rejected" if isinstance(outcome, CodeRejected) else "accepted",
        reason=outcome.reason if isinstance(outcome, CodeRejected) else None,
        step=outcome.step if isinstance(outcome, CodeAccepted) else None,
    )
