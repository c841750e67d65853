"""Where the exporter and the vectors are; importing this module makes both importable."""

import pathlib
import sys

sys.dont_write_bytecode = True
TESTS = pathlib.Path(__file__).resolve().parent
REPOSITORY = TESTS.parents[3]
EXPORTER = TESTS.parents[1] / "main" / "python"
VECTORS = REPOSITORY / "pipeline" / "src" / "test" / "resources" / "vectors"
sys.path[:0] = [str(EXPORTER), str(TESTS)]
