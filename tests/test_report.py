"""The report: complete in two languages, the same bytes twice, honest about the unknown, silent about coordinates."""

from __future__ import annotations

import hashlib
import html as html_entities
import re
import string
from functools import lru_cache
from pathlib import Path
from typing import Any

import pypdf
import pytest

from app import report, report_words, takeaway_words, words
from app.report import write_report
from app.report_blocks import Chart, Document, Headline, Table
from app.report_format import counts, kilometres, part_withheld, points, short_day, signed, span
from app.roles import EditionRefused
from app.words import percent
from etl.settings import settings
from tests.figures import coverage, figures, without_streets

HANGUL = re.compile("[가-힣]")


@pytest.fixture(scope="module")
def fonts() -> Path:
    folder = settings().assets / "pretendard"
    if not any(folder.glob("Pretendard-Regular.[ot]tf")):
        pytest.skip("the Pretendard fonts are not set up")
    return folder


@lru_cache
def standard(lang: str) -> Document:
    """Return the report of the standard figures, made once a language."""
    return report.document(figures(), lang=lang)


def told(document: Document) -> str:
    """Return every word of a document, tables cell by cell, on one line."""
    words: list[str] = [document.title, document.subtitle, *document.lines, document.margin]

    def gather(value: Any) -> None:
        if isinstance(value, dict):
            for key, inner in value.items():
                if key not in ("svg", "align", "kind", "tone"):
                    gather(inner)
        elif isinstance(value, (list, tuple)):
            for inner in value:
                gather(inner)
        elif isinstance(value, str):
            words.append(value)

    gather(document.as_dict()["blocks"])
    return " | ".join(words)


def tables(document: Document) -> dict[str, Table]:
    return {block.caption: block for block in document.blocks if isinstance(block, Table)}


# --- the words


@pytest.mark.parametrize("table", [report_words.TABLE, takeaway_words.TABLE])
def test_both_languages_are_complete_and_fill_the_same_blanks(table: dict[str, tuple[str, str]]) -> None:
    def blanks(text: str) -> set[str | None]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}

    for key, (korean, english) in table.items():
        assert korean.strip() and english.strip(), key
        assert blanks(korean) == blanks(english), key
        assert not HANGUL.search(english), key


def test_every_text_is_used() -> None:
    """A text that no page says is a text nobody checks; keys are written out or made of a known theme."""
    pages = sorted(Path(report.__file__).parent.glob("report*.py"))
    source = "".join(page.read_text(encoding="utf-8") for page in pages if page.name != "report_words.py")
    built = ("col.", "row.", "edition.", "standard.", "network.by_")
    written = set(re.findall(r"""["']([a-z_]+(?:\.[a-z_0-9]+)?)["']""", source))
    assert [key for key in report_words.TABLE if key not in written and not key.startswith(built)] == []


# --- numbers


def test_percent_never_rounds_something_to_nothing_nor_almost_all_to_all() -> None:
    assert percent(0.0) == "0.0 %"
    assert percent(0.0001) == "<0.1 %"
    assert percent(0.99999) == ">99.9 %"
    assert percent(1.0) == "100.0 %"
    assert percent(None) == "–"


def test_numbers_and_dates_in_both_languages() -> None:
    assert span(0.551, 0.664, "ko") == "55.1~66.4 %"
    assert span(0.551, 0.664, "en") == "55.1–66.4 %"
    assert span(None, 0.5, "en") == "–"
    assert kilometres(41_300.0) == "41.3 km"
    assert points(0.602, 0.623, "en") == "+2.1 pp"
    assert points(0.623, 0.602, "ko") == "−2.1 %p"
    assert points(0.623, 0.6231, "ko") == "0.0 %p"
    assert signed(0.04, 1) == "±0.0"
    assert short_day("2013-06-30", "ko") == "2013. 6. 30."


def test_small_counts_are_hidden_and_cannot_be_worked_out() -> None:
    assert counts([5, 9, 40]) == ["5", "9", "40"]
    assert counts([1, 2, 40]) == ["<3", "<3", "40"]
    # One hidden beside its total would be the total less the rest: the smallest other goes too.
    assert counts([2, 9, 40]) == ["<3", "*", "40"]
    assert counts([0, 2]) == ["0", "<3"]
    assert counts([2, 9], open_counts=True) == ["2", "9"]


