"""Identity verification that asks no carrier: for tests and the demo.

The code goes where text messages go, which must be the outbox. It is derived from the
attempt, so that any process and any restart knows it. Everybody's number is in their own
name, but for those who say that they were born on the first day of a century's first year
(`000101`): so that a refusal can be tried too.
"""

import logging
from collections.abc import Callable

from motp_verifier.services import texts
from motp_verifier.services.identity.port import (
    Attempt,
    CodeRefused,
    CodeSent,
    ConfirmOutcome,
    Details,
    DetailsRefused,
    SendOutcome,
    ServiceFailed,
    ServiceFailure,
    Verified,
)
from motp_verifier.services.messages.port import MessageSender, SendFailed, Sent, TextMessage

REFUSED_BIRTH = "000101"

_log = logging.getLogger(__name__)


class StandInIdentity:
    """Sends codes by a message sender. `digest` makes secret bytes of a reference."""

    name = "outbox"

    def __init__(self, sender: MessageSender, digest: Callable[[bytes], bytes]) -> None:
        self._sender = sender
        self._digest = digest
        _log.warning("names are verified by nobody: this is not for production")

    async def send(self, attempt: Attempt, details: Details) -> SendOutcome:
        """See `IdentityService`."""
        if details.birth_and_sex.startswith(REFUSED_BIRTH):
            return DetailsRefused()
        return await self.resend(attempt)

    async def resend(self, attempt: Attempt) -> CodeSent | ServiceFailed:
        """See `IdentityService`."""
        text = texts.name_code(self._code(attempt))
        match await self._sender.send(TextMessage(attempt.person.phone, text, "name-proof")):
            case Sent():
                return CodeSent()
            case SendFailed(_, reason):
                return ServiceFailed(ServiceFailure.UNREACHABLE, reason)

    async def confirm(self, attempt: Attempt, code: str) -> ConfirmOutcome:
        """See `IdentityService`."""
        if code != self._code(attempt):
            return CodeRefused()
        return Verified(attempt.person.name, attempt.person.phone)

    def _code(self, attempt: Attempt) -> str:
        number = int.from_bytes(self._digest(attempt.reference.encode())[:8])
        return f"{number % 10**6:06d}"
