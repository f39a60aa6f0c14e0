"""Having the system open `motp://` links with this app, for this user alone.

On macOS the bundle's Info.plist (`CFBundleURLTypes`) declares it, and nothing is to be done.
Sources: Desktop Entry Specification 1.5 and MIME Application Associations 1.0.1 of
freedesktop.org; "Registering an Application to a URI Scheme" in Microsoft's documentation.
"""

import subprocess
from collections.abc import Sequence
from pathlib import Path

from motp_desktop.services.adapters.autostart import Registry, told_as_storage_errors
from motp_desktop.services.adapters.desktop_entry import (
    APP_ID,
    FILE_NAME,
    exec_line,
    write_entry,
)
from motp_desktop.services.adapters.links import SCHEME
from motp_desktop.services.adapters.private_file import write_private

MIME_TYPE = f"x-scheme-handler/{SCHEME}"
_DEFAULTS = "[Default Applications]"

# What follows is an argument, whatever it looks like: a link may hold anything.
_OPEN = ("open", "--")


class XdgLinkHandler:
    """Implements `ports.LinkHandler` by a desktop entry and the user's `mimeapps.list`.

    `system_data` are the folders of all users (`XDG_DATA_DIRS`): where a package put an entry
    there, the user needs none, and one of the user's would hide it from the menu.
    """

    def __init__(
        self,
        data_home: Path,
        config_home: Path,
        command: Sequence[str],
        system_data: Sequence[Path] = (),
    ) -> None:
        self._entry = data_home / "applications" / FILE_NAME
        self._of_system = [folder / "applications" / FILE_NAME for folder in system_data]
        self._associations = config_home / "mimeapps.list"
        self._command = command

    def register(self) -> None:
        """See LinkHandler. Another program that the person chose for these links is kept."""
        with told_as_storage_errors():
            if any(entry.is_file() for entry in self._of_system):
                self._entry.unlink(missing_ok=True)
            else:
                self._write_entry()
            before = self._read()
            after = with_default(before, MIME_TYPE, FILE_NAME)
            if after != before:
                self._associations.parent.mkdir(parents=True, exist_ok=True)
                write_private(self._associations, after)

    def _write_entry(self) -> None:
        write_entry(
            self._entry,
            {
                "Type": "Application",
                "Name": "원격훈련 mOTP",
                "Name[en]": "Training mOTP",
                "Icon": APP_ID,
                "Exec": exec_line(self._command, *_OPEN, "%u"),
                "Terminal": "false",
                "Categories": "Utility;Security;",
                "MimeType": f"{MIME_TYPE};",
                "StartupWMClass": APP_ID,
                "NoDisplay": "true",
            },
        )

    def _read(self) -> str:
        try:
            return self._associations.read_text("utf-8")
        except FileNotFoundError:
            return ""


class RegistryLinkHandler:
    """Implements `ports.LinkHandler` by `HKEY_CURRENT_USER\\Software\\Classes\\motp`."""

    def __init__(self, registry: Registry, command: Sequence[str]) -> None:
        self._registry = registry
        self._command = command

    def register(self) -> None:
        """See LinkHandler."""
        key = rf"Software\Classes\{SCHEME}"
        line = subprocess.list2cmdline([*self._command, *_OPEN]) + ' "%1"'
        with told_as_storage_errors():
            for path, name, value in (
                (key, "", f"URL:{SCHEME}"),
                (key, "URL Protocol", ""),
                (rf"{key}\shell\open\command", "", line),
            ):
                if self._registry.get(path, name) != value:
                    self._registry.set(path, name, value)


class NoLinkHandler:
    """For systems that are told in another way."""

    def register(self) -> None:
        """See LinkHandler."""


def with_default(associations: str, mime_type: str, entry: str) -> str:
    """A `mimeapps.list` that names an entry for a type, unless it names one already.

    All else stays as it is, comments and unknown lines included.
    """
    lines = associations.splitlines()
    start = next((n for n, line in enumerate(lines) if line.strip() == _DEFAULTS), None)
    if start is None:
        gap = [""] if lines and lines[-1].strip() else []
        return "\n".join([*lines, *gap, _DEFAULTS, f"{mime_type}={entry}"]) + "\n"
    for line in lines[start + 1 :]:
        if line.lstrip().startswith("["):
            break
        name, is_pair, value = line.partition("=")
        if is_pair and name.strip() == mime_type and value.strip().strip(";"):
            return associations
    return "\n".join([*lines[: start + 1], f"{mime_type}={entry}", *lines[start + 1 :]]) + "\n"
