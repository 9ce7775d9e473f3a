#!/usr/bin/env python3
"""Verifies an audit log that Keyward wrote out, without Keyward. Needs Python 3.8 or newer and nothing else.

    python3 verify_log.py [WHAT] [--key KEY] [--earlier CHECKPOINT]

WHAT        the folder of a log or of chosen entries, or the file of one entry with its proof.
            Left out: the folder in which this program lies.
--key       the public key of the log as you know it, in one line. Left out: the one that lies in the folder, which shows
            that its parts belong together and not whose they are.
--earlier   a checkpoint that you kept from before: the log must still begin with exactly what it counted.

Says what holds and ends with 0, or names the first thing that is wrong and ends with 1.

It reads what the README.txt beside it describes: RFC 6962 (tree), RFC 8032 (Ed25519), C2SP signed-note, tlog-checkpoint
and tlog-tiles. If you do not trust a program that came with the log, have another one do the same: it is not long.
"""

import argparse
import base64
import binascii
import hashlib
import json
import os
import sys

WIDTH = 256  # hashes in a full tile


class Wrong(Exception):
    """The first thing that is wrong, in a sentence."""


# ---- Ed25519, RFC 8032 section 5.1: points as (X, Y, Z, T) with x = X/Z, y = Y/Z, xy = T/Z

