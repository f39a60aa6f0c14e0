"""Of Qt's libraries those that the app uses: two thirds are for programs of another kind."""

import re
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

# Loaded by name at run time, so that nothing links to them.
PLUGINS = (
    "iconengines/libqsvgicon.so",
    "imageformats/libqsvg.so",
    "platforminputcontexts/libcomposeplatforminputcontextplugin.so",
    "platforminputcontexts/libibusplatforminputcontextplugin.so",
    "platforms/libqoffscreen.so",
    "platforms/libqwayland.so",
    "platforms/libqxcb.so",
    "platformthemes/libqxdgdesktopportal.so",
    "wayland-decoration-client/libadwaita.so",
    "wayland-decoration-client/libbradient.so",
    "wayland-graphics-integration-client/libqt-plugin-wayland-egl.so",
    "wayland-shell-integration/libxdg-shell.so",
    "xcbglintegrations/libqxcb-egl-integration.so",
    "xcbglintegrations/libqxcb-glx-integration.so",
)
TRANSLATIONS = ("qtbase_ko.qm", "qtbase_en.qm")

_MODULE = re.compile(r"\bPySide6(?:\.| import )(Qt\w+(?:, Qt\w+)*)")
_NEEDED = re.compile(r"^\s*NEEDED\s+(\S+)$", re.MULTILINE)


def keep_what_is_used(pyside: Path, app: Path) -> None:
    """Take all but the modules that the app's sources name, and what these need, from PySide6."""
    modules = [pyside / f"{name}.abi3.so" for name in modules_of(app)]
    plugins = [pyside / "Qt/plugins" / name for name in PLUGINS]
    libraries = _needed([*modules, *plugins], _by_name(pyside))
    translations = [pyside / "Qt/translations" / name for name in TRANSLATIONS]
    python = pyside.glob("*.py")
    kept = {*modules, *plugins, *libraries, *translations, *python, *pyside.glob("support/**/*.py")}
    missing = [path for path in kept if not path.is_file()]
    if missing:
        raise FileNotFoundError(f"PySide6 has no {missing[0].relative_to(pyside)} any more")
    for path in [path for path in pyside.rglob("*") if path.is_file() or path.is_symlink()]:
        if path not in kept:
            path.unlink()
    for folder in sorted((path for path in pyside.rglob("*") if path.is_dir()), reverse=True):
        if not any(folder.iterdir()):
            shutil.rmtree(folder)


def modules_of(app: Path) -> set[str]:
    """The modules of PySide6 that sources name."""
    return {
        name
        for path in app.rglob("*.py")
        for found in _MODULE.finditer(path.read_text("utf-8"))
        for name in found[1].split(", ")
    }


def _by_name(pyside: Path) -> dict[str, Path]:
    return {path.name: path for path in pyside.rglob("*.so*")}


def _needed(begin: Iterable[Path], known: dict[str, Path]) -> set[Path]:
    found: set[Path] = set()
    ahead = list(begin)
    while ahead:
        told = subprocess.run(
            ["objdump", "-p", str(ahead.pop())], capture_output=True, text=True, check=True
        ).stdout
        more = {known[name] for name in _NEEDED.findall(told) if name in known} - found
        found |= more
        ahead += more
    return found
