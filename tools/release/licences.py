"""Under which licence each package is, in its own words."""

from collections.abc import Sequence
from importlib import metadata

from tools.release.pins import Pin

# What only other systems install, and so cannot be asked here, and what names its licence in
# no field, only by the text that it comes with.
_BY_HAND = {
    "colorama": "BSD-3-Clause",
    "pywin32-ctypes": "BSD-3-Clause",
    "rich-click": "MIT",
    "tzdata": "Apache-2.0",
}
_LONGEST = 60


class UnknownLicence(Exception):
    """A package that says nothing of its licence."""


def licence_of(name: str) -> str:
    """The licence that a package names. Raises UnknownLicence."""
    try:
        told = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        if name in _BY_HAND:
            return _BY_HAND[name]
        raise UnknownLicence(f"{name} is not installed here: add its licence by hand") from None
    if expression := told.json.get("license_expression"):
        return str(expression)
    if (text := str(told.json.get("license") or "").strip()) and len(text) < _LONGEST:
        return text
    classified = [
        each.rsplit(" :: ", 1)[-1]
        for each in told.get_all("Classifier") or ()
        if each.startswith("License :: ")
    ]
    if not classified and name not in _BY_HAND:
        raise UnknownLicence(f"{name} names no licence: add it by hand")
    return " or ".join(classified) or _BY_HAND[name]


def licence_list(pins: Sequence[Pin]) -> str:
    """A table of all packages, for people."""
    rows = "".join(
        f"| {pin.name} | {pin.version} | {licence_of(pin.name)} | {pin.marker} |\n" for pin in pins
    )
    return (
        "# Licences\n"
        "What motp-desktop and motp-verifier run with, in the versions that were tested. The "
        "licences' texts are in\neach package. Qt and PySide6 come under the LGPL, version 3.\n\n"
        f"| package | version | licence | where |\n| --- | --- | --- | --- |\n{rows}"
    )
