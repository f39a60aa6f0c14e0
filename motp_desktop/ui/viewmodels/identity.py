"""The wait for the identity code, counted from the clock."""

from motp_desktop.services.outcomes import CodeSent
from motp_desktop.ui.viewmodels.states import IdentityState


def waiting(
    sent: CodeSent, now_ms: int, *, attempts_left: int, wrong: bool, resent: bool
) -> IdentityState:
    """What to show at `now_ms`, a `Clock.elapsed_ms` moment."""
    return IdentityState(
        sent_to=sent.sent_to,
        seconds_left=_seconds(sent.expires_at - now_ms),
        resend_in=_seconds(sent.resend_at - now_ms),
        attempts_left=attempts_left,
        wrong=wrong,
        resent=resent,
    )


def _seconds(milliseconds: int) -> int:
    return max(0, -(-milliseconds // 1000))
