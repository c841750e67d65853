"""What can go wrong in an export: the whole export is refused, or one row is left out with its cause."""

RAW_LOAD_FAILED = "raw_load_failed"
MESH_MISSING = "mesh_missing"
MESH_INVALID = "mesh_invalid"
SUPERSEDED = "superseded"
CAUSES = (RAW_LOAD_FAILED, MESH_MISSING, MESH_INVALID, SUPERSEDED)


class RefusedInput(Exception):
    """The inputs or the options cannot be used; nothing is written."""


class RowLeftOut(Exception):
    """One row cannot be exported; `cause` is one of CAUSES (specification source 7.3, rule S-5)."""

    def __init__(self, cause, message):
        super().__init__(message)
        self.cause = cause
