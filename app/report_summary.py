"""The first two pages: how much is seen, where we are blind, what changed, how sure that is."""

from __future__ import annotations

from collections.abc import Iterator

from app import charts, words
from app.report_blocks import (
    Block,
    Chart,
    Fact,
    Facts,
    Heading,
    Headline,
    PageBreak,
    Points,
    Table,
    Text,
    named,
)
from app.report_format import (
    DASH,
    Figures,
    kilometres,
    part_withheld,
    points,
    short_day,
    signed,
    span,
)
from app.report_view import View, gaps_length_m, part, rows
from app.words import distance, number, percent
from spatial import optics

FIRST_GAPS = 10


def summary(view: View) -> Iterator[Block]:
    """Yield the blocks of the two pages for the reader in a hurry."""
    yield Heading(view.say("glance.title"), 1)
    yield from named("alleys", headline(view))
    yield facts(view)
    yield from named("gaps", blind(view))
    if view.alleys.get("share") is not None:
        yield PageBreak()
    yield from named("change", changed(view))
    yield from named("marginal", do_little(view))
    yield from named("certainty", sure(view))
    yield from named("load_next", load_next(view))


def headline(view: View) -> Iterator[Block]:
    """Yield the share of alleys seen with its interval, denominator, method and basis; or why it is not known."""
    alleys, run = view.alleys, view.run
    if run is None or alleys.get("share") is None:
        label = view.say("headline.unknown_label")
        yield Headline(view.say("headline.unknown_value"), label, why_unknown(view))
        return
    klass = run["class"]
    told = {
        "length": kilometres(alleys["length_m"]),
        "seen": kilometres(alleys["seen_m"]),
        "klass": view.label("class", klass),
        "means": words.label("class_means", klass, view.lang).removesuffix("."),
        "cameras": number(run["cameras"]),
    }
    sentence = f"{view.say('headline.sentence', px=density_px_per_m(run, klass), **told)} {basis(view)}"
    interval = view.say("headline.range", span=span(alleys["low"], alleys["high"], view.lang))
    yield Headline(percent(alleys["share"]), f"{view.say('headline.label')} ({interval})", sentence)
    yield _headline_chart(view)


def why_unknown(view: View) -> str:
    """Return the sentence that stands in place of an unknown share of alleys."""
    if view.run is None:
        return view.say("headline.no_run")
    code = view.alleys.get("reason_code")
    reason = words.label("reason", code, view.lang) if code else str(view.alleys.get("reason") or DASH)
    return view.say("headline.unknown", reason=reason)


def density_px_per_m(run: Figures, klass: str) -> str:
    """Return the pixel density that a class asks for, by the run's version of the standard."""
    return f"{optics.px_per_m(klass, standard_version=int(run.get('standard_version') or 2015)):g}"


def basis(view: View) -> str:
    """Return the sentence that says how many cameras are surveyed, known by data sheet, assumed."""
    run = view.run or {}
    told = {name: number(n) for name, n in part(run, "basis").items()}
    return view.say("sure.basis", cameras=number(run.get("cameras")), **told)


def _headline_chart(view: View) -> Chart:
    alleys, circle = view.alleys, part(view.run, "buffer50m").get("share")
    bands = [alley_band(view.say("bar.ours"), alleys)]
    if circle is not None:
        bands.append(charts.Band(view.say("bar.circle"), circle, marker="s"))
    alt = view.say(
        "headline.alt",
        share=percent(alleys["share"]),
        span=span(alleys["low"], alleys["high"], view.lang),
        certain=percent(alleys["certain"]),
        possible=percent(alleys["possible"]),
        circle=percent(circle),
    )
    return Chart(
        charts.bands(bands, view.fonts), alt, f"{view.say('headline.chart')}. {view.say('legend.bands')}"
    )


def alley_band(label: str, share: Figures) -> charts.Band:
    """Return a share with its interval and bounds as a row of a chart."""
    low, high, certain, possible = (share.get(key) for key in ("low", "high", "certain", "possible"))
    return charts.Band(label, share.get("share"), low, high, certain, possible)


def facts(view: View) -> Facts:
    """Return the four numbers that say how large the network is and how well it is known."""
    counts = view.counts
    cameras, known = counts.get("cameras"), counts.get("headings_known")
    share = known / cameras if cameras and known is not None else None
    found = [
        Fact(
            number(cameras),
            view.say("fact.cameras"),
            view.say("fact.cameras_note", sites=number(counts.get("sites"))),
        ),
        Fact(number(counts.get("agencies")), view.say("fact.agencies")),
        Fact(number(known), view.say("fact.headings"), view.say("fact.headings_note", share=percent(share))),
    ]
    if view.gap_count:
        note = view.say("fact.gaps_note", n=number(view.gap_count))
        found.append(Fact(kilometres(view.gaps_m), view.say("fact.gaps"), note))
    return Facts(tuple(found), figure="network.counts")


