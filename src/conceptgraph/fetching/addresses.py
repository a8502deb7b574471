"""Which addresses may be connected to: those of the public network, unless more is allowed."""

from __future__ import annotations

import ipaddress
import socket
from urllib.parse import urlsplit, urlunsplit

from conceptgraph.errors import InputError

PORTS = {"http": 80, "https": 443}
_NAT64 = ipaddress.ip_network("64:ff9b::/96")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def checked_url(url: str) -> str:
    """Return a web address in one form, without fragment.

    Raises
    ------
    InputError
        It is malformed, of another scheme than http and https, or holds a user's name.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname or "", parts.port
        host = host.encode("idna").decode() if not host.isascii() else host
    except (ValueError, UnicodeError) as error:
        raise InputError(f"{url[:200]}: is no web address ({error}); write https://…") from None
    if parts.scheme not in PORTS or not host:
        raise InputError(f"{url[:200]}: is no address of http or https; only these are fetched")
    if "@" in parts.netloc:
        raise InputError(f"{url[:200]}: holds a user's name; nothing is fetched with credentials")
    shown = f"[{host}]" if ":" in host else host
    netloc = shown if port in (None, PORTS[parts.scheme]) else f"{shown}:{port}"
    path = "".join(f"%{byte:02X}" if byte <= 32 or byte >= 127 else chr(byte) for byte in parts.path.encode()) or "/"
    query = "".join(f"%{byte:02X}" if byte <= 32 or byte >= 127 else chr(byte) for byte in parts.query.encode())
    return urlunsplit((parts.scheme, netloc, path, query, ""))


def is_public(address: Address) -> bool:
    """Whether an address belongs to the public network, also where it stands for another one.

    Examples
    --------
    >>> is_public(ipaddress.ip_address("93.184.216.34")), is_public(ipaddress.ip_address("::ffff:127.0.0.1"))
    (True, False)
    """
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if inner is None and address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
    return address.is_global and not address.is_multicast


def resolve(host: str, port: int, *, allow_private: bool) -> tuple[str, int]:
    """Return the address to connect to for a host's name: looked up once, so that it is the one that was checked.

    Raises
    ------
    InputError
        The name is unknown, or one of its addresses is private, of this machine or otherwise not public.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise InputError(f"{host}: is not found ({error}); check the address and the network") from None
    addresses = [str(entry[4][0]) for entry in found]
    private = next((each for each in addresses if not is_public(ipaddress.ip_address(each.split("%")[0]))), None)
    if private and not allow_private:
        raise InputError(f"{host}: has the private address {private}; --allow-private lets it be fetched")
    if not addresses:
        raise InputError(f"{host}: has no address; check the address and the network")
    return addresses[0], port
