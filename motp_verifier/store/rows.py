"""Reading rows into dataclasses whose fields are named like the columns."""

from collections.abc import Callable
from dataclasses import fields
from typing import Any, TypeVar

from sqlalchemy import Column, Row, Table

T = TypeVar("T")


def columns(table: Table, kind: type[Any]) -> list[Column[Any]]:
    """The columns that the dataclass `kind` names, in its order."""
    return [table.c[each.name] for each in fields(kind)]


def read(kind: Callable[..., T], row: Row[Any] | None) -> T | None:
    """A row of those columns as the dataclass, or None for no row."""
    return None if row is None else kind(*row)