def test_a_part_is_withheld_when_either_side_is_one_or_two() -> None:
    assert part_withheld(2, 50)
    assert part_withheld(48, 50)
    assert part_withheld(1.7, 50)  # an expected number reads as 2
    assert not part_withheld(25, 50)
    assert not part_withheld(0, 50)
    assert not part_withheld(2, 50, open_counts=True)
    assert not part_withheld(None, 50)


# --- what it says


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_the_headline_has_interval_denominator_method_and_basis(lang: str) -> None:
    document = standard(lang)
    (headline,) = (block for block in document.blocks if isinstance(block, Headline))
    assert headline.value == "62.3 %"
    assert span(0.553, 0.663, lang) in headline.label
    for piece in ("41.3 km", "25.7 km", "62.5 px/m", "893", "310", "120", "463"):
        assert piece in headline.sentence
    everything = told(document)
    assert "32.3 %" in everything  # certain
    assert "87.3 %" in everything  # possible


def test_a_change_whose_interval_holds_zero_is_not_called_a_change() -> None:
    unsure = told(standard("en"))
    assert "moved by +2.1 pp" in unsure
    assert "−0.4 pp to +4.6 pp, holds zero: too little to be called a change" in unsure
    assert "변화의 95 % 구간(−0.4 %p~+4.6 %p)에 0이 들어" in told(standard("ko"))


@pytest.mark.parametrize(
    ("change", "english", "korean"),
    [
        # The ranges of the two days overlap (53.2-64.2 and 55.3-66.3 %), yet the change itself is sure.
        (
            (0.021, 0.018, 0.024),
            "rose by 2.1 pp (95 % 1.8 to 2.4 pp)",
            "2.1 %p 높아졌습니다(95 % 구간 1.8~2.4 %p)",
        ),
        (
            (-0.1, -0.12, -0.03),
            "fell by 10.0 pp (95 % 3.0 to 12.0 pp)",
            "10.0 %p 낮아졌습니다(95 % 구간 3.0~12.0 %p)",
        ),
        ((0.0001, -0.0002, 0.0004), "the same on both days", "두 날이 같습니다"),
    ],
)
def test_a_sure_change_is_told_with_its_interval(
    change: tuple[float, float, float], english: str, korean: str
) -> None:
    moved = figures(change=dict(zip(("change", "low", "high"), change, strict=True)))
    for lang, sentence in (("en", english), ("ko", korean)):
        text = told(report.document(moved, lang=lang))
        assert sentence in text
        assert "too little" not in text
        assert "이릅니다" not in text


def test_without_draws_to_compare_no_change_is_claimed() -> None:
    text = told(report.document(figures(change=None), lang="en"))
    for claim in ("rose by", "fell by", "holds zero", "the same on both days"):
        assert claim not in text


def test_the_bounds_hold_whatever_the_lenses_are_within_the_doubts() -> None:
    # What is certainly seen is seen in each of the 27 variants of height, lens and tilt, so no lens is given here.
    assert (
        "Counting only what cameras of known heading see even if assumed lenses and heights are off, at least 32.3 %; "
        "were every camera to look the best way with the best lens that may be, at most"
    ) in told(standard("en"))
    assert "렌즈와 높이의 가정이 어긋나더라도 보는 곳만 세면 최소 32.3 %" in told(standard("ko"))


def test_without_a_first_day_the_change_is_a_sentence() -> None:
    assert "nothing to compare with" in told(report.document(figures(coverage_before=None), lang="en"))


def test_circles_overstate_by_the_ratio_of_the_shares() -> None:
    assert "94.3 %: 1.5 times what is really seen" in told(
        report.document(figures(), lang="en")
    )  # 0.943 / 0.623


def test_zones_together_are_weighed_by_area_and_unknown_while_one_is() -> None:
    table = tables(standard("en"))[report_words.say("alone.table", "en")]
    # (0.71 + 0.33) / 2, both of one size; the only wildfire zone is unknown
    assert table.rows[-1] == ("all together", "893", "62.3 %", "52.0 %", "–")


def test_dong_stand_least_seen_first_and_gaps_name_their_dong() -> None:
    found = tables(standard("en"))
    dong = found[report_words.say("dong.table", "en")]
    assert [row[0] for row in dong.rows][:2] == ["Beodeul-dong", "Saemgol-dong"]
    gaps = found[report_words.say("blind.table", "en", n=10)]
    assert gaps.rows[0] == ("1", "버들로1길", "Saemgol-dong", "235 m", "100")
    assert [row[4] for row in gaps.rows[:3]] == ["100", "50", "33"]


