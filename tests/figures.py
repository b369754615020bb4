"""A figures dict as `app.services.report.figures` gives it, for an invented district; numbers agree with each other."""

from __future__ import annotations

from typing import Any

from tests.figures_body import body

DONG = (
    ("버들동", "Beodeul-dong"),
    ("샘골동", "Saemgol-dong"),
    ("안산자락동", "Ansanjarak-dong"),
    ("물레동", "Mulle-dong"),
    ("돌다리동", "Doldari-dong"),
)
AGENCIES = (
    ("골목구청 생활안전과", "Community Safety Division", 520, 0.412, 0.31, 0.02),
    ("골목구청 교통행정과", "Traffic Division", 210, 0.156, 0.05, 0.0),
    ("골목구청 청소행정과", "Cleaning Division", 80, 0.061, 0.0, 0.0),
    ("골목구청 재난안전과", "Disaster Safety Division", 14, 0.008, 0.22, 0.35),
    ("골목구청 주차관리과", "Parking Division", 69, 0.047, 0.02, 0.0),
)


def coverage(*, at: str, cameras: int, share: float) -> dict[str, Any]:
    """Return a coverage run whose shares hang on one headline share; 41,300 m of alleys."""
    alleys = {
        "share": share,
        "low": share - 0.07,
        "high": share + 0.04,
        "certain": share - 0.30,
        "possible": share + 0.25,
    }
    return {
        "class": "observe",
        "standard_version": "2015",
        "at": at,
        "invented": True,
        "draws": 400,
        "seed": 1,
        "step_m": 2.0,
        "cameras": cameras,
        "basis": {"survey": 310, "datasheet": 120, "assumed": cameras - 430},
        "alleys": {
            "length_m": 41300.0,
            "seen_m": 41300.0 * share,
            **alleys,
        },
        "area": {"open_m2": 9.4e6, "covered_m2": 9.4e6 * 0.38, "share": 0.38, "low": 0.33, "high": 0.42},
        "ladder": [
            {"class": name, **{key: min(1.0, value * part) for key, value in alleys.items()}}
            for name, part in (("detect", 1.25), ("observe", 1.0), ("recognise", 0.5), ("identify", 0.0002))
        ],
        "incidents": {"n": 6812, "seen": 4021.3, "share": 4021.3 / 6812, "low": 0.55, "high": 0.62},
        "zones": [
            zone("flood", 1, "여울천 하류", "Yeoul Stream, lower", 0.71),
            zone("flood", 2, "여울천 상류", "Yeoul Stream, upper", 0.33),
            zone("wildfire", 1, "뒷산 능선", "Back Hill ridge", None),
        ],
        "by_dong": [
            {
                "code": f"99999{index}00",
                "name_ko": ko,
                "name_en": en,
                "length_m": 8260.0,
                "share": share + (index - 2) * 0.08,
                "low": share + (index - 2) * 0.08 - 0.05,
                "high": share + (index - 2) * 0.08 + 0.05,
            }
            for index, (ko, en) in enumerate(DONG)
        ],
        "agencies": [{"agency": row[0], "cameras": row[2], "alone": row[3]} for row in AGENCIES],
        "buffer50m": {"share": 0.943, "overstates": 0.943 / share, "of": "alley length", "radius_m": 50},
        "gaps": [gap(number, share) for number in range(1, 31)],
        "k_fold": [
            {"at_least": 1, "share": share, "low": share - 0.07, "high": share + 0.04},
            {"at_least": 2, "share": share / 2, "low": share / 2 - 0.05, "high": share / 2 + 0.05},
        ],
        "load_next": [],
        "night": {
            "ladder": [
                {"class": name, **{key: min(1.0, value * part) for key, value in alleys.items()}}
                for name, part in (
                    ("detect", 0.8),
                    ("observe", 0.6),
                    ("recognise", 0.3),
                    ("identify", 0.0001),
                )
            ],
            "lit": {"length_m": 24_780.0, "share": 0.6},
            "ir_known": 310,
            "lamps": 2150,
            "lamp_radius_m": 12.5,
            "factors": {"detect": 1.0, "observe": 0.7, "recognise": 0.5, "identify": 0.35},
        },
        "ptz": {
            "cameras": 55,
            "with_presets": 25,
            "presets": 103,
            "dwell_unknown": 4,
            "length_m": {"reach": 8260.0, "home": 413.0, "by_time": 330.4},
            "shares": {"reach": 0.2, "home": 0.01, "by_time": 0.008},
        },
        "empty_zones": [
            {"class": name, "cameras": n, "of": cameras, "target_height_m": 1.6}
            for name, n in (("detect", 0), ("observe", 0), ("recognise", 15), ("identify", 127))
        ],
    }


def zone(kind: str, level: int, name_ko: str, name_en: str, share: float | None) -> dict[str, Any]:
    """Return one zone's row; its share None when no field of view was computed there."""
    low, high = (None, None) if share is None else (share - 0.1, share + 0.1)
    return {
        "kind": kind,
        "level": level,
        "name": name_ko,
        "name_en": name_en,
        "area_m2": 124000.0,
        "share": share,
        "low": low,
        "high": high,
    }


def gap(number: int, share: float) -> dict[str, Any]:
    """Return gap NUMBER, the riskiest first; its coordinates must never reach a committee's page."""
    return {
        "gap_id": number,
        "alley": f"버들로{number}길",
        "dong": f"99999{number % len(DONG)}00",
        "length_m": 240.0 - 5 * number,
        "risk": 0.9 / number,
        "lat": 37.571 + number * 1e-4,
        "lon": 126.931 + number * 1e-4,
        "geometry": {"type": "LineString", "coordinates": [[126.9311, 37.5711], [126.9322, 37.5722]]},
    }


