"""How the audit names people: by a value that means nothing once the person is erased."""

import hashlib
import hmac

_LABEL = b"motp/v1 audit subject"


def subject_of(subject_key: bytes | None) -> bytes | None:
    """The name of the trainee who has this key, in every audit row about them.

    The key is random, lies in the trainee's row alone and goes with it. None for none.
    """
    return None if subject_key is None else hmac.digest(subject_key, _LABEL, hashlib.sha256)
