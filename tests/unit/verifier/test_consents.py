"""The consent documents: both languages, the law's four points, and clear errors."""

import json
from pathlib import Path

import pytest

from motp_verifier.resource_files import resource_folder
from motp_verifier.services.consents import BadConsentDocument, Consents

CURRENT = "2026-12"
IDENTITY = "2026-12-identity"


@pytest.mark.parametrize("version", [CURRENT, IDENTITY])
@pytest.mark.parametrize("lang", ["ko", "en"])
def test_the_document_tells_what_the_law_wants_told(lang: str, version: str) -> None:
    document = Consents(resource_folder("consents"), version).find(version, lang)
    assert document is not None
    for short in (document.purpose, document.retention, document.recipients, document.refusal):
        assert short.strip()
    assert len(document.items) == (4 if version == CURRENT else 5)
    assert len(document.text.split("\n\n")) == 9
    assert document.is_intact()


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_the_document_names_the_identity_agency_where_one_is_asked(lang: str) -> None:
    consents = Consents(resource_folder("consents"), CURRENT)
    without, named = consents.find(CURRENT, lang), consents.find(IDENTITY, lang)
    assert without is not None
    assert named is not None
    for word in {"ko": ("포트원", "생년월일", "SK텔레콤"), "en": ("PortOne", "birth", "LG U+")}[
        lang
    ]:
        assert word in named.text
        assert word not in without.text
    for part in without.text.split("\n\n"):
        assert part.partition("\n")[0] in named.text
    assert named.retention == without.retention


def test_what_people_agreed_to_before_can_still_be_read() -> None:
    released = {"ko": "b7aa4a0a3002b7e8", "en": "533549f96459c53a"}
    consents = Consents(resource_folder("consents"), CURRENT)
    for lang, sha256 in released.items():
        document = consents.find("2026-11", lang)
        assert document is not None
        assert document.sha256.startswith(sha256)


def _write(folder: Path, name: str, **changes: object) -> None:
    source = resource_folder("consents") / f"{CURRENT}.ko.json"
    members = json.loads(source.read_text("utf-8")) | changes
    (folder / name).write_text(json.dumps(members), "utf-8")


def test_a_language_that_is_missing_is_named(tmp_path: Path) -> None:
    _write(tmp_path, "2026-12.ko.json")
    with pytest.raises(BadConsentDocument, match=r"2026-12\.en\.json"):
        Consents(tmp_path, CURRENT)


@pytest.mark.parametrize(
    "changes", [{"lang": "en"}, {"version": "1"}, {"items": "x"}, {"text": None}, {"extra": 1.5}]
)
def test_a_document_of_another_form_is_named(tmp_path: Path, changes: dict[str, object]) -> None:
    _write(tmp_path, "2026-12.ko.json", **changes)
    with pytest.raises(BadConsentDocument, match=r"2026-12\.ko\.json"):
        Consents(tmp_path, CURRENT)


def test_a_file_that_is_no_json_is_named(tmp_path: Path) -> None:
    (tmp_path / "2026-12.ko.json").write_bytes(b"\xff{")
    with pytest.raises(BadConsentDocument, match=r"2026-12\.ko\.json"):
        Consents(tmp_path, CURRENT)
