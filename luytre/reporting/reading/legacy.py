"""Vietnamese letters as they were written before Unicode: TCVN3 (ABC), VNI for Windows, Windows-1258.

A text of those days reaches us as if it were Western European: "Céng hßa" or "Coäng hoøa" stands for "Cộng hòa".
The tables are those of TCVN 5712:1993 (VN2 and VN3; ISO-IR-180 has the same letters there) and of VNI Windows as
the tables of vietunicode.sourceforge.net/charset give them; the first agrees letter by letter with glibc's TCVN5712-1.
"""

import re
import unicodedata
from enum import StrEnum

# Codes A1 to FE; a blank leaves the sign as it is. VN3 has no capitals with tones: those are of VN2.
TCVN3_FROM_A1 = (
    "ĂÂÊÔƠƯĐăâêôơưđẰ"  # A1 to AF
    "     àảãáạẲằẳẵắẴ"  # B0 to BF
    "ẮẦẨẪẤỀặầẩẫấậèỂẻẽ"  # C0 to CF
    "éẹềểễếệìỉỄẾỒĩíịò"  # D0 to DF
    "Ổỏõóọồổỗốộờởỡớợù"  # E0 to EF
    "Ỗủũúụừửữứựỳỷỹýỵ"  # F0 to FE
)
TCVN3 = {code: letter for code, letter in enumerate(TCVN3_FROM_A1, 0xA1) if letter != " "}

ACUTE, GRAVE, HOOK, TILDE, DOT = "\u0301", "\u0300", "\u0309", "\u0303", "\u0323"
CIRCUMFLEX, BREVE = "\u0302", "\u0306"
VNI_MARKS = {
    "ù": ACUTE, "ø": GRAVE, "û": HOOK, "õ": TILDE, "ï": DOT,
    "â": CIRCUMFLEX, "á": CIRCUMFLEX + ACUTE, "à": CIRCUMFLEX + GRAVE, "å": CIRCUMFLEX + HOOK,
    "ã": CIRCUMFLEX + TILDE, "ä": CIRCUMFLEX + DOT,
    "ê": BREVE, "é": BREVE + ACUTE, "è": BREVE + GRAVE, "ú": BREVE + HOOK, "ü": BREVE + TILDE, "ë": BREVE + DOT,
}  # fmt: skip
VNI_ALONE = {"ô": "ơ", "ö": "ư", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ñ": "đ"}
VNI = re.compile("[aeo][âáàåãä]|a[êéèúüë]|[aeouyôö][ùøûõï]|[ôöæóòîñ]", re.IGNORECASE)

UNICODE_ONLY = re.compile(r"[\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9]")
CAPITALS = re.compile(r"[^\W\d_]+")
SYMBOLS = {0xF000 + code: code for code in range(0x20, 0x100)}  # where fonts of symbols keep their letters


class Letters(StrEnum):
    """How letters were written."""

    TCVN3 = "tcvn3"
    TCVN3_CAPITALS = "tcvn3_capitals"  # fonts that show every letter as a capital
    VNI = "vni"
    CP1258 = "cp1258"


def of_font(name: str) -> Letters | None:
    """By the names all those fonts have: .VnTime and .VnTimeH (capitals), VNI-Times."""
    bare = name.strip().strip("\"'").split("+")[-1].lower()
    if bare.startswith((".vn", "vntime", "vnarial")) and not bare.startswith((".vni", "vni")):
        plain = re.split(r"[,-]", bare)[0].strip()
        return Letters.TCVN3_CAPITALS if plain.endswith("h") else Letters.TCVN3
    return Letters.VNI if re.match(r"\.?vni[\s_-]", bare) else None


def decoded(text: str, letters: Letters) -> str:
    """Such a text, read as Western European before, in Unicode (NFC)."""
    if any("\uf020" <= sign <= "\uf0ff" for sign in text):
        text = text.translate(SYMBOLS)
    match letters:
        case Letters.TCVN3:
            return CAPITALS.sub(whole_capitals, text.translate(TCVN3))
        case Letters.TCVN3_CAPITALS:
            return text.translate(TCVN3).upper()
        case Letters.VNI:
            return VNI.sub(vni_letter, text)
        case Letters.CP1258:
            return unicodedata.normalize("NFC", text.translate(CP1258))


def of_run(text: str, letters: Letters | None) -> str:
    """A piece in a font of such letters; one typed in Unicode all the same stays, only capitals show."""
    if letters is None:
        return text
    if UNICODE_ONLY.search(text):
        return text.upper() if letters is Letters.TCVN3_CAPITALS else text
    return decoded(text, letters)


def whole_capitals(word: re.Match[str]) -> str:
    """ "CéNG" was typed among capitals, for want of a capital ộ."""
    plain = [sign for sign in word[0] if sign.isascii()]
    return word[0].upper() if len(plain) > 1 and all(sign.isupper() for sign in plain) else word[0]


def vni_letter(found: re.Match[str]) -> str:
    base, mark = found[0][0], found[0][1:].lower()
    letter = VNI_ALONE.get(base.lower(), base.lower())
    letter = unicodedata.normalize("NFC", letter + VNI_MARKS.get(mark, ""))
    return letter.upper() if base.isupper() else letter


def western(content: bytes) -> str:
    """Every byte as the sign it has in Windows' Western European, or as its own number."""
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError:
        return content.decode("latin-1").translate(WESTERN)


def _sign(code: int, page: str) -> str:
    return bytes([code]).decode(page, "ignore") or chr(code)


WESTERN = {code: _sign(code, "cp1252") for code in range(0x80, 0x100)}
CP1258 = {ord(_sign(code, "cp1252")): _sign(code, "cp1258") for code in range(0x80, 0x100)}
