"""What we say to people, in Korean and English. Light to import: the command line says its errors with it.

A key is `theme.what`; its value is a pair of templates for `str.format`, Korean first. Numbers are put into words
by the functions below before they enter a template, so that a template never decides on digits.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

from app import (
    words_aim,
    words_answer,
    words_bench,
    words_board,
    words_body,
    words_calls,
    words_changes,
    words_consult,
    words_contradictions,
    words_covering,
    words_crs,
    words_curves,
    words_errors,
    words_feed,
    words_figures,
    words_find,
    words_gaps,
    words_holdings,
    words_keep,
    words_light,
    words_lines,
    words_look,
    words_maps,
    words_matches,
    words_names,
    words_net,
    words_plan,
    words_plan_page,
    words_plan_sheet,
    words_plans,
    words_policy,
    words_propose,
    words_quality,
    words_reading,
    words_records,
    words_refusals,
    words_report,
    words_risk,
    words_screen,
    words_site,
    words_stability,
    words_start,
    words_tables,
    words_watch,
    words_where,
    words_witness,
    words_working,
)
from etl import faults
from spatial.errors import Contradiction

Lang = Literal["ko", "en"]
LANGUAGES: tuple[Lang, ...] = ("ko", "en")

# One table a theme. A new theme is a module with a TABLE, and its name here.
TABLE: dict[str, tuple[str, str]] = (
    words_screen.TABLE
    | words_names.TABLE
    | words_figures.TABLE
    | words_errors.TABLE
    | words_lines.TABLE
    | words_feed.TABLE
    | words_keep.TABLE
    | words_changes.TABLE
    | words_covering.TABLE
    | words_crs.TABLE
    | words_light.TABLE
    | words_aim.TABLE
    | words_answer.TABLE
    | words_tables.TABLE
    | words_policy.TABLE
    | words_refusals.TABLE
    | words_quality.TABLE
    | words_propose.TABLE
    | words_start.TABLE
    | words_gaps.TABLE
    | words_maps.TABLE
    | words_look.TABLE
    | words_plan.TABLE
    | words_plan_page.TABLE
    | words_bench.TABLE
    | words_plans.TABLE
    | words_plan_sheet.TABLE
    | words_site.TABLE
    | words_consult.TABLE
    | words_report.TABLE
    | words_risk.TABLE
    | words_body.TABLE
    | words_find.TABLE
    | words_holdings.TABLE
    | words_records.TABLE
    | words_reading.TABLE
    | words_matches.TABLE
    | words_net.TABLE
    | words_watch.TABLE
    | words_board.TABLE
    | words_calls.TABLE
    | words_witness.TABLE
    | words_working.TABLE
    | words_where.TABLE
    | words_stability.TABLE
    | words_curves.TABLE
    | words_contradictions.SAID
)


def say(key: str, lang: str, **values: object) -> str:
    """Return the text of a key in a language, its blanks filled.

    Raises KeyError for an unknown key, a blank without value, or a language other than ko and en.
    """
    return TABLE[key][_column(lang)].format(**values)


def sentence(error: Exception, lang: str, *, given: bool = False) -> tuple[str, int]:
    """Return what to tell a person about an error, and the exit code.

    The class decides, or the nearest class above it that the table names; what the error itself says fills the
    blank. `given`: the database is one that the person runs, so none of our commands starts it. Codes: 2 wrong use, 3 input refused, 4 database not reachable, 1 our fault.
    """
    error = faults.named(error) or error
    for kind in type(error).__mro__:
        if kind.__name__ in words_errors.CODES:
            theirs = given and f"given.{kind.__name__}" in TABLE
            key = f"{'given' if theirs else 'error'}.{kind.__name__}"
            text = say(key, lang, detail=_detail(error, lang)).removesuffix(": ")
            return text if text.endswith((".", "?", "!")) else f"{text}.", words_errors.CODES[kind.__name__]
    return say("error.unforeseen", lang, detail=type(error).__name__), 1


def is_named(error: Exception) -> bool:
    """Tell whether the table has a sentence for an error's class or one above it; else it is a fault of ours."""
    meant = faults.named(error) or error
    return any(kind.__name__ in words_errors.CODES for kind in type(meant).__mro__)


