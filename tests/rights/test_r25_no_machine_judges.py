"""R25: no scoring, prediction, matching or recognition of people; nothing from social media; no machine decides."""

import ast
import json
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "luytre"
REFUSED = re.compile(
    r"(^|[-_./@])(openai|anthropic|langchain|llama|ollama|transformers|huggingface|sentence|torch|tensorflow|keras|jax|"
    r"onnx\w*|sklearn|scikit|xgboost|lightgbm|catboost|spacy|nltk|gensim|opencv|cv2|dlib|deepface|insightface|face|"
    r"facenet|mediapipe|tesseract\w*|easyocr|paddle\w*|recordlinkage|dedupe|splink|fuzzywuzzy|rapidfuzz|tweepy|snscrape|"
    r"facebook\w*|instaloader|instagrapi|telethon|zalo\w*|tiktok\w*|scrapy|selenium|maxmind\w*|geoip\w*|fingerprintjs|"
    r"sentry\w*|mixpanel|segment|amplitude|analytics)($|[-_./])",
    re.IGNORECASE,
)
# Addresses that stand in the code to be named, never to be called.
NAMED_ONLY = {
    "www.w3.org",  # names of XML vocabularies
    "schemas.openxmlformats.org",
    "purl.org",
    "purl.oclc.org",  # strict OOXML
    "raw.githubusercontent.com",  # where the SDMX vocabulary is published
    "localhost",
    "127.0.0.1",
    "[::1]",
}
ADDRESS = re.compile(r"https?://([\[\]\w.:-]+)")
LOOPBACK_ONLY = {"running/serve.py"}  # asks its own server whether it answers
# `luytre tips verify URL` asks the site that whoever types it names; no server runs it.
ASKED_FOR = {"tips/honesty.py"}
CALLERS = {"requests", "httpx", "aiohttp", "urllib3", "ftplib", "smtplib", "telnetlib", "urllib.request", "http.client"}


def python_packages() -> list[str]:
    return [one["name"] for one in tomllib.loads((ROOT / "uv.lock").read_text())["package"]]


def browser_packages() -> list[str]:
    lock = json.loads((ROOT / "package-lock.json").read_text())
    return [name.removeprefix("node_modules/") for name in lock["packages"] if name]


def test_the_lock_files_carry_nothing_that_judges_people():
    packages = [*python_packages(), *browser_packages()]
    assert len(packages) > 20
    assert [name for name in packages if REFUSED.search(name)] == []


def imports(path: Path) -> list[str]:
    found: list[str] = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.append(node.module)
    return found


def test_the_code_imports_nothing_that_judges_people():
    for path in [*PACKAGE.rglob("*.py"), *(ROOT / "config").glob("*.py")]:
        assert [name for name in imports(path) if REFUSED.search(name)] == [], path


def test_the_code_calls_no_other_machine():
    """What must go out one day (mail, a gateway) comes with its own decision, and is then named here."""
    for path in PACKAGE.rglob("*.py"):
        if str(path.relative_to(PACKAGE)) not in LOOPBACK_ONLY | ASKED_FOR:
            assert not CALLERS & set(imports(path)), path


@pytest.mark.parametrize("ending", ["py", "js", "html", "css", "svg", "toml"])
def test_no_address_of_elsewhere_is_called(ending):
    for path in PACKAGE.rglob(f"*.{ending}"):
        if "build" in path.parts:
            continue
        hosts = {host.split(":")[0] if "[" not in host else host for host in ADDRESS.findall(path.read_text())}
        assert hosts <= NAMED_ONLY, path


def test_the_scan_can_fail():
    for name in ("openai", "face-recognition", "@tensorflow/tfjs", "facebook-sdk", "scikit-learn"):
        assert REFUSED.search(name), name
    for name in ("psycopg", "typefaces", "django-interface", "htmx.org"):
        assert not REFUSED.search(name), name
