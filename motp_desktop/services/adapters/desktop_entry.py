"""Desktop entries of freedesktop.org: the file that says how a program is started.

Source: Desktop Entry Specification 1.5, "The Exec key" and "Possible value types".
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from motp_desktop.services.adapters.private_file import write_private

APP_ID = "motp-desktop"
FILE_NAME = f"{APP_ID}.desktop"


def exec_line(command: Sequence[str], *more: str) -> str:
    """An `Exec` value; `more` are taken as they stand, such as the field code `%u`."""
    return " ".join([*map(_argument, command), *more])


def _argument(text: str) -> str:
    for reserved in ("\\", '"', "`", "$"):
        text = text.replace(reserved, "\\" + reserved)
    quoted = '"' + text.replace("%", "%%") + '"'
    # The value is a string too, in which a backslash is written as two.
    return quoted.replace("\\", "\\\\")


def write_entry(path: Path, values: Mapping[str, str]) -> None:
    """Write an entry, whole or not at all, and only where it changes. Raises OSError."""
    text = "\n".join(["[Desktop Entry]", *(f"{name}={value}" for name, value in values.items())])
    if _read(path) != text + "\n":
        path.parent.mkdir(parents=True, exist_ok=True)
        write_private(path, text + "\n")


def read_entry(path: Path) -> dict[str, str]:
    """The values of an entry's first group; none where there is no such file. Raises OSError."""
    values: dict[str, str] = {}
    for line in (_read(path) or "").splitlines():
        if line.startswith("[") and line != "[Desktop Entry]":
            break
        name, is_pair, value = line.partition("=")
        if is_pair and not line.startswith("#"):
            values[name.strip()] = value.strip()
    return values


def _read(path: Path) -> str | None:
    try:
        return path.read_text("utf-8")
    except FileNotFoundError:
        return None
    except UnicodeDecodeError:
        return ""
