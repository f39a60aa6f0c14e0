"""A site's check of a code, within the limit for wrong ones."""

from dataclasses import dataclass
from typing import TypeAlias

from motp_protocol.messages import VerificationRequest
from motp_verifier.services.rate_limits.failures import FailureLimit
from motp_verifier.services.verification import Verification, VerificationOutcome
from motp_verifier.services.verification_answer import Rejected


@dataclass(frozen=True, slots=True)
class Throttled:
    """The institution's sites sent too many wrong codes; seconds until they may ask again."""

    retry_after: int


SiteCheckOutcome: TypeAlias = VerificationOutcome | Throttled


class SiteChecks:
    """What `POST /v1/verifications` does once it is known who asks."""

    def __init__(self, verification: Verification, failures: FailureLimit) -> None:
        self._verification = verification
        self._failures = failures

    async def check(
        self, institution_id: str, request: VerificationRequest, idempotency_key: str | None
    ) -> SiteCheckOutcome:
        """Check the code, unless too many were wrong. Raises what `Verification.verify` does."""
        if (wait := self._failures.retry_after(institution_id)) is not None:
            return Throttled(wait)
        outcome = await self._verification.verify(institution_id, request, idempotency_key)
        if isinstance(outcome, Rejected) and outcome.reason == "code-wrong":
            self._failures.note(institution_id)
        return outcome
