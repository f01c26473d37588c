"""A double of a store that speaks S3, with one bucket: prints where it listens, and ends with its standard input.

It is moto, which answers as Amazon documents its store and keeps everything in memory. Its only user has the access key
`access` and the secret key `secret`: whoever else asks, or signs otherwise, is refused.
"""

import json
import logging
import sys

from moto import settings
from moto.core import DEFAULT_ACCOUNT_ID
from moto.iam.models import iam_backends
from moto.s3.models import s3_backends
from moto.server import ThreadedMotoServer

BUCKET = "files"
ACCESS, SECRET = "access", "secret"
EVERYTHING = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}


def let_in_one_user() -> None:
    people = iam_backends[DEFAULT_ACCOUNT_ID]["aws"]
    people.create_user(region_name="eu-west-2", user_name="desk")
    people.put_user_policy("desk", "everything", json.dumps(EVERYTHING))
    key = people.create_access_key("desk")
    key.access_key_id, key.secret_access_key = ACCESS, SECRET
    settings.INITIAL_NO_AUTH_ACTION_COUNT = 0


def main() -> None:
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    s3_backends[DEFAULT_ACCOUNT_ID]["aws"].create_bucket(BUCKET, "eu-west-2")
    let_in_one_user()
    server.start()
    host, port = server.get_host_and_port()
    print(f"http://{host}:{port}", flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
