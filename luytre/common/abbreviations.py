"""Short forms that offices write: "Tổ ANTT" and "Tổ an ninh, trật tự" are one name to a reader."""

import re

from luytre.common.text import fold

SHORT = {
    "ANND": "an ninh nhân dân",
    "ANTQ": "an ninh Tổ quốc",
    "ANTT": "an ninh trật tự",
    "ATGT": "an toàn giao thông",
    "ATTP": "an toàn thực phẩm",
    "BLGĐ": "bạo lực gia đình",
    "BLHĐ": "bạo lực học đường",
    "BVANTQ": "bảo vệ an ninh Tổ quốc",
    "BVANTT": "bảo vệ an ninh trật tự",
    "BVDP": "bảo vệ dân phố",
    "BVMT": "bảo vệ môi trường",
    "CAX": "công an xã",
    "CCB": "cựu chiến binh",
    "CCHT": "công cụ hỗ trợ",
    "CLB": "câu lạc bộ",
    "CNCH": "cứu nạn cứu hộ",
    "KDC": "khu dân cư",
    "LHPN": "liên hiệp phụ nữ",
    "MTTQ": "Mặt trận Tổ quốc",
    "MXH": "mạng xã hội",
    "PCCC": "phòng cháy chữa cháy",
    "PCMT": "phòng chống ma túy",
    "PCTN": "phòng chống tệ nạn",
    "PCTNXH": "phòng chống tệ nạn xã hội",
    "PCTP": "phòng chống tội phạm",
    "PCTT": "phòng chống thiên tai",
    "TDBVANTQ": "toàn dân bảo vệ an ninh Tổ quốc",
    "TDP": "tổ dân phố",
    "THNCĐ": "tái hòa nhập cộng đồng",
    "TNXH": "tệ nạn xã hội",
    "TNXK": "thanh niên xung kích",
    "TTXH": "trật tự xã hội",
    "UBND": "Ủy ban nhân dân",
    "VLN": "vật liệu nổ",
    "VSMT": "vệ sinh môi trường",
    "XNC": "xuất nhập cảnh",
}
LONG = {fold(short): fold(words) for short, words in SHORT.items()}
JOINING = {"va", "ve"}  # words that names have or lack without a change of meaning
PARTS = re.compile(r"[^\w+]+")


def spelled_out(text: str) -> str:
    """Without marks, stops and joining words, every short form in full."""
    words = PARTS.sub(" ", fold(text)).split()
    return " ".join(LONG.get(word, word) for word in words if word not in JOINING)
