"""Where the verifier keeps things: tables, queries, migrations and transactions."""
