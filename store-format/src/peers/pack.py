"""Packs the directory of a store into one archive, members sorted and stored without compression.

    python3 pack.py STORE_DIRECTORY FILE.zip
"""

import pathlib
import sys
import zipfile


def pack(store, archive):
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as packed:
        for file in sorted(path for path in store.rglob("*") if path.is_file()):
            name = file.relative_to(store).as_posix()
            if not name.startswith("_"):
                packed.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), file.read_bytes())


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: python3 pack.py STORE_DIRECTORY FILE.zip")
    pack(pathlib.Path(sys.argv[1]), sys.argv[2])