def blind(view: View) -> Iterator[Block]:
    """Yield the riskiest gaps: alley, dong, length; never a coordinate."""
    yield Heading(view.say("blind.title"))
    gaps = view.gaps
    if view.alleys.get("share") is None:
        yield Text(view.say("blind.unknown"))
        return
    if not gaps:
        yield Text(view.say("blind.none"))
        return
    yield Text(view.say("blind.intro", n=number(view.gap_count), length=kilometres(view.gaps_m)))
    yield gap_table(view, FIRST_GAPS)
    if view.edition == "committee":
        yield Text(view.say("blind.hidden"), "quiet")


def gap_table(view: View, most: int) -> Table:
    """Return the first gaps by risk; risk stands relative to the highest, for its unit means nothing by itself."""
    gaps = view.gaps[:most]
    highest = max((gap.get("risk") or 0.0 for gap in gaps), default=0.0)
    lines = tuple(
        (
            str(rank),
            _alley(view, gap),
            view.dong_of(gap),
            distance(gap["length_m"]),
            number(100 * (gap.get("risk") or 0.0) / highest, 0) if highest else DASH,
        )
        for rank, gap in enumerate(gaps, start=1)
    )
    head = tuple(view.say(f"col.{name}") for name in ("rank", "alley", "dong", "length", "risk"))
    return Table(
        view.say("blind.table", n=number(len(gaps))), head, lines, "rllrr", (1, 4, 3, 2, 3), figure="gaps"
    )


def _alley(view: View, gap: Figures) -> str:
    name = view.name({"alley": gap.get("alley"), "alley_en": gap.get("alley_en")}, "alley")
    return view.say("unnamed") if name == DASH else name


def changed(view: View) -> Iterator[Block]:
    """Yield the figures at both ends of the period and whether the change exceeds what we do not know."""
    yield Heading(view.say("changed.title"))
    before, run = view.before, view.run
    if before is None or run is None:
        yield Text(view.say("changed.no_before"))
        return
    first, last = (short_day(view.figures["period"][end], view.lang) for end in ("since", "until"))
    head = (view.say("col.what"), first, last, view.say("col.change"))
    yield Table(view.say("changed.table"), head, tuple(_change_rows(view, before, run)), "lrrr", (4, 2, 2, 2))
    change = part(view.figures, "change")
    if not change:
        return
    yield Text(_change_told(view, change["change"], (change["low"], change["high"])))
    moved = _moved_dong(view, before, run)
    if moved:
        cameras = signed(run["cameras"] - before["cameras"])
        yield Text(view.say("changed.dong", names=moved, cameras=cameras))


def _change_told(view: View, change: float, interval: tuple[float, float]) -> str:
    """Return whether the share of alleys rose or fell, or that the interval of its change holds zero."""
    low, high = interval
    if all(_amount(abs(value)) == "0.0" for value in (change, low, high)):
        return view.say("changed.same")
    if low <= 0.0 <= high:
        told = (points(0.0, value, view.lang) for value in (change, low, high))
        return view.say("changed.within", **dict(zip(("change", "low", "high"), told, strict=True)))
    amounts = sorted(abs(value) for value in interval)
    told_ends = {end: _amount(value) for end, value in zip(("low", "high"), amounts, strict=True)}
    return view.say("changed.rose" if low > 0.0 else "changed.fell", change=_amount(abs(change)), **told_ends)


def _amount(share: float) -> str:
    """Return a share as percentage points, without sign or unit."""
    return number(share * 100, 1)


def _change_rows(view: View, before: Figures, run: Figures) -> Iterator[tuple[str, str, str, str]]:
    sites = {str(row["date"])[:10]: row["sites"] for row in rows(view.figures, "history")}
    first, last = (sites.get(str(view.figures["period"][end])[:10]) for end in ("since", "until"))
    if first is not None and last is not None:
        yield view.say("row.sites"), number(first), number(last), signed(last - first)
    cameras = before["cameras"], run["cameras"]
    yield view.say("row.cameras"), number(cameras[0]), number(cameras[1]), signed(cameras[1] - cameras[0])
    for name, theme, field in (
        ("alleys", "alleys", "share"),
        ("certain", "alleys", "certain"),
        ("possible", "alleys", "possible"),
        ("area", "area", "share"),
        ("incidents", "incidents", "share"),
    ):
        old, new = part(before, theme), part(run, theme)
        if name == "incidents" and any(_withheld(view, incidents) for incidents in (old, new)):
            continue
        shares = old.get(field), new.get(field)
        if None not in shares:
            yield view.say(f"row.{name}"), percent(shares[0]), percent(shares[1]), points(*shares, view.lang)
    old_m, new_m = gaps_length_m(before), gaps_length_m(run)
    if old_m or new_m:
        change = f"{signed((new_m - old_m) / 1000, 1)} km"
        yield view.say("row.gaps"), kilometres(old_m), kilometres(new_m), change


