"""The browser's library and an independent reading agree, both ways, and both agree with what was published."""

import hashlib
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from luytre.tips.sealing import Sealer, SealingFailed, node
from tests.tips import agepq

ROOT = Path(__file__).resolve().parents[2]
SIZES = [0, 1, 65535, 65536, 65537, 200_000]
# ss for seeds that grow from SHAKE128 of nothing: draft-connolly-cfrg-xwing-kem-08, appendix C; of the long values
# (public key and ciphertext) their first and last bytes, since the secret depends on every bit of both.
XWING = [
    {
        "seed": "7f9c2ba4e88f827d616045507605853ed73b8093f6efbc88eb1a6eacfa66ef26",
        "eseed": "3cb1eea988004b93103cfb0aeefd2a686e01fa4a58e8a3639ca8a1e3f9ae57e2"
        "35b8cc873c23dc62b8d260169afa2f75ab916a58d974918835d25e6a435085b2",
        "pk": ("e2236b35a8c24b39b10aa1323a96a919", "eff389b27dce59844570216223593d4ba32d9abac8cd049040ef6534"),
        "ct": ("b83aa828d4d62b9a83ceffe1d3d3bb1e", "7f31ed6f7cb1600de56f17576740ce2a32fc5145030145cfb97e63e0"),
        "ct_end": "e41d354274a079d3e6fb2e15",
        "ss": "d2df0522128f09dd8e2c92b1e905c793d8f57a54c3da25861f10bf4ca613e384",
    },
    {
        "seed": "badfd6dfaac359a5efbb7bcc4b59d538df9a04302e10c8bc1cbf1a0b3a5120ea",
        "eseed": "17cda7cfad765f5623474d368ccca8af0007cd9f5e4c849f167a580b14aabdef"
        "aee7eef47cb0fca9767be1fda69419dfb927e9df07348b196691abaeb580b32d",
        "pk": ("0333285fa253661508c9fb444852caa4", "cbb48fd4c562a576549f85b528c953926d96ea8a160b8843f1c89c62"),
        "ct": ("c93beb22326705699bbc3d1d0aa6339b", "00342d123f618aa8c91bdf6e0e03200693c9651e469aee6f91c98bea"),
        "ct_end": "4127ae66312f4ae3ea155b67",
        "ss": "f2e86241c64d60f6649fbc6c5b7d17180b780a3f34355e64a85749949c45f150",
    },
]
# HPKE with this exchange, HKDF-SHA256 and ChaCha20-Poly1305: the vectors of filippo.io/hpke (testdata/hpke-pq.json), in
# which a thousand seals and a thousand exports are told by one SHAKE128 over all of them.
HPKE = {
    "seed": "447cfc23de31102101a1b5aec0897a31f24670946f8e67345df7099b7c26e626",
    "eseed": "66dcfb2cda326274668adca8cb96b89f67fbfae8816f9f8032ff03c949c132a3"
    "323670b13f897ba7ed7ec6bda73f38f15200adb8dcb46384c327815672883d95",
    "pk": ("d9ac25bc9b3516188ead3a40cfe439f4", "2022f8fdaf6fec20e80222d89e91788afe88208fb423c3ef8cda69"),
    "ct": ("048b83f06ad011da5a5c908b9355d0a4", "dd799a129b547c32a5537e7f569f89d82f"),
    "info": "34663634363532303666366532303631323034373732363536333639363136653230353537323665",
    "encryptions": "e4543c1f32ece74e014597608c4cfb50",
    "exports": "64461402f389ef288ce89299232a4a64",
}
# RFC 9180, A.2.1: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20-Poly1305, base mode.
RFC9180 = {
    "info": "4f6465206f6e2061204772656369616e2055726e",
    "shared_secret": "0bbe78490412b4bbea4812666f7916932b828bba79942424abb65244930d69a7",
    "key": "ad2744de8e17f4ebba575b3f5f5a8fa1f69c2a07f6e7500bc60ca6e3e3ec1c91",
    "base_nonce": "5c4d98150661b848853b547f",
    "exporter_secret": "a3b010d4994890e2c6968a36f64470d3c824c8f5029942feb11e7a74b2921922",
}
ENCAPSULATE = """
import { MLKEM768X25519 } from "@noble/post-quantum/hybrid.js";
const hex = (bytes) => Buffer.from(bytes).toString("hex");
const bytes = (text) => Uint8Array.from(Buffer.from(text, "hex"));
for (const { seed, eseed } of JSON.parse(process.argv.at(-1))) {
  const { publicKey } = MLKEM768X25519.keygen(bytes(seed));
  const { cipherText, sharedSecret } = MLKEM768X25519.encapsulate(publicKey, bytes(eseed));
  console.log(JSON.stringify({ pk: hex(publicKey), ct: hex(cipherText), ss: hex(sharedSecret) }));
}
"""


