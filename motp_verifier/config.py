"""The verifier's settings, read once.

A TOML file gives them by name; an environment variable `MOTP_VERIFIER_<NAME>` goes before
the file, and a command-line option before both. `MOTP_VERIFIER_<NAME>_FILE` names a file
that holds the value, for secrets.
"""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

import msgspec
from msgspec import Meta

from motp_protocol.fields import ShortText
from motp_verifier.http.client_address import ClientAddresses, ProxyHeader, read_networks
from motp_verifier.resource_files import resource_folder
from motp_verifier.services.origins import (
    DEFAULT_PORTS,
    check_page_origin,
    is_loopback,
    read_origin,
)
from motp_verifier.services.policy import Policy
from motp_verifier.services.retention.policy import RetentionPolicy
from motp_verifier.services.send_limits import Limits
from motp_verifier.services.site_policy.reading import RATE
from motp_verifier.store.location import Database, PostgresDatabase, SqliteFile

ENVIRONMENT_PREFIX = "MOTP_VERIFIER_"
CONFIG_VARIABLE = f"{ENVIRONMENT_PREFIX}CONFIG"
"""Names the file where a command is not given one: no setting itself."""
_Count = Annotated[int, Meta(ge=1, le=10**9)]
_Rate = Annotated[str, Meta(pattern=rf"\A{RATE.pattern}\Z")]
_Link = Annotated[str, Meta(max_length=500, pattern=r"\A(?:https://[\x21-\x7e]+)?\Z")]
_Days = Annotated[int, Meta(ge=30, le=3650)]
_Seconds = Annotated[float, Meta(ge=0.1, le=3600)]
_PinLength = Annotated[int, Meta(ge=4, le=8)]

BUILT_IN_CONSENT = "2026-12"
IDENTITY_CONSENT = "2026-12-identity"
"""The same with the identity agency, and what is passed on to it."""

_PROMISED_DAYS = {
    "retention_withdrawn_days": 4,
    "retention_unused_days": 1095,
    "retention_verification_days": 1095,
    "retention_address_days": 90,
    "retention_audit_days": 1095,
}


class ConfigError(Exception):
    """A setting is wrong. The message names it and never shows a secret's value."""


