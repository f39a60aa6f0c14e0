import errno
import os
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from motp_desktop.services.adapters.data_folder import DataFolder
from motp_desktop.services.adapters.installation_file import InstallationFile
from motp_desktop.services.adapters.vault_files import VaultFiles
from motp_desktop.services.ports import Slot, StorageError, StorageFault
from motp_desktop.services.vault import MAX_SIZE


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "data"


@pytest.fixture
def vaults(path: Path) -> VaultFiles:
    return VaultFiles(DataFolder(path))


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_only_this_user_can_read_the_folder_and_its_files(path: Path, vaults: VaultFiles) -> None:
    previous = os.umask(0)
    try:
        vaults.save(Slot.ACTIVE, b"sealed")
    finally:
        os.umask(previous)
    assert mode(path) == 0o700
    assert [mode(each) for each in path.iterdir()] == [0o600]


def test_a_folder_that_was_open_to_others_is_closed(path: Path, vaults: VaultFiles) -> None:
    path.mkdir(parents=True)
    path.chmod(0o755)
    vaults.load(Slot.ACTIVE)
    assert mode(path) == 0o700


def test_a_shared_folder_named_by_mistake_stays_shared(path: Path, vaults: VaultFiles) -> None:
    path.mkdir(parents=True)
    path.chmod(0o1777)
    vaults.save(Slot.ACTIVE, b"sealed")
    assert mode(path) == 0o1777 & 0o777 | stat.S_ISVTX


def test_a_vault_is_saved_replaced_promoted_and_forgotten(vaults: VaultFiles) -> None:
    assert vaults.load(Slot.ACTIVE) is None
    vaults.save(Slot.ACTIVE, b"old")
    vaults.save(Slot.PENDING, b"new")
    vaults.promote()
    vaults.promote()
    assert vaults.load(Slot.ACTIVE) == b"new"
    assert vaults.load(Slot.PENDING) is None
    vaults.delete(Slot.ACTIVE)
    vaults.delete(Slot.ACTIVE)
    assert vaults.load(Slot.ACTIVE) is None


def test_damaged_vaults_are_kept_beside_one_another(path: Path, vaults: VaultFiles) -> None:
    for damaged in (b"one", b"two"):
        vaults.save(Slot.ACTIVE, damaged)
        vaults.set_aside(Slot.ACTIVE)
    vaults.set_aside(Slot.ACTIVE)
    assert vaults.load(Slot.ACTIVE) is None
    assert (path / "active.vault.damaged-1").read_bytes() == b"one"
    assert (path / "active.vault.damaged-2").read_bytes() == b"two"


def test_a_file_too_large_is_not_read_whole(path: Path, vaults: VaultFiles) -> None:
    vaults.save(Slot.ACTIVE, b"a" * (MAX_SIZE * 2))
    assert len(vaults.load(Slot.ACTIVE) or b"") == MAX_SIZE + 1


def test_leftovers_of_a_crash_are_cleaned_up_at_the_start(path: Path) -> None:
    VaultFiles(DataFolder(path)).save(Slot.ACTIVE, b"sealed")
    (path / ".active.vault.abc.tmp").write_bytes(b"half")
    restarted = VaultFiles(DataFolder(path))
    assert restarted.load(Slot.ACTIVE) == b"sealed"
    assert [each.name for each in path.iterdir()] == ["active.vault"]


@pytest.mark.parametrize("moment", ["os.fsync", "os.replace"])
def test_a_process_killed_while_it_saves_leaves_the_old_or_the_new_vault(
    path: Path, vaults: VaultFiles, moment: str
) -> None:
    vaults.save(Slot.ACTIVE, b"old")
    program = f"""
import os, pathlib
from motp_desktop.services.adapters.data_folder import DataFolder
def die(*given): os._exit(9)
{moment} = die
DataFolder(pathlib.Path({str(path)!r})).write("active.vault", b"new" * 1000)
"""
    done = subprocess.run([sys.executable, "-c", program], check=False)
    assert done.returncode == 9
    assert VaultFiles(DataFolder(path)).load(Slot.ACTIVE) == b"old"
    assert [each.name for each in path.iterdir()] == ["active.vault"]


