"""Which consent document is being read, and how far."""

from motp_desktop.services.outcomes import ConsentReady
from motp_protocol.fields import Language


class ConsentReading:
    """Knows whether a document must be loaded, and whether the reader was at its end."""

    def __init__(self) -> None:
        self._ready: ConsentReady | None = None
        self._asked: Language | None = None
        self._at_end = False
        self._reminded = False

    @property
    def ready(self) -> ConsentReady | None:
        """The document that was loaded last, unless it is known to be outdated."""
        return self._ready

    def wants(self, lang: Language) -> bool:
        """Whether a document must be asked for, to read it in this language."""
        return self._asked != lang

    def asked(self, lang: Language) -> None:
        """It was asked for; whatever comes of that, it is not asked for again by itself."""
        self._asked = lang

    def loaded(self, ready: ConsentReady) -> None:
        """Here it is; it is to be read from its beginning."""
        self._ready = ready
        self._at_end = self._reminded = False

    def outdated(self) -> None:
        """The verifier has a newer one."""
        self._ready = self._asked = None

    def reached_end(self) -> None:
        """The reader was at its end."""
        self._at_end = True

    def must_remind(self) -> bool:
        """Whether to ask to read on instead of taking the consent: true once at most."""
        if self._at_end or self._reminded:
            return False
        self._reminded = True
        return True
