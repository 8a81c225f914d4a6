"""Numbers that may be figures, with how exact they are said to be; dates, names, laws and furniture are left out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from luytre.reporting.reading.numerals import DIGITS, SCALE, WORDS, of_digits, of_scaled, of_words
from luytre.reporting.reading.wording import UPPER

# What is not a figure, whatever stands beside it. Each consumes its digits.
NOT_FIGURES = {
    "file or address": r"\w{1,20}://\S+|www\.\S+|\S{1,100}@\S+|\S{1,100}\.(?:jpe?g|png|gif|docx?|xlsx?|pdf|mp[34]|vn|com)\b",
    "name with letters": r"\b[A-Za-zÀ-ỹĐđ]+[-_.]?\d[\w.-]*|\b\d+[A-ZĐ]\b",
    "document": (
        r"\b\d+(?:/\d{4})?/[A-ZĐ]{2,}[\w-]*"
        r"|(?i:\b(?:nghị quyết|chỉ thị|quyết định|thông tư|nghị định|kế hoạch|công văn|kết luận|quy định|hướng dẫn"
        r"|đề án|công điện|pháp lệnh|văn bản|tờ trình|chương trình|dự án|tiêu chí|điều|khoản|chương|phụ lục|mẫu|biểu"
        r"|mục|luật|bộ luật|thông báo|báo cáo|nq|ct|qđ|kh|nđ|tt))(?: số| số:)? \d+(?:[./-]\d+)*(?:/?[A-ZĐ][\w/-]*)?"
        r"(?! (?:buổi|cuộc|lượt|vụ|hộ|điểm))"
        r"|(?i:(?<!tổng )(?<!trong )(?<!quân )(?<!với )(?<!dân )\bsố:?) ?\d+(?:[./-]\w+)*(?! (?:xã|phường|mô hình|khu dân cư|hộ)\b)"
        r"|(?i:\bđiểm) \d+(?:\.\d+)+"
    ),
    "day": (
        r"\b\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)?\d{2}\b"
        r"|\b(?i:ngày|mùng|mồng|sáng|trưa|chiều|tối|đêm|hôm|dịp|lễ|từ ngày|đến ngày|đến hết ngày)(?: (?:nay|qua|thứ \w+))?,? "
        r"\(?\d{1,2}(?:(?: ?(?:,|và|đến|-) ?)\d{1,2})*(?:[/-]\d{1,2}(?:[/-]\d{2,4})?)?(?: ?(?:-|đến|và) ?\d{1,2}[/-]\d{1,2})?"
        r"|\(\d{1,2}[/-]\d{1,2}(?:[/-]\d{2,4})?(?: ?- ?\d{1,2}[/-]\d{1,2}(?:[/-]\d{2,4})?)?\)"
        r"|\b\d{1,2}/(?:19|20)\d{2}\b(?! (?:xã|phường|hộ|khu|mô|người|thôn|ấp|bản))"
    ),
    "month or year": (
        r"(?i:\btháng) (?:giêng|chạp|\d{1,2})(?:(?:,| và| đến|-) ?\d{1,2})*(?:[/-]\d{4})?\b"
        r"|(?i:\bnăm(?: học)?|niên khóa|nhiệm kỳ|giai đoạn|đầu năm|vụ) (?:19|20)\d{2}(?: ?- ?(?:(?:19|20)\d{2}))?"
        r"|\b(?:19|20)\d{2} ?- ?(?:19|20)\d{2}\b"
        r"|(?i:\bquý) (?:[1-4]|I{1,3}|IV)\b(?:[/-]\d{4})?"
        r"|(?i:\bsn|sinh năm|khoá|khóa|khoa) ?\d+"
        r"|\b(?:19|20)\d{2}\b(?=[,.;:)]|$| (?:đến|và|trên|của|tại|ở|đã|là|với|do|có|được|-))"
    ),
    "hour": r"\b\d{1,2} ?(?:[:hg]|giờ) ?\d{0,2}(?: ?phút| ?')?(?![a-zà-ỹ])|\b24/(?:24|7)\b(?: giờ| h)?",
    "duration": (
        r"\b\d+(?:[.,]\d+)?(?: ?(?:-|đến) ?\d+)? (?:năm|tháng|ngày(?! hội)|tuần(?! tra)|giờ|phút|giây|thập kỷ|thế kỷ|tuổi"
        r"|quý|nhiệm kỳ)\b"
    ),
    "measure": r"\b\d+(?:[.,]\d+){0,6}(?: ?(?:-|đến) ?\d+)? ?(?:m2|m²|m³|m3|mét|cm|mm|ha|hecta|tấn|tạ|lít|gam|gram|độ|°C|GB|MB|kW|km/h|m)\b",
    "telephone": (
        r"\b0\d{2,3}[. ]?\d{3}[. ]?\d{3,4}\b|\b(?:1800|1900)[. ]?\d{2,6}\b"
        r"|(?i:(?:gọi|tổng đài|hotline|điện thoại|đường dây nóng|sđt|đt|số máy|cảnh sát|đến|qua)(?: số| ngay| là|:)*) (?:11[1-5]\b|0\d[\d. ]{6,})"
    ),
    "furniture": r"\| ?\d[\d.]{0,15} lượt xem|\b\d[\d.]{0,15} lượt xem ?(?:\||(?=\n)|$)|(?i:\blượt xem:?|\bbình luận:?|\bảnh:|\bmã (?:tin|số|bài):?|\bviews?:?|\bphản hồi|\bxem:|\btrang) ?\(?\d+(?:\.\d{3})*\)?|\(\d\)|\b\d+ (?i:bình luận|phản hồi)\b",
    "named by a number": (
        r"(?i:\b(?:ban chỉ đạo|bcđ|ban chỉ huy|khu phố|kp|tổ dân phố|tdp|thôn|ấp|bản|buôn|khóm|xóm|làng|phường|quận|khu vực|tiểu khu"
        r"|khu|tổ|đội|cụm|số nhà|hẻm|ngõ|ngách|đường|phố|phòng|tầng|cột mốc|mốc|cột mốc số|chuyên án|lớp|đợt|kỳ|hạng|cấp độ"
        r"|trung đoàn|đồn|tiểu đoàn|lữ đoàn|sư đoàn|đại đội|trung đội|quốc lộ|tỉnh lộ|huyện lộ|ql|tl|km|chi bộ|chi đoàn"
        r"|quân khu|vùng|liên đội|trường|nhóm|bảng|bước|kênh|đề tài|chốt|trạm|lô|block|ngày hội))"
        r" \d{1,4}(?:/\d{1,4})*[A-Za-z]?\b(?:(?: ?(?:,|và|-) ?)\d{1,3}\b(?= ?[,.;)]))*(?![.,]?\d| ?%| (?:nghìn|ngàn|triệu|tỷ|khu phố|ấp|thôn|bản|hộ|tổ dân phố|mô hình|camera|vụ|buổi|lượt|tin|nguồn tin|khẩu|trường hợp|người|đối tượng|chiếc|thành viên|viên đạn|quả|kg|đồng chí|gia đình)\b)"
    ),
    "place with a number": (
        rf"\b(?:xã|phường|thị trấn|đặc khu|thôn|bản|ấp|làng|buôn|khu phố|tổ dân phố|Xã|Phường|Thôn|Bản|Ấp)(?: [{UPPER}]\w*)+ \d{{1,3}}\b(?= ?[,.;:()]| và |$)"
    ),
    "ordinal": r"(?i:\b(?:thứ|lần|lần thứ|hạng|vị trí|top|đứng thứ)) \d+(?:/\d+)?(?! lần)",
    "fraction": r"\b[1-9]/[2-9]\b(?= (?:số|diện tích|dân số|thời gian|tổng))",
    "one of many": r"\b\d+ trong (?:số )?(?:\d+|những|các)",
    "slogan": (
        r"\b(?:\d{1,2}|hai|ba|bốn|năm|sáu) (?i:không|tại chỗ|nhất|rõ|biết|thực|sạch|giảm|tự|cùng|bám|nắm|gắn|dám|giúp|trên|chủ động"
        r"|tăng cường|xung kích|đúng|nên|hơn|yêu|trọng|xin|luôn|kiên quyết|sẵn sàng|bảo đảm|đẩy mạnh|an toàn|tốt|chống|xây"
        r"|có(?! (?:nội dung|liên quan)))\b"
    ),
    "numbering": r"(?m:^(?:[-+*•] )?(?:\d{1,2}(?:\.\d{1,2})*[.)/]|\d{1,2}\.\d{1,2}(?:\.\d{1,2})*\.?) )",
}
BEFORE = {
    "nearly": "gần|ngót|xấp xỉ gần|suýt soát",
    "about": "khoảng|xấp xỉ|chừng|độ khoảng|ước khoảng|ước tính|ước đạt|trên dưới",
    "more_than": "(?<!ít )(?<!nhiều )(?<!cao )(?<!thấp )hơn|(?<!rải )(?<!trải )(?<!khắp )trên|quá|vượt|vượt quá",
    "at_least": "ít nhất|tối thiểu|không dưới|không ít hơn",
    "at_most": "nhiều nhất|tối đa|không quá|dưới|chưa đến|chưa tới|chưa đầy|không vượt quá",
}
QUALIFIERS = "|".join(f"(?P<{name}>{words})" for name, words in BEFORE.items())
SCALED = rf"(?:(?:{DIGITS})(?: {SCALE}\b)+(?: (?:\d+) {SCALE}\b)*|{DIGITS})"
JOIN = r" ?(?:-|đến|tới) ?"
LEFT = r"(?<![\w.,])(?<!\d/)(?<!\d-)"
NUMBER = re.compile(
    rf"(?:(?i:\b(?:{QUALIFIERS})) )?(?:"
    rf"{LEFT}(?P<part>\d+(?:\.\d{{3}})*) ?/ ?(?P<whole>\d+(?:\.\d{{3}})*)(?![\d/])"
    rf"|{LEFT}(?:(?i:từ) )?(?P<low>{SCALED}){JOIN}(?P<high>{SCALED})(?![\d/])(?P<high_percent> ?%)?"
    rf"|{LEFT}(?P<digits>{SCALED})(?![\d/]|[.,]\d)(?P<percent> ?%| phần trăm| điểm phần trăm| điểm %)?"
    rf"|(?P<words>(?i:\b(?:{WORDS})\b))(?P<words_percent> ?%| phần trăm)?"
    rf")(?P<more> trở lên)?"
)
SKIP = re.compile("|".join(f"(?:{one})" for one in NOT_FIGURES.values()))
QUOTED = re.compile(r"[“\"«‘']([^“”\"«»‘’\n]{1,90})[”\"»’]")
MONEY = re.compile(
    r"(?:\.?000)? ?(?:đồng(?! đội| chí| bào| hương| ruộng| phục| nghiệp)|VNĐ|VND|vnđ|đ\b(?!/)|(?<=\d) ?trđ)"
)


# "ủng hộ 34 triệu": millions of nothing are money.
LARGE, SUM = (
    re.compile(r"(?:triệu|tỷ|tỉ)$"),
    re.compile(r"(?=[.,;:)\n]|$| (?:cho|để|và|từ|trong|của|xây|làm|mua|lắp)\b)"),
)


@dataclass(frozen=True)
class Mention:
    """A number in the text as it is read. `start` is where its qualifier begins, `at` the number itself."""

    start: int
    at: int
    end: int
    value: Decimal
    qualifier: str = "exact"
    value_max: Decimal | None = None
    denominator: Decimal | None = None
    is_percent: bool = False
    is_money: bool = False
    is_word: bool = False


def mentions(text: str) -> list[Mention]:
    """Every number that may be a figure, in order, none overlapping."""
    quoted = bytearray(len(text) + 1)  # 1 where a letter stands in quotes
    for piece in QUOTED.finditer(text):
        quoted[piece.start(1) : piece.end(1)] = b"\1" * len(piece[1])
    found: list[Mention] = []
    at = 0
    while at < len(text):
        number = NUMBER.search(text, at)
        if number is None:
            break
        skip = SKIP.search(text, at, min(len(text), number.end() + 60))
        begins = number.start(next(one for one in ("part", "low", "digits", "words") if number[one] is not None))
        if skip and skip.start() <= begins and skip.end() > begins and not is_counted_ratio(text, number, skip):
            at = skip.end()
            continue
        if skip and skip.end() <= begins:
            at = skip.end()
            continue
        at = number.end()
        if not quoted[begins]:
            found += read(text, number, begins)
    return found


def is_counted_ratio(text: str, number: "re.Match[str]", skip: "re.Match[str]") -> bool:
    """12/12 xã looks like a day, and is a ratio when places or people follow and no day is being named."""
    if number["part"] is None or re.search(
        r"(?i)(?:ngày|sáng|chiều|tối|dịp|lễ|số|tháng)\W{0,2}$",
        text[max(0, number.start("part") - 10) : number.start("part")],
    ):
        return False
    return skip.start() >= number.start() and bool(COUNTED.match(text, number.end()))


DAYS, MONTHS = 31, 12
COUNTED = re.compile(
    r" (?:số )?(?:xã|phường|thị trấn|huyện|quận|thôn|bản|ấp|buôn|khóm|khu|tổ|hộ|cơ quan|đơn vị|trường|mô hình|vụ|tin|ý kiến|địa bàn|người|đồng chí|tiêu chí)\b"
)


def read(text: str, number: "re.Match[str]", at: int) -> Iterator[Mention]:
    qualifier = next((name for name in BEFORE if number[name]), "exact")
    if number["more"]:
        qualifier = "at_least"
    start, end = number.start() if qualifier != "exact" and not number["more"] else at, number.end()
    if number["low"] is not None and re.match(r"(?i)từ ", text[number.start() : number.end()]):
        start = number.start()
    money = MONEY.match(text, end) or (SUM.match(text, end) if LARGE.search(number[0]) else None)
    percent = any(number[one] for one in ("percent", "high_percent", "words_percent"))
    if money:
        end = money.end()
    shared = {"start": start, "at": at, "end": end, "is_percent": percent, "is_money": bool(money)}
    if number["part"] is not None:
        part, whole = of_digits(number["part"]), of_digits(number["whole"])
        if whole and part <= whole * 3 and (part > DAYS or whole > MONTHS or COUNTED.match(text, number.end())):
            yield Mention(value=part, denominator=whole, qualifier="ratio", **shared)  # type: ignore[arg-type]
    elif number["low"] is not None:
        low, high = of_scaled(number["low"]), of_scaled(number["high"])
        if low < high:
            yield Mention(value=low, value_max=high, qualifier="range", **shared)  # type: ignore[arg-type]
    elif number["digits"] is not None:
        yield Mention(value=of_scaled(number["digits"]), qualifier=qualifier, **shared)  # type: ignore[arg-type]
    else:
        yield Mention(value=Decimal(of_words(number["words"])), qualifier=qualifier, is_word=True, **shared)  # type: ignore[arg-type]
