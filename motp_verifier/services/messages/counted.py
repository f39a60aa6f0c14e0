"""Any sender, with its messages counted."""

from motp_verifier.metrics import Metrics
from motp_verifier.services.messages.port import (
    MessageSender,
    SendFailed,
    SendOutcome,
    Sent,
    TextMessage,
)


class CountedSender:
    """Sends by another sender, and counts by provider, purpose and outcome."""

    def __init__(self, sender: MessageSender, provider: str, metrics: Metrics) -> None:
        self._sender = sender
        self._provider = provider
        self._metrics = metrics

    async def send(self, message: TextMessage) -> SendOutcome:
        """See `MessageSender`."""
        outcome = await self._sender.send(message)
        match outcome:
            case Sent():
                self._metrics.message(self._provider, message.purpose, "sent")
            case SendFailed(kind):
                self._metrics.message(self._provider, message.purpose, kind.value)
        return outcome
