"""The language is remembered, and nothing depends on that it is."""

from pathlib import Path

import pytest

from motp_desktop.services.adapters.data_folder import DataFolder
from motp_desktop.services.adapters.preferences import Preferences


def test_a_language_is_remembered(tmp_path: Path) -> None:
    assert Preferences(DataFolder(tmp_path / "data")).language() is None
    Preferences(DataFolder(tmp_path / "data")).keep_language("en")
    assert Preferences(DataFolder(tmp_path / "data")).language() == "en"
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["preferences.json"]


@pytest.mark.parametrize(
    "kept", [b"", b"[]", b"null", b'{"language":"fr"}', b'{"language":["ko"]}', b"\xff\x00"]
)
def test_a_file_that_says_nothing_useful_is_ignored(tmp_path: Path, kept: bytes) -> None:
    (tmp_path / "preferences.json").write_bytes(kept)
    assert Preferences(DataFolder(tmp_path)).language() is None


def test_a_folder_that_cannot_be_written_is_only_logged(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("in the way")
    Preferences(DataFolder(tmp_path / "file")).keep_language("en")
    assert "could not be kept" in caplog.text
