"""A double of a store that speaks S3, with one bucket: prints where it listens, and ends with its standard input.

It is moto, which answers as Amazon documents its store. It keeps everything in memory and checks no signature.
"""

import logging
import sys
import urllib.request

from moto.server import ThreadedMotoServer

BUCKET = "files"


def main() -> None:
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    address = f"http://{host}:{port}"
    request = urllib.request.Request(
        f"{address}/{BUCKET}", method="PUT",
        headers={"Authorization": "AWS4-HMAC-SHA256 Credential=double/20260101/us-east-1/s3/aws4_request"},
    )
    with urllib.request.urlopen(request):
        print(address, flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
