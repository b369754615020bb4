"""Months, days and moments as files write them, to dates and UTC, saying what was repaired on the way."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pandas as pd

_MONTHS = {m: float(i) for i, m in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_MONTH_NAMES = "|".join(_MONTHS)
# Excel shows 2017-03 as 'Mar-17' or '17-Mar'.
_EXCEL = rf"(?i)^(?:(?P<y1>\d{{2}})-(?P<m1>{_MONTH_NAMES})|(?P<m2>{_MONTH_NAMES})-(?P<y2>\d{{2}}))$"
_YEAR_MONTH = r"^(?P<y>\d{4})\s*[-./년]?\s*(?P<m>\d{1,2})(?:\s*[-./월]?\s*(?P<d>\d{1,2})?\s*일?)?(?:[ T].*)?$"
_MOMENT = (
    r"^(?P<date>\d{4}[-./]?\d{1,2}[-./]?\d{1,2})[ T]+(?P<h>\d{1,2})(?::?(?P<mi>\d{2}))?(?::?(?P<s>\d{2})(?:[.,]\d+)?)?"
    r"\s*(?P<zone>Z|[+-]\d{2}:?\d{2})?$"
)
_PIVOT = 70
# A spreadsheet counts days from here.
_DAY_0 = pd.Timestamp("1899-12-30")
_SERIALS = (32_874, 73_050)
_YEARS = (1990.0, 2099.0)


def months(text: pd.Series[str]) -> pd.DataFrame:
    """Return the first day of each month written in `text`, beside what was found.

    Columns   day datetime64 (NaT when unreadable), excel bool (a spreadsheet's 'Mar-17' was read back), serial bool
              (its number of a day, '42795', or of a year as a day of 1905, '1905-07-09' for 2017)
    Takes     '201703', '2017-03', '2017.3', '2017-03-15', '2017', '17-Mar', 'Mar-17', '201703.0'
    """
    plain = text.str.replace(r"\.0$", "", regex=True).str.strip()
    excel = plain.str.extract(_EXCEL)
    month = excel["m1"].fillna(excel["m2"]).str.lower().map(_MONTHS)
    year = pd.to_numeric(excel["y1"].fillna(excel["y2"]), errors="coerce")
    year += 2000 - 100 * (year >= _PIVOT).astype(float)
    found = plain.str.extract(_YEAR_MONTH)
    whole_year = plain.str.fullmatch(r"\d{4}")
    year = year.fillna(pd.to_numeric(found["y"], errors="coerce")).where(
        ~whole_year, pd.to_numeric(plain.where(whole_year), errors="coerce")
    )
    month = month.fillna(pd.to_numeric(found["m"], errors="coerce")).where(~whole_year, 1)
    first = pd.Series([1.0] * len(text), index=text.index)
    day = _compose(year, month, first)
    counted = serial_days(plain)
    whole = _compose(*(pd.to_numeric(found[name], errors="coerce") for name in ("y", "m", "d")))
    since = (whole - _DAY_0).dt.days.astype(float)
    year_taken_for_day = since.where(since.between(*_YEARS))
    back = _compose(
        counted.dt.year.astype(float).fillna(year_taken_for_day),
        counted.dt.month.astype(float).fillna(first),
        first,
    )
    return pd.DataFrame({
        "day": day.where(back.isna(), back),
        "excel": excel["m1"].notna() | excel["m2"].notna(),
        "serial": back.notna(),
    })  # fmt: skip


def serial_days(text: pd.Series[str]) -> pd.Series[pd.Timestamp]:
    """Return the day of each number that can only be a spreadsheet's count of days: 1990 to 2099, '32874' to '73050'."""
    number = pd.to_numeric(text.where(text.str.fullmatch(r"\d{5}")), errors="coerce")
    number = number.where(number.between(*_SERIALS))
    return (_DAY_0 + pd.to_timedelta(number, unit="D")).astype("datetime64[s]")


def days(text: pd.Series[str]) -> pd.Series[pd.Timestamp]:
    """Return each day written in `text` ('20171231', '2017-12-31', '2017.12.31 …', '43100'); NaT when unreadable."""
    plain = text.str.replace(r"\.0$", "", regex=True).str.strip()
    found = plain.str.extract(_YEAR_MONTH)
    parts = [pd.to_numeric(found[name], errors="coerce") for name in ("y", "m", "d")]
    written = _compose(*parts)
    counted = serial_days(plain)
    return written.where(counted.isna(), counted)


def moments(text: pd.Series[str], *, zone: str) -> pd.DataFrame:
    """Return each moment written in `text` in UTC, beside what was found.

    zone      the zone of the clock that wrote moments without one, such as 'Asia/Seoul'
    Columns   at datetime64[us, UTC] (NaT when unreadable), midnight bool (24:00 was read as the next day)
    A local time that a change of clocks skips is NaT; one that it repeats is taken as the first.
    """
    found = text.str.strip().str.extract(_MOMENT)
    hour = pd.to_numeric(found["h"], errors="coerce")
    minute = pd.to_numeric(found["mi"], errors="coerce").fillna(0)
    second = pd.to_numeric(found["s"], errors="coerce").fillna(0)
    midnight = (hour == 24) & (minute == 0) & (second == 0)
    fine = ((hour < 24) | midnight) & (minute < 60) & (second < 60)
    day = days(found["date"].fillna(""))
    seconds = (hour * 3600 + minute * 60 + second).where(fine)
    local = day + pd.to_timedelta(seconds, unit="s")
    local_zone = ZoneInfo(zone)
    first = pd.Series(True, index=text.index).to_numpy(dtype=bool)
    at = local.dt.tz_localize(local_zone, ambiguous=first, nonexistent="NaT").dt.tz_convert("UTC")
    stated = found["zone"].notna()
    if stated.any():
        shift = pd.to_timedelta(
            found["zone"].map(_offset_minutes, na_action="ignore").astype(float), unit="min"
        )
        at = at.where(~stated, (local - shift).dt.tz_localize("UTC"))
    return pd.DataFrame({"at": at.astype("datetime64[us, UTC]"), "midnight": midnight & at.notna()})


def _offset_minutes(zone: str) -> float:
    if zone == "Z":
        return 0.0
    digits = zone[1:].replace(":", "")
    return (1 if zone[0] == "+" else -1) * (int(digits[:2]) * 60.0 + int(digits[2:]))


def _compose(
    year: pd.Series[float], month: pd.Series[float], day: pd.Series[float]
) -> pd.Series[pd.Timestamp]:
    parts = pd.DataFrame({"year": year, "month": month, "day": day})
    whole = parts.where(parts.notna().all(axis=1)).where(parts["year"].between(1, 2262))
    return pd.to_datetime(whole, errors="coerce").astype("datetime64[s]")
