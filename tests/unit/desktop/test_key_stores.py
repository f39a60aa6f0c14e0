from collections.abc import Callable
from pathlib import Path

import pytest
from keyring.backend import KeyringBackend
from keyring.errors import (
    InitError,
    KeyringError,
    KeyringLocked,
    NoKeyringError,
    PasswordDeleteError,
)

from motp_desktop.services.adapters.chosen_key_store import ChosenKeyStore
from motp_desktop.services.adapters.data_folder import DataFolder
from motp_desktop.services.adapters.key_file import KeyFile
from motp_desktop.services.adapters.keychain import Keychain, system_backends
from motp_desktop.services.ports import KeyStore, KeyStoreError, KeyStoreFault
from tests.support.memory_ports import MemoryKeyStore

NAME, SECRET = "device-secret/1", bytes(range(32))


def keyring(error: Exception | None = None, *, forgets: bool = False) -> KeyringBackend:
    """A keyring in memory, or one that fails or forgets.

    Made by a function: keyring registers every class of backend that it sees.
    """

    class Backend:
        name = "Memory Keyring"

        def __init__(self) -> None:
            self.passwords: dict[tuple[str, str], str] = {}

        def get_password(self, service: str, username: str) -> str | None:
            self._check()
            return self.passwords.get((service, username))

        def set_password(self, service: str, username: str, password: str) -> None:
            self._check()
            if not forgets:
                self.passwords[service, username] = password

        def delete_password(self, service: str, username: str) -> None:
            self._check()
            if (service, username) not in self.passwords:
                raise PasswordDeleteError("not there")
            del self.passwords[service, username]

        def _check(self) -> None:
            if error is not None:
                raise error

    return Backend()  # type: ignore[return-value]


def fault_of(store: KeyStore) -> set[KeyStoreFault]:
    """How each call of a key store fails."""
    faults = set()
    calls: list[Callable[[], object]] = [
        lambda: store.load(NAME),
        lambda: store.save(NAME, SECRET),
        lambda: store.delete(NAME),
    ]
    for call in calls:
        with pytest.raises(KeyStoreError) as caught:
            call()
        faults.add(caught.value.fault)
    return faults


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path / "data")


@pytest.fixture(params=["keychain", "key file"])
def store(request: pytest.FixtureRequest, folder: DataFolder) -> KeyStore:
    backend = keyring()
    return Keychain(lambda: [backend]) if request.param == "keychain" else KeyFile(folder)


def test_a_key_store_keeps_replaces_and_forgets(store: KeyStore) -> None:
    assert store.load(NAME) is None
    store.save(NAME, bytes(32))
    store.save(NAME, SECRET)
    store.save("another", b"\xff\x00")
    assert store.load(NAME) == SECRET
    store.delete(NAME)
    store.delete(NAME)
    assert store.load(NAME) is None
    assert store.load("another") == b"\xff\x00"


def test_a_keychain_is_named_for_the_helpdesk() -> None:
    assert Keychain(lambda: [keyring()]).description == "Memory Keyring"


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        (NoKeyringError("none"), KeyStoreFault.NONE_FOUND),
        (KeyringLocked("locked"), KeyStoreFault.LOCKED),
        (InitError("no prompt"), KeyStoreFault.FAILED),
        (KeyringError("odd"), KeyStoreFault.FAILED),
        (ConnectionResetError("the daemon was killed"), KeyStoreFault.FAILED),
    ],
)
def test_each_way_that_a_keyring_fails_has_its_fault(
    error: Exception, fault: KeyStoreFault
) -> None:
    assert fault_of(Keychain(lambda: [keyring(error)])) == {fault}


def test_without_a_keyring_none_is_found() -> None:
    assert fault_of(Keychain(list)) == {KeyStoreFault.NONE_FOUND}


