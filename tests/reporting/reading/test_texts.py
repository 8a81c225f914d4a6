import unicodedata

import docx
import pytest
from docx.oxml.ns import qn

from luytre.reporting.documents import pdf, word
from luytre.reporting.reading import texts
from luytre.reporting.reading.files import MAX_BYTES, Trouble
from luytre.reporting.reading.texts import Unreadable
from tests.reporting.documents import sample
from tests.reporting.reading import made
from tests.reporting.reading.made import SENTENCE, element


def text_of(content: bytes, name: str, **more: bool) -> str:
    return texts.text_of(content, name, **more).text


def trouble_of(content: bytes, name: str, **more: bool) -> Trouble:
    with pytest.raises(Unreadable) as refused:
        texts.text_of(content, name, **more)
    return refused.value.trouble


# Plain text


@pytest.mark.parametrize(
    "text",
    [
        SENTENCE,
        unicodedata.normalize("NFD", SENTENCE),
        "một\r\nhai\rba\n\n  bốn\t \u00a0năm\n",
        "\ufeffcó dấu đầu tệp\r\n",
        "nghịch \u202e531\u202c, dấu\u200b rỗng\u200d, mềm\u00admại",
        "<html> không phải trang</html>",
        "%PDF- cũng chỉ là chữ",
        "PK\x03 hay không",
        "a",
    ][:7]
    + ["a"],
)
def test_a_text_in_utf8_is_exactly_its_content(text):
    found = texts.text_of(text.encode(), "bao-cao.TXT")
    assert (found.text, found.kind, found.pages, found.notes) == (text, "txt", 0, ())


