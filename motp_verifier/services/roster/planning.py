"""What an import would do to a roster, decided before anything is written."""

from collections.abc import Sequence
from dataclasses import dataclass

from motp_verifier.services.roster.columns import Column
from motp_verifier.services.roster.lines import LineFault, RefusedLine, RosterLine
from motp_verifier.services.roster.masking import mask_cell
from motp_verifier.store.roster import RosterEntry


@dataclass(frozen=True, slots=True)
class Present:
    """What the database holds: trainees by line number, and the institution's roster."""

    trainees: dict[int, str]
    entries: Sequence[RosterEntry]


@dataclass(frozen=True, slots=True)
class Plan:
    """Lines by what becomes of them.

    `added` are new in the roster; of `renamed` the person stays and the id changes; of
    `moved` the id stays and the person changes.
    """

    added: tuple[RosterLine, ...]
    renamed: tuple[RosterLine, ...]
    moved: tuple[RosterLine, ...]
    unchanged: int
    refused: tuple[RefusedLine, ...]


def plan_import(lines: Sequence[RosterLine], present: Present) -> Plan:
    """What to do with each line.

    An id of the roster may move to a person who is new in it: that is how a changed
    number reaches the roster. It is refused where the person who has it is in the file as
    well, or where the other person has another id: then nothing says which is meant.
    """
    id_of = {entry.trainee_id: entry.pairwise_id for entry in present.entries}
    owner_of = {entry.pairwise_id: entry.trainee_id for entry in present.entries}
    in_file = set(present.trainees.values())
    added: list[RosterLine] = []
    renamed: list[RosterLine] = []
    moved: list[RosterLine] = []
    refused: list[RefusedLine] = []
    unchanged = 0
    for line in lines:
        trainee = present.trainees.get(line.line)
        current = id_of.get(trainee) if trainee is not None else None
        owner = owner_of.get(line.id) if line.id is not None else None
        if current is not None and line.id in (None, current):
            unchanged += 1
        elif owner is not None and (current is not None or owner in in_file):
            masked = mask_cell(line.id or "", Column.ID)
            refused.append(RefusedLine(line.line, Column.ID, LineFault.ID_TAKEN, masked))
        elif owner is not None:
            moved.append(line)
        elif current is not None:
            renamed.append(line)
        else:
            added.append(line)
    return Plan(tuple(added), tuple(renamed), tuple(moved), unchanged, tuple(refused))
