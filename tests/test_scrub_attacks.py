"""Addresses of machines and of persons in disguise go, and what only looks like one stays."""

from __future__ import annotations

import pandas as pd
import pytest

from etl.scrub import scrub, scrub_frame


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("골목동 fe80::1%eth0 앞", "골목동 앞"), ("골목동fe80::1에서", "골목동에서"), ("[fe80::1%25en0]:554 앞", "앞"),
        ("fe80:0:0:0:1:2:3:4%3 앞", "앞"), ("::ffff:10.0.0.1 앞", "앞"), ("fd00::a:1/64 앞", "/64 앞"),
        ("골목동cam-12.golmok.local앞", "골목동앞"), ("cam_12.golmok.local 앞", "앞"), ("www.golmok.example.kr/live/1 앞", "앞"),
        ("cctv.golmok.한국 앞", "앞"), ("cctv. golmok. go. kr 앞", "앞"), ("골목동 10점0점0점5 앞", "골목동 앞"),
        ("10 닷 0 닷 0 닷 5", ""), ("10[.]0[.]0[.]5", ""), ("10(dot)0(dot)0(dot)5", ""), ("10。0。0。5", ""),
        ("192-168-0-7 앞", "앞"), ("192,168,0,7 앞", "앞"), ("172_16_0_1 앞", "앞"), ("10-0-0-5 앞", "앞"),
        ("172.16.0.x 앞", "앞"), ("172.16.0.* 앞", "앞"), ("192.168.0.[1-9] 앞", "앞"), ("0254.020.0.1 앞", "앞"),
        ("0xAC100001 앞", "앞"), ("0xac.0x10.0.1", ""), ("IP 2886729729 앞", "앞"), ("아이피:ac100001", ""),
        ("일구이.일육팔.공.칠 앞", "앞"), ("172\u200b.16\ufeff.0.1 앞", "앞"), ("１７２。１６。０。１ 앞", "앞"),
        ("cam12:554 앞", "앞"), ("nvr:8080/live 앞", "앞"), ("localhost:8000 앞", "앞"), ("host=nvr01 앞", "앞"),
        ("서버 호스트: nvr01", "서버"), ("암호 a1234 입력", "입력"), ("ID admin PW 1234", "ID admin"),
        ("공일공-일이삼사-오육칠팔", ""), ("010-12345678", ""), ("010 12345678", ""), ("010/1234/5678", ""),
        ("010·1234·5678", ""), ("+82 (0)10 1234 5678", ""), ("82-10-1234-5678", ""), ("008210-1234-5678", ""),
        ("0 1 0 1 2 3 4 5 6 7 8", ""), ("0505-123-4567", ""), ("담당01012345678", "담당"), ("tel01012345678", "tel"),
        ("someone@ golmok.kr", ""), ("someone(at)golmok.kr", ""), ("someone골뱅이golmok.kr", ""),
        ("001a.2b3c.4d5e", ""), ("골목동00:1a:2b:3c:4d:5e앞", "골목동앞"), ("rtsp:// 10.0.0.7/a 앞", "앞"),
    ],
)  # fmt: skip
def test_what_goes_in_disguise(text: str, clean: str) -> None:
    assert scrub(text) == clean


@pytest.mark.parametrize(
    "text",
    [
        "종로1.2.3.4가동", "7bac4a87a3b6b5e55e5aa99b6b69b43469b8a45be6f728a01004957301ac8177", "IP66 등급 카메라", "IP카메라 3대",
        "1·2·3·4호기", "10,20,30,40", "북,남,동,서", "반경 30~150미터", "200만화소", "10-1-2", "2020.1.2 10:30", "A동 101호",
        "일이삼 사거리", "비밀번호 설정 필요", "영일만 사거리 5-3", "공일로 12", "CCTV:200", "E:126.93", "구로동 1-2-3-4",
        "서버실 앞 12", "2013/01/05", "5-7-9-11", "10 20 30 40", "37.5791, 126.9368", "2013.12.31. 10:11", "20. 1. 2. 10시",
    ],
)  # fmt: skip
def test_what_only_looks_like_one_stays(text: str) -> None:
    assert scrub(text) == text


def test_a_mobile_number_goes_from_the_column_of_an_office_even_without_its_zero() -> None:
    rows = pd.DataFrame({"phone": ["1012345678", "1012345678.0", "200004100", "02-0000-4100"]}, dtype="str")
    out = scrub_frame(rows, offices=["phone"])
    assert out["phone"].tolist() == ["", "", "200004100", "02-0000-4100"]
    assert out["repaired"].tolist() == ["SCRUBBED", "SCRUBBED", "", ""]
