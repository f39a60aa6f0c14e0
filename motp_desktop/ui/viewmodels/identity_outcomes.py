"""What a refused identity code does to what is shown of it, wherever one is asked for."""

from dataclasses import replace
from typing import assert_never

from motp_desktop.services.outcomes import IdentityCodeExpired, IdentityCodeWrong
from motp_desktop.ui.viewmodels.states import IdentityState


def after_refused_code(
    shown: IdentityState | None, outcome: IdentityCodeWrong | IdentityCodeExpired
) -> IdentityState | None:
    """The code was wrong, or too old to be looked at."""
    if shown is None:
        return None
    match outcome:
        case IdentityCodeWrong(attempts_left):
            return replace(shown, attempts_left=attempts_left, wrong=True, resent=False)
        case IdentityCodeExpired():
            return replace(shown, seconds_left=0, wrong=False, resent=False)
        case never:
            assert_never(never)
