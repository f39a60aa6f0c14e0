"""Merkle trees: RFC 6962's values, a naive tree, and paths that lead to the root."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motp_verifier.services.audit.merkle import (
    Tree,
    TreeBuilder,
    leaf_hash,
    root_by_path,
    root_of,
)

# The entries and roots by which implementations of RFC 6962 are commonly compared.
ENTRIES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
leaves = st.lists(st.binary(max_size=40).map(leaf_hash), max_size=70)


def _naive(tree: list[bytes]) -> bytes:
    """RFC 6962 §2.1, word by word."""
    if not tree:
        return hashlib.sha256().digest()
    if len(tree) == 1:
        return tree[0]
    split = 1
    while split * 2 < len(tree):
        split *= 2
    left, right = _naive(tree[:split]), _naive(tree[split:])
    return hashlib.sha256(b"\x01" + left + right).digest()


@pytest.mark.parametrize("size", range(len(ROOTS)))
def test_the_known_roots_come_out(size: int) -> None:
    assert root_of([leaf_hash(entry) for entry in ENTRIES[:size]]).hex() == ROOTS[size]


@given(leaves)
def test_a_tree_built_leaf_by_leaf_is_the_tree_of_the_definition(tree: list[bytes]) -> None:
    builder = TreeBuilder()
    for size, leaf in enumerate(tree):
        assert builder.root() == _naive(tree[:size])
        builder.add(leaf)
    assert builder.size == len(tree)
    assert builder.root() == root_of(tree) == Tree(tree).root() == _naive(tree)


@given(leaves.filter(len), st.data())
def test_a_path_leads_from_its_leaf_to_the_root_and_from_no_other(
    tree: list[bytes], data: st.DataObject
) -> None:
    index = data.draw(st.integers(0, len(tree) - 1))
    path = Tree(tree).path(index)
    assert root_by_path(index, len(tree), tree[index], path) == root_of(tree)
    assert root_by_path(index, len(tree), leaf_hash(b"another"), path) != root_of(tree)
    with pytest.raises(ValueError, match="too long"):
        root_by_path(index, len(tree), tree[index], [*path, bytes(32)])
    if path:
        with pytest.raises(ValueError, match="too short"):
            root_by_path(index, len(tree), tree[index], path[:-1])


def test_a_leaf_that_the_tree_has_not_is_refused() -> None:
    with pytest.raises(IndexError):
        Tree([bytes(32)] * 2).path(2)
    with pytest.raises(ValueError, match="no such leaf"):
        root_by_path(2, 2, bytes(32), [bytes(32)])
