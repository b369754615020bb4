"""Settings: the only reader of the environment, and of the districts' files. Read once, then passed."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from etl.cluster import given_server
from etl.errors import SettingWrong, UnknownDistrict
from etl.live_rules import LiveRules
from etl.policy import Policy, read_policy
from etl.rhythm import RHYTHMS, Rhythm, read_rhythms
from etl.risk_rules import RiskRules
from etl.shifts import Shifts, read_shifts
from etl.siting_rules import read_models, read_prices
from etl.video import Video, read_video
from spatial.errors import SpatialError
from spatial.lawful_layers import TellsPeopleApart, require_lawful
from spatial.types import Doubts, LensDefaults, LensModel, LonLat, MatchRules, NightRules, Prices

_CODE = Path(__file__).resolve().parent
_CHECKOUT = _CODE.parent
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")  # it becomes part of a database's name


def _home() -> Path:
    """Return where state lies: the checkout, or the user's data folder when installed as a package."""
    if (_CHECKOUT / "pyproject.toml").exists():
        return _CHECKOUT / ".golmok"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "golmok"


class Settings(BaseSettings):
    """What the environment says, each as GOLMOK_ and the name in capitals."""

    model_config = SettingsConfigDict(
        env_prefix="GOLMOK_", frozen=True, extra="ignore", env_ignore_empty=True
    )

    database_url: str | None = Field(default=None, repr=False)
    """A PostgreSQL with PostGIS that you run; without it a private cluster is used."""
    district: str = "sample"
    """The district that commands work on when none is named."""
    state: Path = Field(default_factory=_home)
    """The folder of the private cluster, its socket and its log."""
    assets: Path = Field(default_factory=lambda: _home() / "assets")
    """The folder of the map library and the fonts, fetched at set-up."""
    districts: Path | None = None
    """A folder with further district files, looked in first."""
    person_key: Path | None = None
    """The file with the secret that hashes what persons are known by; without it, person.key in the state folder."""
    host: str = "127.0.0.1"
    """The address the dashboard listens on; another one asks for sign-in to be configured."""
    port: int = Field(default=8501, ge=1, le=65535)
    """The port of the dashboard; a busy one moves to the next."""
    load_wait_s: float = Field(default=600.0, ge=0, le=86_400)
    """How long a load waits for another one of the same tables, in seconds."""
    language: Literal["ko", "en"] = "ko"
    """The language of what people read, until they choose."""
    roles_claim: str = "roles"
    """The claim of sign-in that names a person's roles; dots lead into nested claims."""
    sign_in_hours: float = Field(default=12.0, gt=0, le=720)
    """How long a sign-in holds, from when the provider made it."""

    @field_validator("database_url")
    @classmethod
    def _postgresql(cls, url: str | None) -> str | None:
        if url is not None:
            try:
                given_server(url)
            except SettingWrong as error:
                raise ValueError(str(error)) from None
        return url

    @field_validator("district")
    @classmethod
    def _plain(cls, name: str) -> str:
        if not _NAME.fullmatch(name):
            raise ValueError("a district's name has small letters, digits and _ only")
        return name

    @field_validator("state", "assets", "districts", "person_key")
    @classmethod
    def _absolute(cls, folder: Path | None) -> Path | None:
        return folder.expanduser().resolve() if folder else None


@dataclass(frozen=True, slots=True)
class District:
    """A district's settings: what its files do not say.

    srid               EPSG number of the metric CRS of all its tables
    center, zoom       where the map opens
    extent             west, south, east, north in degrees: the district's outline until boundaries are loaded
    boundary_codes     beginnings of the codes (ministry's, 10 digits) of the dong that belong to it; empty: all do
    defaults           lens and heights assumed where a registry says nothing: assumptions, never findings
    doubts             how far off those assumptions may be; none where the file does not say
    retention_days     how long footage is kept where a registry does not say
    price_won_per_camera  a new camera with its pole and lines, for plans: an assumption of the city
    weights            share of each layer in the risk of an alley; they add up to 1
    risk               how far a call reaches, and how much complaints may weigh at most: judgements of the city
    night              how near a lamp must be, and how far infrared light serves: heuristics, never findings
    mappings           how files of incidents that no reader knows tell their rows, by name: as etl.mapping takes them
    matching           how near and alike records of several lists must be to be one: judgements, measured
    policy             what the operator tells of the cameras that no registry holds, for the policy page
    live               how long an incident that nobody closed is open
    sources            how often each source is to be loaded anew, and how much its lists may lose unsaid
    video              how a camera is opened in the centre's video system, and how long an emergency ground holds
    shifts             when the shifts of the control centre begin
    models             the cameras that a plan may buy: assumptions of the city; the assumed one where the file names none
    prices             what poles, lines and works cost beside them, in won: assumptions of the city
    """

    name: str
    name_ko: str
    name_en: str
    srid: int
    invented: bool
    timezone: str
    center: LonLat
    zoom: float
    extent: tuple[float, float, float, float] | None
    boundary_codes: tuple[str, ...]
    defaults: LensDefaults
    doubts: Doubts
    retention_days: int
    price_won_per_camera: int
    weights: Mapping[str, float] = field(hash=False)
    night: NightRules = field(default_factory=NightRules)
    matching: MatchRules = field(default_factory=MatchRules)
    policy: Policy = field(default_factory=Policy)
    mappings: Mapping[str, object] = field(default_factory=dict, hash=False)
    live: LiveRules = field(default_factory=LiveRules)
    sources: Mapping[str, Rhythm] = field(default_factory=lambda: RHYTHMS, hash=False)
    video: Video = field(default_factory=Video)
    shifts: Shifts = field(default_factory=Shifts)
    risk: RiskRules = field(default_factory=RiskRules)
    models: tuple[LensModel, ...] = ()
    prices: Prices = field(default_factory=Prices)

    @property
    def database(self) -> str:
        """Return the name of the district's database."""
        return f"golmok_{self.name}"

    @property
    def zone(self) -> ZoneInfo:
        """Return the time zone of its clocks."""
        return ZoneInfo(self.timezone)


