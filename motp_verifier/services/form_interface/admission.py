"""Who may call the form interface in an institution's name. Pure: no look-up, no count.

A browser cannot leave `Origin` out of a cross-origin POST (Fetch, "append a request `Origin`
header"), so what comes without it comes from a server, and is known by its address.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from motp_verifier.services.site_policy.model import Address, FormInterface


@dataclass(frozen=True, slots=True)
class Caller:
    """Where a form comes from: the address behind proxies, and every `Origin` field sent."""

    address: Address | None
    origins: Sequence[str] = ()

    @property
    def is_browser(self) -> bool:
        """Whether it says to be a page's."""
        return bool(self.origins)


def may_call(policy: FormInterface, caller: Caller) -> bool:
    """Whether the institution lists this caller."""
    if not policy.enabled:
        return False
    if caller.is_browser:
        return len(caller.origins) == 1 and caller.origins[0] in policy.page_origins
    address = caller.address
    return address is not None and any(address in network for network in policy.addresses)
