#!/usr/bin/env python3
"""Verifies that delegations have signed their acts themselves: all in an archive, or the one of a proof of one entry.

    python3 verify_acts.py FILE 'NAME+ID+KEY' [CODE=KEY …]
FILE and the server's key are as for verify.py, which must lie beside this file and checks them first. CODE=KEY is the key that a
delegation has told you itself: whatever it has signed must go back to that one. Written from docs/log-format.md.
"""
import json, sys
from collections import deque
from datetime import datetime, timedelta, timezone
from hashlib import sha256
from zipfile import is_zipfile
from verify import has_signed, leaf, proven, stop

def cbor(b, at=0):
    """What stands there (RFC 8949, as far as entries use it), and where the next begins."""
    kind, n, at = b[at] >> 5, b[at] & 31, at + 1
    if n > 27: raise ValueError("no definite length")
    if kind == 7: return {20: False, 21: True, 22: None}[n], at
    if n > 23: n, at = int.from_bytes(b[at:at + (1 << n - 24)], "big"), at + (1 << n - 24)
    if kind < 2: return (n if kind == 0 else -1 - n), at
    if kind == 2: return b[at:at + n], at + n
    if kind == 3: return b[at:at + n].decode(), at + n
    items = []
    for _ in range(n if kind == 4 else 2 * n):
        item, at = cbor(b, at)
        items.append(item)
    return (items if kind == 4 else dict(zip(items[::2], items[1::2]))), at

def once(pairs):
    if len(dict(pairs)) != len(pairs): raise ValueError("a field that is there twice")
    return dict(pairs)

# What the server fills in, act by act, and what a field is that is left out and not empty.
FILLED = {"propose": "proposal new base of digest heads seq", "open_vote": "vote digests by quorum", "cast_vote": "salt",
          "open_silence": "silence targets digests", "close_vote": "result heads", "adopt": "heads", "seal_version": "heads",
          "agree": "digests", "agree_ad_ref": "digests", "merge_proposals": "digests", "call": "digest", "incorporate": "digest",
          "mark_translation": "source digest of"}
LEFT_OUT = {"level": 1, "weight": 1, "entitled": True, "role": "delegate", "decision": "consensus"}

def draft_id(data):                             # Base58Check
    data += sha256(sha256(data).digest()).digest()[:4]
    n, out = int.from_bytes(data, "big"), ""
    while n: n, out = n // 58, "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"[n % 58] + out
    return "1" * (len(data) - len(data.lstrip(b"\0"))) + out

def is_blank(value): return value is None or value is False or value in ([], {})

def same(said, is_, filled, name=""):
    """Whether what was signed, in JSON, is what was entered, in CBOR."""
    if isinstance(said, dict) and isinstance(is_, dict):
        if name == "text": return said == is_
        for field in {**said, **is_}:
            if field in filled and (field == "base" or is_blank(said.get(field))): continue
            if field not in is_ or field not in said:
                value = is_[field] if field in is_ else said[field]
                if not (value == LEFT_OUT[field] if field in LEFT_OUT else is_blank(value)): return False
            elif not same(said[field], is_[field], filled, field): return False
        return True
    if isinstance(said, list) and isinstance(is_, list):
        return len(said) == len(is_) and all(same(s, i, filled) for s, i in zip(said, is_))
    if isinstance(is_, bytes) and isinstance(said, str): return said in (is_.hex(), draft_id(is_))
    if type(is_) is int and isinstance(said, str):
        moment = datetime.fromisoformat(said.replace("Z", "+00:00")) - datetime.fromtimestamp(0, timezone.utc)
        return moment // timedelta(milliseconds=1) == is_
    return type(said) is type(is_) and said == is_

def statement(signed):
    first, draft, delegation, answers, act = signed["statement"].split("\n")
    if first != "plenary act v1" or (draft[:6], delegation[:11], answers[:8]) != ("draft ", "delegation ", "answers "):
        raise ValueError("not the five lines of an act")
    seq, hash = answers[8:].split(" ")
    return draft[6:], delegation[11:], (int(seq), hash), json.loads(act, object_pairs_hook=once)

def look(entry, draft, live, acts):
    """Whose act it is, and with which key it is signed. `live` are that one's keys; none if only the signature is looked at."""
    seat, act, signed = entry["by"], entry.get("act"), entry.get("signed")
    whose = seat["seat"]["delegation"] if isinstance(seat, dict) else None
    name = next(iter(act)) if act else None
    if not act or whose is None or name == "recover":
        if signed: raise ValueError("a signature stands where no delegation acts")
        return None, None
    registers = act[name]["key"] if name == "register_key" else None
    mine = None if live is None else live.get(whose, {})
    if not signed:
        if mine or (mine is not None and registers): raise ValueError(f"{whose} signs its acts, and has not signed this one")
        return whose, None
    key = signed["key"]
    if mine is not None and key not in mine and (mine or registers != key):
        raise ValueError(f"{key.hex()} is no key with which {whose} signs here")
    if not has_signed(key, signed["statement"].encode(), signed["signature"]):
        raise ValueError(f"the signature is not that of {whose}'s key {key.hex()}")
    in_draft, by, answers, said = statement(signed)
    if (in_draft, by) != (draft, whose): raise ValueError(f"what was signed is an act of {by} in the draft {in_draft}")
    if list(said) != [name] or not same(said[name], act[name], FILLED.get(name, "").split()):
        raise ValueError(f"what {whose} has signed is not the act that was entered")
    if mine is not None and answers not in acts: raise ValueError("what was signed answers to no act that is among the last")
    if mine is not None and answers[0] < mine.get(key, 0):
        raise ValueError(f"what was signed answers to entry {answers[0]}, and {whose} has signed a later one since")
    return whose, key

def main(file, key, *told):
    told = dict(t.split("=", 1) for t in told)
    origin, entries, sentence = proven(file, key)
    draft, live, acts = origin.rpartition("/")[2], {} if is_zipfile(file) else None, deque(maxlen=256)
    trusted, signed, before = set(told.items()), {}, {}
    for number, entry in entries.items():
        hash = leaf(entry).hex()
        try:
            entry = cbor(entry)[0]
            whose, with_key = look(entry, draft, live, acts)
        except Exception as why: stop(f"entry {number}: {why}.")
        if with_key: signed.setdefault(whose, []).append(with_key.hex())
        if whose in told and with_key and (whose, with_key.hex()) not in trusted:
            stop(f"entry {number}: {with_key.hex()} is not the key that {whose} told you, nor introduced by it.")
        if whose in told and not with_key and (whose in signed or live is None):
            stop(f"entry {number}: {whose} has not signed this act.")
        if whose and not with_key: before[whose] = before.get(whose, 0) + 1
        if live is None or not entry.get("act"): continue
        acts.append((number, hash))
        (name, act), keys = *entry["act"].items(), live.setdefault(whose, {})
        if with_key: keys[with_key] = number
        if whose and name == "register_key":
            keys[act["key"]] = number
            trusted.add((whose, act["key"].hex()))
        if whose and name == "revoke_key": keys.pop(act["key"], None)
    print(sentence)
    for whose in told:
        if whose not in signed: stop(f"{whose} has signed nothing.")
    for whose, keys in signed.items():
        rest = f", and not {before[whose]} other" if whose in before else ""
        print(f"{whose} has signed {len(keys)} of these acts{rest}, with {' and '.join(dict.fromkeys(keys))}.")
        if whose not in told: print(f"Ask {whose} whether that is its key: who runs the server could have registered another.")

if __name__ == "__main__": main(*sys.argv[1:])