def settings() -> Settings:
    """Read the environment. Raises SettingWrong, naming the variable and what is wrong with it."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        variable = "GOLMOK_" + str(first["loc"][0] if first["loc"] else "").upper()
        raise SettingWrong(f"{variable}: {first['msg'].removeprefix('Value error, ')}") from None


def sql_folder() -> Path:
    """Return the folder of migrations, definitions and queries: of the checkout, or inside the installed package."""
    inside = _CODE / "_sql"
    return inside if inside.is_dir() else _CHECKOUT / "sql"


def district_names() -> list[str]:
    """Return the districts that have a settings file, by name."""
    return sorted({path.stem for folder in _district_folders() for path in folder.glob("*.toml")})


def district(name: str | None = None) -> District:
    """Return a district's settings; without a name the one that GOLMOK_DISTRICT says, else the sample.

    Raises UnknownDistrict when no file describes it, SettingWrong when its file is at fault.
    """
    wanted = name or settings().district
    for folder in _district_folders():
        path = folder / f"{wanted}.toml"
        if _NAME.fullmatch(wanted) and path.is_file():
            return read_district(path)
    raise UnknownDistrict(f"No district is called {wanted!r}; there are: {', '.join(district_names())}.")


def read_district(path: Path) -> District:
    """Read one district's file; its name is the file's. Raises SettingWrong with the file and the fault."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        return _district(path.stem, content)
    except (ValueError, TypeError, KeyError, ZoneInfoNotFoundError, SpatialError) as error:
        fault = f"lacks {error}" if type(error) is KeyError else str(error)
        raise SettingWrong(f"{path}: {fault}") from error


def _district_folders() -> list[Path]:
    folders = (settings().districts, _CHECKOUT / "data" / "districts", _CODE / "_districts")
    return [folder for folder in folders if folder is not None and folder.is_dir()]


def _district(name: str, content: dict[str, Any]) -> District:  # Any: what a TOML file may hold
    known = {each.name for each in fields(District)} - {"name"}
    if unknown := sorted(content.keys() - known):
        raise ValueError(f"does not know {', '.join(unknown)}")
    ZoneInfo(content["timezone"])
    lens = LensDefaults(**content["defaults"])
    price_won = _whole(content["price_won_per_camera"], "price_won_per_camera", least=1, most=10**12)
    return District(
        name=name,
        name_ko=_text(content["name_ko"]),
        name_en=_text(content["name_en"]),
        srid=_whole(content["srid"], "srid", least=1024, most=998999),
        invented=_flag(content["invented"]),
        timezone=content["timezone"],
        center=LonLat(**content["center"]),
        zoom=float(content["zoom"]),
        extent=_extent(content.get("extent")),
        boundary_codes=tuple(map(_text, content.get("boundary_codes", []))),
        defaults=lens,
        doubts=Doubts(**content.get("doubts", {})),
        retention_days=_whole(content["retention_days"], "retention_days", least=1, most=3650),
        price_won_per_camera=price_won,
        weights=_weights(content["weights"]),
        night=NightRules(**content.get("night", {})),
        matching=MatchRules(**content.get("matching", {})),
        policy=read_policy(content.get("policy", {})),
        mappings=dict(content.get("mappings", {})),
        live=LiveRules(**content.get("live", {})),
        sources=read_rhythms(content.get("sources", {})),
        video=read_video(content.get("video", {})),
        shifts=read_shifts(content.get("shifts", {})),
        risk=RiskRules(**content.get("risk", {})),
        models=read_models(content.get("models", []), lens=lens, price_won=price_won),
        prices=read_prices(content.get("prices"), price_won=price_won),
    )


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise TypeError(f"expects a text, not {value!r}")
    return value


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError(f"expects true or false, not {value!r}")
    return value


def _whole(value: object, name: str, *, least: int, most: int) -> int:
    if not isinstance(value, int) or not least <= value <= most:
        raise ValueError(f"{name} must be a whole number from {least} to {most}, not {value!r}")
    return value


def _extent(value: list[float] | None) -> tuple[float, float, float, float] | None:
    if value is None:
        return None
    west, south, east, north = map(float, value)
    corners = LonLat(west, south), LonLat(east, north)
    if not (corners[0].lon < corners[1].lon and corners[0].lat < corners[1].lat):
        raise ValueError("extent must be [west, south, east, north]")
    return west, south, east, north


def _weights(value: dict[str, float]) -> Mapping[str, float]:
    weights = {_text(layer): float(share) for layer, share in value.items()}
    try:
        require_lawful(weights)
    except TellsPeopleApart as error:
        raise ValueError(
            f"weights: no layer tells people apart by nationality, descent or belief: {error}"
        ) from None
    if any(share < 0 for share in weights.values()) or abs(sum(weights.values()) - 1.0) > 1e-9:
        raise ValueError(f"weights must not be negative and add up to 1, not {sum(weights.values()):g}")
    return weights
