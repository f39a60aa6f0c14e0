"""Exports: whole or chosen, each row is proven by the file itself, and what is cut is noticed."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import update

from motp_verifier.services.audit import exporting
from motp_verifier.services.audit.access import describe
from motp_verifier.services.audit.checking import CheckedFile, FileCheck
from motp_verifier.services.audit.export_files import Csv, ExportTerms, JsonLines
from motp_verifier.services.audit.exporting import AuditExport
from motp_verifier.services.audit.proving import NotAsSealed
from motp_verifier.services.audit.sealer import Sealer
from motp_verifier.store import retention
from motp_verifier.store.audit import AuditEntry, append
from motp_verifier.store.audit_search import RowFilter
from motp_verifier.store.tables import audit_row
from tests.contract import reference
from tests.unit.verifier.audit_world import ISSUER, Audit
from tests.unit.verifier.site_world import World

DAY_MS = 24 * 60 * 60 * 1000


@pytest.fixture
def audit(tmp_path: Path, database_url: str) -> Iterator[Audit]:
    """Four heads: three rows of the institution's, and three times 20 others."""
    world = World(tmp_path, database_url=database_url)
    world.add_institution("inst-1")
    audit = Audit(world)
    audit.fill()
    yield audit
    world.close()


def _export(
    audit: Audit, *, form: str = "jsonl", addresses: bool = False, **wanted: object
) -> bytes:
    rows = RowFilter(**wanted)  # type: ignore[arg-type]
    terms = ExportTerms(ISSUER, audit.world.now, describe(rows), addresses)
    file = Csv(terms) if form == "csv" else JsonLines(terms, audit.signer.sign)

    async def read() -> bytes:
        reading = AuditExport(audit.world.store, rows)
        parts = [file.begin()]
        parts += [file.batch(batch) async for batch in reading.batches()]
        return b"".join([*parts, file.end()])

    return audit.world.run(read())


def _check(audit: Audit, data: bytes) -> CheckedFile:
    known = {audit.signer.kid: audit.signer.public}
    return FileCheck(known, iter(audit.exported())).export(data.splitlines(keepends=True))


def _doubts(audit: Audit, lines: list[bytes]) -> set[str]:
    return {str(each.doubt) for each in _check(audit, b"".join(lines)).doubts}


def test_everything_is_exported_without_a_gap(audit: Audit) -> None:
    data = _export(audit)
    checked = _check(audit, data)
    assert checked.doubts == ()
    assert (checked.issuer, checked.rows, checked.heads, checked.compared) == (ISSUER, 63, 4, 4)
    assert checked.unbroken
    ids = [row.id for row in audit.rows()[:63]]
    assert (checked.first, checked.last) == (ids[0], ids[-1])
    lines = [msgspec.json.decode(line) for line in data.splitlines()]
    assert [line["entry"][1] for line in lines if line["line"] == "row"] == ids
    assert not any("path" in line for line in lines)
    keys = {audit.signer.kid: audit.signer.public}
    assert [row[1] for row in reference.rows_of_export(data, keys)] == ids


def test_a_changed_row_is_not_exported_among_chosen_ones_either(audit: Audit) -> None:
    row = audit.rows()[30].id
    change = update(audit_row).where(audit_row.c.id == row).values(registration_id="r-1")
    audit.tamper(lambda c: c.execute(change))
    with pytest.raises(NotAsSealed, match="row-changed"):
        _export(audit, registration_id="r-1")


def test_rows_chosen_by_what_they_say_are_proven_one_by_one(audit: Audit) -> None:
    world = audit.world
    subject = bytes(range(32))
    mixed = [
        AuditEntry(
            world.now,
            "pin-changed" if number % 3 else "pin-locked",
            "device",
            subject=subject if number % 2 else None,
            registration_id=f"r-{number % 5}",
        )
        for number in range(30)
    ]
    world.do(lambda c: append(c, mixed))
    audit.seal()
    for wanted, count in [
        ({"kinds": ("pin-locked",)}, 10),
        ({"kinds": ("pin-locked", "pin-changed")}, 30),
        ({"subjects": (subject,)}, 15),
        ({"registration_id": "r-1"}, 6),
        ({"registration_id": "r-1", "subjects": (subject,), "kinds": ("pin-changed",)}, 2),
        ({"institution_id": "inst-1"}, 2),
        ({"subjects": ()}, 0),
    ]:
        checked = _check(audit, _export(audit, **wanted))  # type: ignore[arg-type]
        assert (checked.doubts, checked.rows) == ((), count), wanted


def test_rows_of_a_time_are_exported_whatever_head_they_are_under(audit: Audit) -> None:
    world = audit.world
    start = world.now
    for day in range(6):
        world.now = start + day * DAY_MS
        audit.add(5)
        if day % 2:
            audit.seal()
    data = _export(audit, since=start + 2 * DAY_MS, before=start + 4 * DAY_MS)
    checked = _check(audit, data)
    assert (checked.doubts, checked.rows) == ((), 10)
    assert _check(audit, _export(audit, before=start)).rows == 63
    assert _check(audit, _export(audit, since=start + 5 * DAY_MS)).rows == 5
    assert _check(audit, _export(audit, since=start + 9 * DAY_MS)).rows == 0


