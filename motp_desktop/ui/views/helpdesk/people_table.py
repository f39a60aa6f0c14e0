"""Who was found, a line each."""

from motp_desktop.ui.texts.helpdesk.words import ago, state_words
from motp_desktop.ui.views.helpdesk.findings_card import TONES
from motp_desktop.ui.widgets.cells import Cell, Row
from motp_desktop.ui.widgets.text import Tone
from motp_protocol.helpdesk import FoundTrainee


def people_rows(found: tuple[FoundTrainee, ...], now: str) -> list[Row]:
    """As they stand in the table; `now` is the verifier's time, RFC 3339."""
    return [_row(each, now) for each in found]


def _row(found: FoundTrainee, now: str) -> Row:
    level, words = state_words(found.state, found.locks)
    return (
        Cell(found.name_masked),
        Cell(found.phone_masked),
        Cell(words, level.value, TONES[level]),
        Cell(ago(found.last_contact_at, now), tone=Tone.MUTED),
        Cell(", ".join(found.institutions)),
    )
