"""`motp-verifier audit search`, `export`, `prove` and `check`, as an auditor runs them."""

import asyncio
import json
from dataclasses import dataclass
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from motp_verifier.cli import main
from motp_verifier.commands import audit_search
from motp_verifier.runtime import open_runtime
from motp_verifier.services.audit import people, searching
from motp_verifier.services.audit.reasons import BadReason, read_reason
from motp_verifier.services.audit.sealer import Sealer
from motp_verifier.services.signing_keys import SigningKeys
from motp_verifier.store.tables import audit_row
from tests.unit.verifier.device_world import E164, NAME, PHONE, Device, World, running

OTHER_NAME = "김영희"
OTHER_PHONE = "+821098765678"
WHY = ("--reason", "2026년 정기 점검")


@dataclass
class Office:
    """A verifier that served, and the commands over what it left."""

    folder: Path
    world: World
    registration_id: str
    database_url: str

    def run(self, *arguments: str, ends: int = 0, given: str | None = None) -> Result:
        settings = {"MOTP_VERIFIER_DATABASE_URL": self.database_url} if self.database_url else {}
        words = ["audit", *arguments, "--data-dir", str(self.folder / "data")]
        done = CliRunner().invoke(main, words, env=settings, input=given)
        assert done.exit_code == ends, done.output
        assert "Traceback" not in done.output
        for secret in (NAME, OTHER_NAME, PHONE, E164, "01012345678", OTHER_PHONE):
            assert secret not in done.output
        return done

    def check(self, *arguments: str, ends: int = 0) -> Result:
        """Without the verifier: only files."""
        done = CliRunner().invoke(main, ["audit", "check", *arguments])
        assert done.exit_code == ends, done.output
        return done

    def noted(self, kind: str) -> list[dict[str, object]]:
        query = select(audit_row).where(audit_row.c.kind == kind).order_by(audit_row.c.id)
        found = self.world.database(lambda c: [dict(r) for r in c.execute(query).mappings()])
        return [row | {"detail": json.loads(row["detail"])} for row in found]

    def seal(self) -> None:
        config = self.world.config
        runtime = open_runtime(config, now=lambda: self.world.now)
        try:
            keys = SigningKeys(runtime.store, runtime.keys, runtime.now)
            asyncio.run(keys.refresh())
            origin = config.origin()
            asyncio.run(Sealer(runtime.store, runtime.keys, keys, origin, runtime.now).seal())
            (self.folder / "jwks.json").write_bytes(keys.published())
        finally:
            runtime.close()

    @property
    def jwks(self) -> str:
        return str(self.folder / "jwks.json")


@pytest.fixture
def office(tmp_path: Path, database_url: str) -> Office:
    with running(tmp_path, database_url=database_url) as world:
        world.add_trainee()
        world.add_trainee(OTHER_NAME, OTHER_PHONE)
        device = Device(world).enrol()
    office = Office(tmp_path, world, device.registration_id, database_url)
    office.seal()
    return office


def test_an_export_is_checked_by_the_published_keys_alone(office: Office) -> None:
    out = office.folder / "audit.jsonl"
    told = office.run("export", "--out", str(out), *WHY)
    assert "more not sealed yet" in told.stderr
    assert out.stat().st_mode & 0o077 == 0
    heads = office.folder / "heads.txt"
    heads.write_text(office.run("heads").stdout, "utf-8")
    checked = office.check(str(out), "--keys", office.jwks, "--heads", str(heads))
    assert "nothing is missing" in checked.stdout
    assert "Every row was sealed as it stands here." in checked.stdout
    [note] = office.noted("audit-exported")
    assert note["reason"] == "2026년 정기 점검"
    assert str(note["actor"]).startswith("operator:")
    assert note["detail"] == {"by": "rows", "format": "jsonl", "addresses": 0}
    assert office.run("export", "--out", str(out), *WHY, ends=1).stderr.endswith("File exists\n")


