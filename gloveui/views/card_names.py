"""What stands in a run card, in words for people."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def card_name(key: str) -> str:
    """The name of a value or a part of a card; versions of packages have theirs."""
    return (_names_of_text() | _names_of_settings() | _names_of_results()).get(key, key.replace("_", " "))


def card_value(value: object) -> str:
    """A single value of a card."""
    if isinstance(value, bool):
        return (
            QCoreApplication.translate("Card", "yes") if value else QCoreApplication.translate("Card", "no")
        )
    if isinstance(value, float):
        return f"{value:.6g}"
    return "–" if value in (None, "") else str(value)


def _names_of_text() -> dict[str, str]:
    return {
        "method": QCoreApplication.translate("Card", "method"),
        "text": QCoreApplication.translate("Card", "text"),
        "name": QCoreApplication.translate("Card", "name"),
        "encoding": QCoreApplication.translate("Card", "encoding"),
        "byte_count": QCoreApplication.translate("Card", "bytes"),
        "broken_bytes": QCoreApplication.translate("Card", "broken bytes"),
        "first_broken": QCoreApplication.translate("Card", "first broken byte"),
        "nul_count": QCoreApplication.translate("Card", "NUL characters"),
        "notes": QCoreApplication.translate("Card", "notes"),
        "token_options": QCoreApplication.translate("Card", "words"),
        "tokenizer": QCoreApplication.translate("Card", "tokenizer"),
        "pattern": QCoreApplication.translate("Card", "pattern"),
        "lower": QCoreApplication.translate("Card", "lower case"),
        "split_sentences": QCoreApplication.translate("Card", "sentences are split"),
        "drop_bracketed": QCoreApplication.translate("Card", "text in brackets is dropped"),
        "drop_numbers": QCoreApplication.translate("Card", "numbers are dropped"),
        "stop_words": QCoreApplication.translate("Card", "stop words"),
        "path": QCoreApplication.translate("Card", "file"),
        "format": QCoreApplication.translate("Card", "format"),
        "rows": QCoreApplication.translate("Card", "rows"),
        "options": QCoreApplication.translate("Card", "options"),
    }


def _names_of_settings() -> dict[str, str]:
    return {
        "count_options": QCoreApplication.translate("Card", "counts of pairs"),
        "window": QCoreApplication.translate("Card", "window"),
        "direction": QCoreApplication.translate("Card", "direction"),
        "weighting": QCoreApplication.translate("Card", "weighting"),
        "min_count": QCoreApplication.translate("Card", "least count"),
        "max_vocabulary": QCoreApplication.translate("Card", "most words"),
        "keep_positions": QCoreApplication.translate("Card", "places are kept"),
        "config": QCoreApplication.translate("Card", "settings"),
        "settings": QCoreApplication.translate("Card", "settings"),
        "dimension": QCoreApplication.translate("Card", "dimension"),
        "epochs": QCoreApplication.translate("Card", "epochs"),
        "learning_rate": QCoreApplication.translate("Card", "learning rate"),
        "gradient_clip": QCoreApplication.translate("Card", "gradient clip"),
        "mode": QCoreApplication.translate("Card", "mode"),
        "patience": QCoreApplication.translate("Card", "patience"),
        "seed": QCoreApplication.translate("Card", "seed"),
        "vectors": QCoreApplication.translate("Card", "vectors"),
        "post_processing": QCoreApplication.translate("Card", "taken out"),
        "unknown": QCoreApplication.translate("Card", "row of unknown words"),
        "transform": QCoreApplication.translate("Card", "values"),
        "exponent": QCoreApplication.translate("Card", "exponent"),
        "shift": QCoreApplication.translate("Card", "shift"),
        "smoothing": QCoreApplication.translate("Card", "smoothing"),
        "architecture": QCoreApplication.translate("Card", "architecture"),
        "negative": QCoreApplication.translate("Card", "negative words"),
        "sample": QCoreApplication.translate("Card", "sample"),
        "workers": QCoreApplication.translate("Card", "workers"),
        "stopped_after": QCoreApplication.translate("Card", "stopped after words"),
    }


def _names_of_results() -> dict[str, str]:
    return {
        "sizes": QCoreApplication.translate("Card", "sizes"),
        "tokens": QCoreApplication.translate("Card", "tokens"),
        "sentences": QCoreApplication.translate("Card", "sentences"),
        "types": QCoreApplication.translate("Card", "types"),
        "vocabulary": QCoreApplication.translate("Card", "vocabulary"),
        "nonzeros": QCoreApplication.translate("Card", "pairs"),
        "losses": QCoreApplication.translate("Card", "losses"),
        "seconds": QCoreApplication.translate("Card", "seconds"),
        "reading": QCoreApplication.translate("Card", "reading"),
        "counting": QCoreApplication.translate("Card", "counting"),
        "training": QCoreApplication.translate("Card", "training"),
        "versions": QCoreApplication.translate("Card", "versions"),
        "system": QCoreApplication.translate("Card", "system"),
        "device": QCoreApplication.translate("Card", "device"),
        "threads": QCoreApplication.translate("Card", "threads"),
        "start": QCoreApplication.translate("Card", "started from"),
        "ended_early": QCoreApplication.translate("Card", "ended early"),
    }
