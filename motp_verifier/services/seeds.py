"""How a registration's seed is kept."""

from motp_verifier.sealing import MasterKeys


def seal_seed(keys: MasterKeys, seed: bytes, registration_id: str) -> bytes:
    """The seed, sealed for this registration's row."""
    return keys.seal(seed, _place(registration_id))


def open_seed(keys: MasterKeys, sealed: bytes, registration_id: str) -> bytes:
    """What `seal_seed` sealed for the same registration. Raises SealBroken."""
    return keys.open(sealed, _place(registration_id))


def _place(registration_id: str) -> str:
    return f"seed registration:{registration_id}"
