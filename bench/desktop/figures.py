"""What was measured, against its bar."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table; `value` and `bar` are in `unit`, less is better."""

    name: str
    value: float
    bar: float
    unit: str
    note: str = ""

    @property
    def holds(self) -> bool:
        """Whether the bar is kept."""
        return self.value <= self.bar


def table(figures: Sequence[Figure]) -> str:
    """Markdown, as it stands in the documentation."""
    lines = ["| what | measured | bar | how |", "| --- | --- | --- | --- |"]
    for each in figures:
        measured = f"{each.value:.3g} {each.unit}".strip()
        bar = f"≤ {each.bar:g} {each.unit}".strip()
        lines.append(f"| {each.name} | {measured} | {bar} | {each.note} |")
    return "\n".join(lines)
