"""The section of a policy that says to which pages pop-ups may report."""

from typing import Any

from motp_verifier.services.origins import check_page_origin
from motp_verifier.services.site_policy.faults import Faults


def read_popup_origins(faults: Faults, table: Any) -> tuple[str, ...]:
    """The origins in `[popup]`."""
    if not isinstance(table, dict):
        faults.add("popup", 'is a table, such as [popup] origins = ["https://lms.example.kr"]')
        return ()
    faults.unknown_keys("popup.", table, ("origins",))
    origins = table.get("origins", [])
    if not (isinstance(origins, list) and all(isinstance(each, str) for each in origins)):
        faults.add("popup.origins", 'is a list of origins, such as "https://lms.example.kr"')
        return ()
    for each in origins:
        try:
            check_page_origin(each)
        except ValueError as error:
            faults.add("popup.origins", f"{each!r}: {error}")
    return tuple(origins)
