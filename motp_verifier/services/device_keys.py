"""The public keys of devices, by name."""

from motp_verifier.store import kiosks, nonces
from motp_verifier.store.port import Store


class DeviceKeys:
    """Finds the key that a signed request names."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def public_key(self, keyid: str) -> bytes | None:
        """The raw Ed25519 key, or None where no device enrolled with it."""
        return await self._store.read(lambda connection: nonces.public_key_of(connection, keyid))

    async def kiosk_key(self, keyid: str) -> bytes | None:
        """The same, where it is a kiosk's that is not revoked."""
        return await self._store.read(lambda connection: kiosks.public_key_of(connection, keyid))
