"""Settings: read once at the start, each from the first place that has it.

1. what an administrator locked; 2. the command line; 3. what the person chose in the window;
4. `MOTP_DESKTOP_…` variables; 5. a TOML file; 6. what an administrator suggests; 7. the default.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from motp_desktop.services.adapters.setting_values import NAMES, SettingsError, read_choices
from motp_desktop.services.settings import Choices, Managed, ProxyChoice, Theme
from motp_protocol.fields import Language

__all__ = ["Settings", "SettingsError", "load_settings"]

APP_NAME = "motp-desktop"
ENVIRONMENT_PREFIX = "MOTP_DESKTOP_"
DEFAULT_VERIFIER_ORIGIN = "http://127.0.0.1:8470"

_NAMES = (*NAMES, "data_dir")


@dataclass(frozen=True, slots=True)
class Settings:
    """How this installation is set up; `verifier_origin` is in its normal spelling.

    `text_percent` is 100 to 200. `auto_lock_seconds` shortens the verifier's policy, where it
    is given. `managed` is what an administrator decided, and `given` what the command line did;
    `faults` name what the person chose and could not be used.
    """

    verifier_origin: str
    data_dir: Path
    language: Language = "ko"
    theme: Theme = "system"
    text_percent: int = 100
    proxy: ProxyChoice = field(default_factory=ProxyChoice)
    auto_lock_seconds: int | None = None
    managed: Managed = field(default_factory=Managed)
    given: Choices = field(default_factory=Choices)
    faults: tuple[str, ...] = ()

    def values(self) -> Choices:
        """All that can be chosen, as it holds."""
        return Choices(
            language=self.language,
            theme=self.theme,
            text_percent=self.text_percent,
            verifier_origin=self.verifier_origin,
            proxy=self.proxy,
            auto_lock_seconds=self.auto_lock_seconds,
        )

    def with_choices(self, person: Choices) -> "Settings":
        """The same with what the person chose, but for what is locked or was given."""
        chosen = self.managed.locked.over(self.given).over(person)
        return replace(
            self,
            verifier_origin=chosen.verifier_origin or self.verifier_origin,
            language=chosen.language or self.language,
            theme=chosen.theme or self.theme,
            text_percent=chosen.text_percent or self.text_percent,
            proxy=chosen.proxy or self.proxy,
            auto_lock_seconds=chosen.auto_lock_seconds or self.auto_lock_seconds,
        )


def load_settings(
    environ: Mapping[str, str],
    config_file: Path | None = None,
    *,
    managed: Managed | None = None,
    given: Choices | None = None,
    data_dir: Path | None = None,
) -> Settings:
    """All but what the person chose, which lies in the data folder. Raises SettingsError.

    The file is `config_file`, else what `MOTP_DESKTOP_CONFIG` names, else `config.toml` in
    the user's folder for configuration, which need not exist. `given` and `data_dir` are the
    command line's.
    """
    decided = managed or Managed()
    named = environ.get(f"{ENVIRONMENT_PREFIX}CONFIG")
    chosen = config_file or (Path(named) if named else None)
    path = chosen or _default_config_file()
    in_file = _read_file(path, must_exist=chosen is not None)
    in_environment = {
        name: environ[variable]
        for name in _NAMES
        if environ.get(variable := ENVIRONMENT_PREFIX + name.upper())
    }
    folder = data_dir or _folder(in_environment.get("data_dir") or in_file.pop("data_dir", None))
    in_file.pop("data_dir", None)
    below = _from_environment(in_environment).over(read_choices(in_file, f"{path}: "))
    base = Settings(DEFAULT_VERIFIER_ORIGIN, folder).with_choices(below.over(decided.default))
    return replace(base, managed=decided, given=given or Choices()).with_choices(Choices())


def _from_environment(values: Mapping[str, str]) -> Choices:
    choices = Choices()
    for name, text in values.items():
        if name != "data_dir":
            variable = ENVIRONMENT_PREFIX + name.upper()
            choices = read_choices({name: text}, f"{variable}: ").over(choices)
    return choices


def _read_file(path: Path, *, must_exist: bool) -> dict[str, object]:
    try:
        content = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError as error:
        if must_exist:
            raise SettingsError(f"{path}: there is no such file") from error
        return {}
    except (OSError, ValueError) as error:
        raise SettingsError(f"{path}: {error}") from error
    for name in content:
        if name not in _NAMES:
            raise SettingsError(f"{path}: {name} is not a setting; there are {', '.join(_NAMES)}")
    if not isinstance(content.get("data_dir", ""), str):
        raise SettingsError(f"{path}: data_dir is not text")
    return content


def _folder(named: object) -> Path:
    if isinstance(named, str):
        return Path(named).expanduser().absolute()
    import platformdirs  # noqa: PLC0415 - only where the folder is not named

    return platformdirs.user_data_path(APP_NAME, appauthor=False)


def _default_config_file() -> Path:
    import platformdirs  # noqa: PLC0415 - only where the file is not named

    return platformdirs.user_config_path(APP_NAME, appauthor=False) / "config.toml"


def is_default_folder(settings: Settings) -> bool:
    """Whether the data are where they are for whoever names no other place."""
    return settings.data_dir == _folder(None)
