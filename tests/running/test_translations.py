from pathlib import Path

from luytre.running import translations

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'


def test_words_are_found_in_python_and_in_templates():
    python = 'a = _("One."); b = ngettext("%(n)d page", "%(n)d pages", n); c = pgettext("verb", "Record"); d = x("No.")'
    assert list(translations.in_python(python)) == [
        ("", "One.", ""),
        ("", "%(n)d page", "%(n)d pages"),
        ("verb", "Record", ""),
    ]
    template = (
        '{% load i18n %}{% translate "Save (now)" %}{% blocktranslate count n=x trimmed %}{{ n }} row'
        "{% plural %}{{ n }} rows{% endblocktranslate %}{% include 'a.html' with label=_('Back') %}"
    )
    assert list(translations.in_template(template)) == [
        ("", "Save (now)", ""),
        ("", "%(n)s row", "%(n)s rows"),
        ("", "Back", ""),
    ]


def test_what_is_missing_unfinished_or_unused_is_named(monkeypatch, tmp_path: Path):
    words = {
        ("", "Save", ""): "a.py",
        ("", "By %(name)s", ""): "b.py",
        ("", "New", ""): "c.py",
        ("", "Empty", ""): "d.py",
    }
    monkeypatch.setattr(translations, "used", lambda: words)
    file = tmp_path / "django.po"
    entries = {"Save": "Lưu", "By %(name)s": "Bởi %(ten)s", "Empty": "", "Old": "Cũ"}
    file.write_text(HEAD + "\n".join(f'msgid "{one}"\nmsgstr "{other}"\n' for one, other in entries.items()))
    assert sorted(translations.faults(file)) == [
        "b.py: other placeholders in the translation of 'By %(name)s'",
        "c.py: no translation of 'New'",
        "d.py: unfinished translation of 'Empty'",
        "no longer used: 'Old'",
    ]
