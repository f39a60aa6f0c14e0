"""What the agency's forms say, in this protocol's words. Pure."""

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

import msgspec

from motp_protocol.fields import Occasion
from motp_protocol.messages import VerificationRequest

OCCASIONS: Mapping[str, Occasion] = {
    "00": "entry",
    "01": "lesson",
    "02": "exam",
    "03": "assignment",
    "04": "progress",
    "05": "discussion",
    "06": "other_evaluation",
    "07": "supplement",
    "99": "other",
}
"""By `EVAL_CD`."""

CHECK_FIELDS = frozenset(
    {
        "USER_NM", "USER_TEL", "OTPNO", "AGTID", "USRID", "SESSIONID", "EXIP",
        "COURSE_AGENT_PK", "CLASS_AGENT_PK", "EVAL_CD", "EVAL_TYPE", "CLASS_TME", "USRDT",
    }
)  # fmt: skip
RESET_FIELDS = frozenset(
    {"USER_NM", "USER_TEL", "AGTID", "USRID", "M_RET", "M_RETCD", "M_TRNID", "M_TRNDT"}
)
_CODE = re.compile(r"[0-9]{6}")
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_SESSION = re.compile(r"[0-9]{1,3}")
_IDENTIFYING = ("USRID", "SESSIONID", "EXIP", "EVAL_TYPE")
"""What makes another form of it, beside what is checked: not the time, which a repetition tells."""


@dataclass(frozen=True, slots=True)
class Blank:
    """A field that every form has is missing or empty."""

    what: Literal["name", "phone", "code"]


@dataclass(frozen=True, slots=True)
class NotSixDigits:
    """The code has another form."""


@dataclass(frozen=True, slots=True)
class BadForm:
    """A form that no site of the agency's would send."""


@dataclass(frozen=True, slots=True)
class AskedCheck:
    """What is to be checked, and what else tells this form from others."""

    request: VerificationRequest = field(repr=False)
    sent: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class AskedReset:
    """Whose code lock is to be lifted, and the transaction that allows it; empty for none."""

    name: str = field(repr=False)
    phone: str = field(repr=False)
    transaction_id: str = field(repr=False)


CheckForm: TypeAlias = AskedCheck | Blank | NotSixDigits | BadForm
ResetForm: TypeAlias = AskedReset | Blank


def read_check(form: Mapping[str, str]) -> CheckForm:
    """What a form to `otp_accredit` asks."""
    name, phone, code = (_text(form, each) for each in ("USER_NM", "USER_TEL", "OTPNO"))
    if blank := _first_blank(name, phone):
        return blank
    if not code:
        return Blank("code")
    if not _CODE.fullmatch(code):
        return NotSixDigits()
    occasion = OCCASIONS.get(_text(form, "EVAL_CD"))
    course = _course(_text(form, "COURSE_AGENT_PK"), _text(form, "CLASS_AGENT_PK"))
    session = _session(_text(form, "CLASS_TME"), occasion)
    if occasion is None or course is None or session is None:
        return BadForm()
    asked = {
        "trainee": {"name": name, "phone": phone},
        "course": course[0],
        "class": course[1],
        "session": session,
        "occasion": occasion,
        "code": code,
        "client_ip": _address(_text(form, "EXIP")),
    }
    try:
        request = msgspec.convert(asked, VerificationRequest)
    except msgspec.ValidationError:
        return BadForm()
    return AskedCheck(request, tuple(form.get(each, "") for each in _IDENTIFYING))


def read_reset(form: Mapping[str, str]) -> ResetForm:
    """What a form to `user_reset` asks.

    What it says of the verification's outcome (`M_RET`, `M_RETCD`, `M_TRNDT`) is whatever a
    page wrote there: nobody looks at it.
    """
    name, phone = (_text(form, each) for each in ("USER_NM", "USER_TEL"))
    transaction_id = _text(form, "M_TRNID")
    if not _ID.fullmatch(transaction_id):
        transaction_id = ""
    return _first_blank(name, phone) or AskedReset(name, phone, transaction_id)


def _text(form: Mapping[str, str], name: str) -> str:
    return form.get(name, "").strip()


def _first_blank(name: str, phone: str) -> Blank | None:
    if not name:
        return Blank("name")
    return None if phone else Blank("phone")


def _course(course: str, pair: str) -> tuple[str, str] | None:
    """Course and class, of `CLASS_AGENT_PK` as `course,class`, or as the class alone."""
    first, comma, second = (each.strip() for each in pair.partition(","))
    if not comma:
        return (course, first) if course and first else None
    if not first or not second or "," in second or (course and course != first):
        return None
    return first, second


def _session(text: str, occasion: Occasion | None) -> int | None:
    """`00`, or nothing, at entry; 1 to 999 elsewhere."""
    if occasion == "entry" and not text:
        return 0
    if not _SESSION.fullmatch(text):
        return None
    session = int(text)
    return session if (session == 0) == (occasion == "entry") else None


def _address(text: str) -> str | None:
    """The trainee's address as the site tells it, where it is one."""
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        return None
