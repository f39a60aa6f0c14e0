"""The agency's form interface: `docs/protocol.md`, "The agency's form interface"."""
