"""The window sliding over a sentence, played or step by step."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSlider, QToolButton, QVBoxLayout, QWidget

from gloveui.core.concordance import stretch_around
from gloveui.core.cooccurrence import CooccurrenceMatrix
from gloveui.core.tokens import TokenStream
from gloveui.core.window_steps import WindowStep, cells, centres, window_step
from gloveui.views.languages import Translated
from gloveui.views.models.vector_rows import shortened
from gloveui.views.theme import Theme
from gloveui.views.widgets.elided_label import ElidedLabel
from gloveui.views.widgets.window_row import WindowRow, window_word

STEP_MS = (3000, 2000, 1200, 700, 400, 200)
USUAL_SPEED = 2
WORDS_AROUND = 100  # of a very long sentence, besides what the window reaches
MOST_TERMS = 40


class WindowStrip(Translated, QWidget):
    """Words of a sentence with the window around one; lights the cells that each step adds to.

    The timer runs only while it plays and can be seen.
    """

    cells_lit = Signal(object)  # tuple of (row id, column id)
    height_changed = Signal()  # it wants more or less of it
    sentence_ended = Signal()  # played to the last word: another sentence may follow

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._stream: TokenStream | None = None
        self._matrix: CooccurrenceMatrix | None = None
        self._start = 0  # position of the first word that is shown
        self._is_cut = (False, False)  # whether the sentence has more words before, and after
        self._ids: list[int] = []
        self._centres: list[int] = []
        self._number = 0  # which of the centres
        self._is_lit = False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._go_on)
        self._make_parts()
        self._arrange()
        theme.changed.connect(self._draw)
        self._draw()
        self.retranslate()

    @property
    def is_playing(self) -> bool:
        """Whether the window moves by itself."""
        return self._timer.isActive()

    @property
    def stream(self) -> TokenStream | None:
        """The text whose words are shown."""
        return self._stream

    @property
    def step(self) -> WindowStep | None:
        """The window that is shown; None if there is none."""
        if self._matrix is None or not self._centres:
            return None
        size, options = len(self._matrix.vocabulary), self._matrix.options
        return window_step(self._ids, size, options, self._centres[self._number])

    @property
    def position(self) -> int | None:
        """Where in the text the centre word stands."""
        return self._start + self._centres[self._number] if self._centres else None

    def retranslate(self) -> None:
        self._name(self.back_button, self.tr("Window one word back"))
        self._name(self.forward_button, self.tr("Window one word on"))
        self.speed_slider.setAccessibleName(self.tr("Speed"))
        self.speed_slider.setToolTip(self.tr("Speed"))
        self._draw()
        self._show_step()

    def show_sentence(self, stream: TokenStream, matrix: CooccurrenceMatrix, position: int) -> None:
        """Show the sentence around a position, with the window at that word or the next that counts."""
        self.stop()
        self._stream, self._matrix = stream, matrix
        self._load(position)

    def clear(self) -> None:
        """Show nothing."""
        self.stop()
        self._stream = self._matrix = None
        self._ids, self._centres = [], []
        self.row.show_words((), False)
        self._show_step()

    def set_low(self, is_low: bool) -> None:
        """Take as little height as is possible: distances are in the tooltips then.

        The window is followed, and goes by keys and clicks: it does without a scroll bar, too.
        """
        self.row.show_distances(not is_low)
        policies = Qt.ScrollBarPolicy
        bar = policies.ScrollBarAlwaysOff if is_low else policies.ScrollBarAsNeeded
        self.area.setHorizontalScrollBarPolicy(bar)
        self._fit_height()

    def play_or_pause(self) -> None:
        """Let the window move, or hold it where it is."""
        if self.is_playing:
            self._timer.stop()
        elif self._centres and self.isVisible():
            if self._number == len(self._centres) - 1:
                self._go_to(0)
            self._timer.start(self._step_ms())
            self._light()
        self._draw()

    def stop(self) -> None:
        """Hold the window, and let its cells go out."""
        self._timer.stop()
        self._draw()
        if self._is_lit:
            self._is_lit = False
            self.cells_lit.emit(())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        action = self._keys.get(Qt.Key(event.key()))
        if action is None:
            super().keyPressEvent(event)
        else:
            action()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_height()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The words leave the strip's keys to it, instead of scrolling by them."""
        is_press = event.type() == QEvent.Type.KeyPress and watched is self.area
        if is_press and isinstance(event, QKeyEvent) and Qt.Key(event.key()) in self._keys:
            self.keyPressEvent(event)
            return True
        return super().eventFilter(watched, event)

    @property
    def _keys(self) -> dict[Qt.Key, Callable[[], None]]:
        return {
            Qt.Key.Key_Space: self.play_or_pause,
            Qt.Key.Key_Left: self._step_back,
            Qt.Key.Key_Right: self._step_forward,
            Qt.Key.Key_Home: self._go_to_first,
            Qt.Key.Key_End: self._go_to_last,
            Qt.Key.Key_Escape: self.stop,
        }

    def _make_parts(self) -> None:
        self.back_button, self.play_button, self.forward_button = QToolButton(), QToolButton(), QToolButton()
        for button, name in (
            (self.back_button, "windowBack"),
            (self.play_button, "windowPlay"),
            (self.forward_button, "windowForward"),
        ):
            button.setObjectName(name)
        self.speed_slider = QSlider(Qt.Orientation.Horizontal)
        self.speed_slider.setObjectName("windowSpeed")
        self.speed_slider.setRange(0, len(STEP_MS) - 1)
        self.speed_slider.setValue(USUAL_SPEED)
        self.speed_slider.setPageStep(1)
        self.row = WindowRow(self._theme)
        self.area = QScrollArea()
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(self.row)
        self.area.installEventFilter(self)
        self.sums_label = ElidedLabel()
        self.sums_label.setObjectName("windowSums")
        self.back_button.clicked.connect(self._step_back)
        self.forward_button.clicked.connect(self._step_forward)
        self.play_button.clicked.connect(self.play_or_pause)
        self.speed_slider.valueChanged.connect(self._change_speed)
        self.row.word_clicked.connect(self._go_to_word)

    def _arrange(self) -> None:
        controls = QHBoxLayout()
        controls.setSpacing(4)
        for button in (self.back_button, self.play_button, self.forward_button):
            controls.addWidget(button)
        controls.addSpacing(4)
        controls.addWidget(self.speed_slider)
        controls.addSpacing(4)
        controls.addWidget(self.sums_label, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.area)
        column.addLayout(controls)

    def _load(self, position: int) -> None:
        """Take the words around a position; all of the sentence, unless it is very long."""
        assert self._stream is not None
        assert self._matrix is not None
        options, size = self._matrix.options, len(self._matrix.vocabulary)
        most = WORDS_AROUND + 2 * options.window
        around = stretch_around(self._stream.ids, position, position, most)
        self._start, self._is_cut = around.start, (around.is_cut_before, around.is_cut_after)
        self._ids = self._stream.ids[around.start : around.end].tolist()
        self._centres = centres(self._ids, size)
        words = (window_word(self._stream.vocabulary.word(word), word >= size) for word in self._ids)
        self.row.show_words(tuple(words), options.keep_positions)
        self._fit_height()
        wanted = position - self._start
        self._number = next(
            (number for number, place in enumerate(self._centres) if place >= wanted), len(self._centres) - 1
        )
        self._show_step()

    def _step_back(self) -> None:
        self._stand_at(self._number - 1)

    def _step_forward(self) -> None:
        self._stand_at(self._number + 1)

    def _go_to_first(self) -> None:
        self._stand_at(0)

    def _go_to_last(self) -> None:
        self._stand_at(len(self._centres) - 1)

    def _go_to_word(self, place: int) -> None:
        self.area.setFocus()
        if place in self._centres:
            self._stand_at(self._centres.index(place))

    def _stand_at(self, number: int) -> None:
        """Hold the window at one of the centres, by hand."""
        if not 0 <= number < len(self._centres):
            return
        self._timer.stop()
        self._draw()
        self._go_to(number)
        self._light()

    def _go_on(self) -> None:
        if not self.isVisible():
            self.stop()
        elif self._number + 1 < len(self._centres):
            self._go_to(self._number + 1)
            self._light()
        else:
            self.stop()
            self.sentence_ended.emit()

    def _go_to(self, number: int) -> None:
        self._number = number
        place = self._centres[number]
        if self._is_near_a_cut(place):
            self._load(self._start + place)  # in a very long sentence the words shown move along
        else:
            self._show_step()

    def _is_near_a_cut(self, place: int) -> bool:
        """Whether the window around a word may reach words of the sentence that are not shown."""
        assert self._matrix is not None
        margin = WORDS_AROUND // 2 + self._matrix.options.window
        is_near_start = self._is_cut[0] and place < margin
        return is_near_start or (self._is_cut[1] and place >= len(self._ids) - margin)

    def _light(self) -> None:
        step = self.step
        if step is not None:
            self._is_lit = True
            self.cells_lit.emit(cells(self._ids, step))

    def _show_step(self) -> None:
        step = self.step
        self.row.show_step(step)
        self.sums_label.setText(self._written_out(step))
        self.row.setAccessibleDescription(self.sums_label.text())
        for control in (self.play_button, self.back_button, self.forward_button):
            control.setEnabled(step is not None)
        if step is not None:
            self.area.ensureVisible(sum(self.row.centre_span()) // 2, 0, self.area.viewport().width() // 3, 0)

    def _written_out(self, step: WindowStep | None) -> str:
        if self._stream is None:
            return ""
        if step is None:
            return self.tr("All words of this sentence are left out of the counts")
        word = self._word(step.centre)
        if not step.contexts:
            return self.tr("Centre “{word}”: no word in its window").format(word=word)
        terms = [f"X({word}, {self._word(one.place)}) += {one.weight}" for one in step.contexts[:MOST_TERMS]]
        terms += ["…"] * (len(step.contexts) > MOST_TERMS)
        return self.tr("Centre “{word}”: {sums}").format(word=word, sums=" · ".join(terms))

    def _word(self, place: int) -> str:
        assert self._stream is not None
        return shortened(self._stream.vocabulary.word(self._ids[place]))

    def _draw(self) -> None:
        self.back_button.setIcon(self._theme.icon("step-back"))
        self.forward_button.setIcon(self._theme.icon("step-forward"))
        self.play_button.setIcon(self._theme.icon("pause" if self.is_playing else "train"))
        self._name(self.play_button, self.tr("Pause") if self.is_playing else self.tr("Slide the window"))
        self.speed_slider.setFixedWidth(self._theme.pixels(72))
        self._fit_height()

    def _fit_height(self) -> None:
        """As high as the words, with their scroll bar where they need one."""
        has_bar = self.area.horizontalScrollBarPolicy() != Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        needs_bar = has_bar and self.row.sizeHint().width() > self.width()
        bar = self.area.horizontalScrollBar().sizeHint().height() if needs_bar else 0
        height = self.row.sizeHint().height() + bar
        if height != self.area.minimumHeight():
            self.area.setFixedHeight(height)
            self.height_changed.emit()

    def _name(self, button: QToolButton, name: str) -> None:
        button.setToolTip(name)
        button.setAccessibleName(name)

    def _step_ms(self) -> int:
        return STEP_MS[self.speed_slider.value()]

    def _change_speed(self) -> None:
        self._timer.setInterval(self._step_ms())
