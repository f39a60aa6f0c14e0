"""What the doctor finds, and that there is advice on all of it."""

import threading
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

from motp_desktop.command_texts import ADVICE, advice, doctor_lines, status_lines
from motp_desktop.config import Settings
from motp_desktop.services.adapters.data_folder import DataFolder
from motp_desktop.services.adapters.probes import FolderProbe, within
from motp_desktop.services.device_facts import DeviceStatus, Registration
from motp_desktop.services.doctor import LITTLE_SPACE, PROBE, Doctor, Finding
from motp_desktop.services.ports import KeyStoreFault, NoAnswer, StorageError, StorageFault
from motp_protocol.fields import Language
from tests.support.desktop_fakes import Desktop
from tests.support.memory_verifier import SERVER_AHEAD_MS

LANGUAGES: tuple[Language, ...] = ("ko", "en")


class Folder:
    """A data folder with so much room."""

    def __init__(self, free: int = 10 * LITTLE_SPACE, fault: StorageFault | None = None) -> None:
        self.free = free
        self.fault = fault

    def probe(self) -> int:
        if self.fault is not None:
            raise StorageError(self.fault)
        return self.free


def examine(
    pc: Desktop, folder: Folder | None = None, *, is_plain: bool = True, patience: bool = True
) -> dict[str, Finding]:
    """What is found, by part."""
    doctor = Doctor(
        folder=folder or Folder(),
        key_store=pc.key_store,
        api=pc.verifier,
        verifier_clock=pc.verifier_clock,
        is_plain=is_plain,
        within=lambda work, _: work() if patience else None,
    )
    return {each.part: each for each in doctor.examine()}


def on_time() -> Desktop:
    """A PC whose clock is the verifier's."""
    pc = Desktop()
    pc.clock.jump(SERVER_AHEAD_MS)
    return pc


def test_a_pc_in_good_order_is_found_well() -> None:
    found = examine(on_time())
    assert {each.verdict for each in found.values()} == {"ok"}
    assert found.keys() == {"data-folder", "key-store", "network", "certificate", "clock"}
    assert found["key-store"].detail == "memory"
    assert found["certificate"].code == "not-needed"
    assert examine(Desktop(), is_plain=False)["certificate"].code == "trusted"


@pytest.mark.parametrize("fault", StorageFault)
def test_a_folder_that_cannot_be_used_is_found(fault: StorageFault) -> None:
    found = examine(Desktop(), Folder(fault=fault))["data-folder"]
    assert (found.verdict, found.code) == ("bad", f"storage-{fault.value}")


def test_little_space_is_a_warning() -> None:
    assert examine(Desktop(), Folder(free=LITTLE_SPACE - 1))["data-folder"].code == "little-space"


@pytest.mark.parametrize("fault", KeyStoreFault)
def test_a_keychain_that_cannot_be_used_is_found(fault: KeyStoreFault) -> None:
    pc = Desktop()
    pc.key_store.fault = fault
    found = examine(pc)["key-store"]
    assert (found.verdict, found.code) == ("bad", f"key-store-{fault.value}")


def test_a_keychain_that_waits_for_its_prompt_is_not_waited_for() -> None:
    assert examine(Desktop(), patience=False)["key-store"].code == "key-store-waits"


def test_nothing_of_the_trial_stays_in_the_keychain() -> None:
    pc = Desktop()
    examine(pc)
    assert pc.key_store.secrets == {}


@pytest.mark.parametrize("reason", get_args(get_type_hints(NoAnswer)["reason"]))
def test_a_verifier_that_does_not_answer_is_found(reason: str) -> None:
    pc = Desktop()
    pc.verifier.script.append(NoAnswer(reason))  # type: ignore[arg-type]
    found = examine(pc)
    part = "certificate" if reason.startswith("tls") else "network"
    assert (found[part].verdict, found[part].code) == ("bad", reason)
    assert "clock" not in found


@pytest.mark.parametrize(("seconds", "code"), [(95, "fast"), (-7300, "slow"), (4, "right")])
def test_a_wrong_clock_is_a_warning_for_it_heals_itself(seconds: int, code: str) -> None:
    pc = on_time()
    pc.clock.jump(seconds * 1000)
    found = examine(pc)["clock"]
    assert found == Finding("clock", "ok" if code == "right" else "warn", code, f"{seconds:+d} s")


def test_a_real_folder_is_tried_and_left_clean(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    assert FolderProbe(DataFolder(folder), folder).probe() > 0
    assert list(folder.iterdir()) == []
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StorageError):
        FolderProbe(DataFolder(tmp_path / "file"), tmp_path / "file").probe()


def test_work_that_never_ends_is_left_behind() -> None:
    never = threading.Event()
    assert within(never.wait, 0.05) is None
    never.set()
    assert within(lambda: PROBE, 5.0) == PROBE


def codes() -> set[str]:
    """All that can be found amiss."""
    return {
        *(f"storage-{fault.value}" for fault in StorageFault),
        *(f"key-store-{fault.value}" for fault in KeyStoreFault),
        *get_args(get_type_hints(NoAnswer)["reason"]),
        *("little-space", "key-store-waits", "key-file", "refused", "other-protocol"),
        *("fast", "slow", "missing", "qt", "no-hangul"),
    }


def test_there_is_advice_on_all_that_can_be_amiss_and_on_nothing_else() -> None:
    assert set(ADVICE) == codes()
    for korean, english in ADVICE.values():
        assert any("가" <= letter <= "힣" for letter in korean)
        assert not any("가" <= letter <= "힣" for letter in english)
        assert korean.count(".") >= 1 or "install" in korean


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_well_needs_no_advice_and_what_is_not_has_some(
    language: Language, tmp_path: Path
) -> None:
    findings = [
        Finding("key-store", "ok", "kept", "Keyring"),
        Finding("libraries", "bad", "missing", "libegl1"),
        Finding("clock", "warn", "fast", "+95 s"),
    ]
    lines = doctor_lines(findings, Settings("https://otp.example", tmp_path), language)
    assert len(lines) == 6
    assert advice(findings[0], language) == ""
    assert lines[3].endswith("apt-get install libegl1")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("registration", get_args(Registration))
def test_every_state_has_words(language: Language, registration: Registration) -> None:
    lines = status_lines(DeviceStatus(registration, "why", key_store_fault="locked"), language)
    assert "(why)" in lines[0]
    assert lines[-1].endswith("(locked)")
    is_korean = any("가" <= letter <= "힣" for line in lines for letter in line)
    assert is_korean == (language == "ko")