def test_small_supplies_are_hidden_in_the_committee_edition_only() -> None:
    committee = told(standard("en"))
    assert "Mar 2013 <3" in committee
    assert "Feb 2013 *" in committee  # 55 is the smallest of the others
    internal = told(report.document(figures(edition="internal"), lang="en"))
    assert "Mar 2013 2" in internal


def test_a_month_without_supplies_counts_nought() -> None:
    some = {"n": 9, "by_month": [{"month": "2013-02", "n": 5}, {"month": "2013-04", "n": 4}]}
    text = told(report.document(figures(supplies=some), lang="en"))
    assert "Jan 2013 0; Feb 2013 5; Mar 2013 0; Apr 2013 4; May 2013 0; Jun 2013 0" in text


def test_incidents_with_one_or_two_unseen_are_withheld() -> None:
    nearly = {"n": 50, "seen": 49.0, "share": 0.98, "low": 0.95, "high": 1.0}
    text = told(report.document(figures(incidents=nearly), lang="en"))
    assert "withheld" in text
    assert "98.0 %" not in text


@pytest.mark.parametrize(("lang", "ground"), [("ko", "제25조 제1항 제2호"), ("en", "PIPA art. 25(1) no. 2")])
def test_each_purpose_stands_with_its_legal_ground(lang: str, ground: str) -> None:
    table = tables(standard(lang))[report_words.say("network.by_purpose", lang)]
    assert table.rows[0][0].endswith(f"({ground})")
    assert table.rows[0][1:] == ("530", "59.4 %")  # 530 of 893


# --- the unknown


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_unknown_shares_are_sentences_never_zero_or_blank(lang: str) -> None:
    document = report.document(without_streets(), lang=lang)
    (headline,) = (block for block in document.blocks if isinstance(block, Headline))
    assert headline.value == report_words.say("headline.unknown_value", lang)
    text = told(document)
    assert words.say("reason.no_streets", lang) in text
    assert words.say("next.survey", lang) in text
    for key in ("blind.unknown", "ladder.none", "dong.none", "zones.none", "incidents.none", "supplies.none"):
        assert report_words.say(key, lang) in text
    assert "81.0 %" in text  # the circles, as an upper bound
    assert not [block for block in document.blocks if isinstance(block, Chart)]


def test_without_any_run_it_says_what_to_do() -> None:
    text = told(report.document(figures(coverage=None, coverage_before=None), lang="en"))
    assert "Run `golmok coverage`" in text


@pytest.mark.parametrize(
    "missing", ["status", "coverage", "coverage_before", "history", "agencies", "cameras", "supplies"]
)
@pytest.mark.parametrize("lang", ["ko", "en"])
def test_any_part_may_be_absent(missing: str, lang: str) -> None:
    document = report.document(figures(**{missing: None}), lang=lang)
    assert "None" not in told(document)
    assert "{" not in told(document)


# --- editions and invented data


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_no_coordinate_of_a_gap_leaves_the_committee_edition(lang: str) -> None:
    everything = str(standard(lang).as_dict()) + report.page(figures(), lang=lang, fonts=None)
    assert not re.search(r"37\.57\d|126\.93\d", everything)


def test_other_editions_are_refused() -> None:
    for edition in ("public", "everyone"):
        with pytest.raises(EditionRefused):
            report.document(figures(edition=edition), lang="en")


def test_invented_figures_bear_the_word_and_real_ones_do_not(tmp_path: Path) -> None:
    invented = report.page(figures(), lang="en", fonts=None)
    assert 'class="watermark"' in invented
    assert "INVENTED DATA" in invented
    real = report.page(figures(invented=False), lang="en", fonts=None)
    assert "INVENTED" not in real.upper().replace(".WATERMARK", "")


# --- files


