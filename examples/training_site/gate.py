"""The policy at work: who may take which step, and what a receipt opens."""

from dataclasses import dataclass
from typing import TypeAlias

from .accounts import Account
from .browsers import Session
from .courses import STEPS, Step
from .receipts import BadReceiptError, Receipt, ReceiptReader
from .records import Records
from .verifier import Verifier


@dataclass(frozen=True, slots=True)
class Opened:
    """The step may be taken. `asked` says whether a check was just made for it."""

    asked: bool


@dataclass(frozen=True, slots=True)
class CheckNeeded:
    """A check is needed for this step first: the one that was wanted, or the entry before it."""

    step: Step


Gated: TypeAlias = Opened | CheckNeeded


class Gate:
    """Asks the verifier for each step, and believes only receipts that it has read itself."""

    def __init__(self, verifier: Verifier, receipts: ReceiptReader, records: Records) -> None:
        self._verifier = verifier
        self._receipts = receipts
        self._records = records

    def look(self, session: Session, account: Account, step: Step) -> Gated:
        """Whether a step may be taken now. Raises VerifierFailedError: then it may not."""
        entry = STEPS[f"{step.course.id}/entry/0"]
        for needed in dict.fromkeys((entry, step)):
            opened = needed in session.passes
            if not opened and self._verifier.needs_check(account.id, needed):
                return CheckNeeded(needed)
        return Opened(asked=step in session.passes)

    def accept(
        self,
        session: Session,
        account: Account,
        step: Step,
        text: str,
        popup_id: str | None = None,
    ) -> bool:
        """Open a step by a receipt, once, and keep it; False where it is not one for this.

        Whatever the receipt says is compared: it may be a true one, of somebody else or for
        another step. `popup_id` is the pop-up's that it has to be from, or None for no pop-up.
        """
        try:
            receipt = self._receipts.read(text)
        except BadReceiptError:
            return False
        if not _is_for(receipt, account, step, popup_id):
            return False
        if not self._records.add(receipt, text):
            return False
        session.passes.add(step)
        return True


def _is_for(receipt: Receipt, account: Account, step: Step, popup_id: str | None) -> bool:
    return (
        receipt.trainee == account.id
        and (receipt.course, receipt.class_) == (step.course.id, step.course.class_)
        and (receipt.occasion, receipt.session) == (step.occasion, step.session)
        and receipt.popup_id == popup_id
    )
