"""What an operator decides about devices and codes."""

from dataclasses import dataclass
from typing import Literal

from motp_protocol.messages import DevicePolicy, OtpInfo


@dataclass(frozen=True, slots=True)
class Policy:
    """Settings that the services need. `otp_period` is in seconds."""

    otp_period: Literal[30, 60] = 30
    auto_lock_seconds: int = 120
    copy_code: bool = True
    always_on_top: bool = True
    hide_code: bool = False

    def otp(self) -> OtpInfo:
        """How the codes of a registration enrolled now are made."""
        return OtpInfo(algorithm="SHA1", digits=6, period=self.otp_period)

    def device(self) -> DevicePolicy:
        """What the app may do."""
        return DevicePolicy(
            auto_lock_seconds=self.auto_lock_seconds,
            copy_code=self.copy_code,
            always_on_top=self.always_on_top,
            hide_code=self.hide_code,
        )
