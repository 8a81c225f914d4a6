"""What a figure is to the others: a level, a part of a sum, the sum itself, a change, before and after, a target."""

import re

from luytre.reporting.reading.phrases import Setting

TARGET = re.compile(
    r"(?:phấn đấu|mục tiêu|chỉ tiêu|đặt ra|yêu cầu(?! công tác)|kế hoạch (?:năm|đề ra)|đến năm 20\d\d|phải đạt|dự kiến|sẽ |phương hướng|nhiệm vụ trọng tâm|năm tới|quý tới|tháng tới|thời gian tới|định mức|theo quy định)"
)
NOT_TARGET = re.compile(
    r"đăng ký phấn đấu|đạt chỉ tiêu|đạt \d+ ?% (?:chỉ tiêu|kế hoạch)|vượt chỉ tiêu|vượt kế hoạch|đã |hoàn thành chỉ tiêu|theo báo cáo|kết quả"
)
PART = re.compile(r"(?:trong đó|trong số (?:đó|này)|riêng|gồm|bao gồm|cụ thể|điển hình(?: như)?)")
TOTALLED = re.compile(r"trong đó|trong số (?:đó|này)|gồm|điển hình như|cụ thể|bao gồm")
CHANGE = re.compile(
    r"(?:tăng(?: thêm)?|giảm|kéo giảm|giảm được|tăng được|nhiều hơn|ít hơn|cao hơn|thấp hơn)(?: (?:khoảng|gần|hơn|trên))?[\s:]*$"
)
DOWN = re.compile(r"(?:giảm|kéo giảm|ít hơn|thấp hơn|giảm được)")
FROM = re.compile(r"(?:từ(?: mức| con số)?|giảm từ|tăng từ)\s*$")
TO = re.compile(
    r"(?:xuống(?: còn)?|lên(?: đến| tới| thành)?|còn|nay (?:là|còn|có)|đến nay (?:là|có|còn|đã có)|giảm còn|tăng lên)\s*$"
)
TOTAL = re.compile(r"(?:tổng số|tổng cộng|tất cả|cả thảy|toàn bộ|tổng)")


SAME = re.compile(r"(?:tăng|giảm)(?: thêm| được)? [\d.,]+(?: [^\W\d]+){0,3}(?: giảm| tăng)?\s*$")


def role(setting: Setting, following: list[Setting]) -> str:
    """Of level, part, total, change, before, after, target."""
    context, later = setting.context, following[0] if following else None
    lead, clause = setting.led, f"{context.before} {context.lead}"
    if FROM.search(lead) and later is not None and TO.search(later.led):
        return "before"
    if TO.search(lead) and re.search(r"\btừ\b", clause):
        return "after"
    if (
        CHANGE.search(lead)
        or (setting.mention.is_percent and SAME.search(context.around))
        or (
            setting.mention.is_percent
            and re.match(r"so với (?:cùng kỳ|năm|tháng|quý|giai đoạn)", context.own)
            and re.search(r"tăng|giảm", lead)
        )
    ):
        return "change"
    if is_target(context.lead, context.before, context.heading):
        return "target"
    if PART.search(lead[-40:]) or (setting.is_item and PART.search(clause)):
        return "part"
    if any(TOTALLED.search(one.led) for one in following):
        return "total"
    if TOTAL.search(lead[-30:]):
        return "total"
    return "level"


def is_target(lead: str, before: str, heading: str) -> bool:
    said = f"{before} {lead}"
    if NOT_TARGET.search(lead) or (
        NOT_TARGET.search(said) and not re.search("mục tiêu|chỉ tiêu|sẽ|phấn đấu đến|phấn đấu năm", said)
    ):
        return False
    return bool(TARGET.search(said)) or bool(
        re.search("phương hướng|nhiệm vụ trọng tâm|mục tiêu|chỉ tiêu|nhiệm vụ thời gian tới", heading)
    )
