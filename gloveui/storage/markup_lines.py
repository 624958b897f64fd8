"""Lines of text out of the events of markup: elements that begin and end, and the text between."""

from __future__ import annotations

from collections import Counter

LEVELS_COUNTED = 100  # HTML can have any number of open elements
LONGEST_OPEN_LINE = 1 << 20  # characters that wait for the end of their line


def _names(names: str) -> frozenset[str]:
    return frozenset(names.split())


DROPPED_IN_HTML = _names("""
    button canvas datalist dialog embed footer form head iframe input map math menu nav noscript object
    optgroup option script select style svg template textarea title
""")
_INLINE = _names("""
    a abbr acronym b bdi bdo big cite code data del dfn em emph font foreign hi i ins kbd label mark
    name orig q ref reg rp rt ruby s samp sc small span strike strong sub sup term time tt u var wbr
    xref bold italic underline persName placeName orgName tspan ext-link
""")
_BESIDE = _names("w tok token word c pc td th dt img")  # with a space between two of them
_BLOCKS = _names("""
    address article aside blockquote body br caption center dd details div dl fieldset figcaption figure
    h1 h2 h3 h4 h5 h6 header hr html item l lb lg li line main ol p para pre seg sec section sentence
    summary table tbody tfoot thead title head tr ul utterance
""")


class ElementText:
    """The lines inside elements of one name, or of everything.

    Inline markup is joined, blocks end lines. An element of an unknown name is inline where its parent has
    text of its own before it, and a block elsewhere.

    Parameters
    ----------
    element
        The name, or empty for all text.
    is_html
        Whether line ends are mere white space, as in HTML, and what is no reading matter is dropped.
    """

    def __init__(self, element: str, is_html: bool) -> None:
        self._element, self._is_html = element, is_html
        self._dropped = DROPPED_IN_HTML - {element} if is_html else frozenset()
        self._open: list[str] = []  # what separates each open element from its neighbours
        self._has_text = [False]
        self._unread = 0  # levels inside an element that is dropped
        self._parts: list[str] = []
        self._size = 0
        self._lines: list[str] = []
        self.found = 0 if element else 1

    def start(self, name: str, attributes: object = None) -> None:
        """An element begins."""
        if self._element and not self._open and name != self._element:
            return
        if self._unread or name in self._dropped:
            self._unread += 1
            return
        is_chosen = not self._open and bool(self._element)
        self.found += is_chosen
        self._open.append("\n" if is_chosen else self._separator(name))
        self._separate(self._open[-1])
        self._has_text.append(False)

    def end(self, name: str) -> None:
        """An element ends."""
        if self._unread:
            self._unread -= 1
        elif self._open:
            self._has_text.pop()
            self._separate(self._open.pop())

    def data(self, text: str) -> None:
        """Text of the innermost element."""
        if self._unread or (self._element and not self._open):
            return
        self._parts.append(text)
        self._size += len(text)
        self._has_text[-1] = self._has_text[-1] or not text.isspace()
        if self._size > LONGEST_OPEN_LINE:
            self._end_line_early()

    def close(self) -> None:
        """The text ends."""
        self._end_lines()

    def take(self) -> list[str]:
        """The lines that ended since the last time."""
        lines, self._lines = self._lines, []
        return lines

    def _separator(self, name: str) -> str:
        if name in _BESIDE:
            return " "
        if name in _INLINE and (self._is_html or name != "s"):
            return ""
        return "\n" if name in _BLOCKS or not self._has_text[-1] else ""

    def _separate(self, separator: str) -> None:
        if separator == "\n":
            self._end_lines()
        elif separator:
            self._parts.append(separator)

    def _end_line_early(self) -> None:
        """End a line without end behind its last whole word."""
        text = "".join(self._parts)
        begun = len(text) - len(text.rstrip().rpartition(" ")[2])
        self._parts = [text[:begun]] if begun else [text]
        self._end_lines()
        if begun:
            self._parts, self._size = [text[begun:]], len(text) - begun

    def _end_lines(self) -> None:
        text = "".join(self._parts)
        self._parts, self._size = [], 0
        lines = [text] if self._is_html else text.splitlines()
        self._lines.extend(line for line in (" ".join(line.split()) for line in lines) if line)


class TextElements:
    """Counts the text in elements by their names."""

    def __init__(self, is_html: bool) -> None:
        self._dropped = DROPPED_IN_HTML if is_html else frozenset()
        self._open: list[str] = []
        self._own: Counter[str] = Counter()
        self._inside: Counter[str] = Counter()
        self._unread = 0  # open elements that are dropped
        self.has_levels = False

    def start(self, name: str, attributes: object = None) -> None:
        """An element begins."""
        self.has_levels = self.has_levels or bool(self._open)
        self._open.append(name)
        self._unread += name in self._dropped

    def end(self, name: str) -> None:
        """An element ends."""
        self._unread -= self._open.pop() in self._dropped

    def data(self, text: str) -> None:
        """Text of the innermost element."""
        size = len(text.strip())
        if size and self._open and not self._unread:
            self._own[self._open[-1]] += size
            self._inside.update(dict.fromkeys(self._open[-LEVELS_COUNTED:], size))

    def close(self) -> None:
        """The text ends."""

    @property
    def with_own_text(self) -> tuple[str, ...]:
        """Elements that hold text themselves, most text first."""
        return tuple(name for name, _ in self._own.most_common())

    @property
    def names(self) -> tuple[str, ...]:
        """The same, then elements around them."""
        around = (name for name, _ in self._inside.most_common() if name not in self._own)
        return (*self.with_own_text, *around)


def local_name(name: str) -> str:
    """The name without its namespace, however that is written."""
    return name.rpartition("}")[2].rpartition(":")[2]
