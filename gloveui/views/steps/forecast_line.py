"""What the next training will take, said before it is started."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from gloveui.core.byte_size import ByteSize
from gloveui.core.forecast import Forecast
from gloveui.state.forecaster import Forecaster
from gloveui.views.languages import Translated
from gloveui.views.numbers import duration, grouped
from gloveui.views.widgets.elided_label import ElidedLabel


class ForecastLine(Translated, ElidedLabel):
    """Pairs, memory, disk and time that counting and training would take; empty while that is not known."""

    def __init__(self, forecaster: Forecaster, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._forecaster = forecaster
        self._is_wanted = True
        self.setObjectName("forecastLine")
        self.setProperty("muted", True)
        forecaster.changed.connect(self._show_forecast)
        self.retranslate()

    def retranslate(self) -> None:
        self._show_forecast()

    def set_wanted(self, is_wanted: bool) -> None:
        """Whether there is anything to train; where all is up to date, the line gives way to the result."""
        self._is_wanted = is_wanted
        self._show_forecast()

    def _show_forecast(self) -> None:
        forecast = self._forecaster.forecast
        self.setVisible(forecast is not None and self._is_wanted)
        if forecast is None:
            self.setText("")
            return
        problem = not forecast.fits
        self.setText(self._shortage(forecast) if problem else self._sentence(forecast))
        self.setAccessibleDescription(self._explained(forecast))
        self.setToolTip(self._explained(forecast))
        if bool(self.property("problem")) != problem:
            self.setProperty("problem", problem)
            self.style().polish(self)

    def _sentence(self, forecast: Forecast) -> str:
        parts = [self.tr("Will take {memory}").format(memory=ByteSize(forecast.memory_bytes))]
        if forecast.disk_bytes:
            parts.append(self.tr("{size} on the disk").format(size=ByteSize(forecast.disk_bytes)))
        if forecast.training_seconds is not None:
            seconds = forecast.counting_seconds + forecast.training_seconds
            parts.append(self.tr("about {time}").format(time=duration(seconds)))
        return " · ".join(parts)

    def _shortage(self, forecast: Forecast) -> str:
        return self.tr("Needs {memory}, {free} are free").format(
            memory=ByteSize(forecast.memory_bytes), free=ByteSize(forecast.free_bytes)
        )

    def _explained(self, forecast: Forecast) -> str:
        return self.tr(
            "Reckoned for {words} words and {pairs} pairs that occur, as busy as this computer is now"
        ).format(words=grouped(forecast.words), pairs=grouped(forecast.nonzeros))
