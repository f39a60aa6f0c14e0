"""The bytes that a row's seal covers: every member counts, and no two rows have the same."""

import hashlib
import hmac
from dataclasses import fields, replace
from typing import Any

import msgspec
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from motp_protocol.encoding import b64url_encode
from motp_verifier.services.audit.leaf import Entry, entry_of, leaf_of, source_hash
from motp_verifier.services.audit.leaves import LeafList
from motp_verifier.store.audit import AuditRow

_texts = st.text(max_size=6)
_hashes = st.binary(min_size=32, max_size=32)
_rows = st.builds(
    AuditRow,
    id=st.integers(1, 2**53 - 1),
    at=st.integers(0, 2**53 - 1),
    kind=_texts,
    subject=st.none() | _hashes,
    institution_id=st.none() | _texts,
    registration_id=st.none() | _texts,
    actor=_texts,
    source=st.none(),
    source_salt=st.none(),
    source_hash=st.none() | _hashes,
    reason=st.none() | _texts,
    detail=_texts,
)
ROW = AuditRow(7, 9, "k", None, None, "r", "device", "192.0.2.7", bytes(16), None, None, "{}")


def _members(row: AuditRow) -> list[Any]:
    return [getattr(row, each.name) for each in fields(row)]


@given(_rows, _rows)
def test_two_rows_have_the_same_bytes_only_if_they_are_equal(
    one: AuditRow, other: AuditRow
) -> None:
    assert (entry_of(one) == entry_of(other)) == (_members(one) == _members(other))


@given(_rows)
def test_the_bytes_are_canonical_json_and_can_be_read_back(row: AuditRow) -> None:
    entry = msgspec.json.encode(entry_of(row))
    assert msgspec.json.decode(entry, type=Entry) == entry_of(row)
    assert leaf_of(row) == hashlib.sha256(b"\x00" + entry).digest()
    value = msgspec.json.decode(entry)
    assert rfc8785.dumps(value) == entry
    assert value[0] == "motp-audit-1"
    given_hash = None if row.source_hash is None else b64url_encode(row.source_hash)
    subject = None if row.subject is None else b64url_encode(row.subject)
    assert value[1:] == [
        row.id, row.at, row.kind, subject, row.institution_id, row.registration_id, row.actor,
        given_hash, row.reason, row.detail,
    ]  # fmt: skip


def test_an_address_can_be_erased_without_changing_the_leaf() -> None:
    hashed = hmac.digest(bytes(16), b"192.0.2.7", hashlib.sha256)
    assert source_hash(ROW) == hashed
    erased = replace(ROW, source=None, source_salt=None, source_hash=hashed)
    assert leaf_of(erased) == leaf_of(ROW)


def test_another_address_or_salt_changes_the_leaf() -> None:
    others = [
        replace(ROW, source="192.0.2.8"),
        replace(ROW, source_salt=bytes(15) + b"1"),
        replace(ROW, source=None, source_salt=None),
    ]
    assert len({leaf_of(row) for row in [ROW, *others]}) == 4


@given(st.lists(st.tuples(st.integers(-(2**63), 2**63 - 1), _hashes)))
def test_a_list_of_leaves_is_kept_whole(entries: list[tuple[int, bytes]]) -> None:
    leaves = LeafList()
    for row_id, leaf in entries:
        leaves.add(row_id, leaf)
    assert list(LeafList(leaves.packed())) == entries
    assert len(leaves) == len(entries)


def test_a_list_of_leaves_that_was_cut_gives_its_whole_entries() -> None:
    leaves = LeafList()
    leaves.add(1, bytes(32))
    leaves.add(2, bytes(32))
    assert list(LeafList(leaves.packed()[:-1])) == [(1, bytes(32))]
