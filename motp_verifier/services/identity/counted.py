"""Any identity service, with its messages counted."""

from motp_verifier.metrics import Metrics
from motp_verifier.services.identity.port import (
    Attempt,
    AttemptOver,
    CodeSent,
    ConfirmOutcome,
    Details,
    DetailsRefused,
    IdentityService,
    ResendOutcome,
    SendOutcome,
    ServiceFailed,
)

_PURPOSE = "name-proof"


class CountedIdentity:
    """Asks another service, and counts what became of each message."""

    def __init__(self, service: IdentityService, metrics: Metrics) -> None:
        self._service = service
        self._metrics = metrics

    @property
    def name(self) -> str:
        """See `IdentityService`."""
        return self._service.name

    async def send(self, attempt: Attempt, details: Details) -> SendOutcome:
        """See `IdentityService`."""
        outcome = await self._service.send(attempt, details)
        self._count(outcome)
        return outcome

    async def resend(self, attempt: Attempt) -> ResendOutcome:
        """See `IdentityService`."""
        outcome = await self._service.resend(attempt)
        self._count(outcome)
        return outcome

    async def confirm(self, attempt: Attempt, code: str) -> ConfirmOutcome:
        """See `IdentityService`."""
        return await self._service.confirm(attempt, code)

    def _count(self, outcome: SendOutcome | ResendOutcome) -> None:
        match outcome:
            case CodeSent():
                self._metrics.message(self.name, _PURPOSE, "sent")
            case DetailsRefused():
                self._metrics.message(self.name, _PURPOSE, "refused")
            case AttemptOver():
                self._metrics.message(self.name, _PURPOSE, "over")
            case ServiceFailed(kind):
                self._metrics.message(self.name, _PURPOSE, kind.value)
