"""Requests that two programs read differently."""

# A second request, hidden in the first, for what a proxy lets nobody have: if its answer comes back, it was smuggled.
HIDDEN = b"GET /health/live HTTP/1.1\r\nHost: hidden\r\n\r\n"
ALIVE = b"\r\n\r\nalive\n"

AMBIGUOUS: dict[str, tuple[tuple[str, ...], bytes]] = {
    "a length and chunks": (("Content-Length: 5", "Transfer-Encoding: chunked"), b"0\r\n\r\n" + HIDDEN),
    "chunks and a length": (("Transfer-Encoding: chunked", "Content-Length: 5"), b"0\r\n\r\n" + HIDDEN),
    "two lengths": (("Content-Length: 0", f"Content-Length: {len(HIDDEN)}"), HIDDEN),
    "the same length twice": (("Content-Length: 0", "Content-Length: 0"), HIDDEN),
    "a list of lengths": (("Content-Length: 0, 0",), HIDDEN),
    "a length with a sign": (("Content-Length: +0",), HIDDEN),
    "a negative length": (("Content-Length: -1",), HIDDEN),
    "a length in another base": (("Content-Length: 0x0",), HIDDEN),
    "a length beyond all numbers": (("Content-Length: 99999999999999999999",), HIDDEN),
    "a space before the colon": (("Content-Length : 0",), HIDDEN),
    "chunks under another name": (("Transfer-Encoding: xchunked",), b"0\r\n\r\n" + HIDDEN),
    "chunks that are not last": (("Transfer-Encoding: chunked, identity",), b"0\r\n\r\n" + HIDDEN),
    "chunks after a vertical tab": (("Transfer-Encoding:\x0bchunked",), b"0\r\n\r\n" + HIDDEN),
    "chunks on a folded line": (("Transfer-Encoding:\r\n chunked",), b"0\r\n\r\n" + HIDDEN),
    "a folded line": (("X-Any: a\r\n b: c", "Content-Length: 0"), HIDDEN),
    "a line end of one byte": (("X-Any: a\nContent-Length: 0",), HIDDEN),
    "a return alone": (("X-Any: a\rContent-Length: 0",), HIDDEN),
    "a NUL": (("X-Any: a\x00b", "Content-Length: 0"), HIDDEN),
    "a size that is no number": (("Transfer-Encoding: chunked",), b"zz\r\n\r\n" + HIDDEN),
    "a size with a prefix": (("Transfer-Encoding: chunked",), b"0x0\r\n\r\n" + HIDDEN),
    "a negative size": (("Transfer-Encoding: chunked",), b"-1\r\n\r\n" + HIDDEN),
    "a size beyond all numbers": (("Transfer-Encoding: chunked",), b"10000000000000000\r\n\r\n" + HIDDEN),
    "more bytes than the size": (("Transfer-Encoding: chunked",), b"1\r\nab\r\n0\r\n\r\n" + HIDDEN),
    "an extension with a line end": (("Transfer-Encoding: chunked",), b"0;a\nb\r\n\r\n" + HIDDEN),
}
