"""The policy page of article 25, paragraph 7: eight items from the toy city, and what is not told is said to be missing."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from app import web
from app.services import WrongUse, policy
from app.services.policy import ITEMS, OtherLaw
from etl.db import Database
from etl.errors import SettingWrong
from etl.policy import TOPICS, Policy
from etl.settings import district, district_names, read_district
from tests import city_in_database as toy

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module", autouse=True)
def _city(owner: Database) -> None:
    toy.lay_out(owner, toy.NETWORK, toy.GROUND, toy.OUTLINE)
    with owner.engine.begin() as connection:
        connection.exec_driver_sql(
            "update core.camera_state set retention_days = 7 where camera_id ="
            " (select camera_id from core.camera where camera_key = 'c1')"
        )


def silent(db: Database) -> Database:
    """Return the database with a district whose file tells nothing for the page."""
    return replace(db, district=replace(db.district, policy=Policy()))


def test_the_eight_items_stand_in_the_order_of_the_decree(public: Database) -> None:
    told = policy.policy(public)
    assert [item["item"] for item in told["items"]] == list(ITEMS)
    assert len(ITEMS) == 8
    assert [topic for _, topics in ITEMS.values() for topic in topics] == list(TOPICS)
    assert told["missing"] == []


def test_what_the_registry_tells_is_read_as_the_public_may(public: Database) -> None:
    told = policy.policy(public)
    facts = {name: rows for item in told["items"] for name, rows in item["facts"].items()}
    assert [
        (row["purpose_en"], row["legal_ground"], row["cameras"], row["sites"]) for row in facts["purposes"]
    ] == [
        ("Crime prevention", "25-1-2", 1, 1),
        ("Disaster", "25-1-3", 1, 1),
        ("Traffic enforcement", "25-1-4", 1, 1),
    ]
    assert [(row["agency_en"], row["cameras"]) for row in facts["agencies"]] == [("North", 2), ("South", 1)]
    assert [tuple(row.values()) for row in facts["retention"]] == [(7, 1), (None, 2)]
    # s1 stands on the western edge, s2 on the border of both dong (it counts in one), s3 in the east
    assert [(row["dong_en"], row["sites"], row["cameras"]) for row in facts["dong"]] == [
        ("East", 2, 2),
        ("West", 1, 1),
    ]
    assert (told["cameras"], told["registry"]) == (3, date(2013, 6, 30))


def test_the_page_of_both_languages_holds_all_of_it_and_asks_no_host(
    public: Database, tmp_path: Path
) -> None:
    out = tmp_path / "policy.html"
    for lang, parts in (
        (
            "ko",
            (
                "8. 그 밖에 필요한 사항",
                "제2호: 범죄의 예방과 수사",
                "촬영한 날부터 7일",
                "24시간 연속 촬영",
                "가상의 지역",
            ),
        ),
        (
            "en",
            ("8. Other matters", "item 3: safety", "7 days from recording", "Around the clock", "invented"),
        ),
    ):
        policy.write(public, out, lang=lang)
        page = out.read_text(encoding="utf-8")
        assert [part for part in parts if part not in page] == []
        assert f'<html lang="{lang}">' in page
        assert re.search(r"https?:|src=|url\(", page) is None
        assert "c1" not in page and "heading" not in page


def test_what_the_file_does_not_tell_is_said_to_be_missing_and_never_invented(
    public: Database, tmp_path: Path
) -> None:
    told = policy.write(silent(public), tmp_path / "policy.html", lang="en")
    assert told["missing"] == list(TOPICS)
    page = (tmp_path / "policy.html").read_text(encoding="utf-8")
    assert page.count("the operator has not told this yet") == len(TOPICS)
    assert "in force since" not in page
    assert "Around the clock" not in page


def test_a_topic_told_in_one_language_alone_is_missing(public: Database, tmp_path: Path) -> None:
    half = replace(public.district, policy=Policy(told={"ko": {"hours": "24시간"}, "en": {}}))
    told = policy.write(replace(public, district=half), tmp_path / "policy.html", lang="ko")
    assert "hours" in told["missing"]
    assert "24시간" in (tmp_path / "policy.html").read_text(encoding="utf-8")


def test_what_the_operator_writes_is_text_not_markup(public: Database, tmp_path: Path) -> None:
    told = {"ko": {"other": "<script>alert(1)</script>"}}
    district = replace(public.district, policy=Policy(told=told))
    policy.write(replace(public, district=district), tmp_path / "policy.html", lang="ko")
    assert "<script>" not in (tmp_path / "policy.html").read_text(encoding="utf-8")


def test_korean_law_is_told_where_it_holds(public: Database, tmp_path: Path) -> None:
    elsewhere = replace(public, district=replace(public.district, timezone="Europe/Helsinki"))
    with pytest.raises(OtherLaw, match="Helsinki"):
        policy.policy(elsewhere)


def test_an_empty_district_has_a_page_too(make_city, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    db = make_city().open("public")
    try:
        told = policy.write(db, tmp_path / "policy.html", lang="en")
    finally:
        db.close()
    assert told["cameras"] == 0
    assert "No camera is registered." in (tmp_path / "policy.html").read_text(encoding="utf-8")


def fetched(path: str) -> httpx.Response:
    """Ask the dashboard for an address, signed in as nobody."""

    async def ask() -> httpx.Response:
        door = httpx.ASGITransport(Starlette(routes=web.routes()))
        async with httpx.AsyncClient(transport=door, base_url="http://golmok") as client:
            return await client.get(path)

    return asyncio.run(ask())


def test_the_dashboard_answers_it_to_everyone_as_the_public_role(
    public: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    def open_database(*, role: str) -> Database:
        opened.append(role)
        return public

    web._policy.cache_clear()
    monkeypatch.setattr(web, "open_database", open_database)
    monkeypatch.setattr(web, "sign_in_configured", lambda: True)
    answer = fetched("/policy?lang=en")
    assert answer.status_code == 200
    assert "8. Other matters" in answer.text
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert "설치 근거" in fetched("/policy?lang=ko").text
    fetched("/policy?lang=ko")
    assert opened == ["public", "public"]  # kept for a while: who asks often opens no connections
    web._policy.cache_clear()


def test_where_another_law_holds_the_dashboard_has_no_such_page(
    public: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = replace(public, district=replace(public.district, timezone="Europe/Helsinki"))
    web._policy.cache_clear()
    monkeypatch.setattr(web, "open_database", lambda *, role: elsewhere)
    assert fetched("/policy").status_code == 404


@pytest.mark.parametrize(("name", "lang"), [("policy.pdf", "en"), ("policy.html", "fr")])
def test_another_form_or_language_is_refused(public: Database, tmp_path: Path, name: str, lang: str) -> None:
    with pytest.raises(WrongUse):
        policy.write(public, tmp_path / name, lang=lang)
    assert not (tmp_path / name).exists()


def test_only_the_invented_district_has_an_invented_policy() -> None:
    assert district("sample").policy.text("hours", "en") == "Around the clock"
    for name in district_names():
        if not district(name).invented:
            assert not any(district(name).policy.told.values()), name


@pytest.mark.parametrize(
    ("section", "fault"),
    [
        ("[policy]\nsince = 2013-01-01", "since"),
        ("[policy]\nin_force = 'soon'", "in_force"),
        ("[policy.ko]\nhour = '24'", "hour"),
        ("[policy.ko]\nhours = 24", "policy.ko.hours"),
        ("[policy.fr]\nhours = '24'", "fr"),
        ("[policy]\nko = 'all'", "policy.ko"),
    ],
)
def test_a_section_that_cannot_be_used_names_its_fault(tmp_path: Path, section: str, fault: str) -> None:
    sample = (ROOT / "data" / "districts" / "sample.toml").read_text(encoding="utf-8")
    path = tmp_path / "toy.toml"
    path.write_text(sample.split("[policy]")[0] + section, encoding="utf-8")
    with pytest.raises(SettingWrong, match=fault):
        read_district(path)
