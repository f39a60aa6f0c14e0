"""Fixtures of the verifier's tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from motp_verifier.store.location import Database
from motp_verifier.store.migrate import migrate
from tests.support.databases import database_of, prepare
from tests.unit.verifier.device_world import World, running


@pytest.fixture
def world(tmp_path: Path, database_url: str) -> Iterator[World]:
    """A verifier with one trainee on a roster, over each of the databases."""
    with running(tmp_path, database_url=database_url) as verifier:
        verifier.add_trainee()
        yield verifier


@pytest.fixture
def database(tmp_path: Path, database_url: str) -> Database:
    """A database of each kind with its tables and no rows."""
    made = database_of(tmp_path, database_url)
    prepare(made)
    migrate(made)
    return made
