"""What happened, for the audit: rows are only ever added."""

import json

from sqlalchemy import Connection, insert

from motp_verifier.store.tables import event


def add_event(
    connection: Connection,
    now: int,
    kind: str,
    *,
    registration_id: str | None = None,
    institution_id: str | None = None,
    detail: dict[str, str | int | None] | None = None,
) -> None:
    """Note that `kind` happened. `detail` holds no personal data and no secrets."""
    connection.execute(
        insert(event).values(
            at=now,
            kind=kind,
            registration_id=registration_id,
            institution_id=institution_id,
            detail=json.dumps(detail or {}, separators=(",", ":"), sort_keys=True),
        )
    )
