"""The packages that the app and the verifier run with, as requirements/ pins them."""

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RUNTIME = ("desktop.txt", "verifier.txt")


@dataclass(frozen=True, order=True)
class Pin:
    """One package in one version; `marker` tells where it is needed, empty for everywhere."""

    name: str
    version: str
    marker: str


def runtime_pins() -> tuple[Pin, ...]:
    """Each package once, by name and version."""
    files = (ROOT / "requirements" / name for name in RUNTIME)
    return tuple(sorted({pin for file in files for pin in parse_pins(file.read_text("utf-8"))}))


def parse_pins(text: str) -> list[Pin]:
    """The pins of a requirements file. Raises ValueError for a line that is not one."""
    pins = []
    for line in text.replace("\\\n", " ").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        told, *hashes = re.split(r"\s+--hash=sha256:", line.strip())
        found = re.fullmatch(r"([a-z0-9][a-z0-9._-]*)(?:\[[^]]*\])?==(\S+)(?:\s*;\s*(.+))?", told)
        if found is None or not hashes:
            raise ValueError(f"not a pinned requirement: {line!r}")
        name, version, marker = found.groups(default="")
        pins.append(Pin(name, version, marker.strip()))
    return pins