def test_heads_are_read_a_few_at_a_time(audit: Audit, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = _export(audit)
    monkeypatch.setattr(exporting, "BATCH", 25)
    assert _export(audit).splitlines()[:-1] == whole.splitlines()[:-1]
    monkeypatch.setattr(exporting, "_HEADS", 1)
    assert _export(audit).splitlines()[:-1] == whole.splitlines()[:-1]


def test_what_retention_took_is_left_out_and_the_rest_stands(audit: Audit) -> None:
    audit.world.do(lambda c: retention.drop_heads(c, 2, audit.world.now))
    while audit.world.do(lambda c: retention.delete_dropped_rows(c, 7)):
        pass
    checked = _check(audit, _export(audit))
    assert (checked.doubts, checked.rows, checked.heads, checked.unbroken) == ((), 40, 2, True)


def test_an_export_over_changed_rows_ends_with_what_was_changed(audit: Audit) -> None:
    row = audit.rows()[30]
    change = update(audit_row).where(audit_row.c.id == row.id).values(reason="x")
    audit.tamper(lambda c: c.execute(change))
    with pytest.raises(NotAsSealed) as raised:
        _export(audit)
    assert (raised.value.finding.head, raised.value.finding.row) == (3, row.id)


def test_an_export_of_which_a_line_is_gone_changed_or_moved_is_not_taken(audit: Audit) -> None:
    lines = _export(audit, kinds=("notice-sent",)).splitlines(keepends=True)
    for number in range(len(lines)):
        assert _doubts(audit, lines[:number] + lines[number + 1 :]), f"without line {number}"
        assert _doubts(audit, [*lines[: number + 1], *lines[number:]]), f"line {number} twice"
    assert "row-not-sealed" in _doubts(
        audit, [line.replace(b'"{\\"n\\":7}"', b'"{\\"n\\":8}"') for line in lines]
    )
    assert "cut-short" in _doubts(audit, lines[:-1])
    assert "cut-short" in _doubts(audit, [])
    assert "unreadable" in _doubts(audit, [*lines[:3], b"{}\n", *lines[3:]])
    assert "misplaced" in _doubts(audit, [*lines, lines[-1]])


def test_a_head_and_its_rows_cannot_be_left_out_unseen(audit: Audit) -> None:
    lines = _export(audit).splitlines(keepends=True)
    heads = [number for number, line in enumerate(lines) if b'"line":"head"' in line]
    without = lines[: heads[1]] + lines[heads[2] :]
    assert _doubts(audit, without) == {"not-as-stated"}


def test_a_verifier_that_moved_to_another_address_still_answers_for_its_past(audit: Audit) -> None:
    world = audit.world
    now = lambda: world.now  # noqa: E731
    moved = Sealer(world.store, world.keys, audit.signer, "https://new.example.kr", now)
    world.run(moved.seal())
    checked = _check(audit, _export(audit))
    assert (checked.doubts, checked.heads, checked.unbroken) == ((), 5, True)
    assert checked.issuer == "https://new.example.kr"


def test_filters_cannot_be_told_otherwise_than_they_were(audit: Audit) -> None:
    lines = _export(audit, kinds=("notice-sent",)).splitlines(keepends=True)
    lines[0] = lines[0].replace(b'"events":["notice-sent"]', b"")
    assert _doubts(audit, lines) == {"not-as-stated"}


def test_addresses_are_told_when_asked_for_and_are_the_sealed_ones(audit: Audit) -> None:
    audit.add(2, kind="verification", source="192.0.2.7")
    audit.seal()
    assert b"192.0.2.7" not in _export(audit)
    data = _export(audit, addresses=True, kinds=("verification",))
    assert data.count(b'"address":"192.0.2.7"') == 2
    assert _check(audit, data).doubts == ()
    lines = data.replace(b"192.0.2.7", b"192.0.2.8").splitlines(keepends=True)
    assert _doubts(audit, lines) == {"address-wrong", "not-as-stated"}


def test_a_spreadsheet_gets_every_row_once_and_no_formula(audit: Audit) -> None:
    world = audit.world
    entry = AuditEntry(world.now, "pin-changed", "device", subject=b"\x01" * 32, reason="=1+1 가")
    world.do(lambda c: append(c, [entry]))
    audit.seal()
    text = _export(audit, form="csv").decode("utf-8")
    assert text.startswith("\ufeffid,time,event,subject,")
    read = list(csv.DictReader(io.StringIO(text[1:], newline="")))
    assert [int(row["id"]) for row in read] == [row.id for row in audit.rows()]
    last = read[-1]
    assert last["subject"] == "01" * 32
    assert last["reason"] == "'=1+1 가"
    assert last["time"].endswith("+09:00")
    assert last["head"] == str(audit.heads()[-1].number)
    assert len(last["leaf"]) == 64
    assert "address" not in last
    assert "address" in _export(audit, form="csv", addresses=True).decode().splitlines()[0]
