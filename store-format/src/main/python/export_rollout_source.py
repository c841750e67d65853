#!/usr/bin/env python3
"""Exports ATEK snippet tars (EFM flavour), scene meshes and, optionally, a VIN offline store as rollout source v1."""

import argparse
import json
import os
import pathlib
import sys
from collections import Counter

sys.dont_write_bytecode = True  # the source folder stays as it is

DONE, ROWS_LEFT_OUT, REFUSED, USAGE, ENVIRONMENT = 0, 2, 3, 64, 75
try:
    import atek_tar
    import boxes
    from problems import RAW_LOAD_FAILED, RefusedInput, RowLeftOut
    from rollout_source import RolloutSourceWriter, refuse_if_taken
    from sample_rows import SCENE_SPLIT_POLICY, RowMaker, Sample, sample_key, scene_splits
except ModuleNotFoundError as missing:
    requirements = pathlib.Path(__file__).resolve().with_name("requirements.txt")
    print(
        f"Cannot start: Python has no module {missing.name} (python={sys.executable}). "
        f"Install the requirements: pip install -r {requirements}",
        file=sys.stderr,
    )
    sys.exit(ENVIRONMENT)

EXPORTER_VERSION = "1"
LICENCE = "Aria Synthetic Environments and its derivatives are licensed to each user; do not pass them on"
EPILOG = """\
exit codes:
  0    every row is exported
  2    a source is written, but rows were left out; each is listed with its cause
  3    refused input or nothing to export; nothing is written
  64   the command line is wrong
  75   storage failed; nothing is written

example:
  python export_rollout_source.py --tars ase/81283 ase/81286 --meshes ase_meshes \\
      --vin offline_cache --taxonomy atek_to_efm.csv --out ase-source
  ./nbv-rollouts source check ase-source
"""


class Parser(argparse.ArgumentParser):
    def error(self, message):
        self.print_usage(sys.stderr)
        self.exit(USAGE, f"{self.prog}: {message}\n")


def positive(kind):
    def parse(text):
        value = kind(text)
        if not 0 < value < float("inf"):
            raise argparse.ArgumentTypeError(f"{text} (expected more than 0)")
        return value

    return parse


def not_negative(text):
    value = int(text)
    if value < 0:
        raise argparse.ArgumentTypeError(f"{text} (expected 0 or more)")
    return value


