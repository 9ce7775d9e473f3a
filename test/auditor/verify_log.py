#!/usr/bin/env python3
"""Verifies a log that Keyward exported, by its README.txt alone: no code, no library and no language shared with Keyward.

usage: verify_log.py FOLDER [VKEY]

Prints what holds and exits 0, or says what does not and exits 1. Ed25519 as in RFC 8032 section 5.1.7, the tree as in
RFC 6962 section 2.1 (by its recursive definition), notes and keys as in C2SP signed-note and tlog-checkpoint.
"""

import base64
import hashlib
import json
import pathlib
import sys

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P


def recover_x(y, sign):
    x2 = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(x2, (P + 3) // 8, P)
    if (x * x - x2) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if (x * x - x2) % P or (x == 0 and sign):
        raise ValueError("not a point of the curve")
    return P - x if x & 1 != sign else x


def read_point(octets):
    number = int.from_bytes(octets, "little")
    y, sign = number & ((1 << 255) - 1), number >> 255
    if y >= P:
        raise ValueError("not a point of the curve")
    return recover_x(y, sign), y


def add(one, other):
    (x1, y1), (x2, y2) = one, other
    k = D * x1 * x2 * y1 * y2 % P
    return (x1 * y2 + x2 * y1) * pow(1 + k, -1, P) % P, (y1 * y2 + x1 * x2) * pow(1 - k, -1, P) % P


def times(number, point):
    total = (0, 1)
    while number:
        if number & 1:
            total = add(total, point)
        point, number = add(point, point), number >> 1
    return total


BASE = (recover_x(4 * pow(5, -1, P) % P, 0), 4 * pow(5, -1, P) % P)


def is_signed(public_key, message, signature):
    if len(signature) != 64:
        return False
    try:
        a, r = read_point(public_key), read_point(signature[:32])
    except ValueError:
        return False
    s = int.from_bytes(signature[32:], "little")
    h = int.from_bytes(hashlib.sha512(signature[:32] + public_key + message).digest(), "little")
    return s < ORDER and times(s, BASE) == add(r, times(h % ORDER, a))


def root_of(hashes):
    if not hashes:
        return hashlib.sha256(b"").digest()
    if len(hashes) == 1:
        return hashes[0]
    split = 1 << ((len(hashes) - 1).bit_length() - 1)
    return hashlib.sha256(b"\x01" + root_of(hashes[:split]) + root_of(hashes[split:])).digest()


def fail(sentence):
    print(sentence)
    sys.exit(1)


def open_checkpoint(note, vkey):
    name, key_id, encoded = vkey.split("+", 2)
    key = base64.b64decode(encoded, validate=True)
    if len(key) != 33 or key[0] != 1 or hashlib.sha256(name.encode() + b"\n" + key).hexdigest()[:8] != key_id:
        fail("the key of the log is malformed")
    text, found, signatures = note.rpartition(b"\n\n")
    text += b"\n"
    for line in signatures.decode().splitlines():
        dash, signer, value = line.split(" ")
        octets = base64.b64decode(value, validate=True)
        if found and dash == "\u2014" and signer == name and octets[:4].hex() == key_id:
            if not is_signed(key[1:], text, octets[4:]):
                fail("the signature of the checkpoint is wrong")
            origin, size, root = text.decode().split("\n")[:3]
            if origin != name:
                fail("the checkpoint is of another log")
            return int(size), base64.b64decode(root, validate=True)
    fail("the checkpoint is not signed by the key of the log")


def place(number):
    """The file name of a tile: 3 digits in each folder, all but the last behind an x."""
    last, above = f"{number % 1000:03}", number // 1000
    while above:
        last, above = f"x{above % 1000:03}/{last}", above // 1000
    return last


def tiles(folder, kind, count, begin=0):
    """Octets of each tile of a row of `count` hashes, from the one of hash `begin` on."""
    for number in range(begin // 256, -(-count // 256)):
        width = min(256, count - 256 * number)
        yield (folder / "tile" / kind / (place(number) + (f".p/{width}" if width < 256 else ""))).read_bytes()


def bundled(octets):
    while octets:
        length = octets[0] << 8 | octets[1]
        if len(octets) < 2 + length:
            fail("a bundle of entries breaks off")
        yield octets[2 : 2 + length]
        octets = octets[2 + length :]


def check_upper(folder, hashes, sealed):
    """Each tile above holds the roots of the full tiles below it."""
    level, row, files = 0, hashes, -(-len(hashes) // 256) - sealed // 256
    while row:
        if b"".join(tiles(folder, str(level), len(row))) != b"".join(row):
            fail(f"the tiles of level {level} are not those of the entries")
        files += -(-len(row) // 256)
        level, row = level + 1, [root_of(row[at : at + 256]) for at in range(0, len(row) - 255, 256)]
    if count_files(folder / "tile") != files:
        fail("there is a tile too many")


def count_files(folder):
    return sum(one.is_file() for one in folder.rglob("*"))


def left_out(folder, size):
    """How many entries are in archives, so that their hashes alone are here."""
    if not (folder / "sealed").exists():
        return 0
    count = json.loads((folder / "sealed").read_bytes())["entries"]
    if count % 256 or not 0 < count < size:
        fail("sealed is not a count of whole tiles")
    return count


def whole(folder, size, root):
    sealed = left_out(folder, size)
    entries = [entry for octets in tiles(folder, "entries", size, sealed) for entry in bundled(octets)]
    lines = b"".join(part.read_bytes() for part in sorted((folder / "entries").glob("*.jsonl"))).split(b"\n")[:-1]
    if entries != lines:
        fail("the entries to read and the entries in tiles are not the same")
    kept = b"".join(tiles(folder, "0", size))[: 32 * sealed]
    hashes = [kept[at : at + 32] for at in range(0, 32 * sealed, 32)]
    hashes += [hashlib.sha256(b"\x00" + entry).digest() for entry in entries]
    if len(hashes) != size:
        fail(f"there are {len(hashes)} entries, and {size} are signed")
    if root_of(hashes) != root:
        fail(f"the entries 0 to {size - 1} are not those of the checkpoint")
    check_upper(folder, hashes, sealed)
    said = [json.loads(entry) for entry in entries if b'"audit.archive"' in entry]
    archived = [one["subject"]["to"] for one in said if one["action"] == "audit.archive" and one["outcome"] == "success"]
    if sealed > max(archived, default=0):
        fail("entries are not there, and no entry says that they are in an archive")
    print(f"{size} entries" + (f", {sealed} of them in archives" if sealed else ""))


def climb(value, index, size, path):
    """The root over `size` leaves, from the top down: RFC 6962 section 2.1.1 by its recursive definition."""
    if size == 1:
        if path or index:
            fail("a path is too long")
        return value
    if not path:
        fail("a path is too short")
    split = 1 << ((size - 1).bit_length() - 1)
    if index < split:
        pair = climb(value, index, split, path[:-1]) + path[-1]
    else:
        pair = path[-1] + climb(value, index - split, size - split, path[:-1])
    return hashlib.sha256(b"\x01" + pair).digest()


def chosen(folder, size, root):
    lines = b"".join(part.read_bytes() for part in sorted((folder / "selected").glob("*.jsonl"))).split(b"\n")[:-1]
    for line in lines:
        row = json.loads(line)
        end = line.rindex(b',"index":')
        if not line.startswith(b'{"entry":') or json.loads(line[9:end]) != row["entry"] or not 0 <= row["index"] < size:
            fail("a line is not an entry with its path")
        path = [base64.b64decode(text, validate=True) for text in row["path"]]
        if climb(hashlib.sha256(b"\x00" + line[9:end]).digest(), row["index"], size, path) != root:
            fail(f"entry {row['index']} is not in the log")
    print(f"{len(lines)} of {size} entries")


def main(folder, vkey):
    size, root = open_checkpoint((folder / "checkpoint").read_bytes(), vkey)
    (chosen if (folder / "selected").is_dir() else whole)(folder, size, root)


main(pathlib.Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else (pathlib.Path(sys.argv[1]) / "log-key").read_text().strip())
