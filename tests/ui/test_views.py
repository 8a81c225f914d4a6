import pytest

pytestmark = pytest.mark.django_db


def test_the_gallery_is_a_page_without_undefined_words(client):
    answer = client.get("/ui/")
    assert answer.status_code == 200
    assert b"UNDEFINED" not in answer.content


def test_the_theme_is_remembered_without_javascript(client):
    assert client.post("/theme/", {"theme": "dark", "next": "/ui/"}).url == "/ui/"
    assert b'data-theme="dark"' in client.get("/ui/").content
    client.post("/theme/", {"theme": "", "next": "/ui/"})
    assert b"data-theme=" not in client.get("/ui/").content.split(b">", 2)[1]


def test_the_language_is_remembered(client):
    client.post("/language/", {"language": "en", "next": "/ui/"})
    assert b'<html lang="en"' in client.get("/ui/").content


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org", "javascript:alert(1)"])
def test_a_switch_never_leads_to_another_site(client, elsewhere):
    assert client.post("/theme/", {"theme": "dark", "next": elsewhere}).url == "/"
