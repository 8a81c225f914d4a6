"""An age file with mlkem768x25519 recipients, read and written without the browser's library: an independent reading.

The key exchange and the seal of the file's key are those of `cryptography` (HPKE, in Rust and C); header, payload and
Bech32 are worked out here from the format's description. Below, the same exchange once more from its parts (X-Wing and
RFC 9180's key schedule), so that published vectors can be held against each of them.
"""

import base64
import hashlib
import hmac
import os
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hpke
from cryptography.hazmat.primitives.asymmetric import mlkem, x25519
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF, HKDFExpand

LABEL = b"age-encryption.org/mlkem768x25519"
STANZA = "mlkem768x25519"
SUITE = hpke.Suite(hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.CHACHA20_POLY1305)
ENCAPSULATED = 1120  # bytes
MLKEM_PUBLIC = 1184
CHUNK = 64 * 1024
LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"


class Unreadable(Exception):
    """No age file, not for this key, of several kinds, or changed."""


# Bech32 (BIP 173, without its limit of length)


def polymod(values: Sequence[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for bit, generator in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            check ^= generator if (top >> bit) & 1 else 0
    return check


def expanded(prefix: str) -> list[int]:
    return [ord(letter) >> 5 for letter in prefix] + [0] + [ord(letter) & 31 for letter in prefix]


def regrouped(values: Sequence[int], of: int, into: int) -> list[int]:
    """Other groups of bits; when they get smaller the last is filled up with zeros."""
    number = bits = 0
    groups = []
    for value in values:
        number, bits = number << of | value, bits + of
        while bits >= into:
            bits -= into
            groups.append(number >> bits & (1 << into) - 1)
    if bits and of > into:
        groups.append(number << into - bits & (1 << into) - 1)
    return groups


def from_bech32(spelled: str, prefix: str) -> bytes:
    found, _, rest = spelled.lower().rpartition("1")
    values = [LETTERS.index(letter) for letter in rest]
    if found != prefix or polymod(expanded(prefix) + values) != 1:
        raise Unreadable("bech32")
    return bytes(regrouped(values[:-6], 5, 8))


def to_bech32(prefix: str, content: bytes) -> str:
    values = regrouped(content, 8, 5)
    check = polymod(expanded(prefix) + values + [0] * 6) ^ 1
    values += [check >> 5 * (5 - place) & 31 for place in range(6)]
    return f"{prefix}1{''.join(LETTERS[value] for value in values)}"


# Keys


def identity_of(seed: bytes) -> str:
    return to_bech32("age-secret-key-pq-", seed).upper()


def halves(seed: bytes) -> tuple[mlkem.MLKEM768PrivateKey, x25519.X25519PrivateKey]:
    """X-Wing: both secrets from one seed."""
    grown = hashlib.shake_256(seed).digest(96)
    return (
        mlkem.MLKEM768PrivateKey.from_seed_bytes(grown[:64]),
        x25519.X25519PrivateKey.from_private_bytes(grown[64:]),
    )


def public_of(seed: bytes) -> bytes:
    lattice, curve = halves(seed)
    return lattice.public_key().public_bytes_raw() + curve.public_key().public_bytes_raw()


def recipient_of(identity: str) -> str:
    return to_bech32("age1pq", public_of(from_bech32(identity, "age-secret-key-pq-")))


# The file


def spelled(content: bytes) -> str:
    return base64.b64encode(content).rstrip(b"=").decode()


def unspelled(text: str) -> bytes:
    content = base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    if spelled(content) != text:
        raise Unreadable("base64 is not canonical")
    return content


def derived(key: bytes, salt: bytes, info: bytes) -> bytes:
    return HKDF(hashes.SHA256(), 32, salt, info).derive(key)


@dataclass(frozen=True)
class Stanza:
    kind: str
    arguments: list[str]
    body: bytes


def stanzas(head: bytes) -> list[Stanza]:
    version, *lines = head.decode().split("\n")
    if version != "age-encryption.org/v1":
        raise Unreadable("version")
    found, at = [], 0
    while at < len(lines):
        arrow, kind, *arguments = lines[at].split(" ")
        if arrow != "->":
            raise Unreadable("stanza")
        body, at = "", at + 1
        while True:
            body, at, line = body + lines[at], at + 1, lines[at]
            if len(line) < 64:
                break
        found.append(Stanza(kind, arguments, unspelled(body)))
    return found


def opened(file: bytes, identity: str) -> bytes:
    head, _, rest = file.partition(b"\n---")
    mac, _, payload = rest.partition(b"\n")
    named = stanzas(head)
    if {one.kind for one in named} != {STANZA}:
        raise Unreadable("recipients of several kinds")
    key = file_key(named, from_bech32(identity, "age-secret-key-pq-"))
    expected = hmac.new(derived(key, b"", b"header"), head + b"\n---", hashlib.sha256).digest()
    if not hmac.compare_digest(expected, unspelled(mac.decode().removeprefix(" "))):
        raise Unreadable("header")
    try:
        return b"".join(chunks(key, payload))
    except InvalidTag as error:
        raise Unreadable("payload") from error


def file_key(named: list[Stanza], seed: bytes) -> bytes:
    lattice, curve = halves(seed)
    secret = hpke.MLKEM768X25519PrivateKey(lattice, curve)
    for one in named:
        (encapsulated,) = one.arguments
        try:
            return SUITE.decrypt(unspelled(encapsulated) + one.body, secret, info=LABEL)
        except InvalidTag:
            continue
    raise Unreadable("not for this key")


def chunks(key: bytes, payload: bytes) -> list[bytes]:
    cipher = ChaCha20Poly1305(derived(key, payload[:16], b"payload"))
    sealed = payload[16:]
    pieces = [sealed[at : at + CHUNK + 16] for at in range(0, len(sealed), CHUNK + 16)]
    return [cipher.decrypt(nonce(place, len(pieces)), piece, None) for place, piece in enumerate(pieces)]


def nonce(place: int, count: int) -> bytes:
    return place.to_bytes(11, "big") + bytes([place == count - 1])


def sealed(content: bytes, recipients: Sequence[str]) -> bytes:
    """Every recipient of the one kind."""
    key = os.urandom(16)
    head = "age-encryption.org/v1"
    for one in recipients:
        if not one.startswith("age1pq1"):
            raise Unreadable("recipients of several kinds")
        public = from_bech32(one, "age1pq")
        pair = hpke.MLKEM768X25519PublicKey(
            mlkem.MLKEM768PublicKey.from_public_bytes(public[:MLKEM_PUBLIC]),
            x25519.X25519PublicKey.from_public_bytes(public[MLKEM_PUBLIC:]),
        )
        wrapped = SUITE.encrypt(key, pair, info=LABEL)
        head += f"\n-> {STANZA} {spelled(wrapped[:ENCAPSULATED])}\n{spelled(wrapped[ENCAPSULATED:])}"
    signed = f"{head}\n---".encode()
    mac = hmac.new(derived(key, b"", b"header"), signed, hashlib.sha256).digest()
    salt = os.urandom(16)
    cipher = ChaCha20Poly1305(derived(key, salt, b"payload"))
    pieces = [content[at : at + CHUNK] for at in range(0, len(content), CHUNK)] or [b""]
    body = b"".join(cipher.encrypt(nonce(place, len(pieces)), one, None) for place, one in enumerate(pieces))
    return signed + b" " + spelled(mac).encode() + b"\n" + salt + body


# The exchange from its parts


def decapsulated(encapsulated: bytes, seed: bytes) -> bytes:
    """X-Wing: SHA3-256 of both secrets, what was sent on the curve, the curve's public key and the label `\\.//^\\`."""
    lattice, curve = halves(seed)
    sent = encapsulated[-32:]
    first = lattice.decapsulate(encapsulated[:-32])
    second = curve.exchange(x25519.X25519PublicKey.from_public_bytes(sent))
    public = curve.public_key().public_bytes_raw()
    return hashlib.sha3_256(first + second + sent + public + b"\\.//^\\").digest()


@dataclass(frozen=True)
class Schedule:
    """RFC 9180 section 5.1 in base mode, with HKDF-SHA256 and ChaCha20-Poly1305."""

    suite: bytes
    key: bytes
    base_nonce: bytes
    exporter: bytes

    @classmethod
    def of(cls, shared: bytes, *, kem: int, info: bytes) -> "Schedule":
        suite = b"HPKE" + b"".join(number.to_bytes(2, "big") for number in (kem, 1, 3))
        about = b"\0" + extract(suite, b"", b"psk_id_hash", b"") + extract(suite, b"", b"info_hash", info)
        secret = extract(suite, shared, b"secret", b"")
        lengths = {b"key": 32, b"base_nonce": 12, b"exp": 32}
        return cls(suite, *(expand(suite, secret, label, about, length) for label, length in lengths.items()))

    def seal(self, number: int, aad: bytes, content: bytes) -> bytes:
        count = number.to_bytes(12, "big")
        mixed = bytes(one ^ other for one, other in zip(self.base_nonce, count, strict=True))
        return ChaCha20Poly1305(self.key).encrypt(mixed, content, aad)

    def export(self, context: bytes, length: int) -> bytes:
        return expand(self.suite, self.exporter, b"sec", context, length)


def extract(suite: bytes, salt: bytes, label: bytes, content: bytes) -> bytes:
    return hmac.new(salt or bytes(32), b"HPKE-v1" + suite + label + content, hashlib.sha256).digest()


def expand(suite: bytes, secret: bytes, label: bytes, info: bytes, length: int) -> bytes:
    labelled = length.to_bytes(2, "big") + b"HPKE-v1" + suite + label + info
    return HKDFExpand(hashes.SHA256(), length, labelled).derive(secret) if length else b""
