"""Kiosks: enrolled by a code, told what holds for them, counted, locked and revoked."""
