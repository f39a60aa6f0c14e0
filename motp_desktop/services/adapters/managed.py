"""What an administrator decided for everybody on this PC.

Linux: `/etc/motp-desktop/managed.toml`; macOS: the property list that a configuration profile
writes; Windows: the registry's policies. All three hold a `reason`, and the settings under
`locked` and under `default`.
"""

import importlib
import os
import plistlib
import stat
import sys
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeAlias

from motp_desktop.services.adapters.setting_values import SettingsError, read_choices
from motp_desktop.services.settings import Managed

LINUX_FILE = Path("/etc/motp-desktop/managed.toml")
MACOS_FILE = Path("/Library/Managed Preferences/motp-desktop.plist")
WINDOWS_KEY = r"SOFTWARE\Policies\motp-desktop"

_SECTIONS = ("locked", "default")
_LONGEST_REASON = 300
_LARGEST = 64 * 1024

Found: TypeAlias = Mapping[str, object] | None


def load_managed(platform: str = sys.platform) -> Managed:
    """What is decided on this system, or nothing. Raises SettingsError.

    A file or key that is there but cannot be used is an error, never a reason to go on
    without it: what it forbids would be allowed.
    """
    if platform == "win32":
        return managed_from(rf"HKLM\{WINDOWS_KEY}", lambda: read_registry(_open_registry_key))
    if platform == "darwin":
        return managed_from(str(MACOS_FILE), lambda: read_managed_file(MACOS_FILE))
    return managed_from(str(LINUX_FILE), lambda: read_managed_file(LINUX_FILE))


def managed_from(source: str, read: Callable[[], Found]) -> Managed:
    """What `read` finds, checked; `source` names it in messages. Raises SettingsError."""
    try:
        found = read()
    except (OSError, ValueError) as error:
        if isinstance(error, SettingsError):
            raise
        raise SettingsError(f"{source}: {error}") from error
    if found is None:
        return Managed()
    for name, value in found.items():
        if name not in {*_SECTIONS, "reason"}:
            raise SettingsError(f"{source}: {name} is not known; there are reason, locked, default")
        if (name in _SECTIONS) != isinstance(value, Mapping):
            raise SettingsError(f"{source}: {name} is not of its kind")
    reason = found.get("reason", "")
    if not isinstance(reason, str) or len(reason) > _LONGEST_REASON:
        raise SettingsError(f"{source}: reason is a text of at most {_LONGEST_REASON} letters")
    return Managed(
        locked=read_choices(_section(found, "locked"), f"{source}: locked."),
        default=read_choices(_section(found, "default"), f"{source}: default."),
        reason=reason.strip(),
        source=source,
    )


def read_managed_file(path: Path, owner: int = 0) -> Found:
    """What a file of TOML or a property list says, or None where there is none.

    It decides for everybody, so it must be `owner`'s, and nobody else's to write; so must its
    folder be. Raises SettingsError, OSError and ValueError.
    """
    try:
        with path.open("rb") as file:
            for each in (os.fstat(file.fileno()), path.parent.stat()):
                _check_owner(path, each, owner)
            content = file.read(_LARGEST)
    except (FileNotFoundError, NotADirectoryError):
        return None
    if path.suffix == ".plist":
        try:
            found = plistlib.loads(content)
        except Exception as error:  # a broken list raises what its parser does, of many kinds
            raise SettingsError(f"{path}: not a property list") from error
        if not isinstance(found, dict):
            raise SettingsError(f"{path}: not a dictionary")
        return found
    return tomllib.loads(content.decode("utf-8"))


RegistryKey: TypeAlias = "Callable[[str], Mapping[str, object] | None]"


def read_registry(open_key: RegistryKey) -> Found:
    """What the registry says; `open_key` gives the values of a key, or None without it."""
    top = open_key(WINDOWS_KEY)
    if top is None:
        return None
    found: dict[str, object] = {name: value for name, value in top.items() if name}
    for name in _SECTIONS:
        values = open_key(rf"{WINDOWS_KEY}\{name}")
        if values is not None:
            found[name] = {key: value for key, value in values.items() if key}
    return found


def _section(found: Mapping[str, object], name: str) -> Mapping[str, object]:
    values = found.get(name)
    return values if isinstance(values, Mapping) else {}


def _check_owner(path: Path, found: os.stat_result, owner: int) -> None:
    if os.name == "nt":
        return
    is_open_to_others = found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    if found.st_uid != owner or is_open_to_others:
        raise SettingsError(
            f"{path}: others than the administrator can write this file or its folder; "
            "both must belong to root, with the modes 644 and 755"
        )


def _open_registry_key(name: str) -> Mapping[str, object] | None:
    winreg = importlib.import_module("winreg")  # there on Windows alone
    access = winreg.KEY_READ | winreg.KEY_WOW64_64KEY
    try:
        key = winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, name, 0, access)
    except FileNotFoundError:
        return None
    with key:
        count = winreg.QueryInfoKey(key)[1]
        entries = [winreg.EnumValue(key, number) for number in range(count)]
        return {value_name: value for value_name, value, _ in entries}
