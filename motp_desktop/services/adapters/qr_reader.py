"""QR codes in pictures, read by zxing-cpp where it is installed."""

from motp_desktop.services.helpdesk.ports import Picture


class ZxingReader:
    """Implements `helpdesk.ports.QrReader`."""

    def read(self, picture: Picture) -> list[str] | None:
        """The texts of its QR codes; None where zxing-cpp is not installed."""
        try:
            import zxingcpp  # noqa: PLC0415 - need not be there
        except ImportError:
            return None
        rows = memoryview(picture.pixels).cast("B", (picture.height, picture.width))
        found = zxingcpp.read_barcodes(
            rows, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
        )
        return [code.text for code in found if code.valid]
