"""Merkle trees as RFC 6962 §2.1 has them, with SHA-256."""

import hashlib
from collections.abc import Sequence

_LEAF = b"\x00"
_NODE = b"\x01"
HASH_SIZE = 32


def leaf_hash(entry: bytes) -> bytes:
    """The hash of one entry, in a space of its own."""
    return hashlib.sha256(_LEAF + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash over two subtrees."""
    return hashlib.sha256(_NODE + left + right).digest()


class TreeBuilder:
    """A tree's root, from its leaves' hashes in their order, in memory for its height only."""

    def __init__(self) -> None:
        self.size = 0
        self._complete: list[tuple[int, bytes]] = []  # size and hash, largest first

    def add(self, leaf: bytes) -> None:
        """Append a leaf by its hash."""
        self.size += 1
        size, node = 1, leaf
        while self._complete and self._complete[-1][0] == size:
            node = node_hash(self._complete.pop()[1], node)
            size *= 2
        self._complete.append((size, node))

    def root(self) -> bytes:
        """The hash over all leaves so far; of no leaves, the hash of nothing."""
        if not self._complete:
            return hashlib.sha256(b"").digest()
        root = self._complete[-1][1]
        for _, left in reversed(self._complete[:-1]):
            root = node_hash(left, root)
        return root


def root_of(leaves: Sequence[bytes]) -> bytes:
    """The root over these leaves' hashes."""
    builder = TreeBuilder()
    for leaf in leaves:
        builder.add(leaf)
    return builder.root()


class Tree:
    """A whole tree in memory, for the paths that lead from its leaves to its root.

    A level's odd last node goes up unchanged: this gives the tree of RFC 6962 §2.1, whose
    left side takes the largest power of two.
    """

    def __init__(self, leaves: Sequence[bytes]) -> None:
        level = list(leaves)
        self._levels = [level]
        while len(level) > 1:
            pairs = zip(level[::2], level[1::2], strict=False)
            level = [node_hash(*pair) for pair in pairs] + level[len(level) & ~1 :]
            self._levels.append(level)

    def root(self) -> bytes:
        """The hash over all leaves; of no leaves, the hash of nothing."""
        return self._levels[-1][0] if self._levels[-1] else hashlib.sha256(b"").digest()

    def path(self, index: int) -> list[bytes]:
        """The hashes that lead from leaf `index` to the root (§2.1.1), lowest first."""
        if not 0 <= index < len(self._levels[0]):
            raise IndexError("the tree has no such leaf")
        path = []
        for level in self._levels:
            sibling = index ^ 1
            if sibling < len(level):
                path.append(level[sibling])
            index >>= 1
        return path


def root_by_path(index: int, size: int, leaf: bytes, path: Sequence[bytes]) -> bytes:
    """The root to which a path leads from a leaf (RFC 9162 §2.1.3.2).

    Raises ValueError where the path is not one of a tree of this size.
    """
    if not 0 <= index < size:
        raise ValueError("the tree has no such leaf")
    node, last = index, size - 1
    root = leaf
    for sibling in path:
        if last == 0:
            raise ValueError("the path is too long")
        if node & 1 or node == last:
            root = node_hash(sibling, root)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            root = node_hash(root, sibling)
        node, last = node >> 1, last >> 1
    if last != 0:
        raise ValueError("the path is too short")
    return root
