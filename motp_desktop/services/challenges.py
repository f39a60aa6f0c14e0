"""An identity code on its way, by this PC's clock."""

from motp_desktop.services.outcomes import CodeSent
from motp_desktop.services.ports import NoAnswer
from motp_desktop.services.verifier_clock import VerifierClock
from motp_protocol.encoding import parse_time
from motp_protocol.messages import IdentityChallenge


def code_sent(identity: IdentityChallenge, clock: VerifierClock) -> CodeSent | NoAnswer:
    """What the verifier told of a code, in moments that the view models count by."""
    try:
        expires_at = clock.elapsed_at(parse_time(identity.expires_at))
    except ValueError:
        return NoAnswer("bad-answer")
    now = clock.elapsed_at(clock.now_ms())
    return CodeSent(
        sent_to=identity.sent_to,
        expires_at=expires_at,
        resend_at=now + identity.resend_after * 1000,
        attempts_left=identity.attempts_left,
    )
