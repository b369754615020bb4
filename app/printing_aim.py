"""How the commands on aims speak to people."""

from __future__ import annotations

from app.printing import Answer
from app.progress import language
from app.terminal_table import table


def verify(result: Answer) -> None:
    """Print what was recorded of a camera's aim, or taken back, and how to take it back."""
    from app import words

    lang, number = language(), result["evidence_id"]
    if "withdrawn_at" in result:
        print(words.say("verify.undone", lang, number=number, who=result["withdrawn_by"]))
        return
    about = {"camera": result["camera"], "day": words.day(result["observed_on"], lang)}
    if result["source"] == "check":
        key = "verify.seen" if result["seen"] else "verify.not_seen"
        place = {
            "distance": words.distance(result["distance_m"]),
            "towards": words.towards(result["bearing_deg"], lang),
        }
        print(words.say(key, lang, **about, **place))
    elif result["source"] == "survey":
        aim = words.towards(result["heading_deg"], lang)
        print(words.say("verify.survey", lang, **about, aim=aim, spread=f"{result['spread_deg']:g}"))
    else:
        _pose(result, about)
    if result["set_aside"] is not None:
        print(words.say(f"verify.aside_{result['set_aside']}", lang))
    print(words.say("verify.kept", lang, number=number, who=result["recorded_by"]))


def _pose(result: Answer, about: Answer) -> None:
    from app import words

    lang, pose = language(), result["pose"]
    aim = words.towards(pose["heading_deg"], lang)
    print(
        words.say(
            "verify.pose", lang, **about, aim=aim, within=f"{pose['heading_95_deg']:.1f}", ties=pose["ties"]
        )
    )
    rest = {name: f"{pose[name]:.1f}" for name in ("tilt_deg", "height_m", "hfov_deg", "rms_px")}
    print(words.say("verify.pose_rest", lang, **rest, spread=f"{result['spread_deg']:.1f}"))


def checks(result: Answer) -> None:
    """Print the next checks as a walk: which camera, which place, and what they would bring."""
    from app import words

    lang = language()
    about = {"n": len(result["checks"]), "walk": words.distance(result["walk_m"])}
    if not result["checks"]:
        print(words.say("checks.none", lang))
        return
    print(words.say("checks.walk", lang, **about))
    heads = [
        words.say(f"checks.col_{name}", lang) for name in ("order", "place", "camera", "towards", "chance")
    ]
    rows = [
        (
            f"{row['order']}",
            f"{row['lat']:.6f} {row['lon']:.6f}" + (f" ({row['alley']})" if row["alley"] else ""),
            row["camera_key"],
            f"{words.distance(row['distance_m'])} {words.towards(row['bearing_deg'], lang)}",
            words.percent(row["p_sees"], 0),
        )
        for row in result["checks"]
    ]
    table(heads, rows)
    share = result["share"]
    told = {"share": words.percent(share["share"]), "span": words.span(share["low"], share["high"])}
    print(words.say("checks.now", lang, **told, unknown=words.number(result["unknown"])))
    if result["narrows_by"] is not None:
        print(words.say("checks.narrows", lang, part=words.percent(result["narrows_by"], 0)))
    if result["left"]:
        print(words.say("checks.left", lang, n=words.number(result["left"])))
    first = result["checks"][0]
    print(words.say("checks.verify", lang, camera=first["camera_key"], lat=first["lat"], lon=first["lon"]))
