"""The keys of one enrolment under way, in memory only."""

import hmac
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from motp_desktop.services.enrolment_form import CheckedForm
from motp_desktop.services.ports import Entropy
from motp_desktop.services.vault import NONCE_SIZE, VaultContents, seal_seed
from motp_protocol.encoding import b64url_decode, b64url_encode
from motp_protocol.keys import (
    KEY_SIZE,
    SALT_SIZE,
    Argon2Parameters,
    EnrolmentSecrets,
    PinKeys,
    agree,
    enrolment_secrets,
    pin_keys,
    stretch_pin,
)
from motp_protocol.messages import EnrolmentKeys, IdentityProof, PinPolicy
from motp_protocol.person import mask_name, mask_phone


@dataclass(frozen=True, slots=True, repr=False)
class DeviceKeys:
    """Fresh keys of a device that is about to enrol; the PIN itself is not kept."""

    device_secret: bytes
    signing_key: Ed25519PrivateKey
    agreement_key: X25519PrivateKey
    pin_salt: bytes
    argon2: Argon2Parameters
    pin: PinKeys

    @property
    def public_key(self) -> bytes:
        """The raw public key by which the verifier knows this device, 32 bytes."""
        return self.signing_key.public_key().public_bytes_raw()

    @property
    def key_share(self) -> bytes:
        """The public half of the key agreement, 32 bytes."""
        return self.agreement_key.public_key().public_bytes_raw()


def new_device_keys(
    pin: str, device_secret: bytes, argon2: Argon2Parameters, entropy: Entropy
) -> DeviceKeys:
    """Keys for one enrolment. Takes as long as stretching a PIN does."""
    salt = entropy(SALT_SIZE)
    return DeviceKeys(
        device_secret=device_secret,
        signing_key=Ed25519PrivateKey.from_private_bytes(entropy(KEY_SIZE)),
        agreement_key=X25519PrivateKey.from_private_bytes(entropy(KEY_SIZE)),
        pin_salt=salt,
        argon2=argon2,
        pin=pin_keys(stretch_pin(pin, salt, argon2), device_secret),
    )


@dataclass(slots=True, repr=False)
class Transaction:
    """An enrolment that waits for its identity code; `attempts_left` as last told."""

    enrolment_id: str
    person: CheckedForm
    pin_policy: PinPolicy
    keys: DeviceKeys
    attempts_left: int

    def proof(self, code: str) -> IdentityProof:
        """What is sent with a code: equal for equal codes, so that it can be repeated."""
        return IdentityProof(
            code=code,
            key_share=b64url_encode(self.keys.key_share),
            pin_auth=b64url_encode(self.keys.pin.pin_auth),
        )

    def vault(
        self, answer: EnrolmentKeys, *, verifier_origin: str, clock_offset_ms: int, entropy: Entropy
    ) -> VaultContents | None:
        """The vault of the registration, or None where the answer proves no common keys."""
        secrets = self._secrets(answer)
        if secrets is None or not hmac.compare_digest(
            secrets.confirmation("server"), b64url_decode(answer.confirmation)
        ):
            return None
        return VaultContents(
            registration_id=answer.registration_id,
            enrolment_id=self.enrolment_id,
            verifier_origin=verifier_origin,
            signing_key=self.keys.signing_key.private_bytes_raw(),
            clock_offset_ms=clock_offset_ms,
            argon2=self.keys.argon2,
            pin_salt=self.keys.pin_salt,
            pin_min=self.pin_policy.min,
            pin_max=self.pin_policy.max,
            share_id=answer.share.id,
            otp=answer.otp.profile(),
            name_masked=mask_name(self.person.name),
            phone_masked=mask_phone(self.person.phone),
            sealed_seed=seal_seed(
                secrets.seed,
                wrap=self.keys.pin.wrap,
                share=b64url_decode(answer.share.value),
                registration_id=answer.registration_id,
                nonce=entropy(NONCE_SIZE),
            ),
            confirmation=secrets.confirmation("client"),
            replaces=answer.replaces,
        )

    def _secrets(self, answer: EnrolmentKeys) -> EnrolmentSecrets | None:
        server_share = b64url_decode(answer.key_share)
        try:
            shared = agree(self.keys.agreement_key, server_share)
        except ValueError:
            return None
        return enrolment_secrets(
            shared=shared,
            enrolment_id=self.enrolment_id,
            device_public_key=self.keys.public_key,
            client_key_share=self.keys.key_share,
            server_key_share=server_share,
            seed_size=answer.otp.profile().seed_size,
        )
