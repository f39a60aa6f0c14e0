"""What the rows of a batch hashed to: by it a row that was changed later can be named."""

import struct
from collections.abc import Iterator

from motp_verifier.services.audit.merkle import HASH_SIZE

_ENTRY = struct.Struct(f">q{HASH_SIZE}s")


class LeafList:
    """Row numbers and leaf hashes, 40 bytes each."""

    def __init__(self, packed: bytes = b"") -> None:
        """From what `packed` gave; what is no whole entry at its end is left out."""
        self._packed = bytearray(packed[: len(packed) - len(packed) % _ENTRY.size])

    def __len__(self) -> int:
        return len(self._packed) // _ENTRY.size

    def __iter__(self) -> Iterator[tuple[int, bytes]]:
        return _ENTRY.iter_unpack(bytes(self._packed))

    def add(self, row_id: int, leaf: bytes) -> None:
        """Append a row."""
        self._packed += _ENTRY.pack(row_id, leaf)

    def packed(self) -> bytes:
        """As it is stored."""
        return bytes(self._packed)
