"""Empty zones: what a lens reaches nowhere, by the handbook's own cameras and against stored fields of view."""

from __future__ import annotations

import numpy as np
import pytest

from spatial import optics
from spatial.fov import fields_of_view, with_assumptions
from spatial.optics import Lens
from spatial.zones import FACE_M, WIDEST_PICTURE_DEG, has_zone
from tests import toy

TELE = {"tele_hfov_deg": 2.47, "cap_m": 150.0}


def zone(focal_mm, tilt_deg, density, *, kind="fixed", height_m=6.0, target_m=FACE_M):
    hfov = np.minimum(optics.fov_deg(5.57, focal_mm), WIDEST_PICTURE_DEG)
    return bool(has_zone(kind, Lens(hfov, 1920, 1080, tilt_deg, height_m - target_m), density, **TELE))


@pytest.mark.parametrize(
    ("focal_mm", "tilt_deg", "identifies"),
    [(2.8, 25, False), (4.0, 20, False), (6.0, 15, False), (8.0, 12, True)],
)
def test_two_megapixels_on_a_pole_of_6_m_identify_no_face(focal_mm, tilt_deg, identifies):
    # The handbook: empty for 4 and 6 mm (d(250) 4.27 < near 4.99; 7.39 < 7.74), one centimetre for 8 mm.
    assert zone(focal_mm, tilt_deg, 250.0) == identifies
    assert zone(focal_mm, tilt_deg, 125.0)  # a face is recognised by each of them


def test_the_height_of_the_target_decides():
    # 4 MP, f 4, 20 degrees: d(250) 6.22 m lies beyond near 4.99 at face height.
    lens = Lens(optics.fov_deg(5.57, 4.0), 2560, 1440, 20, 6.0 - FACE_M)
    assert has_zone("fixed", lens, 250.0, **TELE)
    assert zone(2.8, 25, 125.0, target_m=1.6)
    assert zone(2.8, 25, 125.0, target_m=0.0)
    # Of the ground the same 2 MP camera recognises nothing with its 4 mm lens 12 m up: near 13.6, d(125) 7.4.
    assert not zone(4.0, 20, 125.0, height_m=12.0, target_m=0.0)


def test_a_dome_zooms_and_a_fisheye_looks_down():
    assert zone(4.3, 18.0, 250.0, kind="ptz")
    assert not zone(4.3, 18.0, 1e6, kind="ptz")
    whole = Lens(WIDEST_PICTURE_DEG, 2880, 2880, 90.0, [2.4, 4.4])
    # Radial density right below is k / drop: 916.73 / 2.4 = 382 px/m, 916.73 / 4.4 = 208.
    assert has_zone("fisheye", whole, 250.0, **TELE).tolist() == [True, False]


def test_a_lens_above_the_horizon_reaches_nothing():
    assert not has_zone("fixed", Lens(30.0, 1920, 1080, -20.0, 5.0), 12.5, **TELE)


def test_a_camera_has_a_zone_where_its_field_of_view_on_open_ground_has_area():
    cameras = with_assumptions(toy.cameras().assign(height_m=[3.0, 6.0, 9.0]), toy.LENS)
    classes = ("detect", "observe", "recognise", "identify", "inspect")
    fields = fields_of_view(
        cameras, toy.buildings().iloc[:0], classes=classes, defaults=toy.LENS, target_height_m=FACE_M
    )
    column = {name: cameras[name].to_numpy(float)[:, None] for name in ("hfov_deg", "image_w_px", "image_h_px", "tilt_deg", "height_m")}  # fmt: skip
    drop = column.pop("height_m") - FACE_M
    density = np.array([optics.px_per_m(code) for code in classes])
    found = has_zone(cameras["kind"].to_numpy(str)[:, None], Lens(**column, drop_m=drop), density, **TELE)
    area = (
        fields.assign(area=fields.area)
        .groupby(["camera_id", "density_class"])["area"]
        .sum()
        .unstack()[list(classes)]
    )
    assert found.tolist() == (area > 0.0).to_numpy().tolist()
    assert 0 < found.sum() < found.size
