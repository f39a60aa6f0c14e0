"""`otp_accredit`: a form asks whether a trainee's code is right."""

from collections.abc import Mapping
from typing import TypeAlias

import msgspec

from motp_verifier.services.form_interface.admission import Caller
from motp_verifier.services.form_interface.entrance import Entrance, Refusal
from motp_verifier.services.form_interface.even_times import moment, until_even_time
from motp_verifier.services.form_interface.reading import (
    AskedCheck,
    BadForm,
    Blank,
    NotSixDigits,
    read_check,
)
from motp_verifier.services.form_interface.refusals import Withheld
from motp_verifier.services.verification import FormOutcome, SentForm, Verification
from motp_verifier.services.verification_answer import Rejected

FormCheckOutcome: TypeAlias = FormOutcome | Refusal | Blank | NotSixDigits | BadForm


class FormChecks:
    """Checks codes by the rules, locks and limits of every other check."""

    def __init__(self, entrance: Entrance, verification: Verification) -> None:
        self._entrance = entrance
        self._verification = verification

    async def check(self, form: Mapping[str, str], caller: Caller) -> FormCheckOutcome:
        """Check the code in a form. Raises what `Verification.verify` does."""
        began = moment()
        institution_id = form.get("AGTID", "").strip()
        if refusal := await self._entrance.refusal(institution_id, caller):
            return refusal
        asked = read_check(form)
        if not isinstance(asked, AskedCheck):
            return asked
        request = asked.request
        if caller.is_browser:
            # What a page says of its address is worth less than what we see.
            seen = None if caller.address is None else str(caller.address)
            request = msgspec.structs.replace(request, client_ip=seen)
        outcome = await self._verification.verify_form(
            institution_id, request, SentForm(caller.is_browser, (*caller.origins, *asked.sent))
        )
        # Of a page's failures none is told from another, by their count neither.
        if isinstance(outcome, Withheld) or (
            isinstance(outcome, Rejected) and outcome.reason == "code-wrong"
        ):
            self._entrance.note_failure(institution_id, caller)
        if isinstance(outcome, Withheld):
            await until_even_time(began)
        return outcome
