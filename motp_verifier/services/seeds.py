"""How a registration's seed is kept."""

from motp_verifier.sealing import MasterKeys
from motp_verifier.store.sealed import REGISTRATION_SEED


def seal_seed(keys: MasterKeys, seed: bytes, registration_id: str) -> bytes:
    """The seed, sealed for this registration's row."""
    return keys.seal(seed, REGISTRATION_SEED.place(registration_id))


def open_seed(keys: MasterKeys, sealed: bytes, registration_id: str) -> bytes:
    """What `seal_seed` sealed for the same registration. Raises SealBroken."""
    return keys.open(sealed, REGISTRATION_SEED.place(registration_id))