def test_a_changed_export_is_not_taken_and_ends_with_1(office: Office) -> None:
    data = office.run("export", *WHY).stdout
    file = office.folder / "audit.jsonl"
    file.write_text(data.replace('"device"', '"devise"'), "utf-8")
    checked = office.check(str(file), "--keys", office.jwks, ends=1)
    assert "row-not-sealed" in checked.stderr
    assert "not-as-stated" in checked.stderr
    assert "Every row" not in checked.stdout


def test_a_proof_is_checked_by_the_published_keys_alone(office: Office) -> None:
    proof = office.run("prove", "2").stdout
    file = office.folder / "proof.json"
    # Whoever formats it anew changes nothing of what it says.
    file.write_text(json.dumps(json.loads(proof), indent=2), "utf-8")
    assert "1 row under 1 head of http" in office.check(str(file), "--keys", office.jwks).stdout
    file.write_text(proof.replace('"device"', '"devise"'), "utf-8")
    assert "row-not-sealed" in office.check(str(file), "--keys", office.jwks, ends=1).stderr
    assert "no row 9000" in office.run("prove", "9000", ends=1).stderr
    office.run("search", *WHY)
    newest = office.noted("audit-searched")[0]["id"]
    assert "not sealed yet" in office.run("prove", str(newest), ends=1).stderr
    office.run("prove", "0", ends=2)


def test_what_is_no_key_set_or_no_export_is_one_sentence(office: Office) -> None:
    file = office.folder / "nothing"
    file.write_bytes(b"\xff nothing\n")
    assert (
        "not a set of Ed25519 keys" in office.check(office.jwks, "--keys", str(file), ends=1).stderr
    )
    assert "unreadable" in office.check(str(file), "--keys", office.jwks, ends=1).stderr
    assert (
        "not a head"
        in office.check(str(file), "--keys", office.jwks, "--heads", str(file), ends=1).stderr
    )


@pytest.mark.parametrize("phone", ["010-1234-5678", "-"])
def test_a_person_is_found_by_number_and_the_search_is_noted_for_them(
    office: Office, phone: str
) -> None:
    shown = office.run("search", "--phone", phone, *WHY, given="01012345678\n")
    heading, *rows = [line.split("\t") for line in shown.stdout.splitlines()]
    assert heading[:4] == ["time", "row", "event", "person"]
    assert rows
    assert {row[3] for row in rows} == {"홍*동 010-****-5678"}
    assert "registration-activated" in {row[2] for row in rows}
    assert [int(row[1]) for row in rows] == sorted((int(row[1]) for row in rows), reverse=True)
    activated = office.noted("registration-activated")[0]
    [note] = office.noted("audit-searched")
    assert note["subject"] == activated["subject"]
    assert note["detail"] == {"by": "number"}


