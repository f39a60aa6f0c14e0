"""Cells of a roster as a report may show them."""

from motp_protocol.person import mask_name
from motp_verifier.services.roster.columns import Column

_SHOWN = 20
_SHOWN_DIGITS = 3
_SHOWN_OF_ID = 2


def mask_cell(cell: str, column: Column) -> str:
    """A cell that whoever has the file can recognise, and that tells others nothing.

    It may hold anything, even another column's data or a terminal's control
    characters: what is not expected becomes `?`, what is personal `*`.
    """
    shown = cell[:_SHOWN]
    if column is Column.PHONE:
        text = _mask_number(shown)
    elif column is Column.ID:
        text = shown[:_SHOWN_OF_ID] + "*" * (len(shown) - _SHOWN_OF_ID)
    else:
        text = mask_name(shown) if shown else ""
    text = "".join(character if character.isprintable() else "?" for character in text)
    return text + "…" if len(cell) > _SHOWN else text


def _mask_number(text: str) -> str:
    masked, digits = [], 0
    for character in text:
        if character.isascii() and character.isdigit():
            digits += 1
            masked.append(character if digits <= _SHOWN_DIGITS else "*")
        else:
            masked.append(character if character in " -+()." else "?")
    return "".join(masked)
