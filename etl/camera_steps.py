"""Cleaning steps of camera registries, of surveys of cameras and of their outages."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import numpy as np
import pandas as pd

from etl import coordinates
from etl.fingerprints import row_hashes, short_keys
from etl.hangul import blank
from etl.lenses import compass_list, kind_of, pixels
from etl.rows import REPAIRED, Door, Step, Verdict, nothing_refused, repaired, run, split
from etl.steps import numbers
from etl.view_text import Said, as_json, osm_said, registry_said

_EXPONENT = re.compile(r"^\d(?:\.\d+)?[eE]\+?\d+$")
_KEY_DIGITS = 6
_ENDS = ("D", "DELETE", "삭제", "폐지", "철거")
_CHANGES = ("I", "U", "INSERT", "UPDATE", "신규", "등록", "추가", "변경", "수정", "갱신", *_ENDS)
# What is read of a row that ends a record.
_OF_THE_ENDED = ("mgmt_no", "row_key", "retired", "changed_at", "ref_date")
# What a state is made of: a change in one of these begins a new state.
STATE = (
    "agency", "purpose_code", "further", "kind", "heading_deg", "tilt_deg", "height_m", "hfov_deg", "pixels",
    "image_w_px", "image_h_px", "view_text", "retention_days", "aim_source", "site_key",
)  # fmt: skip
CAMERA = (
    "camera_key", "row_key", "head_no", "heads", "site_key", "site_name", "address_road", "address_lot", "geom",
    "agency", "purpose_code", "further", "kind", "heading_deg", "tilt_deg", "height_m", "hfov_deg", "pixels",
    "image_w_px", "image_h_px", "view_text", "retention_days", "aim_source", "installed_on", "retired", "row_hash", "aim",
)  # fmt: skip
SURVEY = (
    "camera_key", "surveyed_on", "heading_deg", "tilt_deg", "focal_mm", "hfov_deg", "sensor_w_mm", "sensor_h_mm",
    "image_w_px", "image_h_px", "height_m", "kind", "model", "ir_range_m", "presets",
)  # fmt: skip
STATUS = ("camera_key", "up", "since", "until", "reason", "ended")


def change_flags(column: str = "change") -> Step:
    """Send away rows whose change flag is none that we know: it may end the record, and nobody can tell."""

    def step(rows: pd.DataFrame, door: Door) -> Verdict:
        known = rows[column].str.replace(" ", "").str.upper().isin(_CHANGES)
        return split(rows, ~known & ~blank(rows[column]), "UNKNOWN_CHANGE")

    return step


def retirements() -> Step:
    """Mark rows of a change feed that end an install record ('D'), in the column `retired`."""

    def step(rows: pd.DataFrame, door: Door) -> Verdict:
        flag = rows["change"].str.replace(" ", "").str.upper()
        ends = flag.isin(_ENDS) & ~blank(rows["mgmt_no"])
        return nothing_refused(rows.assign(retired=ends, row_key=rows["mgmt_no"]))

    return step


def living(*steps: Step) -> Step:
    """Apply `steps` to rows that do not end a record: of those that do, only the key counts."""

    def step(rows: pd.DataFrame, door: Door) -> Verdict:
        ended = rows.loc[rows["retired"], [*_OF_THE_ENDED, REPAIRED]]
        good, refused = run(rows[~rows["retired"]], steps, door)
        return pd.concat([good, ended]).reindex(columns=good.columns) if len(ended) else good, refused

    return step


def sound_numbers(column: str = "mgmt_no") -> Step:
    """Send away keys that a spreadsheet rounded to '2.02636E+17'; cut the '.0' it put behind others."""

    def step(rows: pd.DataFrame, door: Door) -> Verdict:
        cut = rows[column].str.replace(r"(?<=\d)\.0$", "", regex=True).str.removeprefix("'")
        return split(
            rows.assign(**{column: cut.where(~blank(cut), "")}), cut.str.contains(_EXPONENT), "EXCEL_KEY"
        )

    return step


def record_keys() -> Step:
    """Give each row the key of its install record, `row_key`.

    The 관리번호; without one a hash of manager, addresses, coordinate to six decimals and purpose.
    """

    def step(rows: pd.DataFrame, door: Door) -> Verdict:
        if rows.empty:
            return nothing_refused(rows.assign(row_key="", site_key=""))
        geometry = coordinates.shapes_of(rows["geometry"])
        named = ["manager", "address_road", "address_lot", "coordinate", "purpose_code", "further"]
        six = coordinates.place_key(geometry, srid=door.srid, digits=_KEY_DIGITS)
        hashed = short_keys(rows.assign(coordinate=six), named, prefix="h")
        site = pd.Series(coordinates.place_key(geometry, srid=door.srid), index=rows.index, dtype="str")
        return nothing_refused(
            rows.assign(row_key=rows["mgmt_no"].where(rows["mgmt_no"].ne(""), hashed), site_key=site)
        )

    return step


def lenses() -> Step:
    """Read kind and pixels out of the registry's text: columns kind, pixels, image_w_px, image_h_px."""

    def step(rows: pd.DataFrame, door: Door) -> Verdict:
        kinds = {word: kind_of(word) for word in rows["view_text"].unique()}
        counts = {word: pixels(word) for word in rows["pixels"].unique()}
        count = rows["pixels"].map({word: found[0] for word, found in counts.items()})
        odd = rows["pixels"].map({word: found[1] for word, found in counts.items()})
        lost = count.isna() & ~blank(rows["pixels"])
        size = rows["pixels"].str.extract(r"^(\d{3,5})\s*[xX*×]\s*(\d{3,5})$").astype(float)
        view = rows["view_text"].where(~rows["view_text"].isin(["0"]), "")
        out = rows.assign(
            kind=_object(rows["view_text"].map(kinds)),
            pixels=count.astype(float),
            view_text=view,
            image_w_px=size[0],
            image_h_px=size[1],
            hfov_deg=np.nan,
        )
        return nothing_refused(
            repaired(repaired(out, odd.astype(bool) & ~lost, "UNITS"), lost, "VALUE_DROPPED")
        )

    return step