def of_the_browsers_library(vectors: list[dict[str, Any]]) -> list[dict[str, str]]:
    """The exchange of the library that the pages carry, with the published chance in place of its own."""
    asked = json.dumps([{"seed": one["seed"], "eseed": one["eseed"]} for one in vectors])
    done = subprocess.run(
        [node(), "--input-type=module", "-e", ENCAPSULATE, asked], cwd=ROOT, text=True, capture_output=True, check=True
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def begins_and_ends(whole: str, ends: tuple[str, str]) -> bool:
    return whole.startswith(ends[0]) and whole.endswith(ends[1])


def test_published_exchanges_come_out_of_both_libraries() -> None:
    for vector, made in zip(XWING, of_the_browsers_library(XWING), strict=True):
        seed = bytes.fromhex(vector["seed"])
        first, last = vector["ct"]
        assert agepq.public_of(seed).hex() == made["pk"]
        assert begins_and_ends(made["pk"], vector["pk"])
        assert begins_and_ends(made["ct"], (first, last + vector["ct_end"]))
        assert made["ss"] == agepq.decapsulated(bytes.fromhex(made["ct"]), seed).hex() == vector["ss"]


def test_published_hpke_with_this_exchange() -> None:
    (made,) = of_the_browsers_library([HPKE])
    seed = bytes.fromhex(HPKE["seed"])
    assert made["pk"] == agepq.public_of(seed).hex()
    assert begins_and_ends(made["pk"], HPKE["pk"])
    assert begins_and_ends(made["ct"], HPKE["ct"])
    shared = agepq.decapsulated(bytes.fromhex(made["ct"]), seed)
    schedule = agepq.Schedule.of(shared, kem=0x647A, info=bytes.fromhex(HPKE["info"]))
    assert told_together(schedule.seal(number, *two) for number, two in enumerate(drawn(2))) == HPKE["encryptions"]
    assert told_together(schedule.export(one, length) for length, (one,) in enumerate(drawn(1))) == HPKE["exports"]


def drawn(count: int) -> list[list[bytes]]:
    """A thousand inputs from SHAKE128 of nothing: a byte that says how long, then so many bytes."""
    stream, at, inputs = hashlib.shake_128(b"").digest(256 * 1000 * count), 0, []
    for _each in range(1000):
        group = []
        for _one in range(count):
            length = stream[at]
            group.append(stream[at + 1 : at + 1 + length])
            at += 1 + length
        inputs.append(group)
    return inputs


def told_together(pieces: Any) -> str:
    return hashlib.shake_128(b"".join(pieces)).hexdigest(16)


def test_the_key_schedule_of_rfc_9180() -> None:
    schedule = agepq.Schedule.of(bytes.fromhex(RFC9180["shared_secret"]), kem=0x20, info=bytes.fromhex(RFC9180["info"]))
    assert schedule.key.hex() == RFC9180["key"]
    assert schedule.base_nonce.hex() == RFC9180["base_nonce"]
    assert schedule.exporter.hex() == RFC9180["exporter_secret"]


def test_the_schedule_is_the_one_that_seals_a_file(sealing: Sealer) -> None:
    """From the parts: what the whole of `cryptography` opens, the published pieces open too."""
    made = sealing.ask("identity")
    seed = agepq.from_bech32(made["secret"], "age-secret-key-pq-")
    head = sealing.ask("seal", bytes=b"x", recipients=[made["recipient"]]).partition(b"\n---")[0]
    (stanza,) = agepq.stanzas(head)
    shared = agepq.decapsulated(agepq.unspelled(stanza.arguments[0]), seed)
    schedule = agepq.Schedule.of(shared, kem=0x647A, info=agepq.LABEL)
    key = agepq.file_key([stanza], seed)
    assert schedule.seal(0, b"", key) == stanza.body


@pytest.mark.parametrize("size", SIZES)
def test_files_open_both_ways(sealing: Sealer, size: int) -> None:
    content = bytes(number % 251 for number in range(size))
    made = sealing.ask("identity")
    assert agepq.recipient_of(made["secret"]) == made["recipient"]
    assert agepq.opened(sealing.ask("seal", bytes=content, recipients=[made["recipient"]]), made["secret"]) == content
    assert sealing.ask("open", file=agepq.sealed(content, [made["recipient"]]), identity=made["secret"]) == content


def test_every_one_of_several_recipients_opens_and_nobody_else(sealing: Sealer) -> None:
    one, other, stranger = (sealing.ask("identity") for _each in range(3))
    both = [one["recipient"], other["recipient"]]
    for file in (sealing.ask("seal", bytes=b"hai", recipients=both), agepq.sealed(b"hai", both)):
        for who in (one, other):
            assert agepq.opened(file, who["secret"]) == sealing.ask("open", file=file, identity=who["secret"]) == b"hai"
        with pytest.raises(agepq.Unreadable):
            agepq.opened(file, stranger["secret"])
        with pytest.raises(SealingFailed):
            sealing.ask("open", file=file, identity=stranger["secret"])


def test_a_changed_bit_anywhere_is_refused_by_both(sealing: Sealer) -> None:
    made = sealing.ask("identity")
    file = sealing.ask("seal", bytes=b"bit" * 1000, recipients=[made["recipient"]])
    for place in (30, 400, 1500, 1600, len(file) - 2000, len(file) - 1):
        changed = file[:place] + bytes([file[place] ^ 1]) + file[place + 1 :]
        with pytest.raises((agepq.Unreadable, ValueError)):
            agepq.opened(changed, made["secret"])
        with pytest.raises(SealingFailed):
            sealing.ask("open", file=changed, identity=made["secret"])


def test_a_cut_file_is_refused_by_both(sealing: Sealer) -> None:
    made = sealing.ask("identity")
    file = sealing.ask("seal", bytes=bytes(3 * agepq.CHUNK), recipients=[made["recipient"]])
    cut = file[: -(agepq.CHUNK + 16)]
    with pytest.raises(agepq.Unreadable):
        agepq.opened(cut, made["secret"])
    with pytest.raises(SealingFailed):
        sealing.ask("open", file=cut, identity=made["secret"])


def test_recipients_of_several_kinds_are_refused_both_ways(sealing: Sealer) -> None:
    pyrage = pytest.importorskip("pyrage")
    made, old = sealing.ask("identity"), pyrage.x25519.Identity.generate()
    mixed = [made["recipient"], str(old.to_public())]
    with pytest.raises(SealingFailed) as refused:
        sealing.ask("seal", bytes=b"x", recipients=mixed)
    assert refused.value.name == "Mixed"
    with pytest.raises(agepq.Unreadable):
        agepq.sealed(b"x", mixed)
    # A stranger's file that names both: a stanza of the weaker kind is put before ours.
    file = sealing.ask("seal", bytes=b"x", recipients=[made["recipient"]])
    weak = pyrage.encrypt(b"x", [old.to_public()]).partition(b"\n---")[0].partition(b"\n")[2]
    line, _, rest = file.partition(b"\n")
    both = line + b"\n" + weak + b"\n" + rest
    with pytest.raises(SealingFailed) as refused:
        sealing.ask("open", file=both, identity=made["secret"])
    assert refused.value.name == "Mixed"
    with pytest.raises(agepq.Unreadable, match="several kinds"):
        agepq.opened(both, made["secret"])


def test_what_is_locked_with_words_opens_with_an_age_of_other_hands(sealing: Sealer) -> None:
    pyrage = pytest.importorskip("pyrage")
    file = sealing.ask("lock", bytes="khoá của tỉnh".encode(), words="chậu sóng én", work=10)
    assert pyrage.passphrase.decrypt(file.encode(), "chậu sóng én").decode() == "khoá của tỉnh"
    theirs = pyrage.passphrase.encrypt(b"x", "chậu sóng én", armored=True)
    assert sealing.ask("unlock", file=theirs.decode(), words="chậu sóng én") == b"x"


@pytest.mark.skipif(not shutil.which("age"), reason="no age on this machine")
def test_the_age_of_this_machine_sees_an_age_file(sealing: Sealer, tmp_path: Path) -> None:
    """Old ones do not know the hybrid kind; none may call the file broken."""
    made = sealing.ask("identity")
    file, key = tmp_path / "sealed.age", tmp_path / "key.txt"
    file.write_bytes(agepq.sealed(b"x", [made["recipient"]]))
    key.write_text(made["secret"])
    done = subprocess.run(["age", "--decrypt", "-i", key, file], capture_output=True, text=True)
    assert done.stdout == "x" or "unknown identity type" in done.stderr