def label(theme: str, code: str | None, lang: str) -> str:
    """Return the name of a code (`label("kind", "ptz", "ko")`); an unlisted code names itself, None a dash."""
    if code is None:
        return "–"
    pair = TABLE.get(f"{theme}.{code}")
    return pair[_column(lang)] if pair else code


def language(wish: str | None) -> Lang:
    """Return the language wished for when we speak it, else Korean."""
    return "en" if wish == "en" else "ko"


def number(value: float | None, digits: int = 0) -> str:
    """Return a number with thousands separators, or a dash when unknown."""
    return "–" if value is None else f"{value:,.{digits}f}"


def percent(share: float | None, digits: int = 1) -> str:
    """Return a share 0..1 as "62.4 %", or a dash when unknown. Little is never shown as none, nor most as all."""
    if share is None:
        return "–"
    step = 10.0**-digits
    shown = 100.0 * share
    if 0.0 < shown < step / 2:
        return f"<{step:.{digits}f} %"
    if share < 1.0 and shown >= 100.0 - step / 2:
        return f">{100.0 - step:.{digits}f} %"
    return f"{shown:.{digits}f} %"


def span(low: float | None, high: float | None) -> str:
    """Return an interval of shares 0..1 as "55.1–66.0 %", or a dash when unknown."""
    if low is None or high is None:
        return "–"
    if 0.0 < high < 0.0005:
        return percent(high)
    return f"{low * 100:.1f}–{high * 100:.1f} %"


def distance(metres: float | None) -> str:
    """Return metres as "85 m", "1,240 m" or, from 10 km, "41.3 km"; a dash when unknown."""
    if metres is None:
        return "–"
    return f"{metres / 1000:,.1f} km" if metres >= 10_000 else f"{metres:,.0f} m"


def density(px_per_m: float | None) -> str:
    """Return a pixel density as "62.5" (px/m), no digit more than it has; a dash when unknown."""
    return "–" if px_per_m is None else f"{px_per_m:g}"


def day(moment: date | str | None, lang: str) -> str:
    """Return a date the way the language writes it: 2013년 6월 30일, 30 June 2013. Takes ISO text too."""
    if moment is None or moment == "":
        return "–"
    when = date.fromisoformat(moment[:10]) if isinstance(moment, str) else moment
    if lang == "ko":
        return f"{when.year}년 {when.month}월 {when.day}일"
    return f"{when.day} {words_names.MONTHS[when.month - 1]} {when.year}"


def towards(heading_deg: float | None, lang: str) -> str:
    """Return a heading as degrees and compass point, "215° 남서" or "215° SW"; a dash when unknown."""
    if heading_deg is None:
        return "–"
    point = words_names.COMPASS[round(heading_deg / 45.0) % 8]
    return f"{round(heading_deg) % 360}° {point[_column(lang)]}"


def keys() -> Mapping[str, tuple[str, str]]:
    """Return every key with its pair of templates; for tests and for documentation."""
    return TABLE


def _column(lang: str) -> int:
    if lang == "ko":
        return 0
    if lang == "en":
        return 1
    raise KeyError(f"no language {lang!r}; there are {', '.join(LANGUAGES)}")


def _detail(error: Exception, lang: str) -> str:
    """Return an error's own words on one line, without the full stop that the sentence sets itself."""
    if isinstance(error, Contradiction):
        # Its limits have names for people, and figures; those who put them into words know this module.
        from app.phrases_contradiction import detail

        return detail(error, lang)
    if isinstance(error, OSError) and error.filename:
        return str(error.filename)
    return " ".join(str(error).split()).rstrip(".")