def figures(**changes: Any) -> dict[str, Any]:
    """Return a whole figures dict; keywords replace its parts."""
    full: dict[str, Any] = {
        "district": {
            "name": "sample",
            "name_ko": "가람특별시 골목구",
            "name_en": "Golmok-gu, Garam",
            "srid": 5186,
            "area_m2": 17.6e6,
        },
        "period": {"since": "2013-01-01", "until": "2013-06-30"},
        "edition": "committee",
        "invented": True,
        "status": {
            "counts": {
                "agencies": 5,
                "sites": 376,
                "cameras": 893,
                "headings_known": 310,
                "alleys": 2140,
                "buildings": 20012,
                "flood_zones": 2,
                "wildfire_zones": 1,
                "incidents": 19874,
                "police_records": 1767,
                "speakers": 171,
            }
        },
        "coverage": coverage(at="2013-06-30", cameras=893, share=0.623),
        "coverage_before": coverage(at="2013-01-01", cameras=861, share=0.602),
        "change": {"change": 0.021, "low": -0.004, "high": 0.046},
        "history": [
            {"date": "2009-12-31", "sites": 297, "cameras": 297},
            {"date": "2010-12-31", "sites": 303, "cameras": 454},
            {"date": "2011-12-31", "sites": 325, "cameras": 610},
            {"date": "2013-01-01", "sites": 368, "cameras": 861},
            {"date": "2013-06-30", "sites": 376, "cameras": 893},
        ],
        "agencies": [
            {
                "agency": ko,
                "agency_en": en,
                "cameras": n,
                "alleys_alone": alleys,
                "flood_alone": flood,
                "wildfire_alone": fire,
            }
            for ko, en, n, alleys, flood, fire in AGENCIES
        ],
        "cameras": {
            "by_purpose": [
                {"purpose": "crime_prevention", "legal_ground": "25-1-2", "n": 530},
                {"purpose": "traffic_enforcement", "legal_ground": "25-1-4", "n": 363},
            ],
            "by_kind": [{"kind": "fixed", "n": 700}, {"kind": "ptz", "n": 150}, {"kind": None, "n": 43}],
            "by_age": [
                {"years": "0-2", "n": 300},
                {"years": "3-5", "n": 400},
                {"years": "6+", "n": 150},
                {"years": None, "n": 43},
            ],
        },
        "supplies": {
            "n": 351,
            "by_month": [
                {"month": f"2013-0{number}", "n": n}
                for number, n in enumerate((62, 55, 2, 71, 80, 81), start=1)
            ],
        },
        "incidents": {"n": 6812, "seen": 4021.3, "share": 4021.3 / 6812, "low": 0.55, "high": 0.62},
        "refusals": [
            {"reason": "UNKNOWN_PURPOSE", "n": 12},
            {"reason": "COARSE_COORD", "n": 9},
            {"reason": "EXCEL_YEAR_AS_SERIAL", "n": 2},
        ],
        "loads": [
            {
                "source": "cameras",
                "file_name": "cctv_20131231.csv",
                "file_sha256": "8f14e45fceea167a5a36dedd4bea2543d0f0a6b2c9f8e7d6c5b4a39281706f5e",
                "reference_date": "2013-12-31",
                "rows_in": 742,
                "quarantined": 31,
            },
            {
                "source": "survey",
                "file_name": "survey.csv",
                "file_sha256": "45c48cce2e2d7fbdea1afc51c7c6ad26d0f0a6b2c9f8e7d6c5b4a39281706f5e",
                "reference_date": None,
                "rows_in": 312,
                "quarantined": 2,
            },
        ],
    }
    return {**full, **body(), **changes}


def without_streets() -> dict[str, Any]:
    """Return figures of a district that has cameras and a boundary, but neither streets, buildings nor headings."""
    run = coverage(at="2013-06-30", cameras=2864, share=0.5)
    reason = {"share": None, "low": None, "high": None, "certain": None, "possible": None}
    run |= {
        "alleys": {
            **reason,
            "length_m": 0,
            "seen_m": None,
            "reason_code": "no_streets",
            "reason": "(a sentence in English)",
        },
        "basis": {"survey": 0, "datasheet": 0, "assumed": 2864},
        "ladder": [],
        "k_fold": [],
        "load_next": ["buildings", "streets", "survey", "incidents", "zones"],
        "zones": [],
        "gaps": [],
        "by_dong": [],
        "incidents": {"n": 0, "seen": 0, "share": None},
        "area": {
            "open_m2": 17.6e6,
            "covered_m2": None,
            **reason,
            "reason_code": "no_buildings",
            "reason": "(a sentence in English)",
        },
        "buffer50m": {"share": 0.81, "overstates": None, "of": "open ground", "radius_m": 50},
        "invented": False,
    }
    run["night"] |= {
        "ladder": [{"class": "observe", **reason}],
        "lit": {"length_m": None, "share": None},
        "reason_code": "no_streets",
    }
    nothing = dict.fromkeys(("reach", "home", "by_time"))
    run["ptz"] |= {"length_m": nothing, "shares": nothing, "reason_code": "no_streets"}
    counts = {
        "agencies": 12,
        "sites": 843,
        "cameras": 2864,
        "headings_known": 0,
        "alleys": 0,
        "buildings": 0,
        "incidents": 0,
        "flood_zones": 0,
    }
    return figures(
        invented=False,
        status={"counts": counts},
        coverage=run,
        coverage_before=None,
        incidents={"n": 0, "seen": 0, "share": None},
        supplies={"n": 0, "by_month": []},
        cameras=None,
        refusals=[],
        agencies=[{"agency": "골목구청", "cameras": 2864, "alleys_alone": None}],
        history=[],
        **dict.fromkeys(body()),
    )
