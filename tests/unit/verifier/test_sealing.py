"""Encryption at rest: what opens, what does not, and who may read the key file."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motp_verifier.key_file import KeyFileError
from motp_verifier.sealing import MasterKeys, SealBroken, load_or_create

KEYS = MasterKeys({"k1": bytes(range(32))})


@given(st.binary(max_size=200), st.text(max_size=40))
def test_what_is_sealed_opens_in_its_place(plain: bytes, place: str) -> None:
    assert KEYS.open(KEYS.seal(plain, place), place) == plain


def test_two_seals_of_one_value_differ() -> None:
    assert KEYS.seal(b"x", "a:1") != KEYS.seal(b"x", "a:1")


def test_a_sealed_value_does_not_open_in_another_row() -> None:
    with pytest.raises(SealBroken):
        KEYS.open(KEYS.seal(b"x", "a:1"), "a:2")


def test_a_sealed_value_changed_at_any_byte_does_not_open() -> None:
    sealed = KEYS.seal(b"secret", "a:1")
    for position in range(len(sealed)):
        changed = bytearray(sealed)
        changed[position] ^= 1
        with pytest.raises(SealBroken):
            KEYS.open(bytes(changed), "a:1")
        with pytest.raises(SealBroken):
            KEYS.open(sealed[:position], "a:1")


def test_rotated_keys_open_old_values() -> None:
    rotated = MasterKeys({"k2": bytes(32), "k1": bytes(range(32))})
    assert rotated.open(KEYS.seal(b"x", "a:1"), "a:1") == b"x"
    with pytest.raises(SealBroken):
        KEYS.open(rotated.seal(b"x", "a:1"), "a:1")


def test_there_is_no_index_before_the_root_is_known(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="index root"):
        load_or_create(tmp_path / "master.key").blind_index("phone", b"1")


def test_indexes_of_two_purposes_differ() -> None:
    assert KEYS.blind_index("phone", b"1") != KEYS.blind_index("person", b"1")


def test_the_key_file_is_made_once_and_only_for_its_owner(tmp_path: Path) -> None:
    path = tmp_path / "master.key"
    sealed = load_or_create(path).seal(b"x", "a:1")
    assert path.stat().st_mode & 0o777 == 0o600
    assert load_or_create(path).open(sealed, "a:1") == b"x"
    assert list(tmp_path.iterdir()) == [path]


def test_a_key_file_that_others_can_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "master.key"
    load_or_create(path)
    path.chmod(0o640)
    with pytest.raises(KeyFileError, match="chmod 600"):
        load_or_create(path)


@pytest.mark.parametrize("content", ["", "k1 short\n", "K! AAAA\n", "k1\n", "\xff\n", "# only\n"])
def test_a_key_file_of_another_form_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "master.key"
    path.write_text(content, encoding="latin-1")
    path.chmod(0o600)
    with pytest.raises(KeyFileError):
        load_or_create(path)


def test_a_key_file_in_a_missing_folder_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(KeyFileError, match="No such file"):
        load_or_create(tmp_path / "missing" / "master.key")


def test_keys_do_not_show_in_a_representation() -> None:
    assert repr(KEYS) == "<MasterKeys, 1 of them>"
