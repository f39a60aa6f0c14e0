import subprocess
import sys
from pathlib import Path

import pytest

from motp_desktop.bootstrap import build_services, describe_device
from motp_desktop.config import Settings, SettingsError, load_settings
from motp_desktop.services.adapters.origins import authority_of, normalise_origin
from motp_desktop.services.adapters.system_clock import SystemClock
from motp_desktop.services.outcomes import NotRegistered
from motp_desktop.services.ports import NoAnswer
from motp_desktop.services.settings import Choices, ProxyChoice


@pytest.mark.parametrize(
    ("text", "origin"),
    [
        ("https://Verifier.Example", "https://verifier.example"),
        ("https://verifier.example:443/", "https://verifier.example"),
        (" https://verifier.example:8443 ", "https://verifier.example:8443"),
        ("http://127.0.0.1:8470", "http://127.0.0.1:8470"),
        ("http://127.9.9.9", "http://127.9.9.9"),
        ("http://LOCALHOST:80", "http://localhost"),
        ("http://[::1]:8470", "http://[::1]:8470"),
    ],
)
def test_an_origin_has_one_spelling(text: str, origin: str) -> None:
    assert normalise_origin(text) == origin
    assert authority_of(origin) == origin.partition("//")[2]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "verifier.example",
        "ftp://verifier.example",
        "http://verifier.example",
        "http://127.0.0.1.example",
        "http://[::2]",
        "https://",
        "https://verifier.example/path",
        "https://verifier.example?q",
        "https://verifier.example#f",
        "https://me:pw@verifier.example",
        "https://verifier.example:99999",
        "https://[::1",
        "https://검증.example",
    ],
)
def test_anything_else_is_no_origin(text: str) -> None:
    with pytest.raises(ValueError, match=r".{10}"):
        normalise_origin(text)


def test_without_settings_the_defaults_hold() -> None:
    settings = load_settings({})
    assert settings.verifier_origin == "http://127.0.0.1:8470"
    assert settings.language == "ko"
    assert settings.data_dir.name == "motp-desktop"


def test_the_environment_goes_before_the_file(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(f'verifier_origin = "https://a.example"\ndata_dir = "{tmp_path}/x"\n')
    environ = {"MOTP_DESKTOP_VERIFIER_ORIGIN": "https://B.example", "MOTP_DESKTOP_LANGUAGE": "en"}
    assert load_settings(environ, file) == Settings("https://b.example", tmp_path / "x", "en")
    named = {"MOTP_DESKTOP_CONFIG": str(file)}
    assert load_settings(named).verifier_origin == "https://a.example"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('verifier_origin = "http://verifier.example"', "verifier_origin: plain http"),
        ('language = "fr"', "'fr' is not one of ko, en"),
        ("language = 3", "language is not text"),
        ('lanugage = "ko"', "lanugage is not a setting"),
        ("language = ", r"config\.toml"),
        ("data_dir = 3", "data_dir is not text"),
        ('theme = "pink"', "theme: 'pink' is not one of system, light, dark, high-contrast"),
        ("text_percent = 90", "text_percent: a whole number from 100 to 200"),
        ('proxy = "http://me:pw@proxy.example"', "proxy: system, none or an address"),
        ('auto_lock_seconds = "soon"', "auto_lock_seconds: a whole number from 10 to 3600"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(tmp_path: Path, content: str, said: str) -> None:
    file = tmp_path / "config.toml"
    file.write_text(content)
    with pytest.raises(SettingsError, match=said):
        load_settings({}, file)


def test_a_file_that_was_named_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="no such file"):
        load_settings({}, tmp_path / "config.toml")
    with pytest.raises(SettingsError, match=r"gone\.toml"):
        load_settings({"MOTP_DESKTOP_CONFIG": str(tmp_path / "gone.toml")})


@pytest.mark.parametrize(
    ("name", "text"),
    [("LANGUAGE", "한국어"), ("THEME", "pink"), ("TEXT_PERCENT", "1e2"), ("PROXY", "socks5://x")],
)
def test_a_variable_that_cannot_be_used_is_named(name: str, text: str) -> None:
    with pytest.raises(SettingsError, match=f"MOTP_DESKTOP_{name}: "):
        load_settings({f"MOTP_DESKTOP_{name}": text})


def test_each_setting_comes_from_the_first_place_that_has_it(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(
        'language = "en"\ntheme = "dark"\ntext_percent = 125\nproxy = "none"\n'
        "auto_lock_seconds = 300\n"
    )
    environ = {"MOTP_DESKTOP_THEME": "light", "MOTP_DESKTOP_AUTO_LOCK_SECONDS": "90"}
    given = Choices(verifier_origin="https://given.example")
    settings = load_settings(environ, file, given=given, data_dir=tmp_path / "given")
    settings = settings.with_choices(
        Choices(text_percent=200, verifier_origin="https://chosen.example")
    )
    assert settings.verifier_origin == "https://given.example"
    assert settings.data_dir == tmp_path / "given"
    assert settings.text_percent == 200
    assert (settings.theme, settings.auto_lock_seconds) == ("light", 90)
    assert (settings.language, settings.proxy) == ("en", ProxyChoice("none"))


def test_services_are_built_before_anything_is_touched(tmp_path: Path) -> None:
    data = tmp_path / "data"
    services = build_services(Settings("http://127.0.0.1:9", data))
    assert not data.exists()
    assert services.opening.look() == NotRegistered()
    assert services.enrolment.load_consent("ko") == NoAnswer("offline")


def test_slow_imports_wait_until_they_are_needed() -> None:
    program = (
        "import sys, motp_desktop.bootstrap\n"
        "from motp_desktop.config import load_settings\n"
        "motp_desktop.bootstrap.build_services(load_settings({}))\n"
        "print([name for name in ('requests', 'keyring', 'PySide6') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )
    assert done.stdout.strip() == "[]"


def test_a_device_is_described_within_the_protocols_limits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("socket.gethostname", lambda: "h\n\x07" + "o" * 200)
    device = describe_device()
    for text in (device.platform, device.label, device.app_version):
        assert 1 <= len(text) <= 64
        assert text.isprintable()
    assert " · ho" in device.label


def test_the_systems_clocks_run() -> None:
    clock = SystemClock()
    assert clock.now_ms() > 1_700_000_000_000
    before = clock.elapsed_ms()
    assert clock.elapsed_ms() >= before
