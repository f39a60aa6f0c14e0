"""What can be set, and the one spelling of each setting.

A setting comes from the administrator, who can lock it; from the command line or the
environment; from the person, in the window; from a settings file; or is the default.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias

ProxyMode: TypeAlias = Literal["system", "none", "manual"]


@dataclass(frozen=True, slots=True)
class ProxyChoice:
    """How the verifier is reached; `address` is a proxy's, for `manual` alone.

    `system`: as the environment or the system says.
    """

    mode: ProxyMode = "system"
    address: str = ""
