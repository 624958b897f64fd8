"""What can go wrong, as values: a sentence, what to do next, and the facts in both.

The texts are English templates. A view translates the template and fills the fields in afterwards;
``str(error)`` and `next_step` fill in the English ones.
"""

from __future__ import annotations

from typing import ClassVar


class GloveError(Exception):
    """An expected failure; `fields` holds the facts that `template` and `advice` name."""

    template: ClassVar[str] = "Something went wrong: {reason}"
    advice: ClassVar[str] = ""

    def __init__(self, **fields: object) -> None:
        self.fields = fields
        super().__init__(self.template.format_map(fields))

    @property
    def next_step(self) -> str:
        """The English advice, with the facts filled in."""
        return self.advice.format_map(self.fields)


class TextError(GloveError):
    """A text that cannot be read or used."""


class FileMissing(TextError):
    template = "There is no file {path}"
    advice = "Check the name, or choose the file again."


class NotAFile(TextError):
    template = "{path}: expected a plain file, found {received}"
    advice = "Choose a text file."


class FileUnreadable(TextError):
    template = "{path} cannot be read: {reason}"
    advice = "Check the permissions of the file, or choose another one."


class BinaryText(TextError):
    template = "{path}: expected plain text, found what looks like {received}"
    advice = "Save the document as plain text (.txt) and open that."


class BrokenArchive(TextError):
    template = "{path}: the compressed text is damaged ({reason})"
    advice = "Copy or download the file again."


class DecompressionBomb(TextError):
    template = "{path}: unpacked it is over {size}, {ratio} times what it is packed"
    advice = "Nobody writes such a text: do not open this file, or unpack it yourself and look."


class NestedArchive(TextError):
    template = "{path}: expected texts in the archive, found another archive"
    advice = "Unpack the inner archive and open what is in it."


class EncryptedArchive(TextError):
    template = "{path}: the archive is locked with a password"
    advice = "Unpack it with its password and open the texts."


class UnknownCompression(TextError):
    template = "{path}: expected a usual method of compression, found number {received}"
    advice = "Unpack it with the program that made it, or pack it again as a plain ZIP archive."


class NoTextInside(TextError):
    template = "{path}: expected texts inside, found none"
    advice = "Choose a folder or an archive that holds texts."


class EmptyText(TextError):
    template = "{path}: expected words, found no text"
    advice = "Open a file that holds text, or paste one."


class NoPairs(TextError):
    template = "{path}: expected at least two words beside each other, found no pairs"
    advice = "Give a text with sentences of two words or more, or keep more words."


class NoWordFrequentEnough(TextError):
    template = "No word occurs {min_count} times; the most frequent one occurs {received} times"
    advice = "Set the minimum count to {received} or less."


class UnknownEncoding(TextError):
    template = "{path}: there is no text encoding called {received}"
    advice = "Use a name like utf-8, cp949 or latin-1."


class NotInThisEncoding(TextError):
    template = "{path} cannot be read as {encoding}: {reason}"
    advice = "Choose another encoding."


class ColumnWanted(TextError):
    """Several columns could hold the text; they are in the field `columns`."""

    template = "{path} has several columns: {expected}"
    advice = "Choose the one that holds the text."


class ColumnMissing(TextError):
    """The column that was asked for is not there; the field `columns` has those that are."""

    template = "{path} has no column {received}; its columns are: {expected}"
    advice = "Choose one of these columns."


class ElementWanted(TextError):
    """Several elements hold text; they are in the field `elements`."""

    template = "{path} has text in several elements: {expected}"
    advice = "Choose the element whose text is meant."


class ElementMissing(TextError):
    """The element that was asked for is not there; the field `elements` has those that hold text."""

    template = "{path} has no element {received} with text; those with text are: {expected}"
    advice = "Choose one of these elements."


class LineTooLong(TextError):
    template = "{path}, line {line}: expected lines of at most {expected} characters"
    advice = "Check that the file is whole, and of the kind that its name says."


