"""Proofs of single rows: they stand by themselves, and nothing else stands in their place."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import delete, update

from motp_protocol.encoding import b64url_decode
from motp_verifier.services.audit.checking import CheckedFile, FileCheck
from motp_verifier.services.audit.heads import Head
from motp_verifier.services.audit.portable import Proof
from motp_verifier.services.audit.proving import (
    AuditProofs,
    NoSuchRow,
    NotAsSealed,
    NotSealedYet,
    ProveOutcome,
    TakenByRetention,
)
from motp_verifier.store import retention
from motp_verifier.store.tables import audit_leaf, audit_row
from tests.unit.verifier.audit_world import ISSUER, Audit, Signer
from tests.unit.verifier.site_world import World


@pytest.fixture
def audit(tmp_path: Path, database_url: str) -> Iterator[Audit]:
    world = World(tmp_path, database_url=database_url)
    world.add_institution("inst-1")
    audit = Audit(world)
    audit.fill()
    yield audit
    world.close()


def _prove(audit: Audit, row_id: int) -> ProveOutcome:
    return audit.world.run(AuditProofs(audit.world.store).prove(row_id))


def _proof(audit: Audit, row_id: int) -> Proof:
    outcome = _prove(audit, row_id)
    assert isinstance(outcome, Proof), outcome
    return msgspec.json.decode(msgspec.json.encode(outcome), type=Proof)


def _check(audit: Audit, proof: Proof, kept: list[Head] | None = None) -> CheckedFile:
    known = {audit.signer.kid: audit.signer.public}
    return FileCheck(known, iter(kept or [])).proof(proof)


def _doubts(checked: CheckedFile) -> list[str]:
    return [str(each.doubt) for each in checked.doubts]


def test_every_sealed_row_is_proven_without_the_database(audit: Audit) -> None:
    kept = audit.exported()
    for row in audit.rows()[:63]:
        checked = _check(audit, _proof(audit, row.id), kept)
        assert checked.doubts == ()
        assert (checked.issuer, checked.rows, checked.compared) == (ISSUER, 1, 1)
        assert (checked.first, checked.last) == (row.id, row.id)


def test_a_proof_holds_even_when_another_row_of_its_batch_is_gone(audit: Audit) -> None:
    rows = audit.rows()
    audit.tamper(lambda c: c.execute(delete(audit_row).where(audit_row.c.id == rows[30].id)))
    assert _check(audit, _proof(audit, rows[31].id)).doubts == ()


def test_rows_that_have_no_proof_are_told_apart(audit: Audit) -> None:
    newest = audit.rows()[-1].id
    assert _prove(audit, newest) == NotSealedYet()
    assert _prove(audit, newest + 1) == NoSuchRow()
    audit.world.do(lambda c: retention.drop_heads(c, 1, audit.world.now))
    assert _prove(audit, 1) == TakenByRetention(1)


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        (update(audit_row).values(reason="x"), "row-changed"),
        (delete(audit_row), "row-removed"),
    ],
    ids=["changed", "removed"],
)
def test_a_row_that_is_not_as_it_was_sealed_is_not_proven(
    audit: Audit, statement: Any, fault: str
) -> None:
    row = audit.rows()[30].id
    audit.tamper(lambda c: c.execute(statement.where(audit_row.c.id == row)))
    with pytest.raises(NotAsSealed) as raised:
        _prove(audit, row)
    assert (raised.value.finding.fault, raised.value.finding.row) == (fault, row)


def test_without_the_kept_leaves_nothing_is_proven(audit: Audit) -> None:
    audit.tamper(lambda c: c.execute(delete(audit_leaf)))
    with pytest.raises(NotAsSealed, match="rows-changed"):
        _prove(audit, audit.rows()[30].id)


def test_an_erased_address_leaves_the_proof_as_it_was(audit: Audit) -> None:
    audit.add(3, source="192.0.2.7")
    audit.seal()
    row = audit.rows()[-2]
    before = _proof(audit, row.id)
    assert "192.0.2.7" not in msgspec.json.encode(before).decode()
    hashed = b64url_decode(before.entry.source or "")
    audit.world.do(lambda c: retention.replace_sources(c, {row.id: hashed}))
    assert audit.rows()[-2].source is None
    assert _proof(audit, row.id) == before
    assert _check(audit, before).doubts == ()


def _forged(proof: Proof, **changes: Any) -> Proof:
    return msgspec.structs.replace(proof, **changes)


def test_a_changed_entry_or_another_place_is_not_taken(audit: Audit) -> None:
    rows = audit.rows()
    proof, other = _proof(audit, rows[30].id), _proof(audit, rows[50].id)
    entry = msgspec.structs.replace(proof.entry, actor="operator:me")
    assert _doubts(_check(audit, _forged(proof, entry=entry))) == ["row-not-sealed"]
    assert _doubts(_check(audit, _forged(proof, index=proof.index + 1))) == ["row-not-sealed"]
    assert _doubts(_check(audit, _forged(proof, path=proof.path[:-1]))) == ["row-not-sealed"]
    assert _doubts(_check(audit, _forged(proof, path=["?", *proof.path[1:]]))) == ["row-not-sealed"]
    assert "row-not-sealed" in _doubts(_check(audit, _forged(proof, head=other.head)))
    assert _doubts(_check(audit, _forged(proof, head="nothing"))) == ["head-unreadable"]


def test_a_head_that_others_signed_or_another_of_its_number_is_not_taken(audit: Audit) -> None:
    proof = _proof(audit, audit.rows()[30].id)
    thief = Signer(audit.signer.kid)
    payload = msgspec.json.encode(audit.exported()[2].claims)
    resigned = _forged(proof, head=thief.sign("motp-head+jwt", payload))
    assert _doubts(_check(audit, resigned)) == ["signature-wrong"]
    unknown = _forged(proof, head=Signer("key-9").sign("motp-head+jwt", payload))
    assert _doubts(_check(audit, unknown)) == ["key-unknown"]
    receipt = _forged(proof, head=audit.signer.sign("motp-receipt+jwt", payload))
    assert _doubts(_check(audit, receipt)) == ["head-unreadable"]
    known = {thief.kid: thief.public}
    assert _doubts(FileCheck(known, iter(audit.exported())).proof(resigned)) == ["head-replaced"]
