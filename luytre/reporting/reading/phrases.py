"""What belongs to a number: its own phrase, what leads to it, the sentence, and the headings it stands under."""

import re
from bisect import bisect
from dataclasses import dataclass, replace
from operator import attrgetter

from luytre.reporting.reading.mentions import Mention
from luytre.reporting.reading.naming import FAR, Context, context_of
from luytre.reporting.reading.spans import BULLET, Piece, Source
from luytre.reporting.reading.wording import plain

# A verb after a comma, or a word that joins, begins what leads to the next number.
VERBS = (
    "thu hút|cho(?= thôi| vay| nghỉ)|giúp|bắt|xử lý|khởi tố|xử phạt|phát hiện|thu giữ|thu hồi|thu|tổ chức|xây dựng|vận động|tuyên truyền|qua đó|từ đó|nhờ đó"
    "|trong đó|đã|cấp phát|dựng|đăng|hòa giải|hoà giải|giải quyết|tiếp nhận|cung cấp|khám phá|điều tra|làm rõ|triệt phá|giao nộp"
    "|ra mắt|nhân rộng|duy trì|củng cố|kiện toàn|công nhận|trao|tặng|khen thưởng|khen|biểu dương|hỗ trợ|cảm hóa|giáo dục|phát"
    "|có(?! giá trị)|lắp đặt|lắp|trị giá|tổng|riêng|còn|ký|huy động|kết nạp|tập huấn|mở|tuần tra|phối hợp|ban hành|chuyển hóa"
    "|đạt|chiếm|tăng|giảm|so với|gồm|bao gồm|thành lập|quy tụ|với|nâng|trả lời|giải đáp|chuyển|in|phân công|kiểm tra|làm|vận hành"
    "|treo|viết|chia sẻ|toàn|đến nay|hiện|bình quân|góp phần|không|số|xếp|cả|được|đưa|tạo|giới thiệu|kêu gọi|ngăn chặn|gặp|phân loại"
    "|thu về|phát ra|đồng thời|tại|ở|trên|nhắc nhở|xây|nhất là|thay|thuộc|thanh loại|giải thể|loại bỏ|chấm dứt|theo|nhằm|để|từ|do|bị|làm|tỷ lệ|tỉ lệ|khảo sát|thẩm định|dự|nghe|xảy ra|làm|lập"
)
CUT = re.compile(
    rf"[;:\n(]| - |\.(?:\s|$)|\.{{3}}|…|, ?(?=(?:{VERBS})(?!\w))|(?: và| đồng thời| cùng với| nhưng)(?= (?:{VERBS})\b)| (?:trong đó|qua đó|từ đó|thu hút|nhằm|để|do|góp phần|giúp|xuống|lên|so với|nâng tổng số)\b"
)
WORDY = re.compile(r"[a-zà-ỹđ]{3,}", re.I)
JOINS = re.compile(r"^[\s,;:.\-(/]*(?:và|cùng|hay|hoặc|cùng với)?[\s,]*$", re.I)
CONTAINS = re.compile(
    r"^[\s,;:.\-(/=]*(?:đã )?(?:với|gồm|bao gồm|có|thu hút|quy tụ|quân số|tập hợp|hiện có|và|trong đó có)?(?: tổng số| tổng cộng| khoảng| sự tham gia của)?[\s,]*$",
    re.I,
)
AMONG = re.compile(r"(?:trong đó|qua đó|từ đó|nhờ đó|giúp|trong số đó)")
# A noun of its own follows unless the number ends its phrase or one of these words goes on.
FUNCTION = (
    "và|trong|so|với|tăng|giảm|đạt|chiếm|trên|tại|ở|đến|xuống|lên|vào|của|cho|bằng|theo|nhưng|còn|thì|do|để|qua|từ|đã|được|gồm|là"
    "|kỳ|khá|trung bình|yếu|có|hoàn thành|đúng hạn|quá hạn|tốt|xuất sắc|hiệu quả|kém|mới"
)
UNIT = "lượt|cái|chiếc|đơn vị|người|kg|bộ|trường hợp|tấm|suất|điểm|vụ|hộ"
MEMBERS = re.compile(r"(?:thành viên|tổ viên|người|hội viên|đồng chí|đội viên|cán bộ|thuyền viên|lượt người)(?!\w)")
GROUPS = re.compile(r"(?:tổ|đội|ban|câu lạc bộ|mô hình|nhóm|chi hội|cụm|hội nghị|diễn đàn|buổi|cuộc)(?!\w)")
NO_NOUN = re.compile(rf"(?:$|(?:{FUNCTION})(?!\w))")
BARE_UNIT = re.compile(rf"(?:{UNIT})(?:$| (?:{FUNCTION})(?!\w))")
LABEL = re.compile(r"[:=][\s\-]*$")
COUNTED = re.compile(r"(?i)(?:^|[\s\-])(?:tổng )?số .{2,70}$")
SHARES_NOUN = re.compile(
    r"(?i)^ ?(?:,|và|lên|xuống|còn|xuống còn|lên đến|lên tới|đến|tới|giảm còn|tăng lên|,? ?giảm xuống)(?: còn)? ?(?:gần |hơn |trên |khoảng )?$"
)
LONGEST = 130
HEADING, LEAD_IN, TITLE = 140, 300, 300  # letters of a line above that are read
LABEL_MOST = 300  # letters of what is counted, where it is said before several numbers
ABOVE = 14  # lines above that are looked at