def test_people_are_found_by_their_last_four_digits(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(people, "_AT_ONCE", 1)
    shown = office.run("search", "--last-four", "5678", *WHY)
    assert "홍*동" in shown.stdout
    assert len({row["subject"] for row in office.noted("audit-searched")}) == 2
    assert office.noted("audit-searched")[0]["detail"] == {"by": "last-four"}
    office.run("search", "--last-four", "5678", "--institution", "other", *WHY)
    assert "Nobody" in office.run("search", "--last-four", "0000", *WHY).stderr
    assert len(office.noted("audit-searched")) == 4
    monkeypatch.setattr(people, "MAX_PEOPLE", 1)
    assert "--institution" in office.run("search", "--last-four", "5678", *WHY, ends=1).stderr


def test_nobody_is_found_by_a_number_that_nobody_has(office: Office) -> None:
    shown = office.run("search", "--phone", "010-9999-9999", *WHY)
    assert "Nobody is known by this number." in shown.stderr
    assert shown.stdout == ""
    out = office.folder / "audit.jsonl"
    office.run("export", "--phone", "010-9999-9999", "--out", str(out), *WHY, ends=1)
    assert not out.exists()
    assert len(office.noted("audit-exported")) == 1


def test_an_export_about_one_person_names_nobody_and_is_noted_for_them(office: Office) -> None:
    data = office.run("export", "--phone", PHONE, *WHY).stdout
    lines = [msgspec.json.decode(line) for line in data.splitlines()]
    subjects = {line["entry"][4] for line in lines if line["line"] == "row"}
    assert [list(subjects)] == [lines[0]["filters"]["subjects"]]
    [note] = office.noted("audit-exported")
    assert note["subject"] is not None
    [subject] = subjects
    again = office.run("export", "--subject", subject, *WHY).stdout
    assert again.count('"line":"row"') == data.count('"line":"row"')
    file = office.folder / "one.jsonl"
    file.write_text(data, "utf-8")
    assert "Every row was sealed" in office.check(str(file), "--keys", office.jwks).stdout


def test_rows_are_found_by_event_registration_and_time(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def found(*arguments: str) -> list[str]:
        shown = office.run("search", *arguments, *WHY).stdout
        return [line.split("\t")[2] for line in shown.splitlines()[1:]]

    assert found("--event", "consent-given") == ["consent-given"]
    both = found("--event", "consent-given", "--event", "identity-proven")
    assert sorted(both) == ["consent-given", "identity-proven"]
    assert "registration-activated" in found("--registration", office.registration_id)
    assert "registration-activated" in found("--from", "2026-11-01")
    assert "registration-activated" not in found("--from", "2026-11-01", "--to", "2026-11-02")
    assert "registration-activated" in found("--to", "2026-11-30T00:00:00+09:00")
    monkeypatch.setattr(searching, "_AT_ONCE", 2)
    assert found("--event", "consent-given", "--limit", "1") == ["consent-given"]
    assert found("--limit", "1", "--to", "2026-11-30") == ["audit-searched"]
    shown = office.run("search", "--limit", "2", *WHY)
    assert len(shown.stdout.splitlines()) == 3
    assert "There are older rows" in shown.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "--reason"),
        (("--reason", " "), "1 to 200"),
        (("--reason", "민원 010-1234-5678"), "could not be erased"),
        ((*WHY, "--from", "yesterday"), "a time with its zone"),
        ((*WHY, "--from", "2026-11-01T00:00"), "a time with its zone"),
        ((*WHY, "--event", "pin-guessed"), "pin-locked"),
        ((*WHY, "--phone", "02-123-4567"), "no Korean mobile number"),
        ((*WHY, "--last-four", "١٢٣٤"), "four digits"),
        ((*WHY, "--subject", "x"), "no subject"),
        ((*WHY, "--institution", "a b"), "1 to 64"),
        ((*WHY, "--phone", "010-1111-2222", "--last-four", "2222"), "one of"),
    ],
)
def test_a_wrong_question_is_answered_by_what_would_be_right(
    tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    for command in ("search", "export"):
        words = ["audit", command, *arguments, "--data-dir", str(tmp_path)]
        done = CliRunner().invoke(main, words)
        assert done.exit_code == 2, done.output
        assert said in done.stderr
        assert "02-123-4567" not in done.output
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "number", ["01012345678", "010-1234-5678", "+82 10 1234 5678", "０１０１２３４５６７８"]
)
def test_no_number_becomes_part_of_a_reason(number: str) -> None:
    with pytest.raises(BadReason):
        read_reason(f"전화 {number} 문의")
    with pytest.raises(BadReason, match="control"):
        read_reason("a\x1bb")
    assert read_reason("  민원\n2026-1234  ") == "민원 2026-1234"


def test_an_address_is_shown_as_its_network_and_no_cell_steers_a_terminal() -> None:
    assert audit_search._masked("203.0.113.9") == "203.0.113.0/24"
    assert audit_search._masked("2001:db8:1:2::3") == "2001:db8:1::/48"
    assert audit_search._masked("unknown") == "?"
    assert audit_search._plain("a\x1b[31m\u202eb\tc") == "a?[31m?b?c"