def registry_heads(rows: pd.DataFrame) -> pd.DataFrame:
    """Return a row a head (columns CAMERA, index row_no repeated) of registry rows.

    A list of compass points in the registry's text gives each head its heading when there are as many as heads.
    `aim` is JSON: what the text tells of the head's aim, NULL without a text (etl.view_text).
    """
    lists = {word: compass_list(word) for word in rows["view_text"].dropna().unique()}
    headings = [
        found if len(found := lists.get(word, ())) == count else ()
        for word, count in zip(rows["view_text"], rows["camera_count"], strict=True)
    ]
    own = rows["heading_deg"].where(rows["camera_count"].eq(1)).tolist()
    return _heads(
        rows.assign(site_name=None), lambda row, head: headings[row][head] if headings[row] else own[row]
    )


def osm_heads(rows: pd.DataFrame) -> pd.DataFrame:
    """Return a row a head (columns CAMERA) of OpenStreetMap rows; a range of directions is the lens's angle."""
    told = [[part.split("/") for part in cell.split(";") if part] for cell in rows["headings"]]
    spread = _heads(
        rows,
        lambda row, head: float(told[row][head][0]) if told[row] else np.nan,
        source="osm",
        said=osm_said,
    )
    place = np.repeat(np.arange(len(rows)), rows["camera_count"].astype(int))
    sweeps = [
        float(told[row][head - 1][1]) if told[row] and told[row][head - 1][1] else np.nan
        for row, head in zip(place, spread["head_no"], strict=True)
    ]
    with_sweep = spread.assign(hfov_deg=sweeps)
    return with_sweep.assign(row_hash=row_hashes(with_sweep, STATE))


def assume_purpose(column: str = "zone") -> Step:
    """Give an OpenStreetMap camera the purpose of its zone; one that names none is taken for crime prevention."""
    told = {"ALPR": "vehicle_crime", "traffic": "traffic_information"}

    def step(rows: pd.DataFrame, door: Door) -> Verdict:
        found = rows[column].map(told)
        out = rows.assign(purpose_code=found.fillna("crime_prevention").astype("str"), further="")
        return nothing_refused(repaired(out, found.isna(), "PURPOSE_ASSUMED"))

    return step


def outdoors(column: str = "place") -> Step:
    """Send away cameras inside buildings."""

    def step(rows: pd.DataFrame, door: Door) -> Verdict:
        return split(rows, rows[column].str.lower().eq("indoor"), "INDOOR_CAMERA")

    return step


def osm_shape(unknown_owner: str) -> Step:
    """Give OpenStreetMap rows the columns of a registry."""

    def step(rows: pd.DataFrame, door: Door) -> Verdict:
        site = coordinates.place_key(coordinates.shapes_of(rows["geometry"]), srid=door.srid)
        return nothing_refused(
            rows.assign(
                site_key=pd.Series(site, index=rows.index, dtype="str"),
                manager=rows["manager"].where(rows["manager"].ne(""), unknown_owner),
                kind=_object(rows["kind"].where(rows["kind"].ne(""))),
                camera_count=numbers(rows["camera_count"]),
                site_name=_object(rows["name"].where(rows["name"].ne(""))),
                address_road="",
                address_lot="",
                view_text=rows["direction"],
                pixels=np.nan,
                image_w_px=np.nan,
                image_h_px=np.nan,
                retention_days=np.nan,
                tilt_deg=np.nan,
                hfov_deg=np.nan,
                retired=False,
                installed_on=pd.Series(None, index=rows.index, dtype=object),
            )
        )

    return step


def headings_in_range(column: str = "heading_deg") -> Step:
    """Turn a heading's text into degrees within 0..360; anything else sends the row away."""

    def step(rows: pd.DataFrame, door: Door) -> Verdict:
        value = numbers(rows[column])
        bad = ~blank(rows[column]) & ~(value.ge(0.0) & value.le(360.0))
        return split(rows.assign(**{column: value.where(~bad) % 360.0}), bad, "BAD_HEADING")

    return step


