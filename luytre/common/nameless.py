"""Finds what a log of places must not hold: somebody's name or number, a number plate, a track of positions."""

import re

TITLES = "ông|bà|anh|chị|em|cô|chú|bác|cậu|cháu|mr|mrs|ms"
PLACES = (
    "đường|phố|ngõ|hẻm|ngách|cầu|chợ|hồ|đền|trường|khu|xóm|thôn|bản|ấp|tổ|núi|suối|sông|đèo|dốc|hội|nhà máy|công ty"
)
CAPITAL = "A-ZÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
NAMED = re.compile(rf"(?<!\w)(?:(?P<place>{PLACES})\s+)?(?i:{TITLES})\s+(?P<name>[{CAPITAL}]\w*(?:\s+[{CAPITAL}]\w*)*)")
PHONE = re.compile(r"(?<!\d)(?:\+84|0)(?:[\s.-]?\d){9}(?!\d)")
IDENTITY_NUMBER = re.compile(r"(?<!\d)\d{12}(?!\d)")
PLATE = re.compile(r"(?<!\w)\d{2}\s?-?\s?[A-Z]{1,2}\d?\s?[-.\s]\s?\d{3}[.\s]?\d{1,2}(?!\d)")
POSITION = re.compile(r"(?<![\d.])-?\d{1,3}[.,]\d{3,}\s*[,;\s]\s*-?\d{1,3}[.,]\d{3,}(?![\d.])")


def people_in(text: str) -> list[str]:
    """What reads as somebody: a title with a name, a telephone or identity number, a number plate."""
    named = [found[0] for found in NAMED.finditer(text) if not found["place"]]
    numbers = [found[0] for kind in (PHONE, IDENTITY_NUMBER, PLATE) for found in kind.finditer(text)]
    return [*named, *numbers]


def positions_in(text: str) -> list[str]:
    """Pairs of coordinates: a list of them is a track."""
    return [found[0] for found in POSITION.finditer(text)]
