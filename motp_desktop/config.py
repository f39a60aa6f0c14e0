"""Settings: read once at the start, from the environment and a TOML file."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from motp_desktop.services.adapters.origins import normalise_origin
from motp_protocol.fields import Language

APP_NAME = "motp-desktop"
ENVIRONMENT_PREFIX = "MOTP_DESKTOP_"
DEFAULT_VERIFIER_ORIGIN = "http://127.0.0.1:8470"

_NAMES = ("verifier_origin", "data_dir", "language")


class SettingsError(ValueError):
    """A setting cannot be used; the message says which, where, and what is expected."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How this installation is set up; `verifier_origin` is in its normal spelling."""

    verifier_origin: str
    data_dir: Path
    language: Language = "ko"


def load_settings(environ: Mapping[str, str], config_file: Path | None = None) -> Settings:
    """Settings from `MOTP_DESKTOP_…` variables, else from a TOML file, else the defaults.

    The file is `config_file`, else what `MOTP_DESKTOP_CONFIG` names, else `config.toml` in
    the user's folder for configuration, which need not exist. Raises SettingsError.
    """
    named = environ.get(f"{ENVIRONMENT_PREFIX}CONFIG")
    chosen = config_file or (Path(named) if named else None)
    values = _read_file(chosen or _default_config_file(), must_exist=chosen is not None)
    for name in _NAMES:
        variable = ENVIRONMENT_PREFIX + name.upper()
        if environ.get(variable):
            values[name] = (environ[variable], variable)
    return Settings(
        verifier_origin=_origin(values),
        data_dir=_data_dir(values),
        language=_language(values),
    )


def _read_file(path: Path, *, must_exist: bool) -> dict[str, tuple[str, str]]:
    """Each setting in the file, with where it stands."""
    try:
        content = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError as error:
        if must_exist:
            raise SettingsError(f"{path}: there is no such file") from error
        return {}
    except (OSError, ValueError) as error:
        raise SettingsError(f"{path}: {error}") from error
    values: dict[str, tuple[str, str]] = {}
    for name, value in content.items():
        if name not in _NAMES:
            raise SettingsError(f"{path}: {name} is not a setting; there are {', '.join(_NAMES)}")
        if not isinstance(value, str):
            raise SettingsError(f"{path}: {name} is not text")
        values[name] = (value, f"{path}: {name}")
    return values


def _origin(values: Mapping[str, tuple[str, str]]) -> str:
    text, where = values.get("verifier_origin", (DEFAULT_VERIFIER_ORIGIN, ""))
    try:
        return normalise_origin(text)
    except ValueError as error:
        raise SettingsError(f"{where}: {error}") from error


def _data_dir(values: Mapping[str, tuple[str, str]]) -> Path:
    if "data_dir" in values:
        return Path(values["data_dir"][0]).expanduser().absolute()
    import platformdirs  # noqa: PLC0415 - only where the folder is not named

    return platformdirs.user_data_path(APP_NAME, appauthor=False)


def _language(values: Mapping[str, tuple[str, str]]) -> Language:
    text, where = values.get("language", ("ko", ""))
    for language in get_args(Language):
        if text == language:
            return "ko" if text == "ko" else "en"
    raise SettingsError(f"{where}: {text!r} is not one of {', '.join(get_args(Language))}")


def _default_config_file() -> Path:
    import platformdirs  # noqa: PLC0415 - only where the file is not named

    return platformdirs.user_config_path(APP_NAME, appauthor=False) / "config.toml"