@pytest.mark.parametrize("lang", ["ko", "en"])
@pytest.mark.parametrize("form", ["pdf", "html"])
def test_same_figures_same_bytes(tmp_path: Path, fonts: Path, lang: str, form: str) -> None:
    first = write_report(figures(), tmp_path / f"a.{form}", lang=lang, fonts=fonts)
    second = write_report(figures(), tmp_path / "deeper" / f"b.{form}", lang=lang, fonts=fonts)
    assert first.sha256 == second.sha256 == hashlib.sha256(first.out.read_bytes()).hexdigest()
    changed = write_report(figures(invented=False), tmp_path / f"c.{form}", lang=lang, fonts=fonts)
    assert changed.sha256 != first.sha256


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_the_pdf_is_tagged_archival_and_marked_on_every_page(tmp_path: Path, fonts: Path, lang: str) -> None:
    made = write_report(figures(), tmp_path / "r.pdf", lang=lang, fonts=fonts)
    book = pypdf.PdfReader(made.out)
    root = book.trailer["/Root"]
    assert made.pages == len(book.pages) >= 5
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712  # a value of the PDF, not a Python bool
    assert root["/Lang"].startswith(lang)
    xmp = root["/Metadata"].get_object().get_data().decode()
    assert re.search(r"pdfaid:part>2<.*pdfaid:conformance>A<", xmp, re.S)
    assert "pdfuaid:part>1<" in xmp
    assert book.metadata is not None and book.metadata.creation_date is not None
    assert book.metadata.creation_date.date().isoformat() == "2013-06-30"  # the figures' day, not today
    word = report_words.say("margin.invented", lang).replace(" ", "")
    for page in book.pages:
        # twice in the margins, and the header from the second page on
        assert page.extract_text().replace(" ", "").replace("\n", "").count(word) >= 2


def test_the_summary_is_the_first_two_pages(tmp_path: Path, fonts: Path) -> None:
    book = pypdf.PdfReader(write_report(figures(), tmp_path / "r.pdf", lang="en", fonts=fonts).out)
    first, second, third = (page.extract_text() for page in book.pages[:3])
    assert "62.3 %" in first and "Where are we blind?" in first
    assert "What changed in the period?" in second and "How sure is this?" in second
    assert "The network" in third


def test_an_english_pdf_without_the_fonts_says_so(tmp_path: Path) -> None:
    """Korean names become boxes there, and the report is written all the same."""
    made = write_report(figures(), tmp_path / "r.pdf", lang="en", fonts=tmp_path)
    pages = [page.extract_text().replace("\n", " ") for page in pypdf.PdfReader(made.out).pages]
    assert report.LATIN_FACE in pages[-1]
    assert "□□□1□" in pages[0]  # 버들로1길


def test_whatever_a_file_holds_the_report_is_written(tmp_path: Path, fonts: Path) -> None:
    """A letter that no face has, a control mark, a formula's dollar signs, markup of typst and of HTML."""
    run = coverage(at="2013-06-30", cameras=893, share=0.623)
    names = ("街\u0001\u202e길", "#eval($x$) *a* _b_", "</svg><b>&amp;", "$\\frac{$", "")
    for gap, name in zip(run["gaps"], names, strict=False):
        gap["alley"] = name
    agencies = [{"agency": name, "cameras": 1, "alleys_alone": 0.1} for name in names]
    odd = figures(coverage=run, agencies=agencies)
    made = write_report(odd, tmp_path / "r.pdf", lang="ko", fonts=fonts)
    text = pypdf.PdfReader(made.out).pages[0].extract_text()
    assert "#eval($x$) *a* _b_" in text
    assert "□" in text
    page = report.page(odd, lang="ko", fonts=None)
    assert "&lt;/svg&gt;&lt;b&gt;&amp;amp;" in page
    assert "<b>&amp;" not in page


def test_a_korean_pdf_without_any_korean_font_is_refused_with_the_way_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report, "KOREAN_FACES", ("No Such Face",))
    with pytest.raises(report.FontsMissing, match=r"\.html"):
        write_report(figures(), tmp_path / "r.pdf", lang="ko", fonts=tmp_path)
    assert write_report(figures(), tmp_path / "r.html", lang="ko", fonts=tmp_path).pages == 1


def test_another_form_is_refused(tmp_path: Path) -> None:
    with pytest.raises(report.UnknownReportForm):
        write_report(figures(), tmp_path / "r.docx", lang="en", fonts=tmp_path)


def test_the_page_asks_no_host_and_escapes_what_files_say(tmp_path: Path) -> None:
    run = coverage(at="2013-06-30", cameras=893, share=0.623)
    run["gaps"][0]["alley"] = "<script>alert(1)</script>"
    text = report.page(figures(coverage=run), lang="ko", fonts=None)
    assert "<script" not in text
    assert html_entities.escape("<script>alert(1)</script>") in text
    loads = re.findall(
        r"""(?:src|href|action)\s*=\s*["']?(?!#|data:)([^"'\s>]+)|url\((?!["']?(?:#|data:))([^)]*)|@import""",
        text,
    )
    assert loads == []