def parse_arguments(arguments):
    path = pathlib.Path
    parser = Parser(description=__doc__, epilog=EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add(
        "--tars",
        type=path,
        nargs="+",
        required=True,
        metavar="PATH",
        help="tars, or folders that are searched for *.tar",
    )
    add("--meshes", type=path, required=True, metavar="DIR", help="folder of scene meshes (PLY)")
    add(
        "--mesh-name",
        default="scene_ply_{scene}.ply",
        metavar="NAME",
        help="name of a mesh file (default: %(default)s)",
    )
    add("--vin", type=path, metavar="DIR", help="VIN offline store of version 7 or 8; then its rows are exported")
    add("--out", type=path, required=True, metavar="DIR", help="folder of the source; must not exist")
    add("--scene", action="append", metavar="ID", help="only this scene; may be repeated")
    add(
        "--taxonomy",
        type=path,
        metavar="CSV",
        help="maps ATEK class names to names and ids (three columns, one header line)",
    )
    add(
        "--val-scenes",
        type=not_negative,
        metavar="N",
        help="scenes in val; the split of a VIN store is kept unless given",
    )
    add("--test-scenes", type=not_negative, metavar="N", help="scenes in test, as --val-scenes")
    add(
        "--points-per-frame",
        type=positive(int),
        default=50_000,
        metavar="N",
        help="semidense points per frame at most (default: %(default)s)",
    )
    add(
        "--no-root-cloud",
        dest="root_cloud",
        action="store_false",
        help="leave depth out; root clouds are then rendered from the mesh",
    )
    add(
        "--root-stride",
        type=positive(int),
        default=2,
        metavar="N",
        help="every N-th row and column of depth (default: %(default)s)",
    )
    add(
        "--root-far-m", type=positive(float), default=20.0, metavar="M", help="far clip of depth (default: %(default)s)"
    )
    add(
        "--root-voxel-m",
        type=positive(float),
        default=0.02,
        metavar="M",
        help="voxel of the root cloud (default: %(default)s)",
    )
    add("--allow-interrupted", action="store_true", help="export a VIN store whose writing run was interrupted")
    add(
        "--allow-duplicate-snippets",
        action="store_true",
        help="of VIN rows of one snippet export the last and list the others",
    )
    add("--report", type=path, metavar="FILE", help="write what was exported and left out as JSON; must not exist")
    return parser.parse_args(arguments)


def refuse_unusable_places(options):
    refuse_if_taken(options.out)
    outputs = [options.out] + ([options.report] if options.report else [])
    if options.report and os.path.lexists(options.report):
        raise RefusedInput(f"Cannot write report: the place is taken (report={options.report})")
    inputs = [*options.tars, options.meshes] + ([options.vin] if options.vin else [])
    for place in inputs:
        for output in outputs:
            if output.resolve().is_relative_to(place.resolve()):
                raise RefusedInput(f"Cannot write: the place lies in an input (output={output}, input={place})")
    if not options.meshes.is_dir():
        raise RefusedInput(f"Cannot open meshes: no such folder (meshes={options.meshes})")


def open_vin(options):
    if options.vin is None:
        return None
    from vin_store import VinStore

    return VinStore(options.vin, options.allow_interrupted, options.allow_duplicate_snippets)


class Export:
    """One run: which rows there are, what became of them, and the report about it."""

    def __init__(self, options):
        self.options = options
        self.left_out = []
        refuse_unusable_places(options)
        self.vin = open_vin(options)
        self.taxonomy = boxes.Taxonomy(options.taxonomy) if options.taxonomy else None
        self.snippets, broken_tars = atek_tar.index_tars(atek_tar.find_tars(options.tars))
        for message in broken_tars:
            self.leave_out("", RAW_LOAD_FAILED, message)
        self.maker = RowMaker(options, self.snippets, self.vin, self.taxonomy)
        self.split_policy = SCENE_SPLIT_POLICY
        self.samples = self.split(self.vin_samples() if self.vin else self.tar_samples())
        if not self.samples:
            raise RefusedInput("Cannot export: there is no sample" + self.causes())

    def tar_samples(self):
        samples = []
        for key, snippet in self.snippets.items():
            try:
                scene = snippet.scene_id()
            except RowLeftOut as failed:
                self.leave_out(key, failed.cause, str(failed))
                continue
            samples.append(Sample(sample_key(scene, key), scene, key, "train"))
        repeated = [key for key, count in Counter(sample.sample_key for sample in samples).items() if count > 1]
        if repeated:
            raise RefusedInput(f"Cannot export: repeated sample keys {sorted(repeated)} (expected each once)")
        return sorted(self.of_scenes(samples), key=lambda sample: (sample.scene_id, sample.snippet_id))

    def vin_samples(self):
        rows = enumerate(self.vin.rows)
        return self.of_scenes(
            [Sample(row.sample_key, row.scene_id, row.snippet_id, row.split, row, index) for index, row in rows]
        )

    def of_scenes(self, samples):
        return [sample for sample in samples if self.options.scene is None or sample.scene_id in self.options.scene]

    def split(self, samples):
        options = self.options
        if self.vin and options.val_scenes is None and options.test_scenes is None:
            self.split_policy = self.vin.split_policy
            self.warn_about_leakage(samples)
            return samples
        splits = scene_splits(
            [sample.scene_id for sample in samples], options.val_scenes or 0, options.test_scenes or 0
        )
        return [Sample(**{**vars(sample), "split": splits[sample.scene_id]}) for sample in samples]

    def warn_about_leakage(self, samples):
        splits = {}
        for sample in samples:
            splits.setdefault(sample.scene_id, set()).add(sample.split)
        shared = sum(len(each) > 1 for each in splits.values())
        if shared:
            self.maker.warnings.append(f"{shared} scenes lie in more than one split (policy={self.split_policy})")

    def leave_out(self, sample, cause, message):
        self.left_out.append({"sample": sample, "cause": cause, "message": message})

    def causes(self):
        return "".join(f"\nleft out ({each['cause']}): {each['message']}" for each in self.left_out)

    def write(self):
        """Writes all rows that can be; returns the hash of the source."""
        with RolloutSourceWriter(self.options.out.absolute()) as writer:
            for sample in self.samples:
                try:
                    self.maker.write(sample, writer)
                except RowLeftOut as failed:
                    self.leave_out(sample.sample_key, failed.cause, str(failed))
            if not writer.samples:
                raise RefusedInput("Cannot export: no row is left" + self.causes())
            self.rows = writer.samples
            origin = "atek-efm+vin-offline-store" if self.vin else "atek-efm"
            return writer.finish(origin, self.split_policy, self.facts())

    def facts(self):
        facts = {
            "exporter.version": EXPORTER_VERSION,
            "licence": LICENCE,
            "points_per_frame": str(self.options.points_per_frame),
        }
        if self.taxonomy:
            facts["taxonomy.sha256"] = self.taxonomy.sha256
        if self.vin:
            facts["vin.version"] = str(self.vin.version)
            facts["vin.source_manifest_hash"] = self.vin.manifest_hash
            facts["vin.split_policy"] = self.vin.split_policy
            facts["vin.interrupted"] = str(self.vin.interrupted).lower()
        for cause, count in Counter(each["cause"] for each in self.left_out).items():
            facts["left_out." + cause] = str(count)
        facts.update({key: str(count) for key, count in self.maker.counts.items()})
        return facts

    def report(self, source_hash):
        return {
            "source_manifest_hash": source_hash,
            "rows": self.rows,
            "left_out": self.left_out,
            "warnings": self.maker.warnings,
            "facts": self.facts(),
        }


def main(arguments=None):
    options = parse_arguments(arguments)
    try:
        export = Export(options)
        report = export.report(export.write())
        if options.report:
            options.report.write_text(json.dumps(report, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    except (RefusedInput, RowLeftOut) as refused:
        print(refused, file=sys.stderr)
        return REFUSED
    except OSError as failed:
        print(f"Cannot export: {failed}", file=sys.stderr)
        return ENVIRONMENT
    for warning in report["warnings"]:
        print("warning: " + warning, file=sys.stderr)
    for row in report["left_out"]:
        print(f"left out ({row['cause']}): {row['message']}", file=sys.stderr)
    rows, left_out = report["rows"], len(report["left_out"])
    print(f"{rows} rows exported, {left_out} left out: {options.out} ({report['source_manifest_hash']})")
    return ROWS_LEFT_OUT if report["left_out"] else DONE


if __name__ == "__main__":
    sys.exit(main())