def _withheld(view: View, incidents: Figures) -> bool:
    return part_withheld(incidents.get("seen"), incidents.get("n"), open_counts=view.open_counts)


def _moved_dong(view: View, before: Figures, run: Figures) -> str:
    """Return the three dong whose share moved most, with the change; empty when none did."""
    old = {dong_key(row): row["share"] for row in rows(before, "by_dong")}
    moves = [
        (row["share"] - old[dong_key(row)], view.name(row))
        for row in rows(run, "by_dong")
        if row.get("share") is not None and old.get(dong_key(row)) is not None
    ]
    moves = sorted(
        (move for move in moves if abs(move[0]) >= 0.0005), key=lambda move: (-abs(move[0]), move[1])
    )
    return ", ".join(f"{name} {points(0.0, change, view.lang)}" for change, name in moves[:3])


def dong_key(row: Figures) -> str:
    """Return what tells one dong from another across runs."""
    return str(row.get("code") or row.get("name_ko") or row.get("name") or row.get("dong"))


_LITTLE = {
    "surely": ("little.surely", "little.surely_note"),
    "likely": ("little.likely", "little.likely_note"),
    "nothing": ("little.nothing", "little.nothing_note"),
}


def do_little(view: View) -> Iterator[Block]:
    """Yield how many cameras see little that no other sees, and what the agencies gain by seeing together."""
    yield Heading(view.say("little.question"))
    figure = part(view.figures, "marginal")
    if not figure.get("of"):
        yield Text(view.say("little.unknown"))
    else:
        told = {"little": f"{figure['little_m']:g} m", "of": number(figure["of"])}
        yield Facts(
            tuple(
                Fact(number(figure[name]), view.say(key), view.say(note, **told))
                for name, (key, note) in _LITTLE.items()
            )
        )
        yield Text(view.say("little.caveat"), "quiet")
    if told_alone := alone_told(view):
        yield Text(told_alone, figure="agencies.alone")


def alone_told(view: View) -> str | None:
    """Return what the best agency sees alone against all together; None while it is not known."""
    shares = [row["alleys_alone"] for row in view.agencies if row.get("alleys_alone") is not None]
    together = view.alleys.get("share")
    if together is None or not shares:
        return None
    return view.say("alone.intro", best=percent(max(shares)), together=percent(together))


def sure(view: View) -> Iterator[Block]:
    """Yield what the figures rest on and what would make them surer."""
    yield Heading(view.say("sure.title"))
    run, alleys = view.run, view.alleys
    if run is None:
        yield Text(view.say("headline.no_run"))
        return
    items = [basis(view)]
    if alleys.get("share") is not None:
        interval = span(alleys["low"], alleys["high"], view.lang)
        items.append(view.say("sure.range", draws=number(run.get("draws")), span=interval))
        bounds = {key: percent(alleys[key]) for key in ("certain", "possible")}
        items.append(view.say("sure.bounds", **bounds))
    if view.counts.get("buildings") == 0:
        items.append(view.say("sure.no_buildings"))
    unknown = part(run, "basis").get("datasheet", 0) + part(run, "basis").get("assumed", 0)
    if unknown:
        items.append(_soonest(view, unknown))
    items.append(circle(view))
    yield Points(tuple(items))


def _soonest(view: View, unknown: int) -> str:
    """Return what would narrow the interval most: that of which the error alone is the widest."""
    errors = part(part(view.run, "aims"), "errors")
    known = {name: errors.get(name) or 0.0 for name in ("aim", "lens", "height")}
    widest = max(known, key=lambda name: known[name])
    if widest == "lens":
        return view.say("sure.next_lens", n=number(part(view.run, "basis").get("assumed", 0)))
    return view.say("sure.next_height") if widest == "height" else view.say("sure.next", n=number(unknown))


def circle(view: View) -> str:
    """Return by how much circles of 50 m overstate; where the truth is unknown, how little they say."""
    figure = part(view.run, "buffer50m")
    share, true = figure.get("share"), view.alleys.get("share")
    if share is None:
        return view.say("circle.unknown")
    if not true:
        of = view.say("of.alleys" if figure.get("of") == "alley length" else "of.area")
        return view.say("sure.circle_only", circle=percent(share), of=of)
    key = "sure.circle" if round(share / true, 1) > 1.0 else "sure.circle_under"
    return view.say(key, circle=percent(share), times=number(share / true, 1))


def load_next(view: View) -> Iterator[Block]:
    """Yield what is not loaded yet and what it would tell; nothing when all is there."""
    codes = (view.run or {}).get("load_next")
    if codes:
        yield Heading(view.say("next.title"))
        yield Points(tuple(words.label("next", code, view.lang) for code in codes))