@dataclass(frozen=True)
class Setting:
    """A number among its words, as pieces of the text as it is read."""

    mention: Mention
    sentence: Piece
    own: Piece
    lead: Piece
    led: str  # what leads to this number alone, in plain wording
    context: Context
    is_item: bool  # it goes on a list begun by the number before


def settings(source: Source, found: list[Mention]) -> list[Setting]:
    """One for each number, in order."""
    text, done = source.text, list[Setting]()
    sentences, at = source.sentences, 0
    for place, mention in enumerate(found):
        while at + 1 < len(sentences) and sentences[at].end <= mention.at:
            at += 1
        sentence = sentences[at] if sentences else Piece(0, len(text))
        past = sentences[at - 1] if at and text.count("\n", sentences[at - 1].end, sentence.start) < 1 else Piece(0, 0)
        following = found[place + 1] if place + 1 < len(found) else None
        last = done[-1] if done else None
        before = last if last and last.sentence == sentence else None
        near = last if last and "\n" not in text[last.mention.end : mention.start] else None
        done.append(_setting(source, mention, sentence, past, following, before, near))
    return with_tails(done)


def _setting(
    source: Source,
    mention: Mention,
    sentence: Piece,
    past: Piece,
    following: Mention | None,
    before: Setting | None,
    near: Setting | None,
) -> Setting:
    text = source.text
    end = max(mention.end, min(sentence.end, mention.end + LONGEST, following.start if following else len(text)))
    if following is not None and following.start <= end:
        comma = text.rfind(",", mention.end, following.start)
        if comma > 0 and not re.search(r"(?:và|,) ?$", text[comma + 1 : following.start]):
            end = comma
    cut = CUT.search(text, mention.end, end)
    own = Piece(mention.end, cut.start() if cut else end)
    begin = sentence.start
    if before is not None:
        begin = before.own.end if before.own.end <= mention.start else before.mention.end
    between = text[before.mention.end if before else begin : mention.start]
    stops = [one.end() for one in re.finditer(r"[;]|:(?!\s*$)|\.{3}|…", text[begin : mention.start])]
    lead = Piece(begin + stops[-1] if stops else begin, mention.start)
    is_item = before is not None and bool(JOINS.match(text[begin : mention.start]))
    if (
        following
        and SHARES_NOUN.match(text[mention.end : following.start])
        and not mention.is_percent
        and not mention.is_money
    ):
        ahead = CUT.search(text, following.end, min(sentence.end, following.end + 60))
        own = Piece(following.end, ahead.start() if ahead else min(sentence.end, following.end + 60))
    inherited = before.context.lead if before and is_item and ";" not in text[begin : mention.start] else ""
    label = label_of(text, own, lead, near)
    contained = (
        before is not None and not is_item and len(between) < 60 and bool(CONTAINS.match(text[begin : mention.start]))
    )
    linked: object = before is not None and re.search(
        r" (?:với|gồm|có|quy tụ|thu hút|/|=)\s*(?:hơn |gần |trên |khoảng )?$|[/=] ?$|\($", between
    )
    phrase = plain(text[own.start : own.end])
    if before is not None and is_item and MEMBERS.match(phrase) and GROUPS.match(before.context.own):
        linked = True
    caption = (
        text[sentence.start : lead.start]
        if ":" in text[sentence.start : lead.start][-3:] and lead.start - sentence.start < 70
        else ""
    )
    rest = text[own.end : min(sentence.end, own.end + 220)]
    among = AMONG.search(rest)
    context = context_of(
        own=text[own.start : own.end],
        lead=(inherited + " " if inherited else "") + text[lead.start : lead.end],
        before=text[sentence.start : lead.start],
        around=text[max(sentence.start, mention.start - 170) : mention.start]
        if mention.is_percent or mention.is_money
        else "",
        near=min(FAR, len(plain(text[own.start : own.end].partition(",")[0])))
        if "," in text[own.start : own.end]
        else FAR,
        label=label,
        container=before.context.own if before and (contained or linked) else "",
        joined=f"{text[max(lead.start, lead.end - 70) : lead.end]} {text[own.start : own.end]}",
        heading=f"{caption} " + " ".join(text[one.start : one.end] for one in headings(source, sentence)),
        previous=before.context.own if before and is_item and not linked else "",
        next=rest[: among.start()] if among else rest,
        past=text[past.start : past.end],
        title=text[: min(source.lines[0].end, TITLE)] if source.lines else "",
        percent=mention.is_percent,
        money=mention.is_money,
    )
    led = plain(text[lead.start : lead.end])
    return Setting(mention, sentence, own, lead, led, context, is_item and not linked)


