#!/usr/bin/env python3
"""Verifies a log that Keyward exported, by its README.txt alone: no code, no library and no language shared with Keyward.

usage: verify_log.py FOLDER [VKEY]

Prints what holds and exits 0, or says what does not and exits 1. Ed25519 as in RFC 8032 section 5.1.7, the tree as in
RFC 6962 section 2.1 (by its recursive definition), notes and keys as in C2SP signed-note and tlog-checkpoint.
"""

import base64
import hashlib
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


def main(folder, vkey):
    size, root = open_checkpoint((folder / "checkpoint").read_bytes(), vkey)
    lines = b"".join(part.read_bytes() for part in sorted((folder / "entries").glob("*.jsonl"))).split(b"\n")[:-1]
    hashes = [hashlib.sha256(b"\x00" + line).digest() for line in lines]
    written = (folder / "leaf-hashes").read_bytes()
    for index, one in enumerate(hashes):
        if one != written[32 * index : 32 * index + 32]:
            fail(f"entry {index} is not what was hashed")
    if len(written) != 32 * len(hashes) or len(hashes) < size:
        fail(f"entry {len(hashes)} is missing")
    if root_of(hashes[:size]) != root:
        fail(f"the entries 0 to {size - 1} are not those of the checkpoint")
    print(f"{len(hashes)} entries, {size} of them signed")


main(pathlib.Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else (pathlib.Path(sys.argv[1]) / "log-key").read_text().strip())
