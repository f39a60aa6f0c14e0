"""The verifier's face on the network: no SQL and no rules."""
