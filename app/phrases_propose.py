"""What a file may be, as sentences: for the terminal, and for a file that was dropped in the wrong place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from app.words import label, number, percent, say
from etl.reasons import sentence

Row = Mapping[str, Any]

_NAMED = 12


def lines(answer: Row, lang: str) -> Iterator[str]:
    """Yield what a file is, why, and with which command it is loaded; of one that nothing fits, what was found in it."""
    if answer["status"] == "refused":
        why = sentence(answer["reason"], "ko" if lang == "ko" else "en")
        yield say("propose.refused", lang, why=f"{why} ({answer['detail']})" if answer["detail"] else why)
        return
    if answer.get("files"):
        yield say("propose.folder", lang, n=number(answer["files"]), file=answer["looked_at"])
    if answer["status"] == "unknown":
        yield from _unknown(answer, lang)
        return
    first, *others = answer["candidates"]
    yield say("propose.is", lang, file=answer["file"], what=label("takes", first["source"], lang))
    yield from (f"  {line}" for line in _why(first, answer, lang))
    yield say("propose.command", lang, command=first["command"])
    for other in others:
        what = f"{label('takes', other['source'], lang)} ({other['source']})"
        yield say("propose.other", lang, what=what, why=_short(other, lang))
    yield from _nearest(answer, lang)


def found_names(answer: Row, lang: str) -> Iterator[str]:
    """Yield which columns a file has that nothing fits; nothing where they are not known, or tell of a person."""
    names = [name for name in answer.get("names", ()) if name]
    if names:
        more = "" if len(names) <= _NAMED else " …"
        yield say("propose.names", lang, names=", ".join(names[:_NAMED]) + more)


def one_line(answer: Row, lang: str) -> str:
    """Say in one sentence what a file is that was taken for another, '' where nothing fits."""
    if answer["status"] != "proposed":
        return ""
    first = answer["candidates"][0]
    return say("propose.rather", lang, what=label("takes", first["source"], lang), command=first["command"])


def _why(found: Row, answer: Row, lang: str) -> Iterator[str]:
    if found["layer"]:
        yield say("propose.layer", lang, name=found["layer"])
    yield _short(found, lang)
    if found["rows"] is not None and found["inside"] is not None:
        name = answer.get(f"district_{lang}") or answer["district"]
        told = {"inside": number(found["inside"]), "rows": number(found["rows"]), "district": name}
        yield say("propose.inside", lang, **told)
    elif found["rows"] is not None:
        yield say("propose.rows", lang, rows=number(found["rows"]))
    if found["sampled"]:
        shares = {"taken": number(found["taken"]), "sampled": number(found["sampled"])}
        yield say("propose.sample", lang, share=percent(found["taken"] / found["sampled"]), **shares)


def _short(found: Row, lang: str) -> str:
    form = label("form", found["form"], lang)
    if not found["columns"]:
        return say("propose.by_format", lang, form=form)
    counts = {"matched": number(found["matched"]), "columns": number(found["columns"])}
    return say("propose.by_columns", lang, form=form, **counts)


def _unknown(answer: Row, lang: str) -> Iterator[str]:
    yield say("propose.unknown", lang, file=answer["file"], kind=label("kind_of_file", answer["kind"], lang))
    yield from found_names(answer, lang)
    yield from _nearest(answer, lang)
    yield say("propose.sources", lang)


def _nearest(answer: Row, lang: str) -> Iterator[str]:
    if answer["nearest"] is not None:
        source = f"{label('takes', answer['nearest']['source'], lang)} ({answer['nearest']['source']})"
        yield say("propose.nearest", lang, source=source, missing=", ".join(answer["nearest"]["missing"]))
