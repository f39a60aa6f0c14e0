"""What a carrier asks of a person: their carrier, birth date, and one digit for their sex."""

from datetime import date

from motp_desktop.services.outcomes import InvalidNameDetails, NameDetails
from motp_protocol.messages import NameProofRequest

_SHORTEST, _SEX_DIGITS = 6, "12345678"
_NINETEENTH_HUNDREDS = "1256"


def check_details(details: NameDetails, today: date) -> NameProofRequest | InvalidNameDetails:
    """The request to send, or which fields are wrong.

    The birth date is six digits, `YYMMDD`, of a day that was; the digit that follows tells
    the century (1, 2, 5, 6: 1900s; 3, 4, 7, 8: 2000s) and the sex.
    """
    carrier = details.carrier
    sex_fits = len(details.sex) == 1 and details.sex in _SEX_DIGITS
    faults = InvalidNameDetails(
        carrier=carrier is None,
        birth=not _was_a_day(details.birth, details.sex if sex_fits else None, today),
        sex=not sex_fits,
    )
    if carrier is None or faults.birth or faults.sex:
        return faults
    return NameProofRequest(operator=carrier, birth_and_sex=details.birth + details.sex)


def _was_a_day(birth: str, sex: str | None, today: date) -> bool:
    if not (len(birth) == _SHORTEST and birth.isascii() and birth.isdigit()):
        return False
    centuries = (1900, 2000) if sex is None else (1900 if sex in _NINETEENTH_HUNDREDS else 2000,)
    return any(_is_past(century, birth, today) for century in centuries)


def _is_past(century: int, birth: str, today: date) -> bool:
    try:
        day = date(century + int(birth[:2]), int(birth[2:4]), int(birth[4:]))
    except ValueError:
        return False
    return day <= today