class FieldTooLong(TextError):
    template = "{path}, line {line}: expected cells of at most {expected} characters"
    advice = "Check whether a quotation mark in this line is not closed."


class QuoteNotClosed(TextError):
    template = "{path}: the quotation mark that opens a cell in line {line} is not closed"
    advice = "Close it, or double it where it is part of the text."


class TooManyBadLines(TextError):
    template = "{path}: {received} lines are not JSON; the first is line {line} ({reason})"
    advice = "Check that each line of the file is a JSON object of its own."


class TooDeep(TextError):
    template = "{path}, line {line}: more than {expected} levels inside one another"
    advice = "Choose a file with simpler records."


class MarkupBroken(TextError):
    template = "{path}, line {line}, column {column}: not well-formed XML ({reason})"
    advice = "Correct the file there, or ask whoever made it for a whole one."


class EntityRefused(TextError):
    template = "{path}, line {line}: declares the entity {received}; such declarations are not followed"
    advice = "Have the file written without entities of its own."


class DocumentBroken(TextError):
    template = "{path}: the document cannot be read ({reason})"
    advice = "Open it in the program it was made with, and save it as plain text."


class DocumentProtected(TextError):
    template = "{path} is protected by a password or by rights management"
    advice = "Save an unprotected copy, if you may, and open that."


class DocumentTooLarge(TextError):
    template = "{path}: expected at most {expected} in the document, found {received}"
    advice = "Save its text as plain text, and open that."


class ScannedDocument(TextError):
    template = "{path}: none of its {received} pages holds text; they may be scanned pictures"
    advice = "Have the text recognised (OCR) first."


class SettingError(GloveError, ValueError):
    """A setting with a value that cannot be used."""

    template = "{setting}: expected {expected}, found {received}"
    advice = "Change this setting and try again."


class PatternError(SettingError):
    template = "The expression {received} for words does not work: {reason}"
    advice = "Correct it at position {position}."


class PatternTooSlow(SettingError):
    template = "The expression {received} takes too long to try on all words"
    advice = "Take repetitions inside repetitions out of it, such as (a+)+."


class TrainingDiverged(GloveError):
    template = "In epoch {epoch} the loss left all bounds (it was {received}); epoch {kept} is restored"
    advice = "Lower the learning rate, now {learning_rate}, and train again."


class OtherDimension(GloveError):
    template = "The vectors to start from have {received} numbers each; the settings ask for {expected}"
    advice = "Set the dimension to {received}, or start from other vectors."


class NoCommonWords(GloveError):
    template = "The vectors to start from have none of the {words} words that are counted"
    advice = "Start from vectors of the same language and case, or from small random values."


class OtherTraining(GloveError):
    template = "The checkpoint belongs to another training: expected {expected}, found {received}"
    advice = "Open the text and the settings it was made with, or start from its vectors."


class NotEnoughMemory(GloveError):
    template = "Training needs {needed} of memory on this {device}; {free} can be used"
    advice = "Take a dimension of {fitting} or less."


class TooManyPairs(NotEnoughMemory):
    advice = "Raise the minimum count or make the window smaller, so that fewer pairs are left."


class TooFewDirections(GloveError):
    template = "These counts vary in {most} directions; vectors of {received} numbers were asked for"
    advice = "Set the dimension to {most} or less."


class NothingToDecompose(GloveError):
    template = "With these settings no pair of words has a value above zero"
    advice = "Choose a lower shift, or other values of the counts."


class NotEnoughDisk(GloveError):
    template = "{path}: {needed} are needed on the disk, {free} are free"
    advice = "Make room there, or choose another folder for temporary files."


class ScratchFolderUnusable(GloveError):
    template = "{path}: a temporary file cannot be made there ({reason})"
    advice = "Choose another folder for temporary files."


class UnknownWord(GloveError, KeyError):
    template = "“{word}” is not in the vocabulary"
    advice = "Try another spelling, or a more frequent word."

    def __str__(self) -> str:
        """The sentence itself: KeyError would show it in quotation marks."""
        return self.template.format_map(self.fields)


