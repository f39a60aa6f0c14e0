"""Every room imports only what it may."""

import sys

import pytest

from tests.architecture.imports import PACKAGES, ROOT, Import, all_imports, lies_in, source_files
from tests.architecture.rooms import ROOMS, Room


def room_of(module: str) -> Room:
    return max(
        (room for room in ROOMS if lies_in(module, room.name)), key=lambda room: len(room.name)
    )


def is_allowed(found: Import, room: Room) -> bool:
    if found.name.split(".")[0] in sys.stdlib_module_names:
        return True
    if found.name.split(".")[0] in PACKAGES and room_of(found.name) is room:
        return True
    return any(lies_in(found.name, allowed) for allowed in room.may_import)


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_a_room_imports_only_what_it_may(room: Room) -> None:
    wrong = [
        f"{found.place}: {found.module} imports {found.name}"
        for found in all_imports()
        if room_of(found.module) is room and not is_allowed(found, room)
    ]
    assert not wrong, (
        f"{room.name} may import the standard library, itself and "
        f"{', '.join(room.may_import)}.\n{room.advice}.\n" + "\n".join(wrong)
    )


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_every_room_of_the_table_exists(room: Room) -> None:
    path = ROOT.joinpath(*room.name.split("."))
    assert path.is_dir() or path.with_suffix(".py").is_file(), (
        f"{room.name} is in tests/architecture/rooms.py but not in the house: rename it there"
    )


@pytest.mark.parametrize("package", PACKAGES)
def test_every_folder_with_code_is_a_package(package: str) -> None:
    folders = {path.parent for path in source_files(package)}
    bare = sorted(str(f.relative_to(ROOT)) for f in folders if not (f / "__init__.py").is_file())
    assert not bare, f"import-linter does not see folders without __init__.py: {bare}"


def test_nothing_is_imported_by_star() -> None:
    stars = [found.place for found in all_imports() if found.name.endswith(".*")]
    assert not stars, f"a star hides who imports what; name what is needed: {stars}"
