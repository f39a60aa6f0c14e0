"""Fixtures of the tests between the real client and a real verifier process."""

from collections.abc import Iterator

import pytest

from tests.support.live_verifier import LiveVerifier, live_verifier


@pytest.fixture(scope="module")
def verifier(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveVerifier]:
    """One process for all tests of a module."""
    folder = tmp_path_factory.mktemp("verifier")
    settings = folder / "verifier.toml"
    settings.write_text('identity = "outbox"\n', "utf-8")
    with live_verifier(folder / "data", "--config", str(settings)) as running:
        yield running
