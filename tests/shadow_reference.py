"""Two slow ways to see, independent of the sweep: shadows by overlay, and rays against every obstacle."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import shapely


def rim(radius_m, chords):
    """Return the disc round (0, 0) with corners on the circle, one of them north."""
    turn = np.linspace(0.0, 2.0 * np.pi, chords, endpoint=False)
    return shapely.Polygon(radius_m * np.column_stack([np.sin(turn), np.cos(turn)]))


def by_shadows(eye, parts, tops, *, eye_m, target_m, radius_m, chords, sector=None):
    """Return the disc (or a sector of it) less the shadow of every edge of every obstacle, by shapely's overlay."""
    disc = rim(radius_m, chords)
    if sector is not None:
        disc = disc.intersection(wedge(radius_m, *sector))
    shadows = []
    for part, top in zip(parts, tops, strict=True):
        if top <= target_m:
            continue
        near = shapely.affinity.translate(part, -eye[0], -eye[1])
        if near.distance(shapely.Point(0, 0)) > radius_m:
            continue
        factor = np.inf if top >= eye_m else (eye_m - target_m) / (eye_m - top)
        shadows.append(near)
        for polygon in shapely.get_parts(near):
            for ring in shapely.get_rings(shapely.orient_polygons(polygon)):
                shadows.extend(_behind(shapely.get_coordinates(ring), factor, 3.0 * radius_m))
    return shapely.affinity.translate(disc.difference(shapely.union_all(shadows)), *eye)


def wedge(radius_m, heading_deg, hfov_deg):
    """Return a sector that reaches well beyond the radius."""
    turn = np.radians(heading_deg + np.linspace(-0.5, 0.5, max(3, int(hfov_deg / 20.0))) * hfov_deg)
    return shapely.Polygon([(0, 0), *(2.0 * radius_m * np.column_stack([np.sin(turn), np.cos(turn)]))])


def _behind(corners, factor, rim_m):
    """Yield what each edge hides behind it; what is hidden for ever ends somewhere beyond the rim."""
    for start, end in pairwise(corners):
        if abs(start[0] * end[1] - start[1] * end[0]) < 1e-12:
            continue
        if np.isfinite(factor):
            shadow = shapely.Polygon([start, factor * start, factor * end, end])
        else:
            ways = [way / np.hypot(*way) for way in (start, end)]
            middle = (ways[0] + ways[1]) / np.hypot(*(ways[0] + ways[1]))
            far = rim_m + np.hypot(*start) + np.hypot(*end)
            shadow = shapely.Polygon([start, far * ways[0], far * middle, far * ways[1], end])
        yield shadow if shadow.is_valid else shadow.buffer(0)


def lit_by_ray(eye, turn, parts, tops, *, eye_m, target_m, reach_m):
    """Return the (k, 2) stretches of one ray that are seen: crossings with every wall, no geometry library."""
    way = np.array([np.cos(turn), np.sin(turn)])
    hidden = []
    for part, top in zip(parts, tops, strict=True):
        if top <= target_m:
            continue
        factor = np.inf if top >= eye_m else (eye_m - target_m) / (eye_m - top)
        for polygon in shapely.get_parts(part):
            crossed = np.sort(
                np.concatenate([_crossings(ring, eye, way) for ring in shapely.get_rings(polygon)])
            )
            if len(crossed) % 2:  # the observer stands over it
                crossed = np.concatenate([[0.0], crossed])
            hidden.extend((a, b * factor) for a, b in crossed.reshape(-1, 2))
    lit, begin = [], 0.0
    for a, b in sorted(hidden):
        if a > begin and begin < reach_m:
            lit.append((begin, min(a, reach_m)))
        begin = max(begin, b)
    if begin < reach_m:
        lit.append((begin, reach_m))
    return np.array(lit).reshape(-1, 2)


def _crossings(ring, eye, way):
    """Return at which distances a ray crosses a ring."""
    corners = shapely.get_coordinates(ring) - eye
    side = way[0] * corners[:, 1] - way[1] * corners[:, 0]
    along = corners @ way
    cut = (side[:-1] > 0.0) != (side[1:] > 0.0)
    share = side[:-1][cut] / (side[:-1] - side[1:])[cut]
    met = along[:-1][cut] + share * (along[1:] - along[:-1])[cut]
    return met[met > 0.0]
