"""What is wrong with a policy file, in the words of whoever wrote it."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any


class Faults:
    """Collects what is wrong, so that it can all be put right at once."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self.found: list[str] = []

    def add(self, key: str, message: str) -> None:
        """Note that a key is wrong, and what is allowed."""
        self.found.append(f"{self._file}: {key}: {message}")

    def unknown_keys(self, where: str, table: Mapping[str, Any], known: Iterable[str]) -> None:
        """Note each key of a table that nobody knows."""
        for key in table:
            if key not in known:
                self.add(f"{where}{key}", f"there is no such key; use {either(known)}")


def either(names: Iterable[str]) -> str:
    """The names as a choice: `a, b or c`."""
    *most, last = names
    return f"{', '.join(most)} or {last}"
