"""How the commands on aims speak to people."""

from __future__ import annotations

from app.printing import Answer
from app.progress import language


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
