"""Copies a folder of shards to S3, and one shard without its marker, which readers must not see.

    python3 upload.py FOLDER BUCKET PREFIX      AWS_ENDPOINT_URL names the server
"""

import os
import pathlib
import sys
from concurrent.futures import ThreadPoolExecutor

import boto3

MARKER = "_SUCCESS.json"


def objects(folder, prefix):
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    for file in files:
        yield file, f"{prefix}/{file.relative_to(folder).as_posix()}"
    first = min(path for path in folder.iterdir() if (path / MARKER).exists())
    for file in files:
        if first in file.parents and file.name != MARKER:
            yield file, f"{prefix}/shard-999999/{file.relative_to(first).as_posix()}"


def upload(folder, bucket, prefix):
    client = boto3.client("s3", endpoint_url=os.environ["AWS_ENDPOINT_URL"])
    with ThreadPoolExecutor(8) as pool:
        copies = [
            pool.submit(client.upload_file, str(file), bucket, key)
            for file, key in objects(folder, prefix)
        ]
        for copy in copies:
            copy.result()
    return len(copies)


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit("usage: python3 upload.py FOLDER BUCKET PREFIX")
    print(upload(pathlib.Path(sys.argv[1]), *sys.argv[2:]), "objects")
