"""Settings as they stand in files, in the environment and in the registry: read strictly."""

from collections.abc import Mapping
from typing import TypeVar, get_args

from motp_desktop.services.adapters.origins import normalise_origin
from motp_desktop.services.adapters.proxies import normalise_proxy
from motp_desktop.services.settings import Choices, ProxyChoice, Theme
from motp_protocol.fields import Language

T = TypeVar("T")

NAMES = ("verifier_origin", "language", "theme", "text_percent", "proxy", "auto_lock_seconds")
LANGUAGES: tuple[Language, ...] = get_args(Language)
THEMES: tuple[Theme, ...] = get_args(Theme)
TEXT_RANGE = (100, 200)
LOCK_RANGE = (10, 3600)


class SettingsError(ValueError):
    """A setting cannot be used; the message says which, where, and what is expected."""


def read_choices(values: Mapping[str, object], where: str = "") -> Choices:
    """What these values set. Raises SettingsError for one that is unknown or no good.

    `where` is said before the name in messages; numbers may be text.
    """
    for name in values:
        if name not in NAMES:
            known = ", ".join(NAMES)
            raise SettingsError(f"{where}{name} is not a setting; there are {known}")
    return Choices(
        language=_one_of(values, "language", LANGUAGES, where),
        theme=_one_of(values, "theme", THEMES, where),
        text_percent=_number(values, "text_percent", TEXT_RANGE, where),
        verifier_origin=_origin(values, where),
        proxy=_proxy(values, where),
        auto_lock_seconds=_number(values, "auto_lock_seconds", LOCK_RANGE, where),
    )


def write_choices(choices: Choices) -> dict[str, str | int]:
    """The values that `read_choices` reads as these."""
    values: dict[str, str | int] = {}
    for name in choices.names:
        value = getattr(choices, name)
        values[name] = proxy_text(value) if isinstance(value, ProxyChoice) else value
    return values


def proxy_text(proxy: ProxyChoice) -> str:
    """A choice of proxy as one word: `system`, `none` or an address."""
    return proxy.address if proxy.mode == "manual" else proxy.mode


def read_proxy(text: str) -> ProxyChoice:
    """The choice that `proxy_text` writes so. Raises ValueError."""
    match text.strip():
        case "system":
            return ProxyChoice("system")
        case "none":
            return ProxyChoice("none")
        case address:
            return ProxyChoice("manual", normalise_proxy(address))


def _text(values: Mapping[str, object], name: str, where: str) -> str | None:
    value = values.get(name)
    if value is None or isinstance(value, str):
        return value
    raise SettingsError(f"{where}{name} is not text")


def _one_of(values: Mapping[str, object], name: str, known: tuple[T, ...], where: str) -> T | None:
    text = _text(values, name, where)
    if text is None:
        return None
    for each in known:
        if text == each:
            return each
    raise SettingsError(f"{where}{name}: {text!r} is not one of {', '.join(map(str, known))}")


def _number(
    values: Mapping[str, object], name: str, bounds: tuple[int, int], where: str
) -> int | None:
    value = values.get(name)
    if value is None:
        return None
    if isinstance(value, str) and value.isascii() and value.isdigit():
        value = int(value[:9])
    least, most = bounds
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise SettingsError(f"{where}{name}: a whole number from {least} to {most} is expected")
    return value


def _origin(values: Mapping[str, object], where: str) -> str | None:
    text = _text(values, "verifier_origin", where)
    try:
        return None if text is None else normalise_origin(text)
    except ValueError as error:
        raise SettingsError(f"{where}verifier_origin: {error}") from error


def _proxy(values: Mapping[str, object], where: str) -> ProxyChoice | None:
    text = _text(values, "proxy", where)
    try:
        return None if text is None else read_proxy(text)
    except ValueError as error:
        raise SettingsError(
            f"{where}proxy: system, none or an address is expected; {error}"
        ) from error
