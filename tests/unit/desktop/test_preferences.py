"""What the person chose is kept whole, and nothing depends on that it is."""

import json
import logging
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motp_desktop.services.adapters.data_folder import DataFolder
from motp_desktop.services.adapters.preferences import NAME, Preferences
from motp_desktop.services.adapters.setting_values import (
    SettingsError,
    read_choices,
    write_choices,
)
from motp_desktop.services.ports import StorageError
from motp_desktop.services.settings import Choices, Kept, ProxyChoice

ALL = Choices(
    language="en",
    theme="high-contrast",
    text_percent=150,
    verifier_origin="https://otp.example",
    proxy=ProxyChoice("manual", "http://proxy.example:3128"),
    auto_lock_seconds=60,
)
CHOICES = st.builds(
    Choices,
    language=st.sampled_from([None, "ko", "en"]),
    theme=st.sampled_from([None, "system", "light", "dark", "high-contrast"]),
    text_percent=st.none() | st.integers(100, 200),
    verifier_origin=st.sampled_from([None, "https://otp.example", "http://127.0.0.1:8470"]),
    proxy=st.sampled_from(
        [None, ProxyChoice("system"), ProxyChoice("none"), ProxyChoice("manual", "http://p.x:80")]
    ),
    auto_lock_seconds=st.none() | st.integers(10, 3600),
)


def kept(folder: Path) -> Kept:
    """What a new start of the app finds."""
    return Preferences(DataFolder(folder)).load()


def test_choices_are_kept_and_nothing_else_is_left(tmp_path: Path) -> None:
    assert kept(tmp_path / "data") == Kept()
    Preferences(DataFolder(tmp_path / "data")).save(ALL)
    assert kept(tmp_path / "data") == Kept(ALL)
    assert [path.name for path in (tmp_path / "data").iterdir()] == [NAME]


@given(CHOICES)
def test_what_is_written_is_read_as_the_same(choices: Choices) -> None:
    assert read_choices(json.loads(json.dumps(write_choices(choices)))) == choices


@pytest.mark.parametrize("content", [b"", b"[]", b"null", b"\xff\x00", b"{", b'"ko"', b"[" * 9999])
def test_a_file_that_cannot_be_read_is_put_aside_and_named(
    tmp_path: Path, content: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / NAME).write_bytes(content)
    (tmp_path / f"{NAME}.damaged-1").write_bytes(b"an older one")
    assert kept(tmp_path) == Kept(faults=(f"{NAME}.damaged-2",))
    assert (tmp_path / f"{NAME}.damaged-2").read_bytes() == content
    assert f"{NAME}.damaged-2" in caplog.text
    assert kept(tmp_path) == Kept(), "it is told once"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("language", "fr"),
        ("theme", ["dark"]),
        ("text_percent", 300),
        ("text_percent", True),
        ("verifier_origin", "http://otp.example"),
        ("proxy", "socks5://proxy.example"),
        ("auto_lock_seconds", 0),
    ],
)
def test_a_value_that_is_no_good_is_named_and_the_others_hold(
    tmp_path: Path, name: str, value: object
) -> None:
    (tmp_path / NAME).write_text(json.dumps(write_choices(ALL) | {name: value}))
    found = kept(tmp_path)
    assert found.faults == (f"{NAME}: {name}",)
    assert found.choices.names == ALL.names - {name}
    with pytest.raises(SettingsError, match=name):
        read_choices({name: value})


def test_what_a_newer_version_kept_survives(tmp_path: Path) -> None:
    (tmp_path / NAME).write_text('{"language":"ko","sound":{"volume":3}}')
    preferences = Preferences(DataFolder(tmp_path))
    preferences.load()
    preferences.save(Choices(language="en"))
    assert json.loads((tmp_path / NAME).read_text()) == {"language": "en", "sound": {"volume": 3}}


def test_a_choice_that_could_not_be_kept_is_none(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    preferences = Preferences(DataFolder(tmp_path / "file"))
    assert preferences.load() == Kept(faults=(f"{NAME}: failed",))
    with pytest.raises(StorageError):
        preferences.save(Choices(language="en"))


def test_faults_are_logged_without_the_values(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    (tmp_path / NAME).write_text('{"proxy":"me:hunter2@proxy.example"}')
    assert kept(tmp_path).faults == (f"{NAME}: proxy",)
    assert "hunter2" not in caplog.text