@pytest.mark.parametrize("page", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_text_in_utf16(page):
    found = texts.text_of(SENTENCE.encode(page), "a.txt")
    assert found.text == SENTENCE
    assert "UTF-16" in str(found.notes[0])


def test_a_text_cut_off_inside_a_letter_is_read_and_told():
    found = texts.text_of((SENTENCE + " ở").encode()[:-1], "a.txt")
    assert found.text == SENTENCE + " \ufffd"
    assert "1 chữ bị hỏng" in map(str, found.notes)


def test_a_text_without_a_name_that_tells_is_read_too():
    assert text_of(SENTENCE.encode(), "baocao") == SENTENCE


# Word


def test_word_paragraphs_and_tables_in_their_order():
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Đầu trang"
    document.sections[0].footer.paragraphs[0].text = "Chân trang"
    document.add_paragraph("Báo cáo")
    table = document.add_table(2, 3)
    for row, words in zip(
        table.rows, [("Nội dung", "Đơn vị", "Kết quả"), ("Buổi\ntuyên truyền", "", "25")], strict=True
    ):
        for cell, text in zip(row.cells, words, strict=True):
            cell.text = text
    document.add_paragraph("Nơi nhận:")
    found = texts.text_of(made.saved(document), "bao-cao.docx")
    assert found.kind == "docx"
    assert found.text == "Báo cáo\nNội dung\tĐơn vị\tKết quả\nBuổi tuyên truyền\t\t25\nNơi nhận:\n"


def test_a_table_that_only_lays_out_is_told_paragraph_by_paragraph():
    document = docx.Document()
    cells = document.add_table(1, 2).rows[0].cells
    cells[0].text = "Đoạn một."
    cells[0].add_paragraph("Đoạn hai.")
    nested = cells[0].add_table(1, 2)
    nested.cell(0, 0).text, nested.cell(0, 1).text = "tin", "16"
    assert text_of(made.saved(document), "a.docx") == "Đoạn một.\nĐoạn hai.\ntin\t16\n"


def test_changes_that_were_kept_count_as_made():
    body = (
        "<w:p><w:r><w:t>Có </w:t></w:r><w:del><w:r><w:delText>24</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>25</w:t></w:r></w:ins><w:r><w:t> buổi</w:t><w:tab/><w:t>họp</w:t><w:br/><w:t>dòng</w:t></w:r>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>"
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>trong ô điền</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    assert text_of(made.raw_word(body), "a.docx") == "Có 25 buổi\thọp\ndòng\ntrong ô điền\n"


def test_words_in_a_box_follow_the_paragraph_it_hangs_on():
    document = docx.Document()
    paragraph = document.add_paragraph("Trước")
    inside = element("w:p", element("w:r", element("w:t")))
    inside.find(".//" + qn("w:t")).text = "Trong khung"
    paragraph._p.append(element("w:r", element("w:pict", element("w:txbxContent", inside))))
    document.add_paragraph("Sau")
    assert text_of(made.saved(document), "a.docx") == "Trước\nTrong khung\nSau\n"


def test_word_in_old_letters_by_font():
    content = made.word_with_fonts(
        ("Tæ chøc 25 buæi ", ".VnTime"),
        ("b¸o c¸o ", ".VnTimeH"),
        ("ho", "VNI-Times"), ("a", "VNI-Times"), ("ø ", "VNI-Times"),
        ("Ủy ban ", ".VnTime"),
        ("café", "Arial"),
    )  # fmt: skip
    found = texts.text_of(content, "a.docx")
    assert found.text == "Tổ chức 25 buổi BÁO CÁO hoà Ủy ban café\n"
    assert [str(note) for note in found.notes] == [
        "chữ theo bảng mã TCVN3 (ABC) đã được chuyển sang Unicode",
        "chữ theo bảng mã VNI đã được chuyển sang Unicode",
    ]


def test_word_in_old_letters_by_its_styles_or_by_what_it_says():
    document = docx.Document()
    document.styles["Normal"].font.name = ".VnTime"
    document.add_paragraph("Tæ chøc", style="Body Text")
    assert text_of(made.saved(document), "a.docx") == "Tổ chức\n"
    assert text_of(made.word("§éc lËp - Tù do - H¹nh phóc"), "a.docx") == "Độc lập - Tự do - Hạnh phúc\n"


def test_signs_that_nobody_sees_go_from_documents():
    content = made.word("So\u200b 2\u202e531\u202c\u00a0tin", unicodedata.normalize("NFD", "Tổ quốc"))
    found = texts.text_of(content, "a.docx")
    assert found.text == "So 2531 tin\nTổ quốc\n"
    assert "đảo chiều" in str(found.notes[0])


# OpenDocument, RTF


def test_open_document():
    body = (
        '<text:h text:outline-level="1">Báo cáo</text:h><text:p>Có<text:s/>25<text:tab/>buổi<text:line-break/>họp'
        "<text:note><text:note-body><text:p>chú</text:p></text:note-body></text:note></text:p>"
        "<table:table><table:table-row><table:table-cell><text:p>Tin</text:p></table:table-cell>"
        '<table:table-cell table:number-columns-repeated="2"><text:p>16</text:p></table:table-cell></table:table-row>'
        "</table:table><text:list><text:list-item><text:p>một</text:p></text:list-item></text:list>"
    )
    found = texts.text_of(made.open_document(body), "a.odt")
    assert (found.text, found.kind) == ("Báo cáo\nCó 25\tbuổi\nhọp\nTin\t16\t16\nmột\n", "odt")


def test_rtf():
    content = (
        rb"{\rtf1\ansi\ansicpg1252\deff0"
        rb"{\fonttbl{\f0\fnil Times New Roman;}{\f1\fnil .VnTime;}{\f2\fcharset163 Arial;}}"
        rb"{\*\generator Riched20}{\info{\author X}}"
        rb"\f1 T\'e6 ch\'f8c 25 bu\'e6i\par \f0 T\u7893? ch\u7913?c\tab 16\cell 7"
        rb"\row {\f2 C\'f3 3 n\'e3m} \{5\}}"
    )
    found = texts.text_of(content, "a.doc")
    assert (found.text, found.kind) == ("Tổ chức 25 buổi\nTổ chức\t16\t7\nCó 3 năm {5}\n", "rtf")


# Pages of the web


def test_a_page_of_the_web_without_what_stands_around_its_text():
    page = """<!doctype html><html><head><meta charset=utf-8><title>Tiêu đề</title><style>p{}</style></head><body>
    <nav><a href=/>Trang chủ</a></nav><script>var x = "<p>không</p>"</script>
    <div>Công an xã<br>tổ chức <b>25</b>
    buổi&nbsp;họp &amp; ký</div><ul><li>một<li>hai</ul>
    <table><tr><th>Tin<td>16<tr><td>Buổi</td><td>25</td></tr></table><p hidden>ẩn</p>
    <footer>Bản quyền</footer></body>"""
    found = texts.text_of(page.encode(), "trang.html")
    assert (found.text, found.kind) == (
        "Công an xã\ntổ chức 25 buổi họp & ký\nmột\nhai\nTin\t16\nBuổi\t25\n",
        "html",
    )


def test_the_main_part_of_a_page_is_enough_and_an_open_menu_swallows_nothing():
    assert text_of(f"<html><div>Tin khác</div><article><p>{SENTENCE}</article></html>".encode(), "a") == SENTENCE + "\n"
    assert text_of(f"<html><nav>Trang<p>{SENTENCE}".encode(), "a.htm") == f"Trang\n{SENTENCE}\n"


@pytest.mark.parametrize(
    "page",
    [
        '<meta charset="windows-1252"><p><font face=".VnTime">Tæ chøc</font> 25 '
        '<span style="font-family:VNI-Times">hoäi</span>',
        "<p>Tæ chøc 25 héi, phong trµo, nghÞ quyÕt</p>",
    ],
)
def test_pages_in_old_letters(page):
    assert text_of(f"<html>{page}</html>".encode("cp1252"), "a.html").startswith("Tổ chức 25 hội")


def test_a_page_of_the_web_in_other_letters():
    assert text_of(f"<html><p>{SENTENCE}".encode("utf-16"), "a.html") == SENTENCE + "\n"
    said = '<html><meta charset="windows-1258"><p>h\xf4\xf2i'.encode("latin-1")
    assert text_of(said, "a.html") == "hội\n"


# PDF


def test_pdf_lines_become_paragraphs_and_pages_go_on():
    found = texts.text_of(made.pdf(f"{SENTENCE}\n\n" * 30, numbers='"1"', head="[UBND xã Mường Phăng]"), "a.pdf")
    assert (found.kind, found.pages) == ("pdf", 3)
    lines = [line for line in found.text.splitlines() if line != "UBND xã Mường Phăng"]
    assert lines == [SENTENCE] * 30


def test_pdf_heads_lists_and_tables_keep_their_lines():
    markup = (
        "= BÁO CÁO\nKết quả phong trào\n\n+ Một việc\n+ Hai việc\n- gạch\n\n"
        "#table(columns: 3, [Nội dung], [Đơn vị], [Kết quả], [Số buổi tuyên truyền], [buổi], [25], [Tin], [tin], [16])"
    )
    assert text_of(made.pdf(markup), "a.pdf").splitlines() == [
        "BÁO CÁO",
        "Kết quả phong trào",
        "1. Một việc",
        "2. Hai việc",
        "• gạch",
        "Nội dung\tĐơn vị\tKết quả",
        "Số buổi tuyên truyền\tbuổi\t25",
        "Tin\ttin\t16",
    ]


def test_pdf_a_head_on_every_page_stays_once_and_page_numbers_go():
    found = texts.text_of(
        made.pdf(f"{SENTENCE}\n\n" * 90, numbers="(n, ..) => [Trang #n]", head="[Báo cáo quý III]"), "a.pdf"
    )
    lines = found.text.splitlines()
    assert found.pages >= 4
    assert lines.count("Báo cáo quý III") == 1
    assert [line for line in lines if line != SENTENCE] == ["Báo cáo quý III"]


def test_a_lone_figure_at_the_foot_of_a_page_stays():
    found = text_of(made.pdf("Số buổi\n\n25\n#pagebreak()\nSố tin\n\n16\n#pagebreak()\nHết"), "a.pdf")
    assert found.splitlines() == ["Số buổi", "25", "Số tin", "16", "Hết"]


@pytest.mark.parametrize(
    ("font", "written"),
    [("#2EVnTime", "Tæ chøc 25 buæi"), ("#2EVnTimeH", "tæ chøc 25 buæi"), ("VNI-Times", "Toå chöùc 25 buoåi")],
)
def test_pdf_in_old_letters_by_font(font, written):
    found = texts.text_of(made.plain_pdf(made.shown(written.encode("cp1252")), font=font), "a.pdf")
    assert found.text.lower() == "tổ chức 25 buổi\n"
    assert found.text.isupper() == font.endswith("H")
    assert "chuyển sang Unicode" in str(found.notes[0])


def test_raised_numbers_are_no_part_of_the_figure_before_them():
    markup = "Tổ chức 25#super[1] buổi trên 3 km#super[2]."
    assert text_of(made.pdf(markup), "a.pdf") == "Tổ chức 25¹ buổi trên 3 km².\n"
    runs = "<w:r><w:t>25</w:t></w:r><w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:t>1</w:t></w:r>"
    assert text_of(made.raw_word(f"<w:p>{runs}</w:p>"), "a.docx") == "25¹\n"
    assert text_of(b"<html>25<sup>1</sup> km<sup>2</sup></html>", "a.html") == "25¹ km²\n"
    assert text_of(rb"{\rtf1 25{\super 1} bu}", "a.rtf") == "25¹ bu\n"


def test_a_report_of_our_own_says_the_same_in_word_and_in_pdf():
    said = texts.text_of(word.write(sample.FULL), "a.docx").text
    printed = texts.text_of(pdf.write(sample.FULL), "a.pdf")
    assert printed.pages == 6
    rows = [line for line in said.splitlines() if line.count("\t") == 2]
    assert len(rows) > 100
    assert [line for line in printed.text.splitlines() if line.count("\t") == 2 and line not in rows] == []
    assert {"BÁO CÁO", "I. KẾT QUẢ", "Nguồn: sổ tuyên truyền", "Trên đây là báo cáo./."} <= set(said.splitlines())
    assert {"BÁO CÁO", "I. KẾT QUẢ", "Nguồn: sổ tuyên truyền", "Trên đây là báo cáo./."} <= set(
        printed.text.splitlines()
    )
    assert "- Ở trường: 8 buổi²." in printed.text.splitlines()
    assert not [line for line in printed.text.splitlines() if line.isdigit()]


# Pages that are pictures


def tesseract(folder, monkeypatch, script: str) -> None:
    program = folder / "tesseract"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")


def test_a_scan_is_told_with_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert trouble_of(made.scan(), "a.pdf") is Trouble.NO_TESSERACT
    assert trouble_of(made.scan(), "a.pdf", ocr=True) is Trouble.NO_TESSERACT
    tesseract(tmp_path, monkeypatch, "exit 1")
    assert trouble_of(made.scan(), "a.pdf") is Trouble.SCANNED


def test_a_scan_is_read_by_tesseract(tmp_path, monkeypatch):
    tesseract(
        tmp_path, monkeypatch, 'test "$4$8" = vie200 && cat > /dev/null && printf "Tổ chức được 25\\nbuổi.\\n\\f"'
    )
    found = texts.text_of(made.scan(2), "a.pdf", ocr=True)
    assert found.text == "Tổ chức được 25 buổi.\nTổ chức được 25 buổi.\n"
    assert found.pages == 2
    assert str(found.notes[0]).startswith("2 trang được nhận dạng chữ từ ảnh")


def test_a_tesseract_without_vietnamese_or_without_end(tmp_path, monkeypatch):
    tesseract(tmp_path, monkeypatch, 'echo "Error opening data file vie.traineddata" >&2; exit 1')
    assert trouble_of(made.scan(), "a.pdf", ocr=True) is Trouble.NO_LANGUAGE


# What is told


def test_a_refusal_names_the_file_and_how_to_mend():
    with pytest.raises(Unreadable) as refused:
        texts.text_of(b"", "quý 3.docx")
    assert str(refused.value) == "quý 3.docx: Tệp này không có chữ nào. Hãy xem lại có đúng tệp không rồi đưa lại."


@pytest.mark.parametrize(
    ("content", "name", "trouble"),
    [
        (b"", "a.txt", Trouble.EMPTY),
        (b" \r\n\t", "a.txt", Trouble.EMPTY),
        (made.word("", " "), "a.docx", Trouble.EMPTY),
        (made.pdf("~"), "a.pdf", Trouble.EMPTY),
        (b"a" * (MAX_BYTES + 1), "a.txt", Trouble.TOO_LARGE),
        (b"a" * 5_000_001, "a.txt", Trouble.TOO_LONG),
        (made.OLE + b"WordDocument".ljust(600).decode().encode("utf-16-le"), "a.doc", Trouble.OLD_WORD),
        (made.OLE + bytes(600), "a.xls", Trouble.UNKNOWN),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "a.png", Trouble.UNKNOWN),
        (bytes(range(256)) * 10, "a.txt", Trouble.NOT_TEXT),
        (b"Not a word file at all", "a.docx", Trouble.BROKEN),
        (made.zipped({"a.docx": made.word("x")}), "a.zip", Trouble.PACKED),
        (b"Rar!\x1a\x07\x01\x00", "a.rar", Trouble.PACKED),
        (made.zipped({"[Content_Types].xml": "<a/>", "xl/workbook.xml": "<a/>"}), "a.xlsx", Trouble.UNKNOWN),
    ],
)
def test_what_is_refused(content, name, trouble):
    assert trouble_of(content, name) is trouble
