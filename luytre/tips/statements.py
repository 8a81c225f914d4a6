"""Signed texts as the browsers sign them (`scripts/seal/signing.js`), checked here before a list is taken in.

The server's check only keeps mistakes out: browsers check again and believe no server.
"""

import base64
import binascii
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from luytre.tips.framing import Malformed, told_in

MARK = "luytre-tips/1/"


def read(kind: str, statement: Any) -> dict[str, Any]:
    """What was said, if its signature is of the key it names."""
    try:
        text, key = str(statement["text"]), bytes.fromhex(statement["key"])
        message = f"{MARK}{kind}\n{text}".encode()
        Ed25519PublicKey.from_public_bytes(key).verify(base64.b64decode(statement["signature"]), message)
    except (KeyError, TypeError, ValueError, binascii.Error, InvalidSignature) as error:
        raise Malformed("statement") from error
    return told_in(text, of="statement")
