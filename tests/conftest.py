"""What every test stands on: no display, no network but loopback, no files but its own.

The session bus is hidden too, so that no test ever meets the keychain of whoever runs it;
a test that needs one starts its own with dbus-run-session. `MOTP_TEST_KEEP_BUS=1` keeps the
bus, for a pytest that itself runs inside dbus-run-session.
"""

import gc
import os
import shutil
import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from motp_verifier.store.location import Database
from tests.support.databases import Cluster, database_of, fresh_database

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

_FOLDERS = {
    "HOME": "home",
    "XDG_CACHE_HOME": "home/.cache",
    "XDG_CONFIG_HOME": "home/.config",
    "XDG_DATA_HOME": "home/.local/share",
    "XDG_STATE_HOME": "home/.local/state",
    "XDG_RUNTIME_DIR": "run",
}
_MUCH_GARBAGE = 50_000
_ROOT = pytest.StashKey[Path]()

settings.register_profile(
    "ci",
    deadline=None,
    derandomize=True,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "thorough",
    deadline=None,
    max_examples=2000,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Before any test module is imported: the network, the folders, the bus, garbage."""
    gc.disable()
    config.option.allow_hosts = config.option.allow_hosts or "127.0.0.1,::1"
    config.option.allow_unix_socket = True
    root = Path(tempfile.mkdtemp(prefix="motp-tests-"))
    config.stash[_ROOT] = root
    for variable, folder in _FOLDERS.items():
        path = root / folder
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.environ[variable] = str(path)
    if os.environ.get("MOTP_TEST_KEEP_BUS") != "1":
        os.environ.pop("DBUS_SESSION_BUS_ADDRESS", None)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave nothing behind."""
    root = config.stash.get(_ROOT, None)
    if root is not None:
        shutil.rmtree(root, ignore_errors=True)


def pytest_collection_finish() -> None:
    """What was imported stays: looking through it at each collection takes most of the time."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Collect what tests left in cycles on the thread that made it, and on no other.

    Python collects on whichever thread happens to allocate, and a QTimer that ends on another
    thread than its own ends the process. Only here has pytest let go of what the test was given.
    """
    result = yield
    if "qapp" in getattr(item, "fixturenames", ()) or gc.get_count()[0] > _MUCH_GARBAGE:
        gc.collect()
    return result


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL server of this process's own."""
    with Cluster() as started:
        yield started


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The setting of that name for a test that runs on both databases: each test a fresh one.

    Empty for SQLite: its file is in the test's own data folder.
    """
    if request.param == "sqlite":
        yield ""
        return
    with fresh_database(request.getfixturevalue("cluster")) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database of each kind without any table."""
    if request.param == "sqlite":
        yield database_of(tmp_path, "")
        return
    server = request.getfixturevalue("cluster")
    url = server.new_empty_database()
    yield database_of(tmp_path, url)
    server.drop(url)
