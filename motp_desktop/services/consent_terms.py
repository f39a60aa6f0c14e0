"""The verifier's terms and its consent document, checked against each other."""

from typing import assert_never

from motp_desktop.services.outcomes import ConsentReady, LoadedConsent, UnexpectedRefusal
from motp_desktop.services.ports import NoAnswer, Ok, Refused, VerifierApi
from motp_desktop.services.refusals import other_refusal
from motp_protocol import PROTOCOL_VERSION
from motp_protocol.encoding import format_time
from motp_protocol.fields import Language
from motp_protocol.messages import ConsentGiven


def load_consent(api: VerifierApi, lang: Language) -> LoadedConsent:
    """The verifier's terms and its document, which must be the one that its hash names."""
    match api.service():
        case NoAnswer() as none:
            return none
        case Refused(problem):
            return other_refusal(problem)
        case Ok(service):
            pass
        case never:
            assert_never(never)
    if service.protocol != PROTOCOL_VERSION:
        return UnexpectedRefusal("protocol-version")
    match api.consent(service.consent.version, lang):
        case NoAnswer() as none:
            return none
        case Refused(problem):
            return other_refusal(problem)
        case Ok(document):
            pass
        case other:
            assert_never(other)
    is_the_one = (
        document.is_intact()
        and document.version == service.consent.version
        and document.lang == lang
        and document.sha256 == service.consent.languages.get(lang)
    )
    return ConsentReady(service, document) if is_the_one else NoAnswer("bad-answer")


def given_now(consent: ConsentReady, now_ms: int) -> ConsentGiven:
    """The consent to this document, agreed to at this moment by the verifier's time."""
    return ConsentGiven(
        version=consent.document.version,
        lang=consent.document.lang,
        sha256=consent.document.sha256,
        agreed=True,
        agreed_at=format_time(now_ms),
    )
