"""Whose address a request has: proxies are believed, and nobody before them."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motp_verifier.http.client_address import (
    MAX_HOPS,
    ClientAddresses,
    block,
    read_address,
    read_networks,
)

PROXY = "10.0.0.7"
TRUSTED = read_networks(["10.0.0.0/8", "2001:db8:ffff::/48", "127.0.0.1"])
BY_XFF = ClientAddresses(TRUSTED)
BY_FORWARDED = ClientAddresses(TRUSTED, "forwarded")

addresses = st.ip_addresses().filter(
    lambda each: (
        not any(each in network for network in TRUSTED)
        and not (each.version == 6 and (each.ipv4_mapped is not None or each.scope_id))
    )
)
proxies = st.ip_addresses(network="10.0.0.0/8") | st.ip_addresses(network="2001:db8:ffff::/48")
# What a client may put into the field before a proxy adds to it.
anything = st.text(st.characters(max_codepoint=255, exclude_characters="\r\n"), max_size=60)


def forwarded(address: object) -> str:
    text = str(address)
    return f'for="[{text}]";proto=https' if ":" in text else f"For={text}"


@given(client=addresses, chain=st.lists(proxies, max_size=4), before=st.lists(anything))
def test_what_a_client_claims_never_goes_before_what_the_proxies_saw(
    client: ipaddress.IPv4Address, chain: list[ipaddress.IPv4Address], before: list[str]
) -> None:
    seen = [client, *chain]
    plain = ", ".join([*before, *map(str, seen)])
    quoted = ", ".join([*before, *map(forwarded, seen)])
    assert BY_XFF.find(PROXY, [plain]) == client
    assert BY_FORWARDED.find(PROXY, [quoted]) == client
    # The same on lines of their own (RFC 9110 §5.3).
    assert BY_XFF.find(PROXY, [*before, *map(str, seen)]) == client
    assert BY_FORWARDED.find(PROXY, [*before, *map(forwarded, seen)]) == client


@given(peer=addresses, fields=st.lists(anything | st.ip_addresses().map(str)))
def test_nobody_but_a_trusted_proxy_is_believed(
    peer: ipaddress.IPv4Address, fields: list[str]
) -> None:
    assert BY_XFF.find(str(peer), fields) == peer
    assert BY_FORWARDED.find(str(peer), fields) == peer
    assert ClientAddresses().find(PROXY, fields) == ipaddress.ip_address(PROXY)


@given(fields=st.lists(anything))
def test_garbage_gives_an_address_and_no_error(fields: list[str]) -> None:
    for finder in (BY_XFF, BY_FORWARDED):
        assert finder.find(PROXY, fields) is not None


@given(
    client=addresses, garbage=st.sampled_from(["unknown", "_hidden", "1.2.3", "for=", "1.2.3.4:x"])
)
def test_behind_a_hop_without_an_address_nothing_is_believed(
    client: ipaddress.IPv4Address, garbage: str
) -> None:
    found = BY_XFF.find(PROXY, [f"{client}, {garbage}, 10.1.1.1"])
    assert found == ipaddress.ip_address("10.1.1.1")


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("for=192.0.2.60;proto=http;by=203.0.113.43", "192.0.2.60"),
        ('For="[2001:db8:cafe::17]:4711"', "2001:db8:cafe::17"),
        ('for=192.0.2.43, for="[2001:db8:ffff::1]"', "192.0.2.43"),
        ('for="192.0.2.43:47011"', "192.0.2.43"),
        (r'for="192\.0.2.43"', "192.0.2.43"),
        ("proto=https;for=192.0.2.1 ; by=_x", "192.0.2.1"),
        ("for=192.0.2.1;for=192.0.2.2", PROXY),
        ("proto=https", PROXY),
        ("for=unknown", PROXY),
        ("", PROXY),
        ('for="', PROXY),
        ("for=1.2.3.4 x", PROXY),
    ],
)
def test_the_forwarded_field_is_read_by_its_grammar(field: str, expected: str) -> None:
    assert str(BY_FORWARDED.find(PROXY, [field])) == expected


def test_only_the_configured_field_is_read() -> None:
    # A proxy that sets one field passes the other on as the client sent it.
    assert str(BY_XFF.find(PROXY, ["for=192.0.2.1"])) == PROXY
    assert str(BY_FORWARDED.find(PROXY, ["192.0.2.1"])) == PROXY


def test_a_chain_of_proxies_without_end_is_cut_off() -> None:
    field = ", ".join(["192.0.2.1"] + ["10.0.0.1"] * (MAX_HOPS + 1))
    assert str(BY_XFF.find(PROXY, [field])) == "10.0.0.1"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (" 192.0.2.1 ", "192.0.2.1"),
        ("192.0.2.1:80", "192.0.2.1"),
        ("[2001:db8::1]", "2001:db8::1"),
        ("[2001:db8::1]:443", "2001:db8::1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("fe80::1%eth0", None),
        ("192.0.2.1:", None),
        ("192.0.2", None),
        ("0x7f.1", None),
        ("localhost", None),
        ("", None),
    ],
)
def test_an_address_is_read_as_sockets_and_proxies_write_it(
    text: str, expected: str | None
) -> None:
    found = read_address(text)
    assert (found and str(found)) == expected


@given(address=addresses)
def test_an_address_lies_in_its_block_and_a_neighbour_shares_it(
    address: ipaddress.IPv4Address,
) -> None:
    network = ipaddress.ip_network(block(address))
    assert address in network
    assert network.prefixlen == {4: 24, 6: 48}[address.version]
    assert block(network[-1]) == block(network[0]) == block(address)


def test_clients_without_an_address_share_a_block() -> None:
    assert block(ClientAddresses().find("testclient", [])) == "unknown"


@pytest.mark.parametrize("text", ["10.0.0.0/33", "10.0.0.1/8", "proxy.example.kr", ""])
def test_a_network_that_is_none_is_named(text: str) -> None:
    with pytest.raises(ValueError, match="is not a network"):
        read_networks(["127.0.0.1", text])
