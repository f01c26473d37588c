"""An authenticator app: RFC 6238, which the standard library has not."""

import base64
import hashlib
import hmac
import struct
import time


class Authenticator:
    def __init__(self, key: str) -> None:
        text = key.replace(" ", "")
        self._secret = base64.b32decode(text + "=" * (-len(text) % 8))
        self._last = 0

    def code(self) -> str:
        """A code that was not shown before. Asked again at once it is the next one: a telephone's clock may be fast."""
        self._last = max(int(time.time()) // 30, self._last + 1)
        digest = hmac.new(self._secret, struct.pack(">Q", self._last), hashlib.sha1).digest()
        start = digest[-1] & 15
        return f"{(struct.unpack('>I', digest[start:start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"
