"""The body's chapters of an invented report, as `app.services.report_parts.parts` gives them; numbers agree with each other."""

from __future__ import annotations

from typing import Any

CODES = tuple(f"99999{index}00" for index in range(5))
NORTH, SOUTH = "골목구청 생활안전과", "골목구청 교통행정과"
ENGLISH = {NORTH: "Community Safety Division", SOUTH: "Traffic Division"}


def share(value: float) -> dict[str, Any]:
    """Return a share with an interval of a hundredth to either side."""
    return {
        "share": value,
        "low": value - 0.01,
        "high": value + 0.01,
        "certain": value / 2,
        "possible": value * 1.5,
    }


def ladder(theme: str, size: float, unit: str) -> dict[str, Any]:
    """Return a theme's ladder, its share falling from class to class."""
    rungs = zip(("detect", "observe", "recognise", "identify"), (0.6, 0.4, 0.2, 0.02), strict=True)
    return {
        "theme": theme,
        "size": size,
        "unit": unit,
        "ladder": [{"class": name, **share(p)} for name, p in rungs],
    }


def dong(code: str, index: int) -> dict[str, Any]:
    """Return a dong with alleys and a child zone, and a way home in every other one."""
    home = (
        {"size": 500.0, "unit": "m", **share(0.3)} if index % 2 else {"size": 0.0, "unit": "m", "share": None}
    )
    return {
        "code": code,
        "alleys": {"size": 8260.0, "unit": "m", **share(0.3 + 0.05 * index)},
        "routes": {"low": None, "high": None, **home},
        "children": {"size": 1200.0, "unit": "m", **share(0.5)},
    }


def camera(number: int, only_m: float, high_m: float) -> dict[str, Any]:
    """Return what camera NUMBER adds."""
    return {
        "camera_key": f"20130{number:03d}-1",
        "agency": NORTH,
        "agency_en": ENGLISH[NORTH],
        "purpose": "crime_prevention",
        "dong": CODES[number % 5],
        "heading_known": number % 2 == 0,
        "sees_m": only_m + 1.0,
        "only_m": only_m,
        "low_m": 0.0,
        "high_m": high_m,
        "only_risk_m": only_m / 2,
        "zone_m2": 12.0 * number,
    }


def equity_row(code: str, index: int, incidents: int) -> dict[str, Any]:
    """Return a dong of 8,260 m with so many incidents."""
    return {
        "code": code,
        "length_m": 8260.0,
        **{
            name: value
            for name, value in share(0.3 + 0.05 * index).items()
            if name in ("share", "low", "high")
        },
        "incidents": incidents,
        "per_km": round(incidents / 8.26, 1),
        "gap_m": 826.0 * (5 - index),
        "behind": index == 0,
        "busy": index == 4,
    }


def incident_class(code: str, name: str | None, n: int, seen: float) -> dict[str, Any]:
    """Return incidents of a class."""
    return {
        "class_code": code,
        "class_name": name,
        "n": n,
        "seen": seen,
        "share": seen / n,
        "low": 0.0,
        "high": 1.0,
    }


def body() -> dict[str, Any]:
    """Return the parts of a figures dict that the body tells."""
    return {
        "ladders": [
            ladder("alleys", 41_300.0, "m"),
            ladder("routes", 2_500.0, "m"),
            ladder("children", 6_000.0, "m"),
            ladder("flood", 248_000.0, "m2"),
        ],
        "dong": [dong(code, index) for index, code in enumerate(CODES)],
        "equity": {
            "gini": 0.11,
            "low": 0.09,
            "high": 0.13,
            "ratio": 1.67,
            "share": 0.4,
            "per_km": 24.1,
            "dong": [
                equity_row(code, index, n)
                for index, (code, n) in enumerate(zip(CODES, (2, 40, 9, 50, 60), strict=True))
            ],
        },
        "marginal": {
            "little_m": 5.0,
            "of": 893,
            "surely": 2,
            "likely": 1,
            "nothing": 1,
            "only_m": 20_100.0,
            "seen_m": 25_700.0,
            "cameras": [
                camera(1, 0.0, 0.0),
                camera(2, 1.5, 4.0),
                camera(3, 4.5, 20.0),
                camera(4, 34.0, 60.0),
            ],
        },
        "together": {
            "seen_m": 25_700.0,
            "several_m": 540.0,
            "low_m": 200.0,
            "high_m": 900.0,
            "agencies": [
                {
                    "agency": each,
                    "agency_en": ENGLISH[each],
                    "seen_m": m,
                    "only_m": m - 540.0,
                    **share(540.0 / m),
                }
                for each, m in ((NORTH, 20_000.0), (SOUTH, 6_240.0))
            ],
            "pairs": [{"agency": SOUTH, "other": NORTH, "shared_m": 540.0}],
        },
        "incident_classes": [
            incident_class("301", "시비", 537, 25.8),
            incident_class("104", None, 513, 30.3),
            incident_class("604", "소음", 478, 1.5),
        ],
        "facilities": {"n": 147, "routes": 9, "share": 0.023, "low": 0.014, "high": 0.034},
        "changes": {
            "agencies": [
                {
                    "agency": NORTH,
                    "agency_en": ENGLISH[NORTH],
                    "added": 32,
                    "retired": 1,
                    "moved": 2,
                    "re_aimed": 3,
                    "other": 0,
                    "delta_m": 591.2,
                }
            ],
            "cameras": [
                {
                    "camera_key": "20130001-1",
                    "agency": NORTH,
                    "agency_en": None,
                    "change": "added",
                    "delta_m": 45.8,
                }
            ],
            "buildings_m": -4.0,
            "shared_m": 3.1,
            "change_m": 590.3,
        },
        "versions": {"figures": "points-9", "fields": "relief-2", "postgis": "3.3.2", "inputs": "ab" * 32},
        "assumed": {
            "focal_mm": 4.0,
            "sensor_w_mm": 5.57,
            "sensor_h_mm": 3.13,
            "image_w_px": 1920.0,
            "image_h_px": 1080.0,
            "height_m": 5.0,
            "tilt_deg": 20.0,
            "ptz_tele_hfov_deg": 2.47,
            "max_range_m": 150.0,
            "building_height_m": 6.0,
            "ptz_max_range_m": None,
        },
    }
