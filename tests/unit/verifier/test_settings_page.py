"""The settings page names what there is to set, and its example is one that works."""

import re
import tomllib
from pathlib import Path

from motp_verifier.config import Config, load_config

PAGE = (Path(__file__).parents[3] / "docs" / "verifier.md").read_text("utf-8")


def test_every_setting_is_explained_and_nothing_else_is() -> None:
    settings = PAGE.partition("\n## Settings\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (`.*?) \|", settings, flags=re.M)
    explained = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    assert explained == set(Config.__struct_fields__)


def test_the_example_is_taken_with_its_secret_from_a_file(tmp_path: Path) -> None:
    example = re.search(r"```toml\n(.*?)```", PAGE, flags=re.S)
    assert example is not None
    file = tmp_path / "verifier.toml"
    file.write_text(example[1], encoding="utf-8")
    secret = tmp_path / "solapi.secret"
    secret.write_text("s3cret\n", encoding="utf-8")
    environment = {"MOTP_VERIFIER_SOLAPI_API_SECRET_FILE": str(secret)}
    config = load_config(file, environment)
    assert config.solapi_api_secret == "s3cret"
    assert config.public_origin == tomllib.loads(example[1])["public_origin"]
