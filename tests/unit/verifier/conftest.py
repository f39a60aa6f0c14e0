"""Fixtures of the verifier's tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.verifier.device_world import World, running


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A verifier with one trainee on a roster."""
    with running(tmp_path) as verifier:
        verifier.add_trainee()
        yield verifier
