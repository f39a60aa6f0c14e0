"""Name and number as they are typed."""

from collections.abc import Callable

from motp_desktop.services.outcomes import InvalidForm
from motp_desktop.ui.viewmodels.states import Fields
from motp_protocol.person import normalise_name, normalise_phone, split_phone


def check_details(fields: Fields) -> InvalidForm:
    """Which of the two is not of a good form."""
    return InvalidForm(
        name=not _accepts(normalise_name, fields.name),
        phone=not _accepts(normalise_phone, "-".join(fields.phone)),
    )


def fold_phone(a: str, b: str, c: str) -> tuple[str, str, str]:
    """The three boxes; where one of them holds a whole number, that number's three groups."""
    for box in (a, b, c):
        try:
            return split_phone(normalise_phone(box))
        except ValueError:
            continue
    return a, b, c


def _accepts(normalise: Callable[[str], str], text: str) -> bool:
    try:
        normalise(text)
    except ValueError:
        return False
    return True
