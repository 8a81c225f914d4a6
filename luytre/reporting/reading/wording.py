"""One way of writing: lower case, tone marks on one letter, abbreviations written out, no commas or quotes."""

import re
import unicodedata
from functools import lru_cache

UPPER = "A-ZÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴĐ"  # capital letters, for patterns
ABBREVIATIONS = {
    "an(?:qg)?tt": "an ninh trật tự", "antq": "an ninh tổ quốc", "ttatxh": "trật tự an toàn xã hội", "ttxh": "trật tự xã hội",
    "pccc&cnch": "phòng cháy chữa cháy cứu nạn cứu hộ", "pccc": "phòng cháy chữa cháy", "cnch": "cứu nạn cứu hộ",
    "clb": "câu lạc bộ", "kdc": "khu dân cư", "tdp": "tổ dân phố", "dn": "doanh nghiệp", "csgd": "cơ sở giáo dục",
    "cq": "cơ quan", "cbcs": "cán bộ chiến sĩ", "ccht": "công cụ hỗ trợ", "vkvln": "vũ khí vật liệu nổ", "vk": "vũ khí",
    "vln": "vật liệu nổ", "vkvln-ccht": "vũ khí vật liệu nổ công cụ hỗ trợ", "tngt": "tai nạn giao thông",
    "tnxh": "tệ nạn xã hội", "pctp": "phòng chống tội phạm", "bvdp": "bảo vệ dân phố", "ccb": "cựu chiến binh",
    "tnxk": "thanh niên xung kích", "annd": "an ninh nhân dân", "hs": "học sinh", "hssv": "học sinh sinh viên",
    "ntm": "nông thôn mới", "đtvm": "đô thị văn minh", "qcnd": "quần chúng nhân dân", "vphc": "vi phạm hành chính",
    "tp": "thành phố", "cqđt": "cơ quan điều tra", "mttq": "mặt trận tổ quốc", "thcs": "trung học cơ sở",
    "cccđ": "công cụ hỗ trợ", "nsnn": "ngân sách nhà nước", "cb": "cán bộ", "đvtn": "đoàn viên thanh niên",
    "vnd": "đồng", "xh": "xã hội", "cn": "công nhân", "pt": "phong trào", "đ/c": "đồng chí", "đc": "đồng chí", "đ/tượng": "đối tượng", "ng": "người", "lng": "lượt người",
    "qc": "quần chúng", "gt": "giá trị", "pphs": "phạm pháp hình sự", "atvantt": "an toàn về an ninh trật tự", "mh": "mô hình",
    "hg": "hòa giải", "bvantt": "bảo vệ an ninh trật tự", "cskd": "cơ sở kinh doanh", "vkts": "vũ khí thô sơ", "nt": "nhà trường",
    "nd": "nhân dân", "đv": "đơn vị", "trđ": "triệu đồng",
}  # fmt: skip
WRITTEN_OUT = [(re.compile(rf"\b{short}\b"), long) for short, long in ABBREVIATIONS.items()]
TONE_PLACES = (
    ("oà", "òa"), ("oá", "óa"), ("oả", "ỏa"), ("oã", "õa"), ("oạ", "ọa"), ("oè", "òe"), ("oé", "óe"), ("oẻ", "ỏe"),
    ("uỳ", "ùy"), ("uý", "úy"), ("uỷ", "ủy"), ("uỹ", "ũy"), ("uỵ", "ụy"),
)  # fmt: skip
ALIKE = [(re.compile(rf"(?<!q){old}\b"), new) for old, new in TONE_PLACES]
DROPPED = re.compile(r"[,“”\"«»‘’'()\[\]*]")
SPACES = re.compile(r"\s+")
SET_PHRASES = (
    ("tỉ lệ", "tỷ lệ"),
    ("hi sinh", "hy sinh"),
    ("về an ninh và trật tự", "an ninh trật tự"),
    ("an ninh và trật tự", "an ninh trật tự"),
)


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """A piece of a text as patterns see it."""
    text = DROPPED.sub(" ", unicodedata.normalize("NFC", text).lower())
    for pattern, new in ALIKE:
        text = pattern.sub(new, text)
    for pattern, long in WRITTEN_OUT:
        text = pattern.sub(long, text)
    text = SPACES.sub(" ", text).strip()
    for old, new in SET_PHRASES:
        text = text.replace(old, new)
    return text


def last_match(pattern: "re.Pattern[str]", text: str) -> "re.Match[str] | None":
    """The match that stands nearest to the end."""
    found = None
    for found in pattern.finditer(text):  # noqa: B007
        continue
    return found
