"""How commands that keep a district's state speak to people."""

from __future__ import annotations

from app import words
from app.printing import Answer
from app.progress import language
from app.terminal_table import table


def state(result: Answer) -> None:
    """Print each table with its rows and its hash, what is left out, and the hash of all."""
    lang = language()
    heads = [words.say(f"line.col_{head}", lang) for head in ("table", "rows", "hash")]
    table(heads, [(each["table"], words.number(each["rows"]), each["hash"]) for each in result["tables"]])
    print(words.say("keep.left_out", lang, names=", ".join(result["left_out"])))
    print(words.say("keep.hash", lang, district=result["district"], hash=result["hash"]))


def backup(result: Answer) -> None:
    """Say which file was written, how large it is, and the hash of what it holds."""
    lang = language()
    size, rows = _megabytes(result["bytes"]), words.number(result["rows"])
    print(words.say("keep.written", lang, file=result["file"], size=size, rows=rows))
    print(words.say("keep.hash", lang, district=result["district"], hash=result["hash"]))
    print(words.say("keep.way_back", lang, file=result["file"]))


def restored(result: Answer) -> None:
    """Say what stands now, how it was compared with the backup, and what to do with the state of before."""
    lang = language()
    rows, day = words.number(result["rows"]), words.day(result["made_at"], lang)
    print(
        words.say(
            "keep.restored", lang, district=result["district"], rows=rows, day=day, clock=result["made_at"]
        )
    )
    if result["compared"] == "hash":
        print(words.say("keep.same_hash", lang, hash=result["hash"]))
    else:
        print(words.say("keep.same_rows", lang))
    if result["upgraded"]:
        print(words.say("keep.upgraded", lang, schema=result["schema"]))
    if result["kept"]:
        print(words.say("keep.kept", lang, name=result["kept"]))


def kept(result: Answer) -> None:
    """Print the databases that were put aside, and what became of the one to be deleted."""
    lang = language()
    if result["dropped"]:
        print(words.say("keep.dropped", lang, name=result["dropped"]))
    if not result["kept"]:
        print(words.say("keep.none_kept", lang))
        return
    heads = [words.say(f"line.col_{head}", lang) for head in ("database", "size")]
    table(heads, [(each["name"], _megabytes(each["bytes"])) for each in result["kept"]])


def _megabytes(size: int) -> str:
    return f"{words.number(size / 1e6, 1)} MB"
