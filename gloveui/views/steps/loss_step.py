"""The loss, always in sight."""

from __future__ import annotations

from gloveui.state.session import Session
from gloveui.state.values import WITHOUT_LOSS
from gloveui.views.loss_names import loss_explanation, loss_unit
from gloveui.views.numbers import duration, epoch_position
from gloveui.views.plots.loss_plot import LossPlot
from gloveui.views.theme import Theme
from gloveui.views.widgets.card import Card
from gloveui.views.widgets.elided_label import ElidedLabel
from gloveui.views.widgets.plain_tooltip import plain_tooltip

LEAST_HEIGHT = 130


class LossStep(Card):
    """A small live plot of the loss, with the epoch and the time left under it."""

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__(theme)
        self._session = session
        self.plot = LossPlot(theme, has_axis_names=False)
        self.plot.setObjectName("lossPlot")
        self.plot.setMinimumHeight(LEAST_HEIGHT)
        self.line = ElidedLabel()
        self.line.setProperty("muted", True)
        self.body.addWidget(self.plot, 1)
        self.body.addWidget(self.line)
        session.losses_changed.connect(self._show_losses)
        self.retranslate()

    def retranslate(self) -> None:
        super().retranslate()
        self.set_title(self.tr("Loss"))
        self._show_losses()

    def _show_losses(self) -> None:
        history = self._session.losses
        self.plot.show_history(history)
        self.line.setVisible(bool(history.reports))
        if history.method in WITHOUT_LOSS:
            self.set_note(self.tr("this method has none"))
            self.setToolTip("")
            return
        self.setToolTip(plain_tooltip(loss_explanation(history.method)))
        if not history.reports:
            self.set_note(loss_unit(history.method))
            return
        report = history.reports[-1]
        loss = f"{history.epochs[-1] if history.epochs else report.loss:.4g}"
        # Unlike what else is in the column it need not be of GloVe.
        self.set_note(f"Word2Vec · {loss}" if history.method == "word2vec" else loss)
        epoch = self.tr("epoch {done} of {planned}").format(
            done=epoch_position(report.position), planned=report.epochs
        )
        left = self.tr("{time} left").format(time=duration(report.seconds_left))
        goes_on = history.is_running and report.seconds_left > 0
        self.line.setText(f"{epoch} · {left}" if goes_on else epoch)
