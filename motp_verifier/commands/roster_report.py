"""The report that an operator reads after a roster import."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import assert_never

from motp_protocol.fields import Language
from motp_verifier.commands.roster_texts import COLUMNS, FILE_FAULTS, LINE_FAULTS, PHRASES
from motp_verifier.services.roster.columns import Column
from motp_verifier.services.roster.importing import (
    Imported,
    ImportOutcome,
    NothingImported,
    UnknownInstitution,
)
from motp_verifier.services.roster.lines import RefusedLine, RepeatedLine
from motp_verifier.services.roster.text import UnreadableRoster

MAX_LINES = 100
"""The most lines of either kind that are listed one by one."""


@dataclass(frozen=True, slots=True)
class Report:
    """What to print where, and whether the import did what was asked."""

    out: tuple[str, ...]
    err: tuple[str, ...]
    succeeded: bool


def report_import(outcome: ImportOutcome, institution_id: str, lang: Language) -> Report:
    """The report of an import."""
    phrases = PHRASES[lang]
    match outcome:
        case Imported():
            done = phrases["imported"].format(
                added=outcome.added, changed=outcome.changed, unchanged=outcome.unchanged
            )
            skipped = phrases["skipped"].format(count=len(outcome.refused))
            details = _details(outcome.refused, outcome.repeated, lang)
            out = (done, skipped) if outcome.refused else (done,)
            return Report(out, details, succeeded=True)
        case NothingImported():
            nothing = phrases["nothing"].format(count=len(outcome.refused))
            details = _details(outcome.refused, (), lang)
            return Report((), (*details, nothing), succeeded=False)
        case UnknownInstitution():
            unknown = phrases["unknown"].format(institution=institution_id)
            return Report((), (unknown,), succeeded=False)
        case UnreadableRoster():
            return Report((), (_file_fault(outcome, lang),), succeeded=False)
        case never:
            assert_never(never)


def _details(
    refused: tuple[RefusedLine, ...], repeated: tuple[RepeatedLine, ...], lang: Language
) -> tuple[str, ...]:
    return tuple(
        chain(
            _first((_refused(line, lang) for line in refused), len(refused), lang),
            _first((_repeated(line, lang) for line in repeated), len(repeated), lang),
        )
    )


def _first(lines: Iterator[str], count: int, lang: Language) -> Iterator[str]:
    yield from islice(lines, MAX_LINES)
    if count > MAX_LINES:
        yield PHRASES[lang]["more"].format(count=count - MAX_LINES)


def _refused(line: RefusedLine, lang: Language) -> str:
    where = PHRASES[lang]["line"].format(line=line.line)
    if line.column is not None:
        where = f"{where}, {COLUMNS[lang][line.column]}"
    if line.masked:
        where = f"{where} ({line.masked})"
    return f"{where}: {LINE_FAULTS[lang][line.fault].format(other=line.other_line)}"


def _repeated(line: RepeatedLine, lang: Language) -> str:
    return PHRASES[lang]["repeated"].format(line=line.line, first=line.first_line)


def _file_fault(roster: UnreadableRoster, lang: Language) -> str:
    columns = ", ".join(COLUMNS[lang][Column(name)] for name in roster.columns)
    return FILE_FAULTS[lang][roster.fault].format(line=roster.line, columns=columns)