FAILURES = [
    (errno.ENOSPC, StorageFault.FULL),
    (errno.EDQUOT, StorageFault.FULL),
    (errno.EROFS, StorageFault.DENIED),
    (errno.EACCES, StorageFault.DENIED),
    (errno.EIO, StorageFault.FAILED),
]


def failing(number: int) -> Callable[..., None]:
    def fail(*_given: object) -> None:
        raise OSError(number, os.strerror(number))

    return fail


@pytest.mark.parametrize("failure", FAILURES)
@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_disk_that_fails_is_told_and_the_old_vault_stays(
    path: Path,
    vaults: VaultFiles,
    monkeypatch: pytest.MonkeyPatch,
    failure: tuple[int, StorageFault],
    call: str,
) -> None:
    number, fault = failure
    vaults.save(Slot.ACTIVE, b"old")
    with monkeypatch.context() as patched, pytest.raises(StorageError) as caught:
        patched.setattr(os, call, failing(number))
        vaults.save(Slot.ACTIVE, b"new")
    assert caught.value.fault is fault
    assert vaults.load(Slot.ACTIVE) == b"old"
    assert [each.name for each in path.iterdir()] == ["active.vault"]


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 64 KiB; needs root."""
    folder = tmp_path / "tiny"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)]
    if os.getuid() != 0 or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("no file system can be mounted here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_disk_that_is_really_full_is_told_and_the_old_vault_stays(tiny_disk: Path) -> None:
    vaults = VaultFiles(DataFolder(tiny_disk / "data"))
    vaults.save(Slot.ACTIVE, b"old")
    with pytest.raises(StorageError) as caught:
        vaults.save(Slot.ACTIVE, b"n" * 100_000)
    assert caught.value.fault is StorageFault.FULL
    assert vaults.load(Slot.ACTIVE) == b"old"
    vaults.save(Slot.ACTIVE, b"new")
    assert vaults.load(Slot.ACTIVE) == b"new"


def test_a_link_in_the_place_of_a_vault_is_not_followed(path: Path, vaults: VaultFiles) -> None:
    vaults.load(Slot.ACTIVE)
    target = path.parent / "somebody-elses"
    target.write_bytes(b"theirs")
    (path / "active.vault").symlink_to(target)
    with pytest.raises(StorageError) as caught:
        vaults.load(Slot.ACTIVE)
    assert caught.value.fault is StorageFault.DENIED
    vaults.save(Slot.ACTIVE, b"ours")
    assert target.read_bytes() == b"theirs"
    assert vaults.load(Slot.ACTIVE) == b"ours"


def test_a_folder_where_a_file_should_be_is_a_failure_not_a_crash(
    path: Path, vaults: VaultFiles
) -> None:
    (path / "active.vault").mkdir(parents=True)
    for call in (vaults.load, vaults.delete):
        with pytest.raises(StorageError):
            call(Slot.ACTIVE)


def test_a_file_in_the_place_of_the_folder_is_a_failure(path: Path, vaults: VaultFiles) -> None:
    path.parent.mkdir(parents=True)
    path.write_bytes(b"")
    with pytest.raises(StorageError):
        vaults.load(Slot.ACTIVE)


def test_an_installation_keeps_its_id(path: Path) -> None:
    first = InstallationFile(DataFolder(path), os.urandom)
    assert first.load() is None
    made = first.create()
    again = InstallationFile(DataFolder(path), os.urandom)
    assert again.load() == again.create() == made


def test_an_installation_id_that_was_garbled_is_none(path: Path) -> None:
    installation = InstallationFile(DataFolder(path), os.urandom)
    installation.create()
    (path / "installation-id").write_bytes(b"\xff\xfe../../etc")
    assert installation.load() is None
