"""Settings: where they come from, and what is said of a wrong one."""

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from motp_verifier.cli import main
from motp_verifier.config import ConfigError, load_config, with_port


def test_the_defaults_serve_this_machine_only() -> None:
    config = load_config()
    assert (config.host, config.port) == ("127.0.0.1", 8470)
    assert config.origin() == "http://127.0.0.1:8470"
    assert config.authority() == "127.0.0.1:8470"


def test_an_option_goes_before_the_environment_and_that_before_the_file(tmp_path: Path) -> None:
    file = tmp_path / "motp.toml"
    file.write_text('port = 1\nname = "from file"\notp_period = 60\n', "utf-8")
    environment = {"MOTP_VERIFIER_PORT": "2", "MOTP_VERIFIER_OTP_PERIOD": "30", "HOME": "/"}
    config = load_config(file, environment, {"port": 3, "host": None})
    assert (config.port, config.otp_period, config.name) == (3, 30, "from file")


def test_a_variable_names_the_file_for_commands_that_are_given_none(tmp_path: Path) -> None:
    file = tmp_path / "motp.toml"
    file.write_text(f'data_dir = "{tmp_path / "data"}"\n', "utf-8")
    run = CliRunner(env={"MOTP_VERIFIER_CONFIG": str(file)}).invoke(main, ["migrate"])
    assert run.output == f"{tmp_path / 'data' / 'motp.sqlite3'} is up to date.\n"
    assert load_config(environment={"MOTP_VERIFIER_CONFIG": str(file)}) == load_config()


def test_a_secret_can_lie_in_a_file_of_its_own(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("s3cret\n", "utf-8")
    config = load_config(environment={"MOTP_VERIFIER_SOLAPI_API_SECRET_FILE": str(secret)})
    assert config.solapi_api_secret == "s3cret"
    assert "s3cret" not in repr(config)


def test_the_master_key_s_file_is_a_setting_and_not_a_secret(tmp_path: Path) -> None:
    path = tmp_path / "key"
    config = load_config(environment={"MOTP_VERIFIER_MASTER_KEY_FILE": str(path)})
    assert config.master_keys() == path


def test_several_networks_are_a_list_in_the_file_and_parted_by_commas_elsewhere(
    tmp_path: Path,
) -> None:
    file = tmp_path / "motp.toml"
    file.write_text('trusted_proxies = ["10.0.0.0/8", "::1"]\n', "utf-8")
    environment = {"MOTP_VERIFIER_TRUSTED_PROXIES": "10.0.0.0/8, ::1,"}
    assert load_config(file).addresses() == load_config(environment=environment).addresses()
    assert load_config(file).trusted_proxies == ("10.0.0.0/8", "::1")


PORTONE = {
    "identity": "portone",
    "portone_api_secret": "s",
    "portone_store_id": "i",
    "portone_channel_key": "k",
}


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"port": "70000"}, "port"),
        ({"port": "x"}, "port"),
        ({"otp_period": "45"}, "otp_period"),
        ({"pin_min": "3"}, "pin_min"),
        ({"pin_min": "7", "pin_max": "5"}, "pin_min"),
        ({"copy_code": "maybe"}, "copy_code"),
        ({"colour": "red"}, "colour: there is no such setting"),
        ({"messages": "pigeon"}, "messages"),
        ({"messages": "solapi"}, "solapi_api_key: is needed"),
        ({"host": "0.0.0.0"}, "plain HTTP"),
        ({"host": "otp.example.kr"}, "plain HTTP"),
        ({"public_origin": "otp.example.kr"}, "public_origin"),
        ({"public_origin": "https://otp.example.kr/path"}, "public_origin"),
        ({"public_origin": "https://user@otp.example.kr"}, "public_origin"),
        ({"public_origin": "https://otp.example.kr:x"}, "public_origin"),
        ({"public_origin": "http://otp.example.kr"}, "https"),
        ({"name": ""}, "name"),
        ({"messages_per_day": "0"}, "messages_per_day"),
        ({"trusted_proxies": "10.0.0.0/8, proxy"}, "trusted_proxies: 'proxy' is not a network"),
        ({"trusted_proxies": "10.0.0.1/8"}, "trusted_proxies: '10.0.0.1/8'"),
        ({"proxy_header": "x-real-ip"}, "proxy_header"),
        ({"consent_version": "2026/12"}, "consent_version"),
        ({"retention_withdrawn_days": "5"}, "promises 4 days at most"),
        ({"retention_address_days": "91"}, "retention_address_days: the built-in consent"),
        (PORTONE | {"consent_version": "2026-12"}, "does not name the identity agency"),
    ],
)
def test_a_wrong_setting_is_named(settings: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        load_config(overrides=settings)
    environment = {f"MOTP_VERIFIER_{name.upper()}": value for name, value in settings.items()}
    with pytest.raises(ConfigError, match=message):
        load_config(environment=environment)


def test_whoever_writes_the_consent_may_keep_longer(tmp_path: Path) -> None:
    settings = {"retention_address_days": "180", "consent_version": "our-1"}
    config = load_config(overrides=PORTONE | settings | {"consent_dir": str(tmp_path)})
    assert config.consent_in_force() == "our-1"


def test_the_built_in_consent_names_the_identity_agency_where_one_is_asked() -> None:
    assert load_config().consent_in_force() == "2026-12"
    assert load_config(overrides=PORTONE).consent_in_force() == "2026-12-identity"
    assert load_config(overrides={"identity": "outbox"}).consent_in_force() == "2026-12-identity"


def test_a_setting_of_another_type_in_the_file_is_named(tmp_path: Path) -> None:
    file = tmp_path / "motp.toml"
    file.write_text('port = "8470"', "utf-8")
    with pytest.raises(ConfigError, match=r"motp\.toml: port"):
        load_config(file)


def test_a_file_that_is_missing_or_no_toml_is_named(tmp_path: Path) -> None:
    file = tmp_path / "motp.toml"
    with pytest.raises(ConfigError, match="No such file"):
        load_config(file)
    for content in (b"port =", b"\xff\xfe"):
        file.write_bytes(content)
        with pytest.raises(ConfigError, match=r"motp\.toml"):
            load_config(file)


@pytest.mark.parametrize(
    ("origin", "authority"),
    [
        ("https://OTP.Example.kr", "otp.example.kr"),
        ("https://otp.example.kr:443/", "otp.example.kr"),
        ("https://otp.example.kr:8443", "otp.example.kr:8443"),
        ("http://[::1]:80", "[::1]"),
    ],
)
def test_the_authority_is_written_as_devices_sign_it(origin: str, authority: str) -> None:
    assert load_config(overrides={"public_origin": origin}).authority() == authority


def test_the_origin_follows_the_port_that_was_taken() -> None:
    assert with_port(load_config(), 1234).origin() == "http://127.0.0.1:1234"
    fixed = load_config(overrides={"public_origin": "https://otp.example.kr"})
    assert with_port(fixed, 1234).origin() == "https://otp.example.kr"


def test_plain_http_can_be_allowed_knowingly() -> None:
    settings = {"host": "0.0.0.0", "allow_plain_http": "true"}
    assert load_config(overrides=settings).host == "0.0.0.0"
