"""What the verifier holds while it runs: its database, its keys, its clock."""

import asyncio
import os
import time
from dataclasses import dataclass
from pathlib import Path

from motp_verifier.config import Config, ConfigError
from motp_verifier.key_file import KeyFileError
from motp_verifier.metrics import NO_METRICS, Metrics
from motp_verifier.sealing import MasterKeys, SealBroken, load_or_create
from motp_verifier.services.index_root import open_index_root
from motp_verifier.services.signed import Clock
from motp_verifier.store.location import SqliteFile
from motp_verifier.store.migrate import migrate
from motp_verifier.store.opening import OnStep, no_step, open_store
from motp_verifier.store.port import Store

_OWNER_ONLY = 0o700


def system_clock() -> int:
    """Milliseconds since 1970, by this machine's clock."""
    return time.time_ns() // 1_000_000


@dataclass(frozen=True, slots=True)
class Runtime:
    """The open resources. Close them at the end."""

    store: Store
    keys: MasterKeys
    now: Clock
    metrics: Metrics = NO_METRICS

    def close(self) -> None:
        """Finish what was begun and let go."""
        self.store.close()


def open_runtime(
    config: Config,
    *,
    now: Clock = system_clock,
    on_step: OnStep = no_step,
    metrics: Metrics = NO_METRICS,
    migrating: bool = True,
) -> Runtime:
    """Make or open the data folder, the master keys and the database, and migrate it.

    `on_step` is told each step of each write. Not `migrating` is for a process whose parent
    has done that. Raises ConfigError, KeyFileError,
    BadDatabaseUrl, DatabaseTooNew and StoreUnavailable.
    """
    make_folder(config.data_folder())
    make_folder(config.master_keys().parent)
    keys = load_or_create(config.master_keys())
    database = config.database()
    if isinstance(database, SqliteFile) and not database.path.exists():
        os.close(os.open(database.path, os.O_CREAT | os.O_RDWR, 0o600))
    if migrating:
        migrate(database)
    store = open_store(database, on_step, metrics)
    try:
        asyncio.run(open_index_root(store, keys, now()))
    except BaseException as error:
        store.close()
        if isinstance(error, SealBroken):
            raise KeyFileError(
                f"the key file {config.master_keys()} is not that of this database: {error}"
            ) from error
        raise
    return Runtime(store, keys, now, metrics)


def make_folder(path: Path) -> None:
    """A folder that only its owner may enter, if it is not there yet. Raises ConfigError."""
    try:
        path.mkdir(mode=_OWNER_ONLY, parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigError(f"{path}: cannot make this folder: {error.strerror}") from error
