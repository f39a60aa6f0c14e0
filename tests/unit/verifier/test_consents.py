"""The consent documents: both languages, the law's four points, and clear errors."""

import json
from pathlib import Path

import pytest

from motp_verifier.resource_files import resource_folder
from motp_verifier.services.consents import BadConsentDocument, Consents

CURRENT = "2026-11"


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_the_document_tells_what_the_law_wants_told(lang: str) -> None:
    document = Consents(resource_folder("consents"), CURRENT).find(CURRENT, lang)
    assert document is not None
    for short in (document.purpose, document.retention, document.recipients, document.refusal):
        assert short.strip()
    assert len(document.items) == 3
    assert len(document.text.split("\n\n")) == 9
    assert document.is_intact()


def _write(folder: Path, name: str, **changes: object) -> None:
    source = resource_folder("consents") / f"{CURRENT}.ko.json"
    members = json.loads(source.read_text("utf-8")) | changes
    (folder / name).write_text(json.dumps(members), "utf-8")


def test_a_language_that_is_missing_is_named(tmp_path: Path) -> None:
    _write(tmp_path, "2026-11.ko.json")
    with pytest.raises(BadConsentDocument, match=r"2026-11\.en\.json"):
        Consents(tmp_path, CURRENT)


@pytest.mark.parametrize(
    "changes", [{"lang": "en"}, {"version": "1"}, {"items": "x"}, {"text": None}, {"extra": 1.5}]
)
def test_a_document_of_another_form_is_named(tmp_path: Path, changes: dict[str, object]) -> None:
    _write(tmp_path, "2026-11.ko.json", **changes)
    with pytest.raises(BadConsentDocument, match=r"2026-11\.ko\.json"):
        Consents(tmp_path, CURRENT)


def test_a_file_that_is_no_json_is_named(tmp_path: Path) -> None:
    (tmp_path / "2026-11.ko.json").write_bytes(b"\xff{")
    with pytest.raises(BadConsentDocument, match=r"2026-11\.ko\.json"):
        Consents(tmp_path, CURRENT)
