"""A roster file into an institution's roster: all of it, or nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from sqlalchemy import Connection

from motp_verifier.sealing import MasterKeys
from motp_verifier.services.audit.record import SYSTEM, record
from motp_verifier.services.people import (
    Person,
    person_index,
    phone_index,
    seal_person,
    search_indexes,
)
from motp_verifier.services.roster.file import parse_roster
from motp_verifier.services.roster.lines import ParsedRoster, RefusedLine, RepeatedLine, RosterLine
from motp_verifier.services.roster.planning import Plan, Present, plan_import
from motp_verifier.services.roster.text import UnreadableRoster
from motp_verifier.store import roster as rows
from motp_verifier.store.ids import new_id
from motp_verifier.store.institutions import lock_institution
from motp_verifier.store.port import Store
from motp_verifier.store.roster import NewTrainee, RosterEntry


@dataclass(frozen=True, slots=True)
class Imported:
    """How many lines changed the roster and how, and those that were passed over."""

    added: int
    changed: int
    unchanged: int
    refused: tuple[RefusedLine, ...]
    repeated: tuple[RepeatedLine, ...]


@dataclass(frozen=True, slots=True)
class NothingImported:
    """Some lines are refused, and so the roster is as it was."""

    refused: tuple[RefusedLine, ...]
    repeated: tuple[RepeatedLine, ...]


@dataclass(frozen=True, slots=True)
class UnknownInstitution:
    """There is no institution of this id."""


ImportOutcome: TypeAlias = Imported | NothingImported | UnknownInstitution | UnreadableRoster


class RosterImport:
    """Imports rosters.

    `now` is the time in milliseconds since 1970; `actor` is for the audit.
    """

    def __init__(
        self, store: Store, keys: MasterKeys, now: Callable[[], int], actor: str = SYSTEM
    ) -> None:
        self._store = store
        self._keys = keys
        self._now = now
        self._actor = actor

    async def run(
        self, institution_id: str, data: bytes, *, skip_bad_lines: bool = False
    ) -> ImportOutcome:
        """Add a file's trainees to a roster, in one transaction.

        Nobody is removed. Importing a file again changes nothing. A line with an id that
        the roster has, and a person that it has not, corrects that entry: the id means
        the new person from then on. Where a line is refused nothing is imported, unless
        `skip_bad_lines`.
        """
        parsed = parse_roster(data)
        if isinstance(parsed, UnreadableRoster):
            return parsed

        def work(connection: Connection) -> ImportOutcome:
            if not lock_institution(connection, institution_id):
                return UnknownInstitution()
            return self._import(connection, institution_id, parsed, skip_bad_lines)

        return await self._store.run("roster-import", work)

    def _import(
        self, connection: Connection, institution_id: str, parsed: ParsedRoster, skip: bool
    ) -> Imported | NothingImported:
        present, indexes = self._present(connection, institution_id, parsed)
        plan = plan_import(parsed.lines, present)
        refused = tuple(sorted((*parsed.refused, *plan.refused), key=lambda line: line.line))
        if refused and not skip:
            return NothingImported(refused, parsed.repeated)
        self._write(connection, institution_id, plan, present, indexes)
        done = Imported(
            added=len(plan.added),
            changed=len(plan.renamed) + len(plan.moved),
            unchanged=plan.unchanged,
            refused=refused,
            repeated=parsed.repeated,
        )
        record(
            connection,
            self._now(),
            "roster-imported",
            actor=self._actor,
            institution_id=institution_id,
            detail={
                "added": done.added,
                "changed": done.changed,
                "refused": len(done.refused),
                "unchanged": done.unchanged,
            },
        )
        return done

    def _present(
        self, connection: Connection, institution_id: str, parsed: ParsedRoster
    ) -> tuple[Present, dict[int, bytes]]:
        indexes = {
            line.line: person_index(self._keys, Person(line.name, line.phone))
            for line in parsed.lines
        }
        by_index = rows.trainees_by_person(connection, indexes.values())
        present = Present(
            trainees={
                line: by_index[index] for line, index in indexes.items() if index in by_index
            },
            entries=rows.roster_entries(connection, institution_id),
        )
        return present, indexes

    def _write(
        self,
        connection: Connection,
        institution_id: str,
        plan: Plan,
        present: Present,
        indexes: dict[int, bytes],
    ) -> None:
        now = self._now()
        trainees = dict(present.trainees)
        new: list[NewTrainee] = []
        for line in (*plan.added, *plan.moved):
            if line.line not in trainees:
                trainee = self._new_trainee(line, indexes[line.line])
                trainees[line.line] = trainee.id
                new.append(trainee)
        # In one order everywhere: two imports that share people wait, and do not deadlock.
        new.sort(key=lambda trainee: trainee.person_index)
        rows.insert_trainees(connection, new, now)
        for line in plan.renamed:
            rows.change_pairwise_id(connection, institution_id, _entry(line, trainees))
        for line in plan.moved:
            rows.give_entry_to(connection, institution_id, _entry(line, trainees))
        entries = [_entry(line, trainees) for line in plan.added]
        rows.insert_entries(connection, institution_id, entries, now)
        rows.mark_listed(connection, institution_id, trainees.values(), now)

    def _new_trainee(self, line: RosterLine, index: bytes) -> NewTrainee:
        trainee_id = new_id("trainee")
        person = Person(line.name, line.phone)
        name_sealed, phone_sealed = seal_person(self._keys, person, f"trainee:{trainee_id}")
        return NewTrainee(
            trainee_id,
            index,
            phone_index(self._keys, line.phone),
            name_sealed,
            phone_sealed,
            *search_indexes(self._keys, person),
        )


def _entry(line: RosterLine, trainees: dict[int, str]) -> RosterEntry:
    return RosterEntry(trainees[line.line], line.id or new_id("p"))
