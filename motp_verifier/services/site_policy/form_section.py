"""`[form_interface]` of a policy file: who may use the agency's form interface."""

import ipaddress
from collections.abc import Callable
from typing import Any, TypeVar

from motp_verifier.services.origins import check_page_origin
from motp_verifier.services.site_policy.faults import Faults
from motp_verifier.services.site_policy.model import FormInterface, Network

_KEYS = ("enabled", "addresses", "browser", "origins")
T = TypeVar("T")


def read_form_interface(faults: Faults, table: Any) -> FormInterface:
    """What the section says; what is wrong with it goes to `faults`."""
    if not isinstance(table, dict):
        faults.add("form_interface", "is a table, such as [form_interface] enabled = true")
        return FormInterface()
    faults.unknown_keys("form_interface.", table, _KEYS)
    found = FormInterface(
        enabled=_switch(faults, table, "enabled"),
        addresses=tuple(_list(faults, table, "addresses", _network, '"192.0.2.10"')),
        browser=_switch(faults, table, "browser"),
        origins=frozenset(_list(faults, table, "origins", _origin, '"https://www.example.kr"')),
    )
    if found.browser and not table.get("origins"):
        faults.add("form_interface.origins", "name the origins of your pages, or turn browser off")
    if found.enabled and not (table.get("addresses") or found.browser):
        faults.add(
            "form_interface.addresses",
            "name the addresses of your servers, or turn browser on; else nobody may call",
        )
    return found


def _switch(faults: Faults, table: dict[str, Any], key: str) -> bool:
    value = table.get(key, False)
    if not isinstance(value, bool):
        faults.add(f"form_interface.{key}", "use true or false")
        return False
    return value


def _list(
    faults: Faults, table: dict[str, Any], key: str, read: Callable[[str], T], such: str
) -> list[T]:
    values = table.get(key, [])
    if not (isinstance(values, list) and all(isinstance(each, str) for each in values)):
        faults.add(f"form_interface.{key}", f"is a list of texts such as [{such}]")
        return []
    found = []
    for each in values:
        try:
            found.append(read(each))
        except ValueError as error:
            faults.add(f"form_interface.{key}", f"{each!r}: {error}")
    return found


def _network(text: str) -> Network:
    try:
        network = ipaddress.ip_network(text)
    except ValueError:
        raise ValueError("is no address or network, such as 192.0.2.0/28") from None
    if network.prefixlen == 0:
        raise ValueError("is every address there is; name your servers")
    return network


def _origin(text: str) -> str:
    check_page_origin(text)
    return text
