"""The themes of sentences for named errors, a module each; `app.words_errors` takes them in."""

from __future__ import annotations

from app import (
    words_errors_bench,
    words_errors_cases,
    words_errors_cover,
    words_errors_keep,
    words_errors_plans,
    words_errors_risk,
    words_errors_siting,
    words_errors_stability,
    words_errors_watch,
)

THEMES = (
    words_errors_bench,
    words_errors_cases,
    words_errors_cover,
    words_errors_keep,
    words_errors_plans,
    words_errors_risk,
    words_errors_siting,
    words_errors_stability,
    words_errors_watch,
)
