"""What the window works on: one text, its counts, the models made from it, and the word in focus."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from gloveui.core.baseline_settings import BaselineSettings
from gloveui.core.cooccurrence import CooccurrenceMatrix, CountOptions
from gloveui.core.embedding import Embedding
from gloveui.core.glove import GloveConfig, GloveParameters
from gloveui.core.presets import Preset
from gloveui.core.resources import Resources
from gloveui.core.text import TextSource
from gloveui.core.tokens import TokenOptions, TokenStream
from gloveui.core.training import TrainingReport
from gloveui.core.vocabulary import Vocabulary
from gloveui.core.warm_start import Origin, WarmStart
from gloveui.state.epoch_history import EpochHistory
from gloveui.state.model_names import named_apart
from gloveui.state.stability_results import StabilityResults
from gloveui.state.stage_states import stage_state
from gloveui.state.trained_models import Settings, TrainedModels
from gloveui.state.values import Cell, Evidence, LiveModel, LossHistory, Model, Stage, StageState
from gloveui.state.word_choice import WordChoice


class Session(QObject):
    """The current values, a signal for each.

    Results stay in sight until newer ones replace them; `state` says which no longer fit the settings.
    """

    text_changed = Signal()
    tokens_changed = Signal()
    cooccurrence_changed = Signal()
    models_changed = Signal()  # the list of models
    model_changed = Signal()  # which of them is shown
    settings_changed = Signal()  # any of the settings, what the machine may give and the start included
    states_changed = Signal()  # whether results fit the settings
    losses_changed = Signal()
    focus_word_changed = Signal(str)
    evidence_changed = Signal()
    lit_cells_changed = Signal()
    predictor_changed = Signal()  # parameters that predict the counts: another model, or news of a training
    live_wanted_changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.words = WordChoice(self)
        self.epochs = EpochHistory(self)
        self.stability = StabilityResults(self)
        self._text: TextSource | None = None
        self._tokens: TokenStream | None = None
        self._cooccurrence: CooccurrenceMatrix | None = None
        self._counted_tokens: TokenStream | None = None
        self._trained = TrainedModels()
        self._baseline: BaselineSettings | None = None  # of the method that is chosen; None for GloVe
        self._models: tuple[Model, ...] = ()
        self._numbers = 0  # given to models so far
        self._model: Model | None = None
        self._token_options = TokenOptions()
        self._count_options = CountOptions()
        self._config = GloveConfig()
        self._fitted_preset: Preset | None = None
        self._resources = Resources()
        self._start: WarmStart | None = None
        self._losses = LossHistory()
        self._focus_word = ""
        self._evidence: Evidence | None = None
        self._lit_cells: tuple[Cell, ...] = ()
        self._live: LiveModel | None = None
        self._live_watchers: set[str] = set()

    @property
    def text(self) -> TextSource | None:
        """The open text."""
        return self._text

    @property
    def tokens(self) -> TokenStream | None:
        """The text as ids."""
        return self._tokens

    @property
    def cooccurrence(self) -> CooccurrenceMatrix | None:
        """The counts."""
        return self._cooccurrence

    @property
    def models(self) -> tuple[Model, ...]:
        """All models, oldest first."""
        return self._models

    @property
    def model(self) -> Model | None:
        """The model that is shown."""
        return self._model

    @property
    def embedding(self) -> Embedding | None:
        """The vectors that are shown."""
        return self._model.embedding if self._model is not None else None

    @property
    def vocabulary(self) -> Vocabulary | None:
        """The words a person can ask about: those of the model, or of the counts while there is none."""
        if self._model is not None:
            return self._model.embedding.vocabulary
        return self._cooccurrence.vocabulary if self._cooccurrence is not None else None

    @property
    def token_options(self) -> TokenOptions:
        """How the text is to become words."""
        return self._token_options

    @property
    def count_options(self) -> CountOptions:
        """What is to be counted."""
        return self._count_options

    @property
    def config(self) -> GloveConfig:
        """How to train."""
        return self._config

    @property
    def fitted_preset(self) -> Preset | None:
        """The settings that fit the open text; None until it has been read."""
        return self._fitted_preset

    @property
    def resources(self) -> Resources:
        """What work may use of the machine."""
        return self._resources

    @property
    def start(self) -> WarmStart | None:
        """What the next training starts from; None for small random values."""
        return self._start

    @property
    def trained_config(self) -> GloveConfig | None:
        """The settings of GloVe's newest vectors of the open text."""
        return self._trained.config

    @property
    def losses(self) -> LossHistory:
        """The loss of the last training."""
        return self._losses

    @property
    def focus_word(self) -> str:
        """The word that every panel shows; empty if none was chosen."""
        return self._focus_word

    @property
    def counted_tokens(self) -> TokenStream | None:
        """The text that the counts were made of."""
        return self._counted_tokens

    @property
    def evidence(self) -> Evidence | None:
        """The number whose sentences are listed."""
        return self._evidence

    @property
    def lit_cells(self) -> tuple[Cell, ...]:
        """Cells of the matrix to which the place that is looked at in the text adds."""
        return self._lit_cells

    @property
    def live(self) -> LiveModel | None:
        """What a running training had learned when it was last looked at."""
        return self._live

    @property
    def is_live_wanted(self) -> bool:
        """Whether anybody looks at a model while it is trained."""
        return bool(self._live_watchers)

    @property
    def predictor(self) -> GloveParameters | None:
        """Parameters that predict the counts: of the running training, or of a model of the same words."""
        matrix, model = self._cooccurrence, self._model
        if matrix is None:
            return None
        if self._live is not None and self._live.vocabulary is matrix.vocabulary:
            return self._live.parameters
        return None if model is None else model.parameters_of(matrix.vocabulary)

    @property
    def wanted(self) -> Settings:
        """The settings of the method that is chosen."""
        return self._config if self._baseline is None else self._baseline

    def state(self, stage: Stage) -> StageState:
        """Whether the result of a stage is there and fits the settings."""
        return stage_state(self, stage, self._trained)

    def set_text(self, text: TextSource | None) -> None:
        """Open another text, or none; what was made from the one before goes, but for its models."""
        self._text = text
        self._tokens = self._cooccurrence = self._counted_tokens = None
        self._trained.clear()
        self._losses, self._live = LossHistory(), None
        self._evidence, self._lit_cells = None, ()
        self.epochs.clear()
        results = (self.tokens_changed, self.cooccurrence_changed, self.losses_changed)
        looks = (self.evidence_changed, self.lit_cells_changed, self.predictor_changed)
        for signal in (self.text_changed, *results, *looks, self.states_changed):
            signal.emit()

    def set_tokens(self, tokens: TokenStream) -> None:
        """Show a text that has been read."""
        self._tokens = tokens
        self.tokens_changed.emit()
        self.states_changed.emit()

    def set_cooccurrence(self, matrix: CooccurrenceMatrix, tokens: TokenStream) -> None:
        """Show counts, made from these tokens."""
        self._cooccurrence, self._counted_tokens = matrix, tokens
        self.set_lit_cells(())  # their ids may be those of other words now
        for signal in (self.cooccurrence_changed, self.predictor_changed, self.states_changed):
            signal.emit()

    def next_number(self) -> int:
        """A number that no model of this session has had."""
        self._numbers += 1
        return self._numbers

    def add_model(self, model: Model) -> None:
        """Add a model, or put it in the place of the one with its number, and show it."""
        model = named_apart(model, self._models)
        others = tuple(other for other in self._models if other.number != model.number)
        self._models = (*others, model)
        self.models_changed.emit()
        self._renew_start(model)
        self.set_model(model)

    def replace_model(self, model: Model) -> None:
        """Put a model in the place of the one with its number; what is shown stays so."""
        model = named_apart(model, self._models)
        self._models = tuple(model if other.number == model.number else other for other in self._models)
        self.models_changed.emit()
        self._renew_start(model)
        if self._model is not None and self._model.number == model.number:
            self.set_model(model)

    def remove_model(self, number: int) -> None:
        """Take a model away; if it was shown, the newest of the others is."""
        self._models = tuple(model for model in self._models if model.number != number)
        self.models_changed.emit()
        if self._model is not None and self._model.number == number:
            self.set_model(self._models[-1] if self._models else None)

    def set_models(self, models: tuple[Model, ...], shown: int | None) -> None:
        """Have these models in the place of all others, and show the one with this number."""
        self._models, self._numbers = models, max((model.number for model in models), default=0)
        self.models_changed.emit()
        self.set_model(next((model for model in models if model.number == shown), None))

    def set_trained(
        self, matrix: CooccurrenceMatrix, settings: Settings, start: WarmStart | None = None
    ) -> None:
        """Note which counts, settings and start the newest vectors of a method were made with."""
        self._trained.note(matrix, settings, start)
        self.states_changed.emit()

    def set_finished(self, config: GloveConfig) -> None:
        """Note that GloVe's newest vectors were made anew from their model, with other settings for that."""
        self._trained.note_finish(config)
        self.states_changed.emit()

    def set_baseline(self, settings: BaselineSettings | None) -> None:
        """Note that another method is chosen, with these settings; None for GloVe."""
        self._baseline = settings
        self.states_changed.emit()

    def set_model(self, model: Model | None) -> None:
        """Show another model, or none."""
        self._model = model
        self.model_changed.emit()
        self.predictor_changed.emit()

    def set_token_options(self, options: TokenOptions) -> None:
        """Change how the text is to become words."""
        if options != self._token_options:
            self._token_options = options
            self._settings_moved()

    def set_count_options(self, options: CountOptions) -> None:
        """Change what is to be counted."""
        if options != self._count_options:
            self._count_options = options
            self._settings_moved()

    def set_config(self, config: GloveConfig) -> None:
        """Change how to train."""
        if config != self._config:
            self._config = config
            self._settings_moved()

    def use_preset(self, preset: Preset) -> None:
        """Change what is to be counted and how to train, at once."""
        if (preset.count_options, preset.config) != (self._count_options, self._config):
            self._count_options, self._config = preset.count_options, preset.config
            self._settings_moved()

    def set_fitted_preset(self, preset: Preset | None) -> None:
        """Note which settings fit the open text; those that hold are not changed."""
        if preset != self._fitted_preset:
            self._fitted_preset = preset
            self.settings_changed.emit()

    def set_resources(self, resources: Resources) -> None:
        """Change what work may use from now on; no result depends on it."""
        if resources != self._resources:
            self._resources = resources
            self.settings_changed.emit()

    def start_from_model(self, number: int) -> None:
        """Let the next training start from the model with this number."""
        for model in self._models:
            if model.number == number:
                self.set_start(WarmStart(model.embedding, Origin("model", model.name, number=number)))

    def set_start(self, start: WarmStart | None) -> None:
        """Change what the next training starts from."""
        if start is not self._start:
            self._start = start
            self._settings_moved()

    def set_focus_word(self, word: str) -> None:
        """Show a word in every panel, as the vocabulary spells it where it has it."""
        known = self.vocabulary.get(word) if self.vocabulary is not None else None
        if known is not None and self.vocabulary is not None:
            word = self.vocabulary.word(known)
        if word != self._focus_word:
            self._focus_word = word
            self.focus_word_changed.emit(word)

    def show_evidence(self, word: str, context: str = "") -> None:
        """Ask for the sentences behind the count of two words, or for those of a word; asked again, again."""
        self._evidence = Evidence(word, context)
        self.evidence_changed.emit()

    def set_lit_cells(self, cells: tuple[Cell, ...]) -> None:
        """Light up cells of the matrix, and no others."""
        if cells != self._lit_cells:
            self._lit_cells = cells
            self.lit_cells_changed.emit()

    def want_live(self, watcher: str, is_wanted: bool) -> None:
        """Let a running training show what it has learned so far, for as long as anybody wants that."""
        before = self.is_live_wanted
        (self._live_watchers.add if is_wanted else self._live_watchers.discard)(watcher)
        if self.is_live_wanted != before:
            self.live_wanted_changed.emit(self.is_live_wanted)

    def set_live(self, live: LiveModel | None) -> None:
        """Show what a running training has learned, or that none runs any more."""
        if live is not self._live:
            self._live = live
            self.predictor_changed.emit()

    def start_losses(self, planned: int, epochs: tuple[float, ...], method: str = "glove") -> None:
        """Begin the history of a training; `epochs` are the losses of those done before, when it goes on."""
        if not epochs and method == "glove":  # others keep none of their epochs
            self.epochs.clear()
        self._show_losses(self._losses.begun(planned, epochs, method))

    def set_device(self, device: str) -> None:
        """Note what trains."""
        if device != self._losses.device:
            self._show_losses(replace(self._losses, device=device))

    def end_losses(self) -> None:
        """End the history of a training: it came to its end, was stopped, or failed."""
        if self._losses.is_running:
            self._show_losses(replace(self._losses, is_running=False))

    def add_reports(self, reports: tuple[TrainingReport, ...]) -> None:
        """Take in what a training has reported."""
        self._show_losses(self._losses.with_reports(reports))

    def _show_losses(self, losses: LossHistory) -> None:
        self._losses = losses
        self.losses_changed.emit()

    def _renew_start(self, model: Model) -> None:
        """Start from what a model has become, if it was chosen for that."""
        if self._start is not None and self._start.origin.number == model.number:
            self.start_from_model(model.number)

    def _settings_moved(self) -> None:
        self.settings_changed.emit()
        self.states_changed.emit()
