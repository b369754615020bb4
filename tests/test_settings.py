"""Settings: what the environment says, and what a district's file may say."""

from __future__ import annotations

import pickle
import re
from pathlib import Path

import pytest
from pyproj import CRS, Transformer

from etl.errors import SettingWrong, UnknownDistrict
from etl.settings import Settings, district, district_names, read_district, settings, sql_folder
from spatial.types import NightRules

ROOT = Path(__file__).resolve().parent.parent
SHIPPED = ["helsinki", "monaco", "sample", "seodaemun"]


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """Clear what the caller's shell may have set."""
    for name in Settings.model_fields:
        monkeypatch.delenv(f"GOLMOK_{name.upper()}", raising=False)


def test_without_a_word_everything_lies_in_the_checkout() -> None:
    found = settings()
    assert found.state == ROOT / ".golmok"
    assert found.assets == ROOT / ".golmok" / "assets"
    assert (found.district, found.database_url, found.host, found.port) == ("sample", None, "127.0.0.1", 8501)
    assert sql_folder() == ROOT / "sql"


def test_the_environment_wins_and_an_empty_value_is_none(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("GOLMOK_DISTRICT", "monaco")
    monkeypatch.setenv("GOLMOK_STATE", str(tmp_path / "x" / ".." / "state"))
    monkeypatch.setenv("GOLMOK_PORT", "9000")
    monkeypatch.setenv("GOLMOK_DATABASE_URL", "")
    found = settings()
    assert (found.district, found.state, found.port) == ("monaco", tmp_path / "state", 9000)
    assert found.database_url is None
    assert district().name == "monaco"


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("PORT", "many", "GOLMOK_PORT"),
        ("PORT", "70000", "GOLMOK_PORT"),
        ("DISTRICT", "../etc", "GOLMOK_DISTRICT: a district's name"),
        ("DATABASE_URL", "mysql://h/x", "GOLMOK_DATABASE_URL: .*postgresql://"),
        ("LANGUAGE", "fr", "GOLMOK_LANGUAGE"),
    ],
)
def test_a_wrong_value_is_named(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str, said: str
) -> None:
    monkeypatch.setenv(f"GOLMOK_{variable}", value)
    with pytest.raises(SettingWrong, match=said):
        settings()


def test_a_password_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOLMOK_DATABASE_URL", "postgresql://u:s3cret@h/x")
    assert "s3cret" not in repr(settings())


def test_the_shipped_districts_are_these() -> None:
    assert district_names() == SHIPPED


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_district_is_metric_true_and_in_place(name: str) -> None:
    found = district(name)
    assert found.database == f"golmok_{name}"
    crs = CRS.from_epsg(found.srid)
    assert {axis.unit_name for axis in crs.axis_info} == {"metre"}
    # The centre lies in the area the CRS is made for, and 100 m north of it are 100 m in the plane (scale error < 1e-3).
    place = found.center
    west, south, east, north = crs.area_of_use.bounds
    assert west <= place.lon <= east
    assert south <= place.lat <= north
    to_plane = Transformer.from_crs(4326, found.srid, always_xy=True)
    x0, y0 = to_plane.transform(place.lon, place.lat)
    x1, y1 = to_plane.transform(
        place.lon, place.lat + 100 / 111_132.95
    )  # metres a degree at 45 degrees north
    assert ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5 == pytest.approx(100, abs=0.6)
    if found.extent is not None:
        west, south, east, north = found.extent
        assert west < place.lon < east
        assert south < place.lat < north
    assert found.zone.key == found.timezone
    assert sum(found.weights.values()) == pytest.approx(1)


def test_only_the_sample_is_invented() -> None:
    assert [name for name in SHIPPED if district(name).invented] == ["sample"]


def test_the_sample_lies_where_its_commands_are_shown() -> None:
    found = district("sample")
    assert (found.srid, found.center.lat, found.center.lon) == (5186, 37.5791, 126.9368)
    assert (found.defaults.focal_mm, found.defaults.max_range_m) == (4.0, 150.0)


def test_a_districts_file_of_before_the_night_takes_the_usual_rules(tmp_path: Path) -> None:
    text = (ROOT / "data" / "districts" / "seodaemun.toml").read_text(encoding="utf-8")
    (path := tmp_path / "old.toml").write_text(text.split("\n[night]")[0], encoding="utf-8")
    assert read_district(path).night == district("seodaemun").night == NightRules()


def test_a_district_is_a_value() -> None:
    one, two = district("seodaemun"), pickle.loads(pickle.dumps(district("seodaemun")))
    assert one == two
    assert hash(one) == hash(two)
    assert one.boundary_codes == ("11410",)


@pytest.mark.parametrize("name", ["atlantis", "../districts/sample", "Sample", ""])
def test_an_unknown_district_lists_the_known_ones(name: str) -> None:
    if name == "":
        assert district(name).name == "sample"  # no name is the default's
        return
    with pytest.raises(UnknownDistrict, match="helsinki, monaco, sample, seodaemun"):
        district(name)


def test_a_city_adds_its_own_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    text = (ROOT / "data" / "districts" / "seodaemun.toml").read_text(encoding="utf-8")
    (tmp_path / "mapo.toml").write_text(text.replace("서대문구", "마포구"), encoding="utf-8")
    monkeypatch.setenv("GOLMOK_DISTRICTS", str(tmp_path))
    assert district_names() == sorted([*SHIPPED, "mapo"])
    assert district("mapo").name_ko == "서울특별시 마포구"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("srid = 5186", "srid = 12", "srid must be a whole number"),
        ("srid = 5186", "", "lacks 'srid'"),
        ("invented = false", 'invented = "no"', "expects true or false"),
        ("Asia/Seoul", "Asia/Nowhere", "Asia/Nowhere"),
        ("lat = 37.5791", "lat = 375791", "no place on the globe"),
        ("incidents = 0.25", "incidents = 0.35", "add up to 1, not 1.1"),
        ("focal_mm = 4.0", "focal_mm = 0", "focal_mm must be positive"),
        ("zoom = 13", "zoom = 13\ncolour = 1", "does not know colour"),
        ("lamp_radius_m = 12.5", "lamp_radius_m = 0", "lamp_radius_m must be positive"),
        ("recognise = 0.5", "recognise = 0.9", "not rise with the class"),
        ("[night]", "[night]\nmoon = 1", "moon"),
        ("zoom = 13", "zoom = 13\nextent = [2, 1, 1, 2]", "extent must be"),
        ("zoom = 13", "zoom = = 13", "line"),
    ],
)
def test_a_fault_in_a_districts_file_is_named_with_the_file(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    text = (ROOT / "data" / "districts" / "seodaemun.toml").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "wrong.toml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(SettingWrong, match=f"wrong.toml.*{said}"):
        read_district(path)


def test_no_other_module_reads_a_setting_from_the_environment() -> None:
    # Passing the whole environment on to a program, or a variable that is not ours, is no setting.
    reads = re.compile(r"""(environ\.get\(|environ\[|getenv\()\s*f?["']GOLMOK_(?![^\n]*\]\s*=[^=])""")
    assert reads.search('os.environ.get("GOLMOK_PORT")')
    files = [path for package in ("app", "etl", "spatial") for path in (ROOT / package).rglob("*.py")]
    readers = [str(path) for path in files if reads.search(path.read_text(encoding="utf-8"))]
    assert readers == []
