"""Every sealed column there is, and the place that each of its values is sealed for.

A rotation of the master keys goes through this table and no other: a column that ends in
`_sealed` and is not here would be lost with the old key, and a test finds it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, case, func, select, tuple_, update
from sqlalchemy.sql.elements import ColumnElement

from motp_verifier.store import tables


@dataclass(frozen=True, slots=True)
class SealedColumn:
    """A column whose values name the key that sealed them: `<key id>:…`."""

    column: Any
    label: str

    def place(self, *key: object) -> str:
        """The context of the value in the row with this primary key."""
        return f"{self.label} {self.column.table.name}:{':'.join(str(part) for part in key)}"

    @property
    def key(self) -> list[ColumnElement[Any]]:
        """The primary key's columns."""
        return list(self.column.table.primary_key.columns)

    def __str__(self) -> str:
        return f"{self.column.table.name}.{self.column.name}"


TRAINEE_NAME = SealedColumn(tables.trainee.c.name_sealed, "name")
TRAINEE_PHONE = SealedColumn(tables.trainee.c.phone_sealed, "phone")
ENROLMENT_NAME = SealedColumn(tables.enrolment.c.name_sealed, "name")
ENROLMENT_PHONE = SealedColumn(tables.enrolment.c.phone_sealed, "phone")
POPUP_NAME = SealedColumn(tables.popup.c.name_sealed, "name")
POPUP_PHONE = SealedColumn(tables.popup.c.phone_sealed, "phone")
ENROLMENT_ANSWER = SealedColumn(tables.enrolment.c.answer_sealed, "answer")
REGISTRATION_SEED = SealedColumn(tables.registration.c.seed_sealed, "seed")
SHARE_VALUE = SealedColumn(tables.share.c.value_sealed, "value")
MESSAGE_TO = SealedColumn(tables.outgoing_message.c.to_sealed, "to")
MESSAGE_TEXT = SealedColumn(tables.outgoing_message.c.text_sealed, "text")
SIGNING_KEY_PRIVATE = SealedColumn(tables.signing_key.c.private_sealed, "private")
STAFF_TOTP = SealedColumn(tables.staff.c.totp_sealed, "totp")
STAFF_SETUP_TOTP = SealedColumn(tables.staff_setup.c.totp_sealed, "totp")
SECRET_VALUE = SealedColumn(tables.secret.c.value_sealed, "value")

SEALED: tuple[SealedColumn, ...] = (
    TRAINEE_NAME,
    TRAINEE_PHONE,
    ENROLMENT_NAME,
    ENROLMENT_PHONE,
    POPUP_NAME,
    POPUP_PHONE,
    ENROLMENT_ANSWER,
    REGISTRATION_SEED,
    SHARE_VALUE,
    MESSAGE_TO,
    MESSAGE_TEXT,
    SIGNING_KEY_PRIVATE,
    STAFF_TOTP,
    STAFF_SETUP_TOTP,
    SECRET_VALUE,
)


@dataclass(frozen=True, slots=True)
class SealedValue:
    """A value and the row that it is in."""

    key: tuple[Any, ...]
    sealed: bytes


def under_other_keys(
    connection: Connection,
    where: SealedColumn,
    key_id: str,
    after: tuple[Any, ...] | None,
    limit: int,
) -> list[SealedValue]:
    """The next values, in the order of their rows, that another key than this one sealed."""
    query = (
        select(*where.key, where.column)
        .where(where.column.is_not(None), _prefix(where, key_id) != _named(key_id))
        .order_by(*where.key)
        .limit(limit)
    )
    if after is not None:
        query = query.where(tuple_(*where.key) > tuple_(*after))
    rows = connection.execute(query)
    return [SealedValue(tuple(row[:-1]), row[-1]) for row in rows]


def replace_values(
    connection: Connection,
    where: SealedColumn,
    changes: Sequence[tuple[SealedValue, bytes]],
) -> None:
    """Put new values in the place of those, except where one changed meanwhile."""
    if not changes:
        return
    same_row = [
        column == bindparam(f"key_{number}", type_=column.type)
        for number, column in enumerate(where.key)
    ]
    statement = (
        update(where.column.table)
        .where(*same_row, where.column == bindparam("old", type_=where.column.type))
        .values({where.column: bindparam("new", type_=where.column.type)})
    )
    connection.execute(
        statement,
        [
            {f"key_{number}": part for number, part in enumerate(value.key)}
            | {"old": value.sealed, "new": new}
            for value, new in changes
        ],
    )


def count_by_key(
    connection: Connection, where: SealedColumn, key_ids: Iterable[str]
) -> dict[str, int]:
    """How many values each key sealed; under an empty id, those of no key in the list."""
    names = list(key_ids)
    sums = [
        func.coalesce(func.sum(case((_prefix(where, name) == _named(name), 1), else_=0)), 0)
        for name in names
    ]
    row = connection.execute(select(func.count(where.column), *sums)).one()
    counts = dict(zip(names, map(int, row[1:]), strict=True))
    return counts | {"": int(row[0]) - sum(counts.values())}


def _named(key_id: str) -> bytes:
    return key_id.encode("ascii") + b":"


def _prefix(where: SealedColumn, key_id: str) -> ColumnElement[bytes]:
    return func.substr(where.column, 1, len(_named(key_id)), type_=where.column.type)
