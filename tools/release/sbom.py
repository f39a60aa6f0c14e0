"""The parts of a release as a CycloneDX document (ECMA-424), the same for the same commit."""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5

from cyclonedx.model import HashAlgorithm, HashType, Property
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import DisjunctiveLicense
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL

from tools.release.licences import licence_of
from tools.release.pins import Pin


def sbom(version: str, epoch: int, pins: Sequence[Pin], files: dict[str, str]) -> str:
    """The document, for one version; `files` are what is shipped, with their SHA-256.

    `epoch` is when the release was committed, seconds. Raises ValueError for a document that
    its own schema refuses.
    """
    bom = Bom(serial_number=uuid5(NAMESPACE_URL, f"pkg:pypi/motp-desktop@{version}#{epoch}"))
    bom.metadata.timestamp = datetime.fromtimestamp(epoch, UTC)
    app = Component(
        name="motp-desktop",
        version=version,
        type=ComponentType.APPLICATION,
        bom_ref="motp-desktop",
        components=[
            Component(
                name=name,
                type=ComponentType.FILE,
                bom_ref=name,
                hashes=[HashType(alg=HashAlgorithm.SHA_256, content=digest)],
            )
            for name, digest in sorted(files.items())
        ],
    )
    bom.metadata.component = app
    parts = [_component(pin) for pin in pins]
    for part in parts:
        bom.components.add(part)
    bom.register_dependency(app, parts)
    told = JsonV1Dot6(bom).output_as_string(indent=2)
    if (wrong := JsonStrictValidator(SchemaVersion.V1_6).validate_str(told)) is not None:
        raise ValueError(f"not a CycloneDX document: {wrong}")
    return f"{told}\n"


def _component(pin: Pin) -> Component:
    purl = PackageURL("pypi", None, pin.name, pin.version)
    return Component(
        name=pin.name,
        version=pin.version,
        type=ComponentType.LIBRARY,
        bom_ref=purl.to_string(),
        purl=purl,
        licenses=[DisjunctiveLicense(name=licence_of(pin.name))],
        properties=[Property(name="motp:marker", value=pin.marker)] if pin.marker else [],
    )
