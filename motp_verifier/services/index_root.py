"""The root of the keyed indexes: made once, kept in the database under the master keys.

It must outlive every master key, for names and numbers are found by it. Databases made
before it lay there hang on the oldest master key, and keep that as their root.
"""

import secrets

from sqlalchemy import Connection

from motp_protocol.keys import KEY_SIZE
from motp_verifier.sealing import MasterKeys
from motp_verifier.store.port import Store
from motp_verifier.store.sealed import SECRET_VALUE
from motp_verifier.store.secrets import find_secret, has_indexes, insert_secret

_NAME = "index-root"


async def open_index_root(store: Store, keys: MasterKeys, now: int) -> None:
    """Give `keys` the root, making it if this is the first time.

    Any number of processes may do so at once: they all take what the first one kept.
    Raises SealBroken where the keys are not those of this database, and StoreUnavailable.
    """
    sealed = await store.read(lambda connection: find_secret(connection, _NAME))
    if sealed is None:
        sealed = await store.run("index-root", lambda connection: _make(connection, keys, now))
    keys.use_index_root(keys.open(sealed, SECRET_VALUE.place(_NAME)))


def _make(connection: Connection, keys: MasterKeys, now: int) -> bytes:
    old = has_indexes(connection)
    root = keys.first_index_root() if old else secrets.token_bytes(KEY_SIZE)
    mine = keys.seal(root, SECRET_VALUE.place(_NAME))
    if insert_secret(connection, _NAME, mine, now):
        return mine
    sealed = find_secret(connection, _NAME)
    if sealed is None:
        raise RuntimeError("another process kept an index root that is not there")
    return sealed


def index_root_opens(connection: Connection, keys: MasterKeys) -> bool:
    """Whether the keys of this process are those of this database. Raises SealBroken."""
    sealed = find_secret(connection, _NAME)
    if sealed is None:
        return False
    keys.open(sealed, SECRET_VALUE.place(_NAME))
    return True
