"""What an administrator decides holds for everybody, and a mistake in it is never passed over."""

import os
import plistlib
from collections.abc import Mapping
from pathlib import Path

import pytest

from motp_desktop.config import load_settings
from motp_desktop.services.adapters.managed import (
    WINDOWS_KEY,
    managed_from,
    read_managed_file,
    read_registry,
)
from motp_desktop.services.adapters.setting_values import SettingsError
from motp_desktop.services.settings import Choices, Managed, ProxyChoice

FILE = """
reason = "한빛훈련원 전산팀 02-000-0000"
[locked]
verifier_origin = "https://otp.hanbit.example"
proxy = "none"
auto_lock_seconds = 60
[default]
text_percent = 150
language = "en"
"""
DECIDED = Managed(
    locked=Choices(
        verifier_origin="https://otp.hanbit.example",
        proxy=ProxyChoice("none"),
        auto_lock_seconds=60,
    ),
    default=Choices(text_percent=150, language="en"),
    reason="한빛훈련원 전산팀 02-000-0000",
    source="here",
)


def read(path: Path) -> Managed:
    """What a file of this user's decides."""
    return managed_from("here", lambda: read_managed_file(path, os.getuid()))


def test_a_file_that_is_not_there_decides_nothing(tmp_path: Path) -> None:
    assert read(tmp_path / "managed.toml") == Managed()
    assert read(tmp_path / "no" / "folder" / "managed.toml") == Managed()


def test_toml_and_a_property_list_say_the_same(tmp_path: Path) -> None:
    (tmp_path / "managed.toml").write_text(FILE, "utf-8")
    assert read(tmp_path / "managed.toml") == DECIDED
    members = {
        "reason": DECIDED.reason,
        "locked": {
            "verifier_origin": "https://otp.hanbit.example",
            "proxy": "none",
            "auto_lock_seconds": 60,
        },
        "default": {"text_percent": 150, "language": "en"},
    }
    (tmp_path / "managed.plist").write_bytes(plistlib.dumps(members))
    assert read(tmp_path / "managed.plist") == DECIDED


def test_the_registry_says_the_same() -> None:
    keys: dict[str, Mapping[str, object]] = {
        WINDOWS_KEY: {"": "", "reason": DECIDED.reason},
        rf"{WINDOWS_KEY}\locked": {
            "": "",
            "verifier_origin": "https://otp.hanbit.example",
            "proxy": "none",
            "auto_lock_seconds": 60,
        },
        rf"{WINDOWS_KEY}\default": {"text_percent": 150, "language": "en"},
    }
    assert managed_from("here", lambda: read_registry(keys.get)) == DECIDED
    assert managed_from("here", lambda: read_registry(lambda _: None)) == Managed()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("[locked]\nverifier_origin = 'http://otp.example'", "here: locked.verifier_origin: plain"),
        ("[locked]\ncolour = 'red'", "here: locked.colour is not a setting; there are"),
        ("[locked]\nauto_lock_seconds = 5", "here: locked.auto_lock_seconds: .* from 10 to 3600"),
        ("[default]\nlanguage = 'fr'", "here: default.language: 'fr' is not one of ko, en"),
        ("verifier_origin = 'https://otp.example'", "here: verifier_origin is not known"),
        ("locked = 'all'", "here: locked is not of its kind"),
        ("reason = 3", "here: reason is a text"),
        ("[locked", "here: .*"),
    ],
)
def test_a_mistake_is_named_and_never_passed_over(tmp_path: Path, content: str, said: str) -> None:
    (tmp_path / "managed.toml").write_text(content)
    with pytest.raises(SettingsError, match=said):
        read(tmp_path / "managed.toml")


@pytest.mark.parametrize("content", [b"\xff\xfe", b"", b"<plist>", b"bplist00" + b"\xff" * 40])
def test_a_property_list_that_is_none_is_a_mistake(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "managed.plist").write_bytes(content)
    with pytest.raises(SettingsError, match=r"here|managed"):
        read(tmp_path / "managed.plist")


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps it in the registry")
def test_a_file_that_others_can_write_decides_nothing_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "managed.toml"
    path.write_text(FILE, "utf-8")
    path.chmod(0o664)
    with pytest.raises(SettingsError, match="others than the administrator can write"):
        read(path)
    path.chmod(0o644)
    tmp_path.chmod(0o777)
    with pytest.raises(SettingsError, match="others than the administrator can write"):
        read(path)
    tmp_path.chmod(0o755)
    with pytest.raises(SettingsError, match="others than the administrator can write"):
        read_managed_file(path, os.getuid() + 1)


def test_nobody_can_loosen_what_is_locked(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text('proxy = "system"\nauto_lock_seconds = 3600\n')
    environ = {
        "MOTP_DESKTOP_VERIFIER_ORIGIN": "https://evil.example",
        "MOTP_DESKTOP_PROXY": "http://evil.example:1",
    }
    elsewhere = Choices(verifier_origin="https://evil.example", auto_lock_seconds=3600)
    settings = load_settings(environ, config, managed=DECIDED, given=elsewhere)
    settings = settings.with_choices(elsewhere)
    assert settings.verifier_origin == "https://otp.hanbit.example"
    assert settings.proxy == ProxyChoice("none")
    assert settings.auto_lock_seconds == 60


def test_what_is_only_suggested_gives_way(tmp_path: Path) -> None:
    settings = load_settings({"MOTP_DESKTOP_TEXT_PERCENT": "125"}, managed=DECIDED)
    assert (settings.language, settings.text_percent) == ("en", 125)
    settings = settings.with_choices(Choices(language="ko", text_percent=200))
    assert (settings.language, settings.text_percent) == ("ko", 200)
