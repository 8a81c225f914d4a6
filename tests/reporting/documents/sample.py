"""A report with every kind of block, and one that says nothing more than it must."""

from dataclasses import replace
from datetime import date

from luytre.reporting.documents.content import (
    Annex,
    BulletList,
    Column,
    Footnote,
    Heading,
    Note,
    OfficialDocument,
    Paragraph,
    Signature,
    Table,
)

MARKS = "ẲẰẪ Ậ Ộ Ợ Ự ỵ ẵ Ế đ"
MARKUP = '# *đậm* _nghiêng_ <b>&amp;</b> {{ x }} $x$ @a `mã` #eval(1) \\n "trích" -- [liên kết]'

FIGURES = Table(
    title="Bảng 1. Kết quả theo khu dân cư",
    columns=[Column("Khu dân cư"), Column("Số buổi", "right"), Column("So với cùng kỳ", "right")],
    rows=[[f"Bản {number}", "1.204", "+20,0 %"] for number in range(1, 61)],
    total=["Tổng cộng", "gần 72.240", "+20,0 %"],
    source="sổ tuyên truyền",
)

SHORT = OfficialDocument(
    superior_body="Ủy ban nhân dân\ntỉnh Điện Biên",
    issuing_body="Ủy ban nhân dân\nxã Mường Phăng",
    symbol="BC-UBND",
    number="7",
    place="Mường Phăng",
    day=date(2026, 2, 5),
    type_name="Báo cáo",
    subject="Kết quả phong trào tháng 01 năm 2026",
    body=[Paragraph("Trên đây là báo cáo./.")],
    signature=Signature(authority=["TM. Ủy ban nhân dân", "KT. Chủ tịch"], position="Phó Chủ tịch", name="Lò Văn Ánh"),
    recipients=["Ủy ban nhân dân tỉnh", "Lưu: VT."],
)

FULL = replace(
    SHORT,
    body=[
        Heading(1, "I. KẾT QUẢ"),
        Heading(2, "1. Tuyên truyền"),
        Heading(3, "a) Tập trung"),
        Paragraph(["Tổ chức 18 buổi", Footnote(text="Sổ tuyên truyền, 18 bản ghi."), f" trong tháng. {MARKS}"]),
        BulletList(["Ở bản: 10 buổi;", ["Ở trường: 8 buổi", Footnote(text=f"Tính cả {MARKUP}"), "."]]),
        FIGURES,
        Note("Ghi chú: theo kỳ hành chính."),
        Paragraph(MARKUP),
        *SHORT.body,
    ],
    annexes=[Annex(title="Số liệu", body=[FIGURES]), Annex(title="Cách tính", body=[Paragraph("Đếm trong sổ.")])],
)
