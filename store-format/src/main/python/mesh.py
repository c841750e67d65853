"""Scene meshes: reads triangle PLY files and writes the one form of rollout source v1."""

import hashlib
from dataclasses import dataclass

import numpy as np

from problems import MESH_INVALID, MESH_MISSING, RowLeftOut

TYPES = {
    "char": "i1", "int8": "i1", "uchar": "u1", "uint8": "u1", "short": "i2", "int16": "i2",
    "ushort": "u2", "uint16": "u2", "int": "i4", "int32": "i4", "uint": "u4", "uint32": "u4",
    "float": "f4", "float32": "f4", "double": "f8", "float64": "f8",
}  # fmt: skip
BYTE_ORDERS = {"binary_little_endian": "<", "binary_big_endian": ">"}
INDEX_LISTS = ("vertex_indices", "vertex_index")
LONGEST_HEADER = 1 << 16


@dataclass(frozen=True)
class Mesh:
    """Vertices float32 `[V,3]` in world metres, faces int32 `[F,3]`."""

    vertices: np.ndarray
    faces: np.ndarray

    def write(self, path):
        """Writes binary little-endian PLY and returns the SHA-256 of the bytes."""
        header = (
            "ply\nformat binary_little_endian 1.0\n"
            f"element vertex {len(self.vertices)}\nproperty float x\nproperty float y\nproperty float z\n"
            f"element face {len(self.faces)}\nproperty list uchar int vertex_indices\nend_header\n"
        )
        faces = np.empty(len(self.faces), [("count", "u1"), ("indices", "<i4", 3)])
        faces["count"] = 3
        faces["indices"] = self.faces
        digest = hashlib.sha256()
        with open(path, "xb") as file:
            for part in (header.encode("ascii"), self.vertices.astype("<f4").data, faces.data):
                file.write(part)
                digest.update(part)
        return digest.hexdigest()


def load(path):
    """Reads a triangle mesh; doubles are rounded to float32, nothing is merged or cleaned."""
    if not path.is_file():
        raise RowLeftOut(MESH_MISSING, f"Cannot find mesh: no such file (file={path})")
    try:
        mesh = parse(path.read_bytes())
    except (ValueError, KeyError, IndexError, OverflowError) as broken:
        raise RowLeftOut(MESH_INVALID, f"Invalid mesh: {broken} (file={path})") from broken
    if not np.isfinite(mesh.vertices).all():
        raise RowLeftOut(MESH_INVALID, f"Invalid mesh: a vertex is not finite (file={path})")
    if len(mesh.faces) and (mesh.faces.min() < 0 or mesh.faces.max() >= len(mesh.vertices)):
        raise RowLeftOut(MESH_INVALID, f"Invalid mesh: a face names a vertex that is not there (file={path})")
    return mesh


def parse(content):
    end = content.find(b"end_header", 0, LONGEST_HEADER)
    start = content.find(b"\n", end) + 1
    if not content.startswith(b"ply") or end < 0 or start == 0:
        raise ValueError("no PLY header")
    form, elements = header_of(content[:end].decode("ascii").split("\n"))
    if form == "ascii":
        tokens = content[start:].split()
        return Mesh(*geometry(elements, AsciiBody(tokens)))
    return Mesh(*geometry(elements, BinaryBody(memoryview(content)[start:], BYTE_ORDERS[form])))


def header_of(lines):
    """The format and the elements as (name, count, properties); a property is (name, type, list count type)."""
    form, elements = None, []
    for words in (line.split() for line in lines):
        if words[:1] == ["format"]:
            form = words[1]
        elif words[:1] == ["element"]:
            elements.append((words[1], int(words[2]), []))
        elif words[:2] == ["property", "list"]:
            elements[-1][2].append((words[4], TYPES[words[3]], TYPES[words[2]]))
        elif words[:1] == ["property"]:
            elements[-1][2].append((words[2], TYPES[words[1]], None))
    if form != "ascii" and form not in BYTE_ORDERS:
        raise ValueError(f"format {form} (expected ascii, binary_little_endian or binary_big_endian)")
    return form, elements


def geometry(elements, body):
    """Vertices and faces; elements behind the faces are not read."""
    vertices = None
    for name, count, properties in elements:
        table = body.table(name, count, properties)
        if name == "vertex":
            vertices = np.stack([table[axis] for axis in "xyz"], axis=1).astype(np.float32)
        if name == "face":
            if vertices is None:
                raise ValueError("faces before vertices (expected vertices first)")
            lists = [each for each in INDEX_LISTS if each in table]
            if not lists:
                raise ValueError("faces without vertex_indices (expected triangles)")
            return vertices, table[lists[0]].astype(np.int64).astype(np.int32)
    raise ValueError("no vertices or no faces (expected both)")


class BinaryBody:
    """Tables of a binary body; every list must have three entries."""

    def __init__(self, content, byte_order):
        self.content = content
        self.byte_order = byte_order

    def table(self, element, count, properties):
        fields = []
        for name, kind, list_count in properties:
            if list_count is not None:
                fields.append((name + " count", self.byte_order + list_count))
            fields.append((name, self.byte_order + kind, (3,) if list_count is not None else ()))
        kind = np.dtype(fields)
        if kind.itemsize * count > len(self.content):
            raise ValueError(f"the file ends within element {element} (expected {count} triangles or values)")
        table = np.frombuffer(self.content, kind, count)
        self.content = self.content[kind.itemsize * count :]
        for name, _, list_count in properties:
            if list_count is not None and (table[name + " count"] != 3).any():
                raise ValueError(f"a list of {name} has not three entries (expected triangles)")
        return {name: table[name] for name, _, _ in properties}


class AsciiBody:
    """As BinaryBody, of numbers as text."""

    def __init__(self, tokens):
        self.tokens = tokens

    def table(self, element, count, properties):
        width = sum(1 if list_count is None else 4 for _, _, list_count in properties)
        if width * count > len(self.tokens):
            raise ValueError(f"the file ends within element {element} (expected {count} triangles or values)")
        values = np.array(self.tokens[: width * count], np.float64).reshape(count, width)
        self.tokens = self.tokens[width * count :]
        table, column = {}, 0
        for name, _, list_count in properties:
            if list_count is None:
                table[name] = values[:, column]
                column += 1
            else:
                if (values[:, column] != 3).any():
                    raise ValueError(f"a list of {name} has not three entries (expected triangles)")
                table[name] = values[:, column + 1 : column + 4]
                column += 4
        return table