def label_of(text: str, own: Piece, lead: Piece, near: Setting | None) -> str:
    """What is counted, where it stands before the number: "Số buổi: 35", "số mô hình hiện có là 41", "… 12 có giá trị"."""
    phrase, led = plain(text[own.start : own.end]), text[lead.start : lead.end]
    if NO_NOUN.match(phrase):
        return f"{near.context.label or near.context.own} {led}"[-LABEL_MOST:] if near else led
    return led if BARE_UNIT.match(phrase) and (LABEL.search(led) or COUNTED.search(led)) else ""


def with_tails(done: list[Setting]) -> list[Setting]:
    """What is said once after the last of a list is said of each, but not of one with the same noun."""
    tailed = list(done)
    for place in range(len(done) - 2, -1, -1):
        one, after = tailed[place], tailed[place + 1]
        if not after.is_item or after.sentence != one.sentence:
            continue
        if first_word(one.context.own) != first_word(after.context.own):
            tail = f"{after.context.own} {after.context.tail}"[:260]
            tailed[place] = replace(one, context=replace(one.context, tail=tail))
    return tailed


def first_word(phrase: str) -> str:
    return phrase.split(" ", 1)[0]


def headings(source: Source, sentence: Piece) -> list[Piece]:
    """The lines above that the sentence stands under: the lead-in of its list, and the nearest heading."""
    at = bisect(source.lines, sentence.start, key=attrgetter("start"))  # the line it stands in ends before this one
    above, line = source.lines[max(0, at - 1 - ABOVE) : max(0, at - 1)], source.lines[at - 1] if at else sentence
    is_bullet = bool(BULLET.match(source.text, line.start))
    found: list[Piece] = []
    for one in reversed(above):
        words = source.text[one.start : one.end]
        if words.endswith(":") and is_bullet and not found:
            found.append(Piece(max(one.start, one.end - LEAD_IN), one.end))
        elif (
            len(words) < HEADING
            and not re.search(r"[.;,!?”]$", words)
            and WORDY.search(words)
            and not re.search(r"\d{3,}", words)
        ):
            found.append(one)
            break
    return found
