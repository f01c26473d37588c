"""Documents to send: made-up, small, and of the kind their names say."""

import struct
import zlib
from pathlib import Path


def photo(path: Path) -> Path:
    """A blue square on grey: an identity card, as far as a program can tell."""
    width, height, blue, grey = 320, 200, b"\x00\x5e\xb8", b"\xe8\xed\xee"
    rows = b"".join(
        b"\0" + (grey * 20 + blue * 100 + grey * (width - 120) if 40 < row < 160 else grey * width)
        for row in range(height)
    )
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    )
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n"
        + b"".join(
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
            for name, data in parts
        )
    )
    return path


def letter(path: Path, text: str) -> Path:
    """A one-page PDF."""
    stream = f"BT /F1 14 Tf 60 780 Td ({text}) Tj ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R /Lang (en-GB) >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    written, places = "%PDF-1.7\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(written))
        written += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    count = len(objects) + 1
    written += f"xref\n0 {count}\n0000000000 65535 f \n{table}"
    written += f"trailer\n<< /Size {count} /Root 1 0 R >>\nstartxref\n{written.rindex('xref')}\n%%EOF\n"
    path.write_bytes(written.encode("ascii"))
    return path
