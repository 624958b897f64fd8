"""A line that names the model which answers while another text is open than the one it was trained on."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from gloveui.state.session import Session
from gloveui.state.values import Model
from gloveui.views.languages import Translated
from gloveui.views.widgets.elided_label import ElidedLabel


class ModelNote(Translated, ElidedLabel):
    """Follows the session; hidden as long as model and text belong together."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._session = session
        self.setObjectName("modelNote")
        self.setProperty("muted", True)
        session.model_changed.connect(self.retranslate)
        session.tokens_changed.connect(self.retranslate)
        self.retranslate()

    def retranslate(self) -> None:
        model = self._session.model
        is_needed = model is not None and not self._is_of_the_open_text(model)
        self.setText(self._sentence(model) if is_needed and model is not None else "")
        self.setVisible(is_needed)

    def _is_of_the_open_text(self, model: Model) -> bool:
        tokens = self._session.tokens
        if model.text_card is None or self._session.text is None:
            return True  # nothing is known that could differ
        return tokens is not None and tokens.summary.sha256 == model.text_card.text.sha256

    def _sentence(self, model: Model) -> str:
        text = model.text_card.text.name if model.text_card is not None else ""
        return self.tr("From {model}, trained on another text: “{text}”").format(model=model.name, text=text)
