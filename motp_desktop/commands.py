"""`motp-desktop status`, `doctor` and `reset`: for the helpdesk and for scripts.

Answers go to stdout in one language, JSON without any; no window, and no Qt but where a
command says so.
"""

import argparse
import json
import os
import sys
from pathlib import Path

from motp_desktop import command_texts, preflight
from motp_desktop.bootstrap import Services, build_services
from motp_desktop.config import Settings
from motp_desktop.exit_codes import (
    DONE,
    NOT_CONFIRMED,
    NOT_REGISTERED,
    NOT_TOLD,
    UNUSABLE,
    WRONG,
)
from motp_desktop.services.adapters.data_folder import DataFolder
from motp_desktop.services.adapters.log_file import logging_to
from motp_desktop.services.adapters.preferences import Preferences
from motp_desktop.services.adapters.probes import within
from motp_desktop.services.device_facts import DeviceStatus
from motp_desktop.services.doctor import Finding
from motp_desktop.services.outcomes import ResetDone, StorageTrouble
from motp_desktop.services.ports import NoAnswer
from motp_desktop.services.report import status_members
from motp_protocol.fields import Language

_PATIENCE_SECONDS = 20.0


def run_command(given: argparse.Namespace, settings: Settings) -> int:
    """Do what was asked; the exit status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a console that cannot write Korean
    chosen = settings.with_choices(Preferences(DataFolder(settings.data_dir)).load().choices)
    language: Language = given.lang or chosen.language
    with logging_to(chosen.data_dir):
        services = build_services(chosen)
        match given.command:
            case "status":
                return _status(services, language, as_json=given.json, ask=given.ask)
            case "doctor":
                return _doctor(services, chosen, language, as_json=given.json, report=given.report)
            case _:
                return _reset(
                    services, chosen, language, is_sure=given.yes, here_only=given.here_only
                )


def _status(services: Services, language: Language, *, as_json: bool, ask: bool) -> int:
    if ask:
        services.sync.sync()
    status = look_within(services)
    if as_json:
        _print_json(status_members(status))
    else:
        _print(command_texts.status_lines(status, language))
    return _status_code(status)


def look_within(services: Services, seconds: float = _PATIENCE_SECONDS) -> DeviceStatus:
    """The status. A keychain that waits for its prompt is left waiting: nobody may be there."""
    found = within(services.status_desk.look, seconds)
    return found or DeviceStatus("unreadable", "key-store-waits")


def _status_code(status: DeviceStatus) -> int:
    match status.registration:
        case "active" | "code-locked":
            return DONE
        case "none" | "unconfirmed":
            return NOT_REGISTERED
        case "unreadable":
            return WRONG
        case _:
            return UNUSABLE


def _doctor(
    services: Services,
    settings: Settings,
    language: Language,
    *,
    as_json: bool,
    report: Path | None,
) -> int:
    findings = [*services.doctor.examine(), *examine_screen()]
    if as_json:
        members = [
            {
                "part": each.part,
                "verdict": each.verdict,
                "code": each.code,
                "detail": each.detail,
                "advice": command_texts.advice(each, language),
            }
            for each in findings
        ]
        _print_json({"findings": members})
    else:
        _print(command_texts.doctor_lines(findings, settings, language))
    if report is not None and not _save_report(services, findings, report, language):
        return WRONG
    return WRONG if any(each.verdict == "bad" for each in findings) else DONE


def _save_report(
    services: Services, findings: list[Finding], path: Path, language: Language
) -> bool:
    if not services.diagnostics.save(str(path), findings):
        sys.stderr.write(command_texts.say("report-not-saved", language).format(path=path) + "\n")
        return False
    sys.stderr.write(command_texts.say("report-saved", language).format(path=path) + "\n")
    return True


def examine_screen() -> list[Finding]:
    """The libraries that Qt needs, and a typeface with Hangul. Loads Qt where it can be loaded."""
    missing = preflight.missing_packages(os.environ)
    if missing:
        return [Finding("libraries", "bad", "missing", " ".join(missing))]
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    try:
        from PySide6.QtWidgets import QApplication  # noqa: PLC0415 - Qt

        from motp_desktop.ui.fonts import choose_font  # noqa: PLC0415 - Qt
    except ImportError as error:
        return [Finding("libraries", "bad", "qt", str(error)[:200])]
    found = choose_font(QApplication.instance() or QApplication(["motp-desktop"]))  # type: ignore[arg-type]
    font = (
        Finding("font", "ok", "hangul", found.family)
        if found.covers_hangul
        else Finding("font", "bad", "no-hangul")
    )
    return [Finding("libraries", "ok", "there"), font]


def _reset(
    services: Services,
    settings: Settings,
    language: Language,
    *,
    is_sure: bool,
    here_only: bool,
) -> int:
    from PySide6.QtCore import QCoreApplication  # noqa: PLC0415 - Qt, without a window

    from motp_desktop.ui.single_instance import SingleInstance  # noqa: PLC0415 - Qt

    if look_within(services).registration == "none":
        _print([command_texts.say("reset-nothing", language)])
        return NOT_REGISTERED
    _app = QCoreApplication.instance() or QCoreApplication(["motp-desktop"])
    instance = SingleInstance(settings.data_dir)
    if not instance.claim():
        _print([command_texts.say("reset-running", language)])
        return WRONG
    try:
        if not is_sure and not _confirmed(language):
            _print([command_texts.say("reset-not-confirmed", language)])
            return NOT_CONFIRMED
        outcome = services.reset.reset()
        if not isinstance(outcome, ResetDone | StorageTrouble) and here_only:
            outcome = services.reset.reset(here_only=True)
    finally:
        instance.release()
    match outcome:
        case ResetDone(verifier_told=True):
            _print([command_texts.say("reset-done", language)])
            return DONE
        case ResetDone():
            _print([command_texts.say("reset-here", language)])
            return NOT_TOLD
        case NoAnswer(reason):
            _print([command_texts.say("reset-unanswered", language).format(reason=reason)])
            return NOT_TOLD
        case _:
            _print([command_texts.say("reset-failed", language)])
            return WRONG


def _confirmed(language: Language) -> bool:
    """Whether whoever sits there typed the word; nobody there is no."""
    word = command_texts.say("reset-word", language)
    sys.stderr.write(command_texts.say("reset-question", language).format(word=word) + " ")
    sys.stderr.flush()
    return sys.stdin is not None and sys.stdin.readline().strip() == word


def _print(lines: list[str]) -> None:
    sys.stdout.write("\n".join(lines) + "\n")


def _print_json(members: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(members, ensure_ascii=False, indent=2) + "\n")
