"""A voice as the view models see it."""

from typing import Protocol

from motp_protocol.fields import Language


class Speaker(Protocol):
    """Reads aloud, codes digit by digit. UI thread only; nothing blocks."""

    def can_speak(self) -> bool:
        """Whether there is a voice on this PC."""

    def say_code(self, code: str, language: Language) -> None:
        """Read these digits in this language; what was being said stops."""

    def say(self, text: str, language: Language) -> None:
        """Read this text in this language; what was being said stops."""

    def stop(self) -> None:
        """Say no more."""
