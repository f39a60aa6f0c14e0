"""What the app and the verifier agree on: messages, keys, codes, names and problems.

Everything here is pure: no input or output, no clock, no Qt.
"""

PROTOCOL_VERSION = 1
