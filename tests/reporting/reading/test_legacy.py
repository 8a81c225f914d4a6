"""Letters of before Unicode. The samples are as such files have them; the tables below are written out a second time,
letter by letter, from TCVN 5712:1993 (VN3) and from VNI's own list of letters, and not made from those they prove."""

import unicodedata

import pytest

from luytre.reporting.reading import decoding, guessing, legacy, texts
from luytre.reporting.reading.files import Refused, Trouble
from luytre.reporting.reading.legacy import Letters


def listed(text: str) -> list[str]:
    return text.split()


LOWER = listed(
    "à á ả ã ạ ă ằ ắ ẳ ẵ ặ â ầ ấ ẩ ẫ ậ đ è é ẻ ẽ ẹ ê ề ế ể ễ ệ ì í ỉ ĩ ị ò ó ỏ õ ọ ô ồ ố ổ ỗ ộ ơ ờ ớ ở ỡ ợ "
    "ù ú ủ ũ ụ ư ừ ứ ử ữ ự ỳ ý ỷ ỹ ỵ"
)
TCVN3 = listed(
    "B5 B8 B6 B7 B9 A8 BB BE BC BD C6 A9 C7 CA C8 C9 CB AE CC D0 CE CF D1 AA D2 D5 D3 D4 D6 D7 DD D8 DC DE "
    "DF E3 E1 E2 E4 AB E5 E8 E6 E7 E9 AC EA ED EB EC EE EF F3 F1 F2 F4 AD F5 F8 F6 F7 F9 FA FD FB FC FE"
)
VNI = listed(
    "aø aù aû aõ aï aê aè aé aú aü aë aâ aà aá aå aã aä ñ eø eù eû eõ eï eâ eà eá eå eã eä ì í æ ó ò "
    "oø où oû oõ oï oâ oà oá oå oã oä ô ôø ôù ôû ôõ ôï uø uù uû uõ uï ö öø öù öû öõ öï yø yù yû yõ î"
)
TCVN3_CAPITALS = dict(zip("ĂÂÊÔƠƯĐ", listed("A1 A2 A3 A4 A5 A6 A7"), strict=True))
SAMPLE = (
    "Phong trào toàn dân bảo vệ an ninh Tổ quốc ở các xã, phường, thị trấn tiếp tục phát triển; đã xây dựng 16 mô "
    "hình, tổ chức 2.135 buổi tuyên truyền với 138.583 lượt người dự. Quần chúng cung cấp gần 1.600 nguồn tin có "
    "giá trị, giúp lực lượng Công an bắt giữ 25 đối tượng, thu hồi những vũ khí tự chế. Đề nghị khen thưởng những "
    "người có thành tích; giữ vững kỷ cương, gương mẫu, nỗ lực, mẫn cán, dũng cảm, hỗ trợ, ý thức, lũy tre."
)


def in_tcvn3(text: str) -> bytes:
    table = {letter: bytes.fromhex(code) for letter, code in zip(LOWER, TCVN3, strict=True)}
    table |= {letter: bytes.fromhex(code) for letter, code in TCVN3_CAPITALS.items()}
    return b"".join(table.get(sign) or table.get(sign.lower()) or sign.encode("ascii") for sign in text)


def in_vni(text: str) -> bytes:
    table = dict(zip(LOWER, VNI, strict=True)) | {
        letter.upper(): code.upper() for letter, code in zip(LOWER, VNI, strict=True)
    }
    return "".join(table.get(sign, sign) for sign in text).encode("cp1252")


def in_cp1258(text: str) -> bytes:
    """Windows' own: tones follow their letter, but for those that have a code of their own."""
    told = b""
    for sign in text:
        try:
            told += sign.encode("cp1258")
        except UnicodeEncodeError:
            base, tone = letter_and_tone(sign)
            told += base.encode("cp1258") + tone.encode("cp1258")
    return told


def letter_and_tone(sign: str) -> tuple[str, str]:
    parts = unicodedata.normalize("NFD", sign)
    tone = next(part for part in parts if part in "\u0300\u0301\u0303\u0309\u0323")
    return unicodedata.normalize("NFC", parts.replace(tone, "")), tone


@pytest.mark.parametrize(("letter", "code"), list(zip(LOWER, TCVN3, strict=True)))
def test_each_letter_of_tcvn3(letter, code):
    assert legacy.decoded(bytes.fromhex(code).decode("latin-1"), Letters.TCVN3) == letter


@pytest.mark.parametrize(("letter", "code"), list(zip(LOWER, VNI, strict=True)))
def test_each_letter_of_vni_small_and_capital(letter, code):
    assert legacy.decoded(code, Letters.VNI) == letter
    assert legacy.decoded(code.upper(), Letters.VNI) == letter.upper()