def test_a_keyring_that_forgets_what_it_was_given_has_failed() -> None:
    with pytest.raises(KeyStoreError) as caught:
        Keychain(lambda: [keyring(forgets=True)]).save(NAME, SECRET)
    assert caught.value.fault is KeyStoreFault.FAILED


def test_a_secret_is_found_whichever_of_two_keyrings_comes_first_today() -> None:
    one, other = keyring(), keyring()
    Keychain(lambda: [one, other]).save(NAME, SECRET)
    today = Keychain(lambda: [other, one])
    assert today.load(NAME) == SECRET
    today.delete(NAME)
    assert Keychain(lambda: [one, other]).load(NAME) is None


def test_what_a_keychain_holds_is_text_and_what_is_no_base64_is_no_secret() -> None:
    backend = keyring()
    chain = Keychain(lambda: [backend])
    chain.save(NAME, SECRET)
    assert isinstance(backend.get_password("motp-desktop", NAME), str)
    backend.set_password("motp-desktop", NAME, "비밀")
    assert chain.load(NAME) is None


@pytest.mark.parametrize("kind", ["keyring.backends.fail.Keyring", "keyring.backends.null.Keyring"])
def test_a_backend_that_protects_nothing_is_none(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", kind)
    assert system_backends() == []


def test_without_a_session_bus_no_system_backend_is_found() -> None:
    assert fault_of(Keychain()) == {KeyStoreFault.NONE_FOUND}


def test_a_key_file_is_chosen_knowingly_and_stays_chosen(folder: DataFolder) -> None:
    keychain = MemoryKeyStore()
    store = ChosenKeyStore(keychain, KeyFile(folder))
    keychain.fault = KeyStoreFault.NONE_FOUND
    assert fault_of(store) == {KeyStoreFault.NONE_FOUND}
    store.choose_key_file()
    store.save(NAME, SECRET)
    store.choose_key_file()
    restarted = ChosenKeyStore(MemoryKeyStore(), KeyFile(folder))
    assert restarted.load(NAME) == SECRET
    assert restarted.description == "key file"
    restarted.delete(NAME)
    assert restarted.load(NAME) is None


def test_until_then_the_keychain_is_used(folder: DataFolder) -> None:
    keychain = MemoryKeyStore()
    store = ChosenKeyStore(keychain, KeyFile(folder))
    store.save(NAME, SECRET)
    assert keychain.secrets == {NAME: SECRET}
    assert store.description == "memory"


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o666])
def test_a_key_file_that_others_can_reach_is_refused(
    folder: DataFolder, tmp_path: Path, mode: int
) -> None:
    store = KeyFile(folder)
    store.save(NAME, SECRET)
    (tmp_path / "data" / "keys.json").chmod(mode)
    assert fault_of(store) == {KeyStoreFault.FAILED}


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b"\xff", b'{"a": 1}', b"[" * 50_000])
def test_a_key_file_with_something_else_in_it_is_not_overwritten(
    folder: DataFolder, tmp_path: Path, content: bytes
) -> None:
    store = KeyFile(folder)
    store.create()
    (tmp_path / "data" / "keys.json").write_bytes(content)
    assert fault_of(store) == {KeyStoreFault.FAILED}
    assert (tmp_path / "data" / "keys.json").read_bytes() == content


def test_a_secret_in_the_key_file_that_is_no_base64_is_none(
    folder: DataFolder, tmp_path: Path
) -> None:
    store = KeyFile(folder)
    store.create()
    (tmp_path / "data" / "keys.json").write_text(f'{{"{NAME}": "비밀"}}')
    assert store.load(NAME) is None


def test_a_key_file_in_a_folder_that_cannot_be_made_has_failed(tmp_path: Path) -> None:
    (tmp_path / "data").write_bytes(b"")
    store = ChosenKeyStore(MemoryKeyStore(), KeyFile(DataFolder(tmp_path / "data")))
    assert fault_of(store) == {KeyStoreFault.FAILED}
    with pytest.raises(KeyStoreError):
        store.choose_key_file()
