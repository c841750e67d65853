"""Runs the Python blocks of a Markdown document in order and compares what they print.

A block ```python is followed by a block ```text with its output; `...` stands for any text. Words
after `python requires=` name modules (zarr>=3: that major version) or environment variables; a
block is left out, and that is said, where one is missing. Blocks share their variables.

    PYTHONPATH=store-format/src/main/python python3 run-document.py DOCUMENT
"""

import contextlib
import doctest
import importlib
import io
import os
import pathlib
import re
import sys

BLOCK = re.compile(r"^```python(?: requires=(\S+))?\n(.*?)^```\n\n```text\n(.*?)^```$", re.M | re.S)


def missing(requirement):
    """What a block lacks, or None."""
    if requirement.isupper() or requirement.startswith("S3_"):
        return None if requirement in os.environ else f"{requirement} is not set"
    name, _, major = requirement.partition(">=")
    try:
        module = importlib.import_module(name)
    except ImportError:
        return f"{name} is not installed"
    if major and int(module.__version__.split(".")[0]) < int(major):
        return f"{name} is {module.__version__}"
    return None


def main(document):
    text = pathlib.Path(document).read_text(encoding="utf-8")
    blocks = list(BLOCK.finditer(text))
    if len(blocks) != len(re.findall(r"^```python", text, re.M)):
        sys.exit(f"{document}: a python block has no text block after it")
    variables, run, left_out, failed = {"__name__": "__document__"}, 0, 0, 0
    for block in blocks:
        line = text.count("\n", 0, block.start()) + 1
        place = f"{document}:{line}"
        lacks = [why for word in (block[1] or "").split(",") if word and (why := missing(word))]
        if lacks:
            left_out += 1
            print(f"{place}: not run here: {', '.join(lacks)}")
            continue
        printed = io.StringIO()
        code = compile("\n" * line + block[2], document, "exec")
        with contextlib.redirect_stdout(printed):
            exec(code, variables)
        run += 1
        checker = doctest.OutputChecker()
        if not checker.check_output(block[3], printed.getvalue(), doctest.ELLIPSIS):
            failed += 1
            print(f"{place}: printed\n{printed.getvalue()}instead of\n{block[3]}")
    print(f"{document}: {run} blocks run, {left_out} left out, {failed} differ")
    return 1 if failed or not run else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python3 run-document.py DOCUMENT")
    sys.exit(main(sys.argv[1]))
