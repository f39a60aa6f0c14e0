"""`tools/decrypt_vault.py` opens the app's vaults with nothing of the app's."""

import ast
import base64
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.architecture.imports import ROOT
from tests.support.live_verifier import LiveVerifier
from tests.support.pc import PIN, Pc

TOOL = ROOT / "tools" / "decrypt_vault.py"
MOST_LINES = 80


def test_the_decryptor_is_short_and_imports_nothing_of_ours() -> None:
    text = TOOL.read_text("utf-8")
    assert len(text.splitlines()) < MOST_LINES
    modules = {
        name.partition(".")[0]
        for node in ast.walk(ast.parse(text))
        for name in (
            [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else [each.name for each in node.names]
            if isinstance(node, ast.Import)
            else []
        )
    }
    assert modules - set(sys.stdlib_module_names) == {"cryptography", "msgspec"}


def decrypted(*words: str) -> subprocess.CompletedProcess[str]:
    """The tool, away from the project."""
    return subprocess.run(
        [sys.executable, "-I", str(TOOL), *words],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        cwd=Path(TOOL.anchor),
    )


def in_base64(value: bytes) -> str:
    return base64.b64encode(value).decode()


def test_with_the_device_secret_it_tells_all_but_the_seed(
    verifier: LiveVerifier, tmp_path: Path
) -> None:
    pc = Pc(verifier.origin, tmp_path / "pc")
    pc.enrol(verifier, verifier.new_person())
    done = decrypted(str(pc.folder / "active.vault"), in_base64(pc.device_secret()))
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    vault = pc.vault()
    assert told["registration_id"] == vault.registration_id
    assert told["verifier_origin"] == verifier.origin
    assert told["signing_key"] == in_base64(vault.signing_key)
    assert told["name_masked"] == vault.name_masked
    assert "seed" not in told


def test_with_pin_and_share_it_tells_the_seed_that_the_verifier_has(
    verifier: LiveVerifier, tmp_path: Path
) -> None:
    pc = Pc(verifier.origin, tmp_path / "pc")
    pc.enrol(verifier, verifier.new_person())
    pc.unlock()
    vault = pc.vault()
    words = (str(pc.folder / "active.vault"), in_base64(pc.device_secret()))
    share = in_base64(verifier.share(vault.registration_id, vault.share_id))
    done = decrypted(*words, PIN, share)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["seed"] == in_base64(verifier.seed(vault.registration_id))
    assert decrypted(*words, "000000", share).returncode != 0


def test_another_device_s_secret_opens_nothing(verifier: LiveVerifier, tmp_path: Path) -> None:
    pc = Pc(verifier.origin, tmp_path / "pc")
    pc.enrol(verifier, verifier.new_person())
    done = decrypted(str(pc.folder / "active.vault"), in_base64(bytes(32)))
    assert done.returncode != 0
    assert "InvalidTag" in done.stderr