class Config(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All settings. Times are in seconds.

    `public_origin` is where devices reach the verifier (`https://otp.example.kr`): what
    they sign holds its authority. `port` 0 picks a free one.
    """

    host: str = "127.0.0.1"
    port: Annotated[int, Meta(ge=0, le=65535)] = 8470
    workers: Annotated[int, Meta(ge=1, le=256)] = 1
    data_dir: str = "motp-data"
    database_url: str = ""
    database_connections: Annotated[int, Meta(ge=1, le=500)] = 8
    public_origin: str = ""
    allow_plain_http: bool = False
    tls_cert_file: str = ""
    tls_key_file: str = ""
    name: ShortText = "mOTP"
    master_key_file: str = ""
    otp_period: Literal[30, 60] = 30
    pin_min: _PinLength = 4
    pin_max: _PinLength = 8
    auto_lock_seconds: Annotated[int, Meta(ge=10, le=3600)] = 120
    copy_code: bool = True
    always_on_top: bool = True
    hide_code: bool = False
    consent_version: Annotated[str, Meta(pattern=r"\A[A-Za-z0-9_-]{0,64}\Z")] = ""
    consent_dir: str = ""
    policy_dir: str = ""
    site_requests: _Rate = "300000/minute"
    site_failures: _Rate = "10000/minute"
    staff_sign_ins: _Rate = "30/minute"
    staff_requests: _Rate = "600/minute"
    app_newest: ShortText = "0.1.0"
    app_oldest: ShortText = "0.1.0"
    install_url: _Link = ""
    help_url: _Link = ""
    allowed_origins: tuple[str, ...] = ()
    trusted_proxies: tuple[str, ...] = ()
    proxy_header: ProxyHeader = "x-forwarded-for"
    messages: Literal["outbox", "solapi"] = "outbox"
    messages_per_number: _Count = 5
    messages_per_device: _Count = 10
    messages_per_address: _Count = 500
    messages_per_day: _Count = 10_000
    identity: Literal["none", "outbox", "portone"] = "none"
    portone_api_secret: str = ""
    portone_store_id: str = ""
    portone_channel_key: str = ""
    portone_test_channel: bool = False
    portone_base_url: str = ""
    outbox_file: str = ""
    solapi_api_key: str = ""
    solapi_api_secret: str = ""
    solapi_sender: str = ""
    solapi_base_url: str = ""
    retention_withdrawn_days: Annotated[int, Meta(ge=0, le=30)] = 0
    retention_unused_days: _Days = 1095
    retention_verification_days: _Days = 1095
    retention_address_days: Annotated[int, Meta(ge=1, le=3650)] = 90
    # Access by staff is to be shown for a year at least.
    retention_audit_days: Annotated[int, Meta(ge=365, le=3650)] = 1095
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    believe_request_id: bool = False
    metrics_host: str = "127.0.0.1"
    metrics_port: Annotated[int, Meta(ge=0, le=65535)] = 0
    metrics_token_file: str = ""
    drain_seconds: Annotated[int, Meta(ge=0, le=300)] = 0
    connections: Annotated[int, Meta(ge=10, le=100_000)] = 2000
    worker_silence_seconds: _Seconds = 20
    idle_seconds: _Seconds = 15
    head_seconds: _Seconds = 10
    body_seconds: _Seconds = 20

    def __repr__(self) -> str:
        return f"<Config for {self.origin()}>"

    def origin(self) -> str:
        """The public origin: as set, or that of the address on which the server listens."""
        if self.public_origin:
            return self.public_origin.rstrip("/").lower()
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'https' if self.tls_cert_file else 'http'}://{host}:{self.port}"

    def authority(self) -> str:
        """Host and port as devices sign them (RFC 9421 §2.2.3): no default port."""
        parts = urlsplit(self.origin())
        if parts.port == DEFAULT_PORTS[parts.scheme]:
            return parts.netloc.rpartition(":")[0]
        return parts.netloc

    def data_folder(self) -> Path:
        """Where the database, the outbox and, by default, the master key are."""
        return Path(self.data_dir).expanduser()

    def database(self) -> Database:
        """Where the rows are: in PostgreSQL where that is set, else in the data folder."""
        if self.database_url:
            return PostgresDatabase(self.database_url, self.database_connections)
        return SqliteFile(self.data_folder() / "motp.sqlite3")

    def master_keys(self) -> Path:
        """The master key file."""
        if self.master_key_file:
            return Path(self.master_key_file).expanduser()
        return self.data_folder() / "master.key"

    def outbox(self) -> Path:
        """The file that takes messages instead of phones."""
        if self.outbox_file:
            return Path(self.outbox_file).expanduser()
        return self.data_folder() / "outbox.jsonl"

    def consent_folder(self) -> Path:
        """Where the consent documents are."""
        return Path(self.consent_dir) if self.consent_dir else resource_folder("consents")

    def consent_in_force(self) -> str:
        """The version of the consent document: as set, or the built-in one that tells enough.

        Another answer than before asks everybody who is registered for a new consent.
        """
        if self.consent_version:
            return self.consent_version
        return BUILT_IN_CONSENT if self.identity == "none" else IDENTITY_CONSENT

    def policy_folder(self) -> Path | None:
        """Where institutions' policies are, or None where all have the default one."""
        return Path(self.policy_dir).expanduser() if self.policy_dir else None

    def policy(self) -> Policy:
        """What the services need of the settings."""
        return Policy(
            otp_period=self.otp_period,
            auto_lock_seconds=self.auto_lock_seconds,
            copy_code=self.copy_code,
            always_on_top=self.always_on_top,
            hide_code=self.hide_code,
        )

    def limits(self) -> Limits:
        """How many identity messages may leave in a day."""
        return Limits(
            number=self.messages_per_number,
            device=self.messages_per_device,
            address=self.messages_per_address,
            total=self.messages_per_day,
        )

    def retention(self) -> RetentionPolicy:
        """How long things are kept."""
        return RetentionPolicy(
            withdrawn_days=self.retention_withdrawn_days,
            unused_days=self.retention_unused_days,
            verification_days=self.retention_verification_days,
            address_days=self.retention_address_days,
            audit_days=self.retention_audit_days,
        )

    def addresses(self) -> ClientAddresses:
        """How the addresses of clients are found. Raises ConfigError."""
        try:
            return ClientAddresses(read_networks(self.trusted_proxies), self.proxy_header)
        except ValueError as error:
            raise ConfigError(f"trusted_proxies: {error}") from None


def load_config(
    file: Path | None = None,
    environment: Mapping[str, str] | None = None,
    overrides: Mapping[str, Any] | None = None,
) -> Config:
    """The settings of a file, the environment and the command line. Raises ConfigError.

    Overrides that are None are left out.
    """
    values: dict[str, Any] = {}
    if file is not None:
        values |= _convert(_read_toml(file), f"{file}: ", strict=True)
    # What a variable or an option gives is text.
    values |= _convert(_from_environment(environment or {}), ENVIRONMENT_PREFIX, strict=False)
    given = {key: value for key, value in (overrides or {}).items() if value is not None}
    values |= _convert(given, "--", strict=False)
    config = Config(**values)
    _check(config)
    return config


def with_port(config: Config, port: int) -> Config:
    """The same settings for the port that was really taken."""
    return msgspec.structs.replace(config, port=port)


def _convert(values: dict[str, Any], where: str, *, strict: bool) -> dict[str, Any]:
    known = msgspec.structs.fields(Config)
    types = {each.name: each.type for each in known}
    converted = {}
    for name, value in values.items():
        if name not in types:
            raise ConfigError(f"{where}{name}: there is no such setting")
        try:
            converted[name] = msgspec.convert(
                _split(value, types[name]), types[name], strict=strict
            )
        except msgspec.ValidationError as error:
            raise ConfigError(f"{where}{name}: {error}") from None
    return converted


def _split(value: Any, kind: Any) -> Any:
    """Several values in one text are parted by commas."""
    if kind != tuple[str, ...] or not isinstance(value, str):
        return value
    return [each.strip() for each in value.split(",") if each.strip()]


def _read_toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except OSError as error:
        raise ConfigError(f"{file}: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{file}: {error}") from error


def _from_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    known = {each.name for each in msgspec.structs.fields(Config)}
    values = {}
    for variable, value in environment.items():
        if not variable.startswith(ENVIRONMENT_PREFIX) or variable == CONFIG_VARIABLE:
            continue
        name = variable.removeprefix(ENVIRONMENT_PREFIX).lower()
        if name.removesuffix("_file") in known and name not in known:
            try:
                values[name.removesuffix("_file")] = Path(value).read_text("utf-8").strip()
            except (OSError, UnicodeDecodeError) as error:
                raise ConfigError(f"{variable}: cannot read {value}") from error
        else:
            values[name] = value
    return values


def _check(config: Config) -> None:
    if config.pin_min > config.pin_max:
        raise ConfigError("pin_min: is greater than pin_max")
    _check_listening(config)
    _check_origin(config)
    _check_allowed_origins(config)
    config.addresses()
    if config.database_url and not config.database_url.startswith("postgresql://"):
        # The value stays unsaid: it may hold a password.
        raise ConfigError("database_url: is not of the form postgresql://user@host:port/name")
    _check_workers(config)
    if config.messages == "solapi":
        for name in ("solapi_api_key", "solapi_api_secret", "solapi_sender"):
            if not getattr(config, name):
                raise ConfigError(f"{name}: is needed where messages is solapi")
    if config.identity == "portone":
        for name in ("portone_api_secret", "portone_store_id", "portone_channel_key"):
            if not getattr(config, name):
                raise ConfigError(f"{name}: is needed where identity is portone")
    _check_consent(config)
    if config.identity == "outbox" and config.messages != "outbox":
        raise ConfigError("identity: outbox is a stand-in, for where messages is outbox too")


def _check_listening(config: Config) -> None:
    if bool(config.tls_cert_file) != bool(config.tls_key_file):
        given, other = ("cert", "key") if config.tls_cert_file else ("key", "cert")
        raise ConfigError(f"tls_{other}_file: is needed where tls_{given}_file is set")
    if not (config.allow_plain_http or config.tls_cert_file or is_loopback(config.host)):
        raise ConfigError(
            f"host: {config.host} is reachable from other machines, but the verifier speaks "
            "plain HTTP; give it a certificate (tls_cert_file, tls_key_file), put a TLS proxy in "
            "front of it on this machine, or set allow_plain_http"
        )
    if config.tls_cert_file and config.public_origin.lower().startswith("http:"):
        raise ConfigError("public_origin: is http, but the verifier speaks TLS; use https")


def _check_consent(config: Config) -> None:
    """What the built-in documents promise must be so; whoever wants it otherwise writes others."""
    if config.consent_dir:
        return
    for name, most in _PROMISED_DAYS.items():
        if getattr(config, name) > most:
            raise ConfigError(
                f"{name}: the built-in consent document promises {most} days at most; give one "
                "of your own in consent_dir"
            )
    if config.identity == "portone" and config.consent_in_force() != IDENTITY_CONSENT:
        raise ConfigError(
            "consent_version: does not name the identity agency, to which personal data go; "
            f"leave it out or use {IDENTITY_CONSENT}"
        )


def _check_workers(config: Config) -> None:
    if config.workers == 1:
        return
    if not config.database_url:
        raise ConfigError(
            "workers: more than one needs PostgreSQL (database_url), for two processes that "
            "write one SQLite file wait for each other and lose 90 % of what one does alone"
        )
    if not hasattr(os, "fork"):
        raise ConfigError("workers: more than one needs a system that can fork, which this is not")


def _check_origin(config: Config) -> None:
    try:
        parts = read_origin(config.origin())
    except ValueError as error:
        raise ConfigError(f"public_origin: {error}") from error
    if parts.scheme == "http" and not (
        is_loopback(parts.hostname or "") or config.allow_plain_http
    ):
        raise ConfigError("public_origin: plain http is only for this machine; use https")


def _check_allowed_origins(config: Config) -> None:
    for origin in config.allowed_origins:
        try:
            check_page_origin(origin)
        except ValueError as error:
            raise ConfigError(f"allowed_origins: {origin}: {error}") from error