PRIME = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
CURVE_D = -121665 * pow(121666, PRIME - 2, PRIME) % PRIME
ROOT_OF_MINUS_ONE = pow(2, (PRIME - 1) // 4, PRIME)


def point_from_y(y, is_odd):
    """The point with this y, and its x odd or even; None where the curve has none."""
    if y >= PRIME:
        return None
    numerator, denominator = y * y - 1, CURVE_D * y * y + 1
    square = numerator * pow(denominator, PRIME - 2, PRIME) % PRIME
    if square == 0:
        return None if is_odd else (0, y, 1, 0)
    x = pow(square, (PRIME + 3) // 8, PRIME)
    if (x * x - square) % PRIME != 0:
        x = x * ROOT_OF_MINUS_ONE % PRIME
    if (x * x - square) % PRIME != 0:
        return None
    if (x & 1) != is_odd:
        x = PRIME - x
    return (x, y, 1, x * y % PRIME)


def decode_point(octets):
    value = int.from_bytes(octets, "little")
    return point_from_y(value & ((1 << 255) - 1), value >> 255)


def add_points(p, q):
    a = (p[1] - p[0]) * (q[1] - q[0]) % PRIME
    b = (p[1] + p[0]) * (q[1] + q[0]) % PRIME
    c = 2 * p[3] * q[3] * CURVE_D % PRIME
    d = 2 * p[2] * q[2] % PRIME
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % PRIME, g * h % PRIME, f * g % PRIME, e * h % PRIME)


def multiply(point, factor):
    result = (0, 1, 1, 0)
    for bit in bin(factor)[2:]:
        result = add_points(result, result)
        if bit == "1":
            result = add_points(result, point)
    return result


def are_same(p, q):
    return (p[0] * q[2] - q[0] * p[2]) % PRIME == 0 and (p[1] * q[2] - q[1] * p[2]) % PRIME == 0


BASE_POINT = point_from_y(4 * pow(5, PRIME - 2, PRIME) % PRIME, 0)


def signature_holds(public_key, message, signature):
    if len(public_key) != 32 or len(signature) != 64:
        return False
    key, commitment = decode_point(public_key), decode_point(signature[:32])
    response = int.from_bytes(signature[32:], "little")
    if key is None or commitment is None or response >= ORDER:
        return False
    challenge = int.from_bytes(hashlib.sha512(signature[:32] + public_key + message).digest(), "little") % ORDER
    return are_same(multiply(BASE_POINT, response), add_points(commitment, multiply(key, challenge)))


# ---- Keys, notes, checkpoints (C2SP signed-note, tlog-checkpoint)


def strict_base64(text):
    """Octets of base64 in the one form an encoder writes; None for anything else."""
    try:
        octets = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return octets if base64.b64encode(octets).decode() == text else None


def is_name(name):
    return name != "" and "+" not in name and not any(character.isspace() or character < " " for character in name)


def read_key(line):
    """(name, id, public key) of a key in one line, NAME+ID+BASE64."""
    parts = line.split("+", 2)
    octets = strict_base64(parts[2]) if len(parts) == 3 else None
    if octets is None or len(octets) != 33 or octets[0] != 1:
        raise Wrong("The key of the log cannot be read.")
    expected = hashlib.sha256(parts[0].encode() + b"\n" + octets).digest()[:4].hex()
    if not is_name(parts[0]) or parts[1] != expected:
        raise Wrong("The key of the log carries the number of another key.")
    return parts[0], expected, octets[1:]


def open_note(octets, key, what):
    """The text of a note, once a signature of the key under it holds."""
    try:
        note = octets.decode("utf-8")
    except UnicodeDecodeError:
        raise Wrong(f"{what} cannot be read.")
    end = note.rfind("\n\n")
    if end < 0 or not note.endswith("\n") or any(character < " " and character != "\n" for character in note):
        raise Wrong(f"{what} is not a signed note.")
    text, is_signed = note[: end + 1], False
    lines = note[end + 2 : -1].split("\n")
    if len(lines) > 100:
        raise Wrong(f"{what} has too many signatures.")
    for line in lines:
        parts = line.split(" ")
        value = strict_base64(parts[2]) if len(parts) == 3 and parts[0] == "\u2014" and is_name(parts[1]) else None
        if value is None or len(value) < 5:
            raise Wrong(f"{what} has a line that is not a signature.")
        if parts[1] != key[0] or value[:4].hex() != key[1]:
            continue  # of somebody else
        if not signature_holds(key[2], text.encode(), value[4:]):
            raise Wrong(f"The signature under {what} does not hold: it was changed, or made with another key.")
        is_signed = True
    if not is_signed:
        raise Wrong(f"{what} is not signed by the key of this log.")
    return text


def read_checkpoint(octets, key, what="the checkpoint"):
    """(entries counted, root) of a signed checkpoint of this log."""
    lines = open_note(octets, key, what).split("\n")
    root = strict_base64(lines[2]) if len(lines) >= 4 else None
    is_count = len(lines) >= 4 and len(lines[1]) < 17 and lines[1].isascii() and lines[1].isdigit() and str(int(lines[1])) == lines[1]
    if root is None or len(root) != 32 or not is_count:
        raise Wrong(f"{what} is signed, but is not a checkpoint.")
    if lines[0] != key[0]:
        raise Wrong(f"{what} is one of another log, {lines[0]}.")
    return int(lines[1]), root


# ---- The tree (RFC 6962 section 2.1)


def leaf_hash(entry):
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


class Tree:
    """Grows by one leaf hash at a time and keeps only the roots along its right edge."""

    def __init__(self):
        self.size, self.edge = 0, []

    def add(self, value):
        rest = self.size
        while rest % 2 == 1:
            value = node_hash(self.edge.pop(), value)
            rest //= 2
        self.edge.append(value)
        self.size += 1

    def root(self):
        if not self.edge:
            return hashlib.sha256(b"").digest()
        value = self.edge[-1]
        for left in reversed(self.edge[:-1]):
            value = node_hash(left, value)
        return value


def root_by_path(value, index, size, path):
    """The root that a path leads to (RFC 9162 section 2.1.3.2); None where its length does not fit."""
    last = size - 1
    if index > last:
        return None
    for sibling in path:
        if last == 0:
            return None
        if index % 2 == 1 or index == last:
            value = node_hash(sibling, value)
            while index % 2 == 0 and index != 0:
                index, last = index // 2, last // 2
        else:
            value = node_hash(value, sibling)
        index, last = index // 2, last // 2
    return value if last == 0 else None


# ---- Files of a log (C2SP tlog-tiles)


def tile_name(level, index, width):
    digits = str(index)
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    parts = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    name = "/".join(["x" + part for part in parts[:-1]] + parts[-1:])
    return f"tile/{level}/{name}" + ("" if width == WIDTH else f".p/{width}")


def read_file(folder, name):
    try:
        with open(os.path.join(folder, *name.split("/")), "rb") as file:
            return file.read()
    except FileNotFoundError:
        raise Wrong(f"The file {name} is missing.")


def entries_in_bundle(octets, name):
    entries, at = [], 0
    while at < len(octets):
        length = int.from_bytes(octets[at : at + 2], "big")
        if at + 2 + length > len(octets):
            raise Wrong(f"The file {name} breaks off.")
        entries.append(octets[at + 2 : at + 2 + length])
        at += 2 + length
    return entries


def lines_below(folder, part):
    """Each line of the .jsonl files of a part of the folder, in the order of their names, without its line feed."""
    place = os.path.join(folder, part)
    for name in sorted(os.listdir(place) if os.path.isdir(place) else []):
        if name.endswith(".jsonl"):
            with open(os.path.join(place, name), "rb") as file:
                for line in file:
                    yield line[:-1] if line.endswith(b"\n") else line


class Tiles:
    """What the tiles have to be, gathered level by level as leaf hashes come."""

    def __init__(self, folder):
        self.folder, self.rows, self.names = folder, [], set()

    def add(self, level, value):
        if level == len(self.rows):
            self.rows.append([0, []])
        row = self.rows[level]
        row[1].append(value)
        if len(row[1]) == WIDTH:
            self.compare(level)

    def compare(self, level):
        index, hashes = self.rows[level]
        name = tile_name(level, index, len(hashes))
        self.names.add(name)
        if read_file(self.folder, name) != b"".join(hashes):
            raise Wrong(f"The file {name} is not what the entries give.")
        self.rows[level] = [index + 1, []]
        if len(hashes) == WIDTH:
            tree = Tree()
            for value in hashes:
                tree.add(value)
            self.add(level + 1, tree.root())

    def end(self):
        for level, (_, hashes) in enumerate(self.rows):
            if hashes:
                self.compare(level)
        for place, _, names in os.walk(os.path.join(self.folder, "tile")):
            for name in names:
                path = os.path.relpath(os.path.join(place, name), self.folder).replace(os.sep, "/")
                if path not in self.names:
                    raise Wrong(f"The file {path} does not belong to this log.")


def read_sealed(folder, size):
    """How many entries from the first on are there by their hashes alone, because their contents are in archives."""
    if not os.path.exists(os.path.join(folder, "sealed")):
        return 0
    try:
        count = json.loads(read_file(folder, "sealed"))["entries"]
    except (ValueError, KeyError, TypeError):
        count = None
    if not isinstance(count, int) or isinstance(count, bool) or count <= 0 or count % WIDTH != 0 or count > size:
        raise Wrong("The file sealed does not say how many entries are in archives.")
    return count


def archived_by(entry):
    """Up to where the contents of the log are in archives, by an entry that says so; 0 for another entry."""
    if b'"audit.archive"' not in entry:
        return 0
    try:
        said = json.loads(entry)
        return int(said["subject"]["to"]) if said["action"] == "audit.archive" and said["outcome"] == "success" else 0
    except (ValueError, KeyError, TypeError):
        return 0


def verify_log(folder, key, earlier):
    size, root = read_checkpoint(read_file(folder, "checkpoint"), key)
    if earlier is not None and earlier[0] > size:
        raise Wrong(f"The log has {size} entries, and your earlier checkpoint counts {earlier[0]}: entries were cut off.")
    lines, tree, tiles = lines_below(folder, "entries"), Tree(), Tiles(folder)
    roots, sealed, archived = {}, read_sealed(folder, size), 0
    for start in range(0, size, WIDTH):
        width = min(WIDTH, size - start)
        leaves, bundle = (tile_name(level, start // WIDTH, width) for level in (0, "entries"))
        is_sealed = start < sealed
        hashes, entries = read_file(folder, leaves), []
        if not is_sealed:
            tiles.names.add(bundle)
            entries = entries_in_bundle(read_file(folder, bundle), bundle)
        for at in range(width):
            number = start + at
            if is_sealed:
                value = hashes[32 * at : 32 * at + 32]
                tree.add(value)
                tiles.add(0, value)
                if earlier is not None and tree.size == earlier[0]:
                    roots[tree.size] = tree.root()
                continue
            if at >= len(entries):
                raise Wrong(f"Entry {number} is missing from {bundle}.")
            value = leaf_hash(entries[at])
            if value != hashes[32 * at : 32 * at + 32]:
                raise Wrong(f"Entry {number} is not what was hashed when it was written.")
            if next(lines, None) != entries[at]:
                raise Wrong(f"Entry {number} reads otherwise in the folder entries than in {bundle}.")
            archived = max(archived, archived_by(entries[at]))
            tree.add(value)
            tiles.add(0, value)
            if earlier is not None and tree.size == earlier[0]:
                roots[tree.size] = tree.root()
        if len(entries) > width:
            raise Wrong(f"The file {bundle} holds more entries than the checkpoint counts.")
    if next(lines, None) is not None:
        raise Wrong(f"The folder entries holds more entries than the {size} that the checkpoint counts.")
    if tree.root() != root:
        raise Wrong(f"The entries 0 to {size - 1} do not add up to the signed total: one or more was changed, with its hash.")
    tiles.end()
    if sealed > archived:
        raise Wrong(f"Entries from {archived} on are not there, and no entry of the log says that they are in an archive.")
    if earlier is not None and roots.get(earlier[0], hashlib.sha256(b"").digest()) != earlier[1]:
        raise Wrong(f"The first {earlier[0]} entries are not those of your earlier checkpoint: the past was rewritten.")
    said = f"The log holds: {size} entries, complete and in order, under one signed total."
    if sealed == 0:
        return said
    return f"{said}\nOf the first {sealed} the hashes alone are here: the file sealed names the archives that have the rest."


def canonical(entry):
    """Canonical JSON (RFC 8785) of an entry: it holds texts, whole numbers, lists, and names of plain letters."""
    return json.dumps(entry, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def path_octets(path, what):
    octets = [strict_base64(text) for text in path] if isinstance(path, list) else [None]
    if any(value is None or len(value) != 32 for value in octets):
        raise Wrong(f"The proof of {what} cannot be read.")
    return octets


def verify_selection(folder, key):
    size, root = read_checkpoint(read_file(folder, "checkpoint"), key)
    seen = set()
    for number, line in enumerate(lines_below(folder, "selected"), 1):
        try:
            row = json.loads(line)
            entry, index, path = row["entry"], row["index"], row["path"]
        except (ValueError, TypeError, KeyError):
            raise Wrong(f"Line {number} of the chosen entries cannot be read.")
        if canonical({"entry": entry, "index": index, "path": path}) != line or type(index) is not int:
            raise Wrong(f"Line {number} of the chosen entries is not in the form that is hashed.")
        if index in seen:
            raise Wrong(f"Entry {index} is there twice.")
        seen.add(index)
        if root_by_path(leaf_hash(canonical(entry)), index, size, path_octets(path, f"entry {index}")) != root:
            raise Wrong(f"Entry {index} is not in the log of this checkpoint, or was changed.")
    return f"{len(seen)} chosen entries are in the log of {size} entries. Nothing here can say that none was left out."


def verify_entry(file, key):
    with open(file, "rb") as opened:
        content = json.loads(opened.read())
    proof = content["proof"]
    size, root = read_checkpoint(proof["note"].encode(), key, "the checkpoint in the file")
    value = leaf_hash(canonical(content["entry"]))
    if root_by_path(value, proof["index"], size, path_octets(proof["path"], "the entry")) != root:
        raise Wrong("The entry is not in the log of this checkpoint, or was changed.")
    return f"The entry is number {proof['index']} in the log of {size} entries."


def key_of(given, what, is_folder):
    if given is not None:
        return given.strip(), "the key you gave"
    if not is_folder:
        raise Wrong("The file of one entry brings no key: give the one you know with --key.")
    return read_file(what, "log-key").decode("utf-8", "replace").strip(), "the key that lies beside it; compare it with the one you know"


def main():
    parser = argparse.ArgumentParser(description="Verifies an audit log that Keyward wrote out.")
    parser.add_argument("what", nargs="?", default=os.path.dirname(os.path.abspath(__file__)))
    parser.add_argument("--key")
    parser.add_argument("--earlier")
    options = parser.parse_args()
    try:
        if not os.path.exists(options.what):
            raise Wrong("There is no such folder or file.")
        is_folder = os.path.isdir(options.what)
        line, whose = key_of(options.key, options.what, is_folder)
        key, earlier = read_key(line), None
        if options.earlier is not None:
            with open(options.earlier, "rb") as file:
                earlier = read_checkpoint(file.read(), key, "your earlier checkpoint")
        if not is_folder:
            said = verify_entry(options.what, key)
        elif os.path.isdir(os.path.join(options.what, "selected")):
            said = verify_selection(options.what, key)
        else:
            said = verify_log(options.what, key, earlier)
    except Wrong as wrong:
        print(f"IT DOES NOT HOLD. {wrong}")
        return 1
    print(said)
    print(f"Signed by {line}, {whose}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
