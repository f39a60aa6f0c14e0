"""Which entries this system takes: for starting with the session, and for links."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from motp_desktop.services.adapters.autostart import LaunchAgent, RunKey, XdgAutostart
from motp_desktop.services.adapters.launching import launch_command
from motp_desktop.services.adapters.link_handler import (
    NoLinkHandler,
    RegistryLinkHandler,
    XdgLinkHandler,
)
from motp_desktop.services.adapters.windows_registry import CurrentUser
from motp_desktop.services.ports import Autostart, LinkHandler


@dataclass(frozen=True, slots=True)
class SessionEntries:
    """What the system knows of this app, for this user."""

    autostart: Autostart
    link_handler: LinkHandler


def session_entries(
    environ: Mapping[str, str] = os.environ, platform: str = sys.platform
) -> SessionEntries:
    """Those of this system; touches nothing yet."""
    command = launch_command()
    if platform == "win32":
        registry = CurrentUser()
        return SessionEntries(RunKey(registry, command), RegistryLinkHandler(registry, command))
    home = Path(environ.get("HOME") or Path.home())
    if platform == "darwin":
        return SessionEntries(LaunchAgent(home, command), NoLinkHandler())
    config_home = _folder(environ, "XDG_CONFIG_HOME", home / ".config")
    data_home = _folder(environ, "XDG_DATA_HOME", home / ".local" / "share")
    return SessionEntries(
        XdgAutostart(config_home, command),
        XdgLinkHandler(data_home, config_home, command, _system_data(environ)),
    )


def _system_data(environ: Mapping[str, str]) -> list[Path]:
    """The folders of data for all users, the more important first (as above)."""
    named = environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    return [folder for name in named.split(":") if (folder := Path(name)).is_absolute()]


def _folder(environ: Mapping[str, str], name: str, default: Path) -> Path:
    """A base folder; one that is not absolute is to be ignored (XDG Base Directory 0.8)."""
    given = Path(environ.get(name, ""))
    return given if given.is_absolute() else default