class ExpressionError(GloveError):
    """A sum of words that cannot be read.

    Its fields: `column`, 1 for the first character that was typed; what was `expected` there; what was
    `found`, empty at the end of the text.
    """

    template = "Column {column}: expected {expected}, found “{found}”"
    advice = "Write words with + or − between them, such as king - man + woman."


class WordMissing(ExpressionError):
    template = "A word is missing at column {column}"


class OperatorMissing(ExpressionError):
    template = "Expected + or − before “{found}” at column {column}"


class ParenthesisNotClosed(ExpressionError):
    template = "The parenthesis at column {column} is not closed"


class ParenthesisNotOpened(ExpressionError):
    template = "The parenthesis that ends at column {column} was not opened"


class ParenthesesTooDeep(ExpressionError):
    template = "More than {expected} parentheses inside one another at column {column}"


class QuotationNotClosed(ExpressionError):
    template = "The quotation mark at column {column} is not closed"


class WeightTooLarge(ExpressionError):
    template = "The weight {found} at column {column} makes one above {expected}"


class TooFewWords(GloveError):
    template = "This map needs at least {expected} words, found {received}"
    advice = "Choose more words, or principal components, which any number of words have."


class TooManyWords(GloveError):
    template = "These clusters can be found among at most {most} words, found {received}"
    advice = "Choose the most frequent words, or k-means, which takes any number."


class AllVectorsAlike(GloveError):
    template = "All {received} words have the same vector, so none is nearer than another"
    advice = "Choose other words, or train the vectors first."


class EqualEnds(GloveError):
    template = "An axis needs two ends that differ; “{first}” and “{second}” point the same way"
    advice = "Choose another word for one of the ends."


class TooFewCommonWords(GloveError):
    template = "The models have {received} words in common that can be compared; {expected} are needed"
    advice = "Compare models of the same language and case, or let rarer words be compared."


class OtherCounts(GloveError):
    template = "The model has {received} words and the counts have {expected}, or other ones"
    advice = "Open the text that the model was trained on, count it as then, and try again."


class WordNotKept(GloveError):
    template = "“{word}” is not among the {most} words whose epochs were kept"
    advice = "Choose a more frequent word."


class LabelMissing(TextError):
    template = "Line {line}: expected a sentence, a tab and a label"
    advice = "Put a tab and a label behind the sentence, such as good or bad."


class TooFewAnswers(TextError):
    template = "There is nothing to choose between: expected at least 2 different answers, found {received}"
    advice = "Add sentences with other words, or lines with another label."


class TooManyWordsToLearn(TextError):
    template = "This demonstration takes up to {expected} rows, one for each word; this text needs {received}"
    advice = "Take fewer or shorter sentences."


class QuestionFileError(GloveError):
    template = "{path}, line {line}: expected {expected}, found {received}"
    advice = "Give four words a line, or two words and a number; a heading begins with a colon."


class VectorFileError(GloveError):
    template = "{path}, {place}: expected {expected}, found {received}"
    advice = "Check that the file holds word vectors and is complete."


class SeveralTables(GloveError):
    """More than one table could be meant; the field `tables` holds their names, a tuple of texts."""

    template = "{path} holds several tables of vectors: {expected}"
    advice = "Choose one of them."


class WordsWanted(GloveError):
    """Vectors without words: a file with one word for each of the `rows` is wanted."""

    template = "{path} holds {rows} vectors, and no words for them"
    advice = "Choose the file that holds their words, one a line."


class VectorsTooLarge(GloveError):
    """Vectors that do not fit in memory; the field `fitting` holds how many of the first rows do."""

    template = "{path}: {rows} vectors of {dimension} numbers need {needed} of memory, {free} are free"
    advice = "Open the first {fitting} of them."


class WriteFailed(GloveError):
    template = "{path} could not be written: {reason}"
    advice = "Choose another folder or make room; the file that was there is unchanged."


def check_setting(fine: bool, setting: str, expected: str, received: object) -> None:
    """Raise `SettingError` unless the value is fine."""
    if not fine:
        raise SettingError(setting=setting, expected=expected, received=received)
