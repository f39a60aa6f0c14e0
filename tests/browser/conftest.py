"""One Chromium, one verifier and one training site for all that is here."""

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright

from tests.support.training_stand import Stand, training_stand

_CHROMIUM = shutil.which("chromium")
_PATIENCE_MS = 15_000
_QUIET = (
    "--no-sandbox",  # CI runs as root
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """None of these where there is no Chromium, outside of CI."""
    if _CHROMIUM is None and "CI" not in os.environ:
        for item in items:
            if "/browser/" in item.nodeid:
                item.add_marker(pytest.mark.skip(reason="needs the Debian package chromium"))


# Not for longer than this package: Playwright keeps an event loop running on the thread.
@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    assert _CHROMIUM is not None, "the Debian package chromium is not there"
    expect.set_options(timeout=_PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_CHROMIUM, args=list(_QUIET))
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def stand(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stand]:
    with training_stand(tmp_path_factory.mktemp("stand")) as running:
        yield running


@pytest.fixture
def new_browser(chromium: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Makes browsers that share nothing, as on different PCs."""
    opened: list[BrowserContext] = []

    def make(**options: str) -> BrowserContext:
        context = chromium.new_context(**({"locale": "ko-KR"} | options))  # type: ignore[arg-type]
        context.set_default_timeout(_PATIENCE_MS)
        opened.append(context)
        return context

    yield make
    for context in opened:
        context.close()


@pytest.fixture
def browser(new_browser: Callable[..., BrowserContext]) -> BrowserContext:
    """A trainee's own."""
    return new_browser()
