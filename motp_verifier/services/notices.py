"""Notices that are committed with what they tell of, and delivered afterwards."""

import logging

from sqlalchemy import Connection

from motp_verifier.sealing import MasterKeys, SealBroken
from motp_verifier.services.audit.record import SYSTEM, AuditKind, record
from motp_verifier.services.messages.port import MessageSender, SendFailed, Sent, TextMessage
from motp_verifier.services.signed import Clock
from motp_verifier.store import outgoing
from motp_verifier.store.ids import new_id
from motp_verifier.store.outgoing import OutgoingRow
from motp_verifier.store.port import Store
from motp_verifier.store.sealed import MESSAGE_TEXT, MESSAGE_TO

MAX_ATTEMPTS = 10
RETRY_MS = 60_000
"""Longer than any sender takes."""

_AT_MOST = 20

_log = logging.getLogger(__name__)


def enqueue(connection: Connection, keys: MasterKeys, message: TextMessage, now: int) -> None:
    """Keep a notice in the caller's transaction."""
    message_id = new_id("msg")
    row = OutgoingRow(
        id=message_id,
        purpose=message.purpose,
        to_sealed=keys.seal(message.to.encode(), MESSAGE_TO.place(message_id)),
        text_sealed=keys.seal(message.text.encode(), MESSAGE_TEXT.place(message_id)),
        attempts=0,
        next_attempt_at=now,
    )
    outgoing.insert_outgoing(connection, row, now)


class NoticeDelivery:
    """Sends what waits; a notice may arrive twice where the verifier dies in between."""

    def __init__(self, store: Store, keys: MasterKeys, sender: MessageSender, now: Clock) -> None:
        self._store = store
        self._keys = keys
        self._sender = sender
        self._now = now

    async def deliver(self) -> None:
        """Try each notice that is due, once. Raises StoreUnavailable.

        They are claimed one at a time: of many, the last could wait for slow ones before it
        until another process takes it for forgotten.
        """
        for _ in range(_AT_MOST):
            row = await self._claim()
            if row is None:
                return
            await self._deliver_one(row)

    async def _claim(self) -> OutgoingRow | None:
        now = self._now()
        return await self._store.run(
            "notices-claim", lambda c: outgoing.claim_outgoing(c, now, now + RETRY_MS)
        )

    async def _deliver_one(self, row: OutgoingRow) -> None:
        try:
            message = self._open(row)
        except SealBroken:
            _log.exception("notice %s cannot be opened and is dropped", row.id)
            await self._drop(row, "notice-dropped")
            return
        match await self._sender.send(message):
            case Sent():
                await self._drop(row, "notice-sent")
            case SendFailed() as failed:
                _log.warning("notice %s did not leave: %s", row.id, failed.reason)
                if row.attempts + 1 >= MAX_ATTEMPTS:
                    await self._drop(row, "notice-dropped")

    def _open(self, row: OutgoingRow) -> TextMessage:
        return TextMessage(
            to=self._keys.open(row.to_sealed, MESSAGE_TO.place(row.id)).decode(),
            text=self._keys.open(row.text_sealed, MESSAGE_TEXT.place(row.id)).decode(),
            purpose=row.purpose,
        )

    async def _drop(self, row: OutgoingRow, kind: AuditKind) -> None:
        now = self._now()

        def work(connection: Connection) -> None:
            outgoing.delete_outgoing(connection, row.id)
            record(connection, now, kind, actor=SYSTEM, detail={"purpose": row.purpose})

        await self._store.run("notices-done", work)
