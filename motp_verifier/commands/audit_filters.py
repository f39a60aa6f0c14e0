"""The options by which audit rows are chosen, and whom they mean."""

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial, wraps
from typing import Any, TypeVar, assert_never, get_args

import click

from motp_protocol.encoding import b64url_decode
from motp_protocol.person import normalise_phone
from motp_verifier.runtime import Runtime
from motp_verifier.services.audit.people import (
    MAX_PEOPLE,
    FoundPerson,
    PeopleLookup,
    TooManyPeople,
)
from motp_verifier.services.audit.reasons import BadReason, read_reason
from motp_verifier.services.audit.record import AuditKind
from motp_verifier.services.days import start_of_seoul_day
from motp_verifier.store.audit_search import RowFilter

R = TypeVar("R")
T = TypeVar("T")
_SUBJECT_BYTES = 32
_LAST_FOUR = 4
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True, slots=True)
class Choice:
    """What the options say: which rows, of whom, and why somebody looks."""

    rows: RowFilter
    reason: str
    phone: str | None
    last_four: str | None

    @property
    def by(self) -> str:
        """How people were looked for, for the audit."""
        if self.phone is not None:
            return "number"
        return "last-four" if self.last_four is not None else "rows"


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which rows, now that the people are found; `people` is None where nobody was meant."""

    rows: RowFilter
    people: list[FoundPerson] | None


def _moment(text: str, *, end: bool) -> int:
    """A day in Korea, where `end` its end, or a moment. Raises ValueError."""
    try:
        return start_of_seoul_day(date.fromisoformat(text) + timedelta(days=int(end)))
    except (ValueError, OverflowError):
        pass
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("no zone")
    return int(moment.timestamp() * 1000)


def _subject(text: str) -> bytes:
    """As exports write it: base64url in JSON Lines, hex in CSV. Raises ValueError."""
    if len(text) == 2 * _SUBJECT_BYTES:
        return bytes.fromhex(text)
    return b64url_decode(text, _SUBJECT_BYTES)


def _id(text: str) -> str:
    if not _ID.fullmatch(text):
        raise ValueError
    return text


def _read(
    convert: Callable[[str], T], wrong: str
) -> Callable[[click.Context, click.Parameter, str | None], T | None]:
    """What an option's text means; where it means nothing, `wrong` says what would."""

    def callback(ctx: click.Context, param: click.Parameter, value: str | None) -> T | None:
        if value is None:
            return None
        try:
            return convert(value)
        except BadReason as error:
            raise click.BadParameter(f"{error}.", ctx, param) from error
        except (ValueError, OverflowError) as error:
            raise click.BadParameter(wrong, ctx, param) from error

    return callback


_WRONG_TIME = "give a day, or a time with its zone."
_WRONG_SUBJECT = "this is no subject as an export has it."
_WRONG_ID = "use 1 to 64 of A-Z, a-z, 0-9, _ and -."
_OPTIONS = (
    click.option(
        "--from",
        "since",
        callback=_read(partial(_moment, end=False), _WRONG_TIME),
        help="From this day in Korea, such as 2026-11-01, or time, such as 2026-11-01T09:00+09:00.",
    ),
    click.option(
        "--to",
        "before",
        callback=_read(partial(_moment, end=True), _WRONG_TIME),
        help="To the end of this day, or to this time.",
    ),
    click.option(
        "--event",
        "kinds",
        multiple=True,
        type=click.Choice(sorted(get_args(AuditKind))),
        metavar="EVENT",
        help="Only this event; may be given several times.",
    ),
    click.option(
        "--institution",
        "institution_id",
        callback=_read(_id, _WRONG_ID),
        help="Only what this institution's id is on.",
    ),
    click.option(
        "--registration",
        "registration_id",
        callback=_read(_id, _WRONG_ID),
        help="Only what is about this registration.",
    ),
    click.option(
        "--phone", help="Only what is about whoever has this number; - asks for the number."
    ),
    click.option(
        "--last-four",
        help="Only what is about those whose number ends so; with --institution, "
        "of its roster only.",
    ),
    click.option(
        "--subject",
        callback=_read(_subject, _WRONG_SUBJECT),
        help="Only what is about this subject of an export.",
    ),
    click.option(
        "--reason",
        required=True,
        callback=_read(read_reason, ""),
        help="Why: it is noted in the audit.",
    ),
)


def with_choice(command: Callable[..., R]) -> Callable[..., R]:
    """Give a command the options, and call it with a `Choice` as `choice`."""

    @wraps(command)
    def call(
        *,
        since: int | None,
        before: int | None,
        kinds: tuple[str, ...],
        institution_id: str | None,
        registration_id: str | None,
        phone: str | None,
        last_four: str | None,
        subject: bytes | None,
        reason: str,
        **others: Any,
    ) -> R:
        if sum(each is not None for each in (phone, last_four, subject)) > 1:
            raise click.UsageError("give one of --phone, --last-four and --subject.")
        rows = RowFilter(
            since=since,
            before=before,
            kinds=kinds,
            institution_id=institution_id,
            registration_id=registration_id,
            subjects=None if subject is None else (subject,),
        )
        return command(choice=Choice(rows, reason, _number(phone), _ending(last_four)), **others)

    for option in reversed(_OPTIONS):
        call = option(call)
    return call


def find_people(runtime: Runtime, choice: Choice) -> Chosen:
    """Whom the options mean. Raises ClickException where they are too many."""
    lookup = PeopleLookup(runtime.store, runtime.keys)
    if choice.phone is not None:
        found = asyncio.run(lookup.of_number(choice.phone))
    elif choice.last_four is not None:
        found = asyncio.run(lookup.of_ending(choice.last_four, choice.rows.institution_id))
    else:
        return Chosen(choice.rows, None)
    match found:
        case list():
            subjects = tuple(each.subject for each in found if each.subject is not None)
            return Chosen(replace(choice.rows, subjects=subjects), found)
        case TooManyPeople():
            raise click.ClickException(
                f"more than {MAX_PEOPLE} people are meant: name an --institution, or use --phone."
            )
        case never:
            assert_never(never)


def _number(given: str | None) -> str | None:
    if given is None:
        return None
    text = click.prompt("Number", hide_input=True, err=True) if given == "-" else given
    try:
        return normalise_phone(text)
    except ValueError:
        # Not what was given: it may be somebody's number all the same.
        raise click.BadParameter("this is no Korean mobile number.", param_hint="--phone") from None


def _ending(given: str | None) -> str | None:
    if given is None or (len(given) == _LAST_FOUR and given.isascii() and given.isdigit()):
        return given
    raise click.BadParameter("give four digits.", param_hint="--last-four")
