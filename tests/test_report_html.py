"""The report as one HTML file: its maps, its letters, no host, any width, dark and on paper."""

from __future__ import annotations

import re
from base64 import b64decode
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest

from app import report, takeaway
from app.report import content_of
from app.report_face import face
from app.services import reports
from app.services.exports import Taking
from app.services.reports import Asked
from etl.settings import settings
from tests.city_in_database import Door, quiet
from tests.figures import figures
from tests.toy_world import DAY

CHROMIUM = Path("/usr/bin/chromium")
LOADS = re.compile(r"""(?:src|href|action)\s*=\s*["']?(?:https?:)?//|@import|fetch\(|XMLHttpRequest""")
COMMITTEE = Asked(date(2013, 1, 1), DAY, "html", "en")
INTERNAL = Asked(date(2013, 1, 1), DAY, "html", "en", Taking("internal", "Kim", "patrol plan"))


def test_the_page_holds_its_maps_with_their_tables_and_asks_no_host(drawn: Door) -> None:
    committee = reports.make(drawn(), COMMITTEE, progress=quiet).content.decode()
    internal = reports.make(drawn(), INTERNAL, progress=quiet).content.decode()
    assert committee.count('class="golmok-map') == 1 and internal.count('class="golmok-map') == 2
    for text in (committee, internal):
        assert text.count('http-equiv="Content-Security-Policy" content="default-src \'none\'') == 1
        assert 'class="golmok-tables"' in text
        # The library names its makers in a line that is never drawn; what is asked for is seen in the browser.
        ours = text.replace(takeaway.head(), "")
        assert len(ours) < len(text) - 100_000
        assert not LOADS.search(ours)
        assert len(text.encode()) < report.MOST_BYTES
    # The committee's file holds no view and no gap: not hidden, absent.
    assert "g-fields" in internal and "g-gaps" in internal
    assert '"alley"' not in committee and 'className: "g-gaps' not in committee


def test_a_page_that_grows_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "MOST_BYTES", 1000)
    with pytest.raises(report.ReportTooLarge, match="the limit is 5 MB"):
        content_of(figures(), form=".html", lang="en")


def test_the_letters_of_the_page_go_along_and_no_others() -> None:
    from fontTools.ttLib import TTFont

    folder = settings().assets / "pretendard"
    if not (folder / "Pretendard-Regular.otf").is_file():
        pytest.skip("the Pretendard fonts are not set up")
    rules = face("골목 1 %", folder)
    assert rules == face("% 1 목골골", folder) != face("골", folder)
    assert re.findall(r"font-weight:(\d+)", rules) == ["400", "600", "700"]
    font = TTFont(BytesIO(b64decode(re.findall(r"base64,([^)]+)\)", rules)[0])))
    assert {chr(code) for code in font.getBestCmap()} == set("골목 1%•▶▼…")
    assert face("골목", folder / "nowhere") == face("골목", None) == ""


@pytest.mark.browser
def test_the_page_is_read_offline_light_and_dark_and_printed(drawn: Door, tmp_path: Path) -> None:
    """Chromium draws both maps, asks for nothing but the file, needs no more width than a telephone has."""
    if not CHROMIUM.exists():
        pytest.skip("no Chromium on this machine")
    import pypdf
    from playwright.sync_api import sync_playwright

    page = tmp_path / "report.html"
    page.write_bytes(reports.make(drawn(), INTERNAL, progress=quiet).content)
    requested: list[str] = []
    wrong: list[str] = []
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=str(CHROMIUM),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        tab = browser.new_page(viewport={"width": 390, "height": 800}, color_scheme="dark")
        tab.on("request", lambda request: requested.append(request.url))
        tab.on("pageerror", lambda error: wrong.append(str(error)))
        tab.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
        tab.goto(page.as_uri())
        # two dong, two zones, three cameras; two dong, the views and gaps, three cameras
        assert tab.locator(".golmok-map").nth(0).locator("path.leaflet-interactive").count() == 7
        assert tab.locator(".golmok-map").nth(1).locator("path.g-fields").count() > 0
        assert tab.locator(".golmok-map").nth(1).locator("path.g-gaps").count() > 0
        assert tab.evaluate("document.documentElement.scrollWidth") == 390
        dark = "getComputedStyle(document.body).backgroundColor"
        assert tab.evaluate(dark) == "rgb(18, 24, 30)"
        tab.pdf(path=tmp_path / "printed.pdf", format="A4")
        tab.emulate_media(color_scheme="light")
        assert tab.evaluate(dark) == "rgb(255, 255, 255)"
        assert [url for url in requested if not url.startswith(("file:", "about:", "data:"))] == []
        assert wrong == []
        # What would ask a host is refused by the page itself.
        blocked = "new Promise(done => { document.addEventListener('securitypolicyviolation', e => done(e.blockedURI));"
        assert "example.org" in tab.evaluate(blocked + " new Image().src = 'https://example.org/x.png' })")
        browser.close()
    for printed in pypdf.PdfReader(tmp_path / "printed.pdf").pages:
        assert "Kim" in printed.extract_text()
