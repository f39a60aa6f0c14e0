"""Whose process is at the other end of a local socket."""

import os
import socket
import struct
import sys

_LINUX_CREDENTIALS = "3i"  # unix(7): struct ucred: process, user, group
_MAC_SOL_LOCAL = 0
_MAC_LOCAL_PEERCRED = 1
_MAC_CREDENTIALS = "2I"  # the head of sys/ucred.h's struct xucred: version, user


def is_own_process(descriptor: int) -> bool:
    """Whether this user's process is there. On Windows the pipe's access list has decided."""
    if sys.platform == "win32":
        return True
    user = _peer(descriptor)
    return user is not None and user == os.getuid()


def _peer(descriptor: int) -> int | None:
    if descriptor < 0:
        return None
    try:
        with socket.socket(fileno=os.dup(descriptor)) as peer:
            if sys.platform == "darwin":
                size = struct.calcsize(_MAC_CREDENTIALS) + 68
                told = peer.getsockopt(_MAC_SOL_LOCAL, _MAC_LOCAL_PEERCRED, size)
                return int(struct.unpack_from(_MAC_CREDENTIALS, told)[1])
            size = struct.calcsize(_LINUX_CREDENTIALS)
            told = peer.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, size)
            return int(struct.unpack(_LINUX_CREDENTIALS, told)[1])
    except (OSError, AttributeError, struct.error):
        return None
