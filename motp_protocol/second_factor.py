"""The second factor of staff: TOTP (RFC 6238), set up by a QR code.

`otpauth://` is the key URI format that authenticator apps read; pyotp writes it.
"""

from base64 import b32encode

import pyotp

from motp_protocol.code import OtpProfile

PROFILE = OtpProfile()
"""SHA-1, six digits, 30 s: what every authenticator app takes."""


def otpauth_uri(seed: bytes, account: str, issuer: str) -> str:
    """What a QR code says to an authenticator app."""
    totp = pyotp.TOTP(secret_text(seed), digits=PROFILE.digits, interval=PROFILE.period)
    return totp.provisioning_uri(name=account, issuer_name=issuer)


def secret_text(seed: bytes) -> str:
    """The seed in base 32 without padding (RFC 4648 §6), to be typed."""
    return b32encode(seed).decode("ascii").rstrip("=")
