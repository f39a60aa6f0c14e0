import asyncio
import json
import logging
import multiprocessing
import os
import stat
from pathlib import Path

import pytest

from motp_verifier.services.messages.outbox import Outbox
from motp_verifier.services.messages.port import SendFailed, SendFailure, Sent, TextMessage

NOW = 1_790_000_000_123
MESSAGE = TextMessage(to="+821012345678", text="[mOTP] 인증번호 042917")


def lines(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_a_message_is_one_line_that_says_when_and_to_whom(tmp_path: Path) -> None:
    path = tmp_path / "outbox.jsonl"
    outcome = asyncio.run(Outbox(path, lambda: NOW).send(MESSAGE))

    assert isinstance(outcome, Sent)
    assert lines(path) == [
        {
            "id": outcome.message_id,
            "time": "2026-09-21T14:13:20.123Z",
            "to": "+821012345678",
            "text": "[mOTP] 인증번호 042917",
        }
    ]


def test_only_its_owner_may_read_the_file_even_one_that_was_open_before(tmp_path: Path) -> None:
    path = tmp_path / "outbox.jsonl"
    path.touch(0o644)
    path.chmod(0o644)
    asyncio.run(Outbox(path, lambda: NOW).send(MESSAGE))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_text_with_line_breaks_stays_one_line(tmp_path: Path) -> None:
    path = tmp_path / "outbox.jsonl"
    asyncio.run(Outbox(path, lambda: NOW).send(TextMessage(to="+821012345678", text="a\nb\r\n")))
    assert [line["text"] for line in lines(path)] == ["a\nb\r\n"]


def _send_many(path: Path, sender: int, count: int) -> None:
    outbox = Outbox(path, lambda: NOW)

    async def send_all() -> None:
        for number in range(count):
            await outbox.send(TextMessage(to="+821012345678", text=f"{sender}:{number}" * 200))

    asyncio.run(send_all())


def test_several_processes_never_mix_their_lines(tmp_path: Path) -> None:
    path = tmp_path / "outbox.jsonl"
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=_send_many, args=(path, n, 20)) for n in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0, 0, 0]
    assert sorted(line["text"] for line in lines(path)) == sorted(
        f"{sender}:{number}" * 200 for sender in range(3) for number in range(20)
    )


def test_a_file_that_cannot_be_written_is_an_outcome_and_no_exception(tmp_path: Path) -> None:
    outcome = asyncio.run(Outbox(tmp_path, lambda: NOW).send(MESSAGE))
    assert isinstance(outcome, SendFailed)
    assert outcome.kind is SendFailure.UNREACHABLE
    assert "042917" not in repr(outcome)
    assert "1234" not in repr(outcome)


def test_a_full_disk_leaves_the_lines_before_it_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "outbox.jsonl"
    outbox = Outbox(path, lambda: NOW)
    asyncio.run(outbox.send(MESSAGE))
    real_write = os.write
    calls = 0

    def write_half_then_fail(descriptor: int, data: memoryview) -> int:
        nonlocal calls
        calls += 1
        if calls == 2:
            raise OSError(28, "No space left on device")
        return real_write(descriptor, data[: len(data) // 2])

    with monkeypatch.context() as patch:
        patch.setattr("motp_verifier.services.messages.outbox.os.write", write_half_then_fail)
        outcome = asyncio.run(outbox.send(MESSAGE))
    assert outcome == SendFailed(
        SendFailure.UNREACHABLE, "the outbox cannot be written: No space left on device"
    )
    asyncio.run(outbox.send(MESSAGE))
    assert len(lines(path)) == 2


def test_starting_it_warns_that_it_is_not_for_production(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        Outbox(tmp_path / "outbox.jsonl", lambda: NOW)
    assert "not for production" in caplog.text


def test_neither_number_nor_text_is_in_a_messages_representation() -> None:
    assert "1234" not in repr(MESSAGE)
    assert "042917" not in repr(MESSAGE)
