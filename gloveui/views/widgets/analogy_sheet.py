"""Several analogies at once: those of a relation, or lines that a person types."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QPlainTextEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from gloveui.core.analogy_examples import Pair, Section, pair_questions
from gloveui.core.analogy_questions import AnalogyAnswer, AnalogyQuestion, parse_questions
from gloveui.core.vocabulary import Vocabulary
from gloveui.views.analogy_texts import AnalogyTexts
from gloveui.views.languages import Translated
from gloveui.views.models import analogy_rows
from gloveui.views.models.analogy_rows import VERDICT, AnalogyRowsModel
from gloveui.views.numbers import grouped
from gloveui.views.theme import Theme
from gloveui.views.widgets.elided_label import ElidedLabel
from gloveui.views.widgets.quiet_table import make_quiet

ROW_HEIGHT = 26
EDIT_LINES = 5
PAUSE_MS = 400  # of typing, after which what was typed is answered
MOST_LINES = 5_000  # of typed ones
OWN = "own"
WORD_SHARES = {analogy_rows.QUESTION: 0.48, analogy_rows.ANSWER: 0.28, analogy_rows.EXPECTED: 0.24}
LEAST_HEIGHT = 90  # pixels of the table


class AnalogySheet(Translated, QWidget):
    """Says what is asked by `asked`; whoever answers hands the answers to `add_answers`."""

    asked = Signal()
    line_chosen = Signal(object)  # AnalogyQuestion

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._texts = AnalogyTexts(self)
        self._sections: tuple[tuple[Section, list[Pair]], ...] = ()  # with the pairs that are known
        self._has_vocabulary = False
        self._refused: tuple[int, ...] = ()
        self._chosen = ""  # the relation, or OWN; empty before anything was chosen
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._make_parts()
        self._arrange()
        self._connect()
        self._fit_type()
        self.retranslate()

    @property
    def questions(self) -> tuple[AnalogyQuestion, ...]:
        """What is asked."""
        return self.rows.questions

    @property
    def unanswered(self) -> tuple[AnalogyQuestion, ...]:
        """What is asked and has no answer yet."""
        return self.rows.questions[len(self.rows.answers) :]

    @property
    def has_chosen(self) -> bool:
        """Whether a line is chosen."""
        return self.table.selectionModel().hasSelection()

    def show_vocabulary(self, vocabulary: Vocabulary, sections: Sequence[Section]) -> None:
        """Offer the relations of which a vocabulary knows pairs, and ask what is chosen anew."""
        self._has_vocabulary = True
        known = ((section, section.known_pairs(vocabulary)) for section in sections)
        self._sections = tuple((section, pairs) for section, pairs in known if len(pairs) > 1)
        self._offer_sections()
        self._ask()

    def add_answers(self, answers: Sequence[AnalogyAnswer]) -> None:
        """Show answers to the questions that come next."""
        self.rows.add_answers(answers)
        self._tell()

    def ask_again(self) -> None:
        """Ask the same, for it is to be answered in another way."""
        self.rows.forget_answers()
        self._tell()
        self.asked.emit()

    def retranslate(self) -> None:
        self.section_box.setAccessibleName(self.tr("Relation"))
        self.own_edit.setAccessibleName(self.tr("Analogies, one a line"))
        self.own_edit.setPlaceholderText(
            self.tr("One analogy a line; the last word is the expected one:")
            + "\nman : woman = boy : girl\nfrance paris italy rome"
        )
        self.table.setAccessibleName(self.tr("Several analogies"))
        self.rows.refresh_headings()
        self._offer_sections()
        self._tell()

    def _make_parts(self) -> None:
        self.section_box = QComboBox()
        self.section_box.setObjectName("analogySection")
        self.section_box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.section_box.setMinimumContentsLength(20)
        self.coverage_label = ElidedLabel()
        self.coverage_label.setProperty("muted", True)
        self.own_edit = QPlainTextEdit()
        self.own_edit.setObjectName("analogyLines")
        self.own_edit.setTabChangesFocus(True)
        self.total_label = ElidedLabel()
        self.total_label.setObjectName("analogyTotal")
        self.total_label.setProperty("title", True)
        self.rows = AnalogyRowsModel(self)
        self.table = _SheetTable()
        self.table.setObjectName("analogySheet")
        self.table.setModel(self.rows)
        self.table.setItemDelegateForColumn(analogy_rows.ANSWER, _VerdictDelegate(self._theme, self.table))
        self.table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.table.setMinimumHeight(LEAST_HEIGHT)
        make_quiet(self.table)
        header = self.table.horizontalHeader()
        header.setMinimumSectionSize(36)
        header.setResizeContentsPrecision(0)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def _arrange(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.section_box)
        top.addWidget(self.coverage_label, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(6)
        outer.addLayout(top)
        outer.addWidget(self.own_edit)
        outer.addWidget(self.total_label)
        outer.addWidget(self.table, 1)

    def _connect(self) -> None:
        self.section_box.activated.connect(self._choose_section)
        self.own_edit.textChanged.connect(self._wait_for_more)
        self._pause.timeout.connect(self._ask)
        self.table.selectionModel().selectionChanged.connect(self._choose_line)
        self._theme.changed.connect(self._fit_type)

    def _choose_section(self) -> None:
        self._chosen = str(self.section_box.currentData())
        self._ask()

    def _wait_for_more(self) -> None:
        self._pause.start()

    def _offer_sections(self) -> None:
        """The relations in the language in use; the chosen one stays."""
        self.section_box.clear()
        for section, pairs in self._sections:
            name, example = self._texts.section(section), " : ".join(pairs[0])
            self.section_box.addItem(name if name == example else f"{name}   ({example})", _key(section))
        self.section_box.addItem(self.tr("Lines of your own"), OWN)
        self.section_box.setCurrentIndex(max(self.section_box.findData(self._chosen), 0))
        self.own_edit.setVisible(self.section_box.currentData() == OWN)

    def _section(self) -> tuple[Section, list[Pair]] | None:
        """The chosen relation with its pairs that are known; None for lines of a person's own."""
        chosen = self.section_box.currentData()
        return next((one for one in self._sections if _key(one[0]) == chosen), None)

    def _ask(self) -> None:
        """Put the questions into the table that are chosen or typed now."""
        self._pause.stop()
        section = self._section()
        self.own_edit.setVisible(section is None)
        if not self._has_vocabulary:
            return
        self._refused = ()
        if section is not None:
            questions = pair_questions(section[1])
        else:
            lines = self.own_edit.toPlainText().splitlines()
            questions, self._refused = parse_questions(lines[:MOST_LINES])
        self.rows.set_questions(questions)
        self.table.scrollToTop()
        self._tell()
        self.asked.emit()

    def _tell(self) -> None:
        self.coverage_label.setText(self._coverage())
        self.total_label.setText(self._texts.total(self.rows.answers, len(self.questions)))
        self.total_label.setVisible(bool(self.questions))

    def _coverage(self) -> str:
        section = self._section()
        if section is not None:
            return self.tr("Pairs known: {known} of {pairs}, each asked with each").format(
                known=grouped(len(section[1])), pairs=grouped(len(section[0].pairs))
            )
        if self._refused:
            shown = ", ".join(map(str, self._refused[:5])) + (", …" if len(self._refused) > 5 else "")
            return self.tr("Not three or four words in line {lines}").format(lines=shown)
        return ""

    def _choose_line(self) -> None:
        rows = self.table.selectionModel().selectedRows()
        if rows:
            self.line_chosen.emit(self.rows.question_at(rows[0].row()))

    def _fit_type(self) -> None:
        metrics = self.table.fontMetrics()
        self.table.verticalHeader().setDefaultSectionSize(self._theme.pixels(ROW_HEIGHT))
        for column, widest in ((analogy_rows.RANK, "00,000"), (analogy_rows.SCORE, "−0.0000")):
            self.table.setColumnWidth(column, metrics.horizontalAdvance(widest) + self._theme.pixels(16))
        self.table.share_width()
        self.own_edit.setFixedHeight(metrics.lineSpacing() * EDIT_LINES + 14)


class _SheetTable(QTableView):
    """Words share the width that numbers leave; the chosen line stays in sight."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.share_width()
        if self.selectionModel().hasSelection():
            self.scrollTo(self.currentIndex())

    def share_width(self) -> None:
        """Give every column its part of the width."""
        numbers = self.columnWidth(analogy_rows.RANK) + self.columnWidth(analogy_rows.SCORE)
        room = max(self.viewport().width() - numbers, 0)
        for column, share in WORD_SHARES.items():
            self.setColumnWidth(column, int(room * share))


class _VerdictDelegate(QStyledItemDelegate):
    """Right answers in the colour of what is good, wrong ones of what is bad; their signs say it, too."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().initStyleOption(option, index)
        verdict = index.data(VERDICT)
        token = "good" if verdict is True else "bad" if verdict is False else "muted"
        for role in (QPalette.ColorRole.Text, QPalette.ColorRole.HighlightedText):
            option.palette.setColor(role, self._theme.color(token))
        option.textElideMode = Qt.TextElideMode.ElideRight


def _key(section: Section) -> str:
    return f"{section.language}:{section.key}"
