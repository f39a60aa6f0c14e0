"""`motp-desktop kiosk enrol`: whoever sits there is asked; a script gives lines instead.

The exit PIN is never an argument: other users of the PC see those.
"""

import argparse
import getpass
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TextIO

from motp_desktop.config import DEFAULT_VERIFIER_ORIGIN, Settings
from motp_desktop.exit_codes import BAD_USAGE, DONE, NOT_CONFIRMED, NOT_TOLD, WRONG
from motp_desktop.kiosk_services import FOLDER, KioskServices, build_kiosk
from motp_desktop.kiosk_texts import enrolment_lines, say
from motp_desktop.services.adapters.data_folder import DataFolder
from motp_desktop.services.adapters.log_file import logging_to
from motp_desktop.services.adapters.origins import normalise_origin
from motp_desktop.services.adapters.preferences import Preferences
from motp_desktop.services.kiosk.outcomes import (
    EnrolKioskOutcome,
    ExitPinUnsuitable,
    KioskAdded,
    KioskLocked,
    KioskReady,
)
from motp_desktop.services.outcomes import KeyStoreTrouble
from motp_desktop.services.ports import KeyStoreError, NoAnswer
from motp_protocol.fields import Language


class NothingEntered(Exception):
    """The input ended where an answer was wanted."""


@dataclass(frozen=True, slots=True)
class Terminal:
    """Who is asked: a person at a terminal, or the lines that a script gives."""

    lines: TextIO
    out: TextIO
    is_person: bool
    hidden: Callable[[str], str] = getpass.getpass

    def ask(self, question: str, *, hidden: bool = False) -> str:
        """An answer without blanks around it. Raises NothingEntered."""
        try:
            if self.is_person and hidden:
                return self.hidden(question).strip()
            if self.is_person:
                self.out.write(question)
                self.out.flush()
            line = self.lines.readline()
        except EOFError as error:
            raise NothingEntered from error
        if not line.strip():
            raise NothingEntered
        return line.strip()

    def tell(self, *lines: str) -> None:
        """A line each."""
        self.out.write("".join(f"{line}\n" for line in lines))


def run_enrol(given: argparse.Namespace, settings: Settings) -> int:
    """Enrol this PC as a kiosk; the exit status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a console that cannot write Korean
    chosen = settings.with_choices(Preferences(DataFolder(settings.data_dir)).load().choices)
    language: Language = given.lang or chosen.language
    is_person = sys.stdin is not None and sys.stdin.isatty()
    terminal = Terminal(sys.stdin, sys.stderr, is_person)
    try:
        origin = _origin(given, chosen, terminal, language)
        if origin is None:
            return BAD_USAGE
        with logging_to(settings.data_dir / FOLDER):
            services = build_kiosk(replace(chosen, verifier_origin=origin))
            return enrol(given, services, terminal, language)
    except (NothingEntered, KeyboardInterrupt):
        terminal.tell(say("no-input", language))
        return NOT_CONFIRMED


def enrol(
    given: argparse.Namespace, services: KioskServices, terminal: Terminal, language: Language
) -> int:
    """Ask for what was not given, then enrol; the exit status. Raises NothingEntered."""
    now = services.kiosk.look()
    if isinstance(now, KioskReady | KioskLocked) and not given.yes:
        terminal.tell(say("enrolled-before", language, label=now.claims.label))
        if not _is_confirmed(terminal, language):
            terminal.tell(say("not-confirmed", language))
            return NOT_CONFIRMED
    if given.key_file:
        try:
            services.key_store_choice.choose_key_file()
        except KeyStoreError as error:
            return _tell(KeyStoreTrouble(error.fault), terminal, language)
    code = given.code or terminal.ask(say("ask-code", language))
    return _tell(services.kiosk.enrol(code, _pin(terminal, language)), terminal, language)


def _tell(outcome: EnrolKioskOutcome, terminal: Terminal, language: Language) -> int:
    terminal.tell(*enrolment_lines(outcome, language))
    match outcome:
        case KioskAdded():
            return DONE
        case ExitPinUnsuitable():
            return BAD_USAGE
        case NoAnswer():
            return NOT_TOLD
        case _:
            return WRONG


def _origin(
    given: argparse.Namespace, settings: Settings, terminal: Terminal, language: Language
) -> str | None:
    """Which verifier. A person is asked where nobody set one."""
    is_set = given.verifier is not None or settings.verifier_origin != DEFAULT_VERIFIER_ORIGIN
    if is_set or not terminal.is_person:
        return settings.verifier_origin
    address = terminal.ask(say("ask-origin", language))
    try:
        return normalise_origin(address)
    except ValueError:
        terminal.tell(say("bad-origin", language, address=address))
        return None


def _pin(terminal: Terminal, language: Language) -> str:
    """The exit PIN: a person types it twice, and both times alike."""
    while True:
        pin = terminal.ask(say("ask-pin", language), hidden=True)
        again = say("ask-pin-again", language)
        if not terminal.is_person or terminal.ask(again, hidden=True) == pin:
            return pin
        terminal.tell(say("pins-differ", language))


def _is_confirmed(terminal: Terminal, language: Language) -> bool:
    word = say("word", language)
    return terminal.is_person and terminal.ask(say("confirm", language, word=word)) == word