def test_known_words_of_official_papers():
    assert legacy.decoded("Céng hßa x· héi chñ nghÜa ViÖt Nam", Letters.TCVN3) == "Cộng hòa xã hội chủ nghĩa Việt Nam"
    assert legacy.decoded("§éc lËp - Tù do - H¹nh phóc", Letters.TCVN3) == "Độc lập - Tự do - Hạnh phúc"
    assert legacy.decoded("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", Letters.VNI) == (
        "Cộng hòa xã hội chủ nghĩa Việt Nam"
    )
    assert legacy.decoded("Ñoäc laäp - Töï do - Haïnh phuùc", Letters.VNI) == "Độc lập - Tự do - Hạnh phúc"
    assert legacy.decoded("ÑOÄC LAÄP", Letters.VNI) == "ĐỘC LẬP"


def test_capitals_of_tcvn3_come_from_the_font_or_from_the_letters_around():
    assert legacy.decoded("céng hßa", Letters.TCVN3_CAPITALS) == "CỘNG HÒA"
    assert legacy.decoded("CéNG HßA x· Hµ", Letters.TCVN3) == "CỘNG HÒA xã Hà"


@pytest.mark.parametrize(
    ("font", "letters"),
    [
        (".VnTime", Letters.TCVN3),
        (".VnTimeH", Letters.TCVN3_CAPITALS),
        (".VnArial NarrowH", Letters.TCVN3_CAPITALS),
        ("ABCDEF+.VnTimeH-Bold", Letters.TCVN3_CAPITALS),
        ("VNI-Times", Letters.VNI),
        (".VNI-Helve", Letters.VNI),
        ("Times New Roman", None),
        ("Venice", None),
        ("", None),
    ],
)
def test_fonts_tell_their_letters(font, letters):
    assert legacy.of_font(font) is letters


@pytest.mark.parametrize(("encode", "note"), [(in_tcvn3, "TCVN3"), (in_vni, "VNI"), (in_cp1258, "Windows-1258")])
def test_a_text_in_old_letters_comes_out_whole(encode, note):
    found = texts.text_of(encode(SAMPLE), "bao-cao.txt")
    assert found.text == SAMPLE
    assert [note in str(one) for one in found.notes] == [True]


@pytest.mark.parametrize("encode", [in_tcvn3, in_vni, in_cp1258])
@pytest.mark.parametrize("sentence", SAMPLE.split(". "))
def test_a_sentence_is_enough_to_tell(encode, sentence):
    assert decoding.text_of(encode(sentence))[0] == sentence


@pytest.mark.parametrize("encode", [in_tcvn3, in_vni])
def test_lines_in_old_letters_among_lines_in_unicode(encode):
    old = encode(SAMPLE).decode("cp1252")
    mixed = f"Báo cáo của Ủy ban\n{old}\nHà Nam: có 3 xã\n{old}"
    assert guessing.mended(mixed)[0] == f"Báo cáo của Ủy ban\n{SAMPLE}\nHà Nam: có 3 xã\n{SAMPLE}"


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_unicode_is_left_alone(form):
    text = unicodedata.normalize(form, SAMPLE)
    assert guessing.mended(text) == (text, None)


@pytest.mark.parametrize(
    "text",
    ["Máy đo à, có là, và bà cả cô cậu hò ví", "Café und Männer für Müller, sœur élève où", "16 × 25 °C § 5", ""],
)
def test_other_texts_are_not_taken_for_old_letters(text):
    assert guessing.mended(text) == (text, None)


def test_western_letters_that_are_no_vietnamese_are_refused():
    german = "Die Bürger führten größere Übungen in Köln für Männer und Mädchen durch.".encode("cp1252")
    with pytest.raises(Refused) as refused:
        decoding.text_of(german)
    assert refused.value.trouble is Trouble.LETTERS


def test_english_with_a_few_curly_quotes_is_read():
    text, notes = decoding.text_of(b"A report of " + b"the usual words " * 20 + b"with \x93quotes\x94 and a caf\xe9")
    assert text.endswith("with “quotes” and a café")
    assert [note.code for note in notes] == ["cp1258"]


@pytest.mark.parametrize(
    ("word", "is_one"),
    [("nghiêng", True), ("khuỷu", True), ("thuở", True), ("gì", True), ("quốc", True), ("Ủy", True), ("ươm", True)]
    + [("quôc", False), ("hổi", True), ("héi", False), ("hoäi", False), ("chñ", False), ("ßa", False)],
)
def test_syllables(word, is_one):
    assert guessing.is_syllable(word) is is_one
