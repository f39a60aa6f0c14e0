"""Sealing and checking: each way to tamper is found, and named at its first row."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, delete, insert, update

from motp_protocol.encoding import b64url_decode
from motp_verifier.sealing import MasterKeys
from motp_verifier.services.audit import sealer
from motp_verifier.services.audit.chain import UnsortedHeads
from motp_verifier.services.audit.heads import NotAHead, head_hash, read_head
from motp_verifier.services.audit.leaf import leaf_of
from motp_verifier.services.audit.merkle import root_of
from motp_verifier.services.audit.sealer import LEASE_MS, Sealer
from motp_verifier.store import leases
from motp_verifier.store.audit import AuditRow
from motp_verifier.store.tables import audit_head, audit_leaf, audit_row
from tests.unit.verifier.audit_world import ISSUER, Audit, Signer
from tests.unit.verifier.site_world import World


@pytest.fixture
def audit(tmp_path: Path, database_url: str) -> Iterator[Audit]:
    world = World(tmp_path, database_url=database_url)
    world.add_institution("inst-1")
    yield Audit(world)
    world.close()


@pytest.fixture
def sealed(audit: Audit) -> Audit:
    audit.fill()
    return audit


def _row(row: Any) -> AuditRow:
    return AuditRow(*row)


def test_heads_cover_all_rows_in_their_order_and_chain(sealed: Audit) -> None:
    heads, rows = sealed.heads(), sealed.rows()
    assert [head.number for head in heads] == [1, 2, 3, 4]
    assert [head.size for head in heads] == [3, 20, 20, 20]
    last = 0
    previous = None
    for head in heads:
        assert head.first_id == last + 1
        last = head.last_id
        under = [_row(row) for row in rows if head.first_id <= row.id <= head.last_id]
        assert head.root == root_of([leaf_of(row) for row in under])
        read = read_head(head.token)
        assert read.fault({sealed.signer.kid: sealed.signer.public}) is None
        assert read.claims.iss == ISSUER
        assert read.claims.iat == head.at // 1000
        given = read.claims.previous
        assert (None if given is None else b64url_decode(given)) == previous
        previous = head_hash(head.token)


def test_an_audit_that_nobody_touched_is_whole(sealed: Audit) -> None:
    report = sealed.verify(sealed.exported())
    assert report.findings == ()
    assert (report.heads, report.rows, report.dropped, report.unsealed) == (4, 63, 0, 5)
    assert report.compared == 4


def test_with_nothing_new_no_head_is_made(sealed: Audit) -> None:
    sealed.seal()
    assert len(sealed.heads()) == 5
    sealed.seal()
    assert len(sealed.heads()) == 5


def test_many_rows_go_under_several_heads(audit: Audit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealer, "BATCH", 50)
    monkeypatch.setattr(sealer, "_CHUNK", 20)
    audit.add(118)
    audit.seal()
    assert [head.size for head in audit.heads()] == [50, 50, 21]
    assert audit.verify().findings == ()


CHANGES: dict[str, Any] = {
    "at": 1,
    "kind": "other",
    "subject": bytes(32),
    "institution_id": "inst-2",
    "registration_id": "reg-9",
    "actor": "device",
    "source_hash": bytes(32),
    "reason": "another",
    "detail": '{"n":99}',
}


@pytest.mark.parametrize("column", CHANGES)
def test_a_changed_row_is_named(sealed: Audit, column: str) -> None:
    row = sealed.rows()[30]
    change = update(audit_row).where(audit_row.c.id == row.id).values({column: CHANGES[column]})
    sealed.tamper(lambda c: c.execute(change))
    assert sealed.found() == [("row-changed", 3, row.id)]


def test_of_several_changed_rows_the_first_under_each_head_is_named(sealed: Audit) -> None:
    rows = sealed.rows()
    chosen = [rows[number].id for number in (25, 28, 50)]
    change = update(audit_row).where(audit_row.c.id.in_(chosen)).values(reason="x")
    sealed.tamper(lambda c: c.execute(change))
    assert sealed.found() == [("row-changed", 3, chosen[0]), ("row-changed", 4, chosen[2])]


@pytest.mark.parametrize("position", [0, 2, 30, 41, 61])
def test_a_removed_row_is_named(sealed: Audit, position: int) -> None:
    row = sealed.rows()[position]
    sealed.tamper(lambda c: c.execute(delete(audit_row).where(audit_row.c.id == row.id)))
    [(fault, _, named)] = sealed.found()
    assert (fault, named) == ("row-removed", row.id)


@pytest.mark.parametrize("where", ["between", "before the first"])
def test_an_inserted_row_is_named(audit: Audit, where: str) -> None:
    audit.add(10)
    gap = audit.rows()[6].id
    audit.tamper(lambda c: c.execute(delete(audit_row).where(audit_row.c.id == gap)))
    audit.seal()
    number = gap if where == "between" else -5
    values = {"id": number, "at": 1, "kind": "x", "actor": "device", "detail": "{}"}
    audit.tamper(lambda c: c.execute(insert(audit_row).values(values)))
    assert audit.found() == [("row-inserted", 1, number)]


def test_two_rows_that_changed_places_are_noticed(sealed: Audit) -> None:
    one, other = (row.id for row in sealed.rows()[30:32])

    def swap(connection: Connection) -> None:
        for old, new in ((one, 10_000), (other, one), (10_000, other)):
            connection.execute(update(audit_row).where(audit_row.c.id == old).values(id=new))

    sealed.tamper(swap)
    assert sealed.found() == [("row-changed", 3, one)]


def test_a_change_that_hides_in_the_kept_leaves_is_found_without_the_row(sealed: Audit) -> None:
    row = sealed.rows()[30]

    def work(connection: Connection) -> None:
        connection.execute(update(audit_row).where(audit_row.c.id == row.id).values(reason="x"))
        connection.execute(delete(audit_leaf).where(audit_leaf.c.number == 3))

    sealed.tamper(work)
    assert sealed.found() == [("rows-changed", 3, None)]


def test_rows_cut_off_at_the_end_are_named_by_the_last_head(sealed: Audit) -> None:
    rows = sealed.rows()
    sealed.tamper(lambda c: c.execute(delete(audit_row).where(audit_row.c.id > rows[54].id)))
    assert sealed.found() == [("row-removed", 4, rows[55].id)]


def test_a_tail_cut_off_with_its_heads_is_found_by_the_exported_list(sealed: Audit) -> None:
    exported = sealed.exported()
    last = exported[1].claims.last

    def work(connection: Connection) -> None:
        connection.execute(delete(audit_row).where(audit_row.c.id > last))
        connection.execute(delete(audit_head).where(audit_head.c.number > 2))

    sealed.tamper(work)
    assert sealed.found() == []
    assert sealed.found(exported) == [("heads-cut-off", 3, None)]


def test_a_head_that_is_missing_between_others_is_named(sealed: Audit) -> None:
    sealed.tamper(lambda c: c.execute(delete(audit_head).where(audit_head.c.number == 2)))
    assert sealed.found() == [("head-missing", 2, None)]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"root": bytes(32)}, "head-changed"),
        ({"at": 1}, "head-changed"),
        ({"mac": bytes(32)}, "foreign-head"),
        ({"token": "a.b.c"}, "head-unreadable"),
        ({"token": "ä.b.c"}, "head-unreadable"),
    ],
)
def test_a_changed_head_is_named(sealed: Audit, change: dict[str, Any], fault: str) -> None:
    sealed.tamper(
        lambda c: c.execute(update(audit_head).where(audit_head.c.number == 4).values(change))
    )
    assert (fault, 4, None) in sealed.found()


def test_a_head_replaced_by_one_signed_with_the_real_key_breaks_the_chain(sealed: Audit) -> None:
    _reseal_from(sealed, 3, sealed.world.keys, sealed.signer, upto=3)
    assert ("chain-broken", 4, None) in sealed.found()


def test_a_chain_signed_anew_by_another_key_is_not_taken(sealed: Audit) -> None:
    exported = sealed.exported()
    thief = Signer("key-1")
    _reseal_from(sealed, 1, sealed.world.keys, thief, upto=4)
    assert {fault for fault, _, _ in sealed.found()} == {"signature-wrong"}
    _reseal_from(sealed, 1, sealed.world.keys, Signer("key-2"), upto=4)
    assert {fault for fault, _, _ in sealed.found()} == {"key-unknown"}
    assert ("head-replaced", 1, None) in sealed.found(exported)


def test_a_chain_signed_anew_with_a_key_put_into_the_database_lacks_the_master_key(
    sealed: Audit,
) -> None:
    thief = Signer("key-2")
    _reseal_from(sealed, 1, MasterKeys({"k1": bytes([1]) * 32}), thief, upto=4)
    known = {thief.kid: thief.public, sealed.signer.kid: sealed.signer.public}
    assert {each.fault for each in sealed.verify(known=known).findings} == {"foreign-head"}


def test_a_chain_made_anew_with_all_keys_is_found_by_the_exported_list(sealed: Audit) -> None:
    exported = sealed.exported()
    row = sealed.rows()[30]
    sealed.tamper(
        lambda c: c.execute(update(audit_row).where(audit_row.c.id == row.id).values(reason="x"))
    )
    _reseal_from(sealed, 3, sealed.world.keys, sealed.signer, upto=4)
    assert sealed.found() == []
    assert sealed.found(exported)[0] == ("head-replaced", 3, None)


def _reseal_from(audit: Audit, number: int, keys: MasterKeys, signer: Signer, *, upto: int) -> None:
    """Seal from head `number` on once more, over the rows as they are now."""
    kept = [head for head in audit.heads() if head.number > upto]

    def cut(connection: Connection) -> None:
        connection.execute(delete(audit_head).where(audit_head.c.number >= number))
        connection.execute(delete(audit_leaf).where(audit_leaf.c.number >= number))

    ends = [head.last_id for head in audit.heads() if number <= head.number <= upto]
    audit.tamper(cut)
    forger = Sealer(audit.world.store, keys, signer, ISSUER, lambda: audit.world.now)
    audit.world.now += 1
    for end in ends:
        assert audit.world.run(forger._seal_batch(end))
    values = [dict(head._mapping) for head in kept]
    if values:
        audit.tamper(lambda c: c.execute(insert(audit_head), values))


def test_a_list_of_heads_with_gaps_is_compared_as_far_as_it_goes(sealed: Audit) -> None:
    exported = sealed.exported()
    report = sealed.verify([exported[1], exported[3]])
    assert (report.findings, report.compared) == ((), 2)


def test_a_list_of_heads_in_no_order_is_refused(sealed: Audit) -> None:
    with pytest.raises(UnsortedHeads):
        sealed.verify(sealed.exported()[::-1])


@pytest.mark.parametrize("token", ["", "a.b", "a.b.c", "eyJhbGciOiJub25lIn0.e30.", "ä.ö.ü"])
def test_what_is_no_head_is_refused(token: str) -> None:
    with pytest.raises(NotAHead):
        read_head(token)


def test_a_second_sealer_waits_for_the_first_and_takes_over_when_it_was_killed(
    audit: Audit,
) -> None:
    world = audit.world
    world.do(lambda c: leases.claim(c, sealer.LEASE, "killed", world.now, world.now + LEASE_MS))
    audit.seal()
    assert audit.heads() == []
    world.now += LEASE_MS
    audit.seal()
    assert len(audit.heads()) == 1


def test_of_two_that_seal_at_once_one_makes_the_head(audit: Audit) -> None:
    audit.add(10)
    last = audit.rows()[-1].id

    async def both() -> list[bool]:
        sealers = (audit.new_sealer(), audit.new_sealer())
        return list(await asyncio.gather(*(each._seal_batch(last) for each in sealers)))

    assert sorted(audit.world.run(both())) == [False, True]
    assert len(audit.heads()) == 1
    assert audit.found() == []


def test_a_lease_can_be_prolonged_by_its_holder_alone(audit: Audit) -> None:
    do = audit.world.do
    assert do(lambda c: leases.claim(c, "x", "a", 0, 10))
    assert not do(lambda c: leases.claim(c, "x", "b", 9, 20))
    assert do(lambda c: leases.claim(c, "x", "a", 9, 20))
    assert not do(lambda c: leases.claim(c, "x", "b", 10, 20))
    assert do(lambda c: leases.claim(c, "x", "b", 20, 30))
    do(lambda c: leases.release(c, "x", "a"))
    assert not do(lambda c: leases.claim(c, "x", "a", 21, 30))
    do(lambda c: leases.release(c, "x", "b"))
    assert do(lambda c: leases.claim(c, "x", "a", 21, 30))
