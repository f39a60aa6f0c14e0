"""What this PC must have before Qt is started: Qt itself would abort without a clear word."""

import ctypes
import sys
from collections.abc import Mapping

# Debian's names. Qt's own message blames libxcb-cursor0 whichever of them is missing.
_ALWAYS = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
}
_X11 = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}


def has_display(environ: Mapping[str, str], platform: str = sys.platform) -> bool:
    """Whether there is a display, or a platform plugin that was chosen knowingly."""
    if not platform.startswith("linux"):
        return True
    return any(environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def missing_packages(environ: Mapping[str, str], platform: str = sys.platform) -> list[str]:
    """The Debian packages whose libraries Qt needs and does not find; empty where all is well."""
    if not platform.startswith("linux"):
        return []
    chosen = environ.get("QT_QPA_PLATFORM", "")
    is_x11 = chosen.startswith("xcb") if chosen else not environ.get("WAYLAND_DISPLAY")
    needed = _ALWAYS | _X11 if is_x11 else _ALWAYS
    return [package for library, package in needed.items() if not _loads(library)]


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
