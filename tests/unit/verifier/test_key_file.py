"""The key file: who may read it, and how it changes."""

import os
import threading
import time
from pathlib import Path

import pytest

from motp_verifier.key_file import KeyFile, KeyFileError
from motp_verifier.sealing import MasterKeys, SealBroken, load_or_create


@pytest.fixture
def file(tmp_path: Path) -> KeyFile:
    made = KeyFile(tmp_path / "master.key")
    made.create()
    return made


def test_a_new_key_goes_to_one_end_or_the_other(file: KeyFile) -> None:
    assert list(file.read()) == ["k1"]
    assert file.add(first=False) == "k2"
    assert file.add(first=True) == "k3"
    assert list(file.read()) == ["k3", "k1", "k2"]
    file.put_first("k2")
    assert list(file.read()) == ["k2", "k3", "k1"]
    file.remove({"k1", "k2"})
    assert list(file.read()) == ["k2", "k3"], "the first key never goes"


def test_keys_keep_their_values_through_every_change(file: KeyFile) -> None:
    before = file.read()["k1"]
    file.add(first=True)
    file.put_first("k1")
    assert file.read()["k1"] == before


def test_a_key_that_is_not_there_cannot_be_put_first(file: KeyFile) -> None:
    with pytest.raises(KeyFileError, match="no key 'k9'"):
        file.put_first("k9")


def test_a_changed_file_is_for_its_owner_alone_and_leaves_no_drafts(file: KeyFile) -> None:
    file.add(first=True)
    assert file.path.stat().st_mode & 0o777 == 0o600
    assert list(file.path.parent.iterdir()) == [file.path]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs root")
def test_a_file_that_root_changes_stays_its_owner_s(file: KeyFile) -> None:
    os.chown(file.path, 4711, 4712)
    file.add(first=True)
    changed = file.path.stat()
    assert (changed.st_uid, changed.st_gid) == (4711, 4712)


def test_what_a_killed_change_had_written_is_taken_away_by_the_next(file: KeyFile) -> None:
    killed, under_way, other = (
        file.path.with_name(name)
        for name in ("master.key.0123456789abcdef", "master.key.fedcba9876543210", "master.key.old")
    )
    for each in (killed, under_way, other):
        each.write_text("k1 secret")
    for each in (killed, other):
        os.utime(each, (time.time() - 61,) * 2)
    file.add(first=True)
    assert sorted(file.path.parent.iterdir()) == [file.path, under_way, other]


def test_changes_at_once_lose_no_key(file: KeyFile) -> None:
    threads = [threading.Thread(target=file.add, kwargs={"first": n % 2 == 0}) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(file.read()) == {f"k{n}" for n in range(1, 10)}


def test_a_running_process_opens_what_a_key_sealed_that_it_never_saw(file: KeyFile) -> None:
    running = load_or_create(file.path)
    file.add(first=True)
    sealed = load_or_create(file.path).seal(b"x", "a:1")
    assert sealed.startswith(b"k2:")
    assert running.open(sealed, "a:1") == b"x"


def test_a_running_process_seals_under_the_new_key_soon(file: KeyFile) -> None:
    running = load_or_create(file.path)
    assert running.seal(b"x", "a:1").startswith(b"k1:")
    file.add(first=True)
    running.look_again()
    assert running.seal(b"x", "a:1").startswith(b"k2:")


def test_a_key_that_went_from_the_file_opens_nothing_more(file: KeyFile) -> None:
    running = load_or_create(file.path)
    sealed = running.seal(b"x", "a:1")
    file.add(first=True)
    file.remove({"k1"})
    running.look_again()
    with pytest.raises(SealBroken):
        running.open(sealed, "a:1")


@pytest.mark.parametrize("broken", ["", "k1\n", None])
def test_a_file_that_becomes_unusable_leaves_the_keys_as_they_are(
    file: KeyFile, broken: str | None
) -> None:
    running = load_or_create(file.path)
    sealed = running.seal(b"x", "a:1")
    if broken is None:
        file.path.unlink()
    else:
        file.path.write_text(broken)
    running.look_again()
    assert running.open(sealed, "a:1") == b"x"
    assert running.seal(b"x", "a:1").startswith(b"k1:")


def test_keys_without_a_file_never_change() -> None:
    keys = MasterKeys({"k1": bytes(32)})
    keys.look_again()
    assert keys.ids == ("k1",)