def read_presets(text: str) -> list[dict[str, float | int | bool | None]]:
    """Return the presets of a survey's cell 'heading/tilt/hfov/dwell_s;…', the first being home.

    Raises ValueError when a part is no preset.
    """
    found: list[dict[str, float | int | bool | None]] = []
    for number, part in enumerate((piece for piece in text.split(";") if piece.strip()), 1):
        cells = [float(cell) if cell.strip() else None for cell in part.split("/")]
        heading, tilt, hfov, dwell = [*cells, None, None, None][:4]
        if heading is None or not 0.0 <= heading <= 360.0:
            raise ValueError(f"no heading within 0 to 360 in {part!r}")
        found.append({"preset_no": number, "heading_deg": heading % 360.0, "tilt_deg": tilt, "hfov_deg": hfov,
                      "dwell_s": dwell, "home": number == 1})  # fmt: skip
    return found


def presets_readable(column: str = "presets") -> Step:
    """Send away survey rows whose presets cannot be read."""

    def step(rows: pd.DataFrame, door: Door) -> Verdict:
        return split(rows, rows[column].map(_unreadable), "BAD_NUMBER")

    return step


def head_if_told(column: str, *, most: int) -> Step:
    """Turn the head's number into one, unknown (NaN) where the cell is blank: then the number names the camera alone."""

    def step(rows: pd.DataFrame, door: Door) -> Verdict:
        value = numbers(rows[column])
        bad = ~blank(rows[column]) & (~value.between(1, most) | (value % 1 != 0))
        return split(rows.assign(**{column: value}), bad, "BAD_NUMBER")

    return step


def head_key(number: str = "mgmt_no", head: str = "head_no") -> Step:
    """Name the camera that a row speaks of: 관리번호, a hyphen, the head; the number alone where no head is told."""

    def step(rows: pd.DataFrame, door: Door) -> Verdict:
        whole = rows[number].str.replace(r"\.0$", "", regex=True)
        key = whole + "-" + rows[head].fillna(0).astype(int).astype("str")
        return nothing_refused(rows.assign(camera_key=key.where(rows[head].notna(), whole)))

    return step


def survey_table(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the columns of the survey's stage; presets as JSON."""
    told = [json.dumps(read_presets(cell)) if cell else "[]" for cell in rows["presets"]]
    return rows.assign(presets=pd.Series(told, index=rows.index, dtype="str"))[[*SURVEY, REPAIRED]]


def status_table(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the columns of the stage of outages; one without an end lasts to the next 'up', which the merge finds."""
    return rows.assign(up=rows["status"].eq("up"), reason=rows["cause"], ended=False)[[*STATUS, REPAIRED]]


def _heads(
    rows: pd.DataFrame,
    heading: Callable[[int, int], float],
    *,
    source: str = "datasheet",
    said: Callable[..., Said] = registry_said,
) -> pd.DataFrame:
    count = rows["camera_count"].where(~rows["retired"].astype(bool), 1).astype(int)
    place = np.repeat(np.arange(len(rows)), count)
    spread = rows.iloc[place]
    starts = np.repeat(count.cumsum().to_numpy() - count.to_numpy(), count)
    head_no = np.arange(len(place)) - starts
    aims = [heading(int(row), int(number)) for row, number in zip(place, head_no, strict=True)]
    headings = pd.Series(np.array(aims, dtype=float), index=spread.index)
    known = pd.Series(source, index=spread.index, dtype=object)
    out = spread.assign(
        head_no=head_no + 1,
        heads=np.repeat(count.to_numpy(), count),
        heading_deg=headings,
        aim_source=known.where(headings.notna(), None),
        agency=spread["manager"],
        camera_key=spread["row_key"] + "-" + pd.Series(head_no + 1, index=spread.index).astype("str"),
        geom=spread["geometry"],
    )
    return out.assign(row_hash=row_hashes(out, STATE), aim=_aims(out, said))[[*CAMERA, REPAIRED]]


def _aims(heads: pd.DataFrame, said: Callable[..., Said]) -> pd.Series:
    # Few texts are many cameras: each is written out once.
    told: dict[tuple[object, int, int], str | None] = {}
    cells = []
    for of in zip(heads["view_text"], heads["head_no"], heads["heads"], strict=True):
        if of not in told:
            told[of] = _aim(*of, said)
        cells.append(told[of])
    return pd.Series(cells, index=heads.index, dtype=object)


def _aim(text: object, head_no: int, heads: int, said: Callable[..., Said]) -> str | None:
    if not isinstance(text, str) or not text:
        return None
    return json.dumps(as_json(said(text, head_no=head_no, heads=heads), text), ensure_ascii=False)


def _unreadable(cell: str) -> bool:
    try:
        read_presets(cell)
    except ValueError:
        return True
    return False


def _object(column: pd.Series) -> pd.Series:
    return column.astype(object).where(column.notna(), None)
