"""Names of models: no two alike, and those that a person gave are kept."""

from __future__ import annotations

from dataclasses import replace

from gloveui.state.values import Model


def named_apart(model: Model, others: tuple[Model, ...]) -> Model:
    """A model that comes among others, with a name that none of them has.

    The one that has its number goes; if a person named that, the model is called so.
    """
    before = next((one for one in others if one.number == model.number), None)
    if before is not None and before.is_renamed and not model.is_renamed:
        return replace(model, name=before.name, is_renamed=True)
    taken = {one.name for one in others if one is not before}
    name, count = model.name, 2
    while name in taken:
        name, count = f"{model.name} ({count})", count + 1
    return model if name == model.name else replace(model, name=name)
