#!/usr/bin/env python3
"""Verifies what Plenary proves, with nothing but Python: a proof of one entry (c2sp.org/tlog-proof) or an archive.

    python3 verify.py FILE 'NAME+ID+KEY'        the server's public key, from where the conference published it
Of an archive it checks files, log and signature. Whether delegations have signed their acts themselves, verify_acts.py checks
with it; that the entries follow the rules is for `plenary verify`.
"""
import sys, zipfile
from base64 import b64decode
from hashlib import sha256, sha512

# Ed25519, as in RFC 8032, section 5.1.
P, Q = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P

def stop(why): sys.exit("NOT PROVEN: " + why)

def add(a, b):
    A, B = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    C, E = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = B - A, E - C, E + C, B + A
    return e * f % P, g * h % P, f * g % P, e * h % P

def times(n, point):
    out = (0, 1, 1, 0)
    while n:
        if n & 1: out = add(out, point)
        point, n = add(point, point), n >> 1
    return out

def point(y, odd):
    xx = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(xx, (P + 3) // 8, P)
    if (x * x - xx) % P: x = x * pow(2, (P - 1) // 4, P) % P
    if y >= P or (x * x - xx) % P: stop("the key or the signature is no point of the curve.")
    x = P - x if x & 1 != odd else x
    return x, y, 1, x * y % P

def decode(b): return point(int.from_bytes(b, "little") % 2**255, b[31] >> 7)

def is_weak(point): return times(8, point)[0] % P == 0     # With such a key one signature fits many texts.

def has_signed(key, message, signature):
    if len(key) != 32 or len(signature) != 64 or is_weak(decode(key)) or is_weak(decode(signature[:32])): return False
    r, s = signature[:32], int.from_bytes(signature[32:64], "little")
    h = int.from_bytes(sha512(r + key + message).digest(), "little") % Q
    a, b = times(s, point(4 * pow(5, -1, P) % P, 0)), add(decode(r), times(h, decode(key)))
    return s < Q and (a[0] * b[2] - b[0] * a[2]) % P == (a[1] * b[2] - b[1] * a[2]) % P == 0

# The tree, as in RFC 6962, section 2.1.
def leaf(entry): return sha256(b"\0" + entry).digest()
def pair(left, right): return sha256(b"\1" + left + right).digest()

def root_of(entries):
    peaks = []                                   # (leaves, hash) of the perfect subtrees, the largest first
    for entry in entries:
        peaks.append((1, leaf(entry)))
        while len(peaks) > 1 and peaks[-1][0] == peaks[-2][0]:
            (n, right), (_, left) = peaks.pop(), peaks.pop()
            peaks.append((2 * n, pair(left, right)))
    root = peaks.pop()[1] if peaks else sha256(b"").digest()
    while peaks: root = pair(peaks.pop()[1], root)
    return root

def root_from(hash, index, size, path):
    last = size - 1
    for step in path:
        if index & 1 or index == last:
            hash = pair(step, hash)
            while not index & 1 and index: index, last = index >> 1, last >> 1
        else: hash = pair(hash, step)
        index, last = index >> 1, last >> 1
    return hash if last == 0 else None

def checkpoint(note, key):
    """What a note says that is signed with the key: whose log, how many entries, the root."""
    text, _, signatures = note.rpartition("\n\n")
    text, public = text + "\n", b64decode(key.split("+", 2)[2])[1:]
    origin, size, root = text.split("\n")[:3]
    name_id = sha256(origin.encode() + b"\n\1" + public).digest()[:4]
    for line in signatures.splitlines():
        _, name, signature = line.split(" ")
        signature = b64decode(signature)
        if name == origin and signature[:4] == name_id and has_signed(public, text.encode(), signature[4:]):
            return origin, int(size), b64decode(root)
    stop(f"{key} has not signed the checkpoint.")

def proven(file, key):
    """Whose log it is, and the entries of the file by their numbers, if they are proven; and that as a sentence."""
    if zipfile.is_zipfile(file):
        bag = zipfile.ZipFile(file)
        top = bag.namelist()[0].split("/")[0] + "/"
        for line in bag.read(top + "manifest-sha256.txt").decode().splitlines():
            digest, name = line.split("  ", 1)
            if sha256(bag.read(top + name)).hexdigest() != digest: stop(f"{name} was changed.")
        origin, size, root = checkpoint(bag.read(top + "data/checkpoint.txt").decode(), key)
        entries = [b64decode(line) for line in bag.read(top + "data/log.txt").split()]
        if len(entries) != size or root_of(entries) != root: stop("the log is not the one that was signed.")
        return origin, dict(enumerate(entries, 1)), f"Proven: the archive holds the {size} entries of {origin} that were signed."
    head, _, note = open(file, encoding="utf-8").read().partition("\n\n")
    first, extra, index, *path = head.split("\n")
    entry, index = b64decode(extra.removeprefix("extra ")), int(index.removeprefix("index "))
    origin, size, root = checkpoint(note, key)
    if root_from(leaf(entry), index, size, [b64decode(p) for p in path]) != root:
        stop(f"entry {index + 1} with these bytes is not in the record that was signed.")
    return origin, {index + 1: entry}, f"Proven: entry {index + 1} is in the record of {size} entries of {origin} that was signed."

if __name__ == "__main__": print(proven(*sys.argv[1:3])[2])
