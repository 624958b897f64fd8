from __future__ import annotations

import io
import socket
from pathlib import Path

import pytest

from gloveui.core.errors import ElementMissing, ElementWanted, EntityRefused, MarkupBroken, TooDeep
from gloveui.storage.extraction import choices
from tests.storage.structured import lines_and_notes, lines_of

TALKS = """<?xml version="1.0"?>
<xml><file id="1"><head><url>http://talks</url></head><content>Ice is <b>co</b>ld.
Steam &amp; water.</content></file><file><content>Water flows.</content></file></xml>"""
BOMB = (
    '<!DOCTYPE a [<!ENTITY x0 "lol">'
    + "".join(f'<!ENTITY x{n} "{f"&x{n - 1};" * 10}">' for n in range(1, 10))
    + "]><a>&x9;</a>"
)


def test_the_element_is_chosen_and_each_one_becomes_lines() -> None:
    assert lines_of("xml", TALKS, element="content") == ["Ice is cold.", "Steam & water.", "Water flows."]


def test_the_element_is_asked_for_with_most_text_first() -> None:
    elements = ("content", "url", "b", "xml", "file", "head")
    assert choices("xml", io.BytesIO(TALKS.encode()), "text") == elements
    with pytest.raises(ElementWanted) as caught:
        lines_of("xml", TALKS)
    assert caught.value.fields["elements"] == elements


def test_an_element_that_is_not_there_is_refused_with_those_there_are() -> None:
    with pytest.raises(ElementMissing, match="no element body with text; those with text are: content"):
        lines_of("xml", TALKS, element="body")


@pytest.mark.parametrize(
    ("xml", "element", "lines"),
    [
        ("<a><b>ice</b><b>steam</b></a>", "", ["ice", "steam"]),
        ('<t:a xmlns:t="u"><t:b>ice</t:b><c>no</c></t:a>', "b", ["ice"]),
        ('<t:a xmlns:t="u"><t:b>ice</t:b><c>no</c></t:a>', "t:b", ["ice"]),
        ("<d><s><w>The</w><w>ice</w></s><s><w>melts</w></s></d>", "d", ["The ice", "melts"]),
        ("<d><p>one<x>two</x>three</p><p>four</p></d>", "d", ["onetwothree", "four"]),
        ("<d><p>one <p>two</p></p></d>", "p", ["one", "two"]),
    ],
)
def test_inline_markup_is_joined_and_blocks_end_lines(xml: str, element: str, lines: list[str]) -> None:
    assert lines_of("xml", xml, element=element) == lines


def test_the_encoding_that_xml_declares_is_used() -> None:
    xml = '<?xml version="1.0" encoding="euc-kr"?><a>얼음과 증기</a>'
    assert lines_of("xml", xml.encode("euc-kr")) == ["얼음과 증기"]


@pytest.mark.parametrize(
    ("xml", "line", "column"),
    [("<a>\n<b>ice</a>", 2, 9), ("<a>ice", 1, 7), ("<a/>\n<b/>", 2, 1), ("<a>&b;</a>", 1, 4)],
)
def test_what_is_not_well_formed_is_refused_with_its_place(xml: str, line: int, column: int) -> None:
    with pytest.raises(MarkupBroken) as caught:
        lines_of("xml", xml, element="a")
    assert (caught.value.fields["line"], caught.value.fields["column"]) == (line, column)


def test_more_than_a_hundred_levels_of_xml_are_refused() -> None:
    assert lines_of("xml", "<a>" * 100 + "ice" + "</a>" * 100) == ["ice"]
    with pytest.raises(TooDeep):
        lines_of("xml", "<a>" * 100_000)


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: object) -> None:
        raise AssertionError("something was fetched")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.mark.usefixtures("no_network")
@pytest.mark.parametrize(
    "declaration",
    [
        '<!ENTITY e SYSTEM "{file}">',
        '<!ENTITY e SYSTEM "http://127.0.0.1:9/e">',
        '<!ENTITY e PUBLIC "p" "http://127.0.0.1:9/e">',
        '<!ENTITY % e SYSTEM "{file}"> %e;',
        '<!ENTITY e "expanded">',
    ],
)
def test_no_entity_is_followed(tmp_path: Path, declaration: str) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("<!ENTITY f 'secret'>")
    xml = f"<!DOCTYPE a [{declaration.replace('{file}', secret.as_uri())}]><a>&e;</a>"
    with pytest.raises(EntityRefused):
        lines_of("xml", xml)


@pytest.mark.parametrize(
    "bomb", [BOMB, f'<!DOCTYPE a [<!ENTITY x "{"y" * 99_999}">]><a>{"&x;" * 99_999}</a>']
)
def test_a_bomb_is_refused_at_its_first_declaration(bomb: str) -> None:
    with pytest.raises(EntityRefused, match="line 1"):
        lines_of("xml", bomb)


@pytest.mark.usefixtures("no_network")
def test_a_document_type_elsewhere_is_not_fetched_and_entities_of_html_are_known_without_it() -> None:
    xml = '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd"><a>caf&eacute;\n&unheard;</a>'
    lines, notes = lines_and_notes("xml", xml)
    assert lines == ["café"]
    assert [(note.kind, note.place) for note in notes] == [("unknown_entities", "2")]


def test_html_is_read_without_what_is_no_reading_matter() -> None:
    html = """<!DOCTYPE html><html><head><title/><style>p {}</style><script src="x"/></head>
    <body><nav>Home</nav>
    <p>Caf&eacute;&nbsp;&amp; <b>i</b>ce
    melts<p>two<br/>lines<div>and <span>more</span></div><script>if (a < b) "</p>"</script>
    <table><tr><td>1<td>2</table>end"""
    assert lines_of("html", html) == ["Café & ice melts", "two", "lines", "and more", "1 2", "end"]
    assert lines_of("html", html, element="P") == ["Café & ice melts", "two", "lines"]


@pytest.mark.usefixtures("no_network")
def test_html_fetches_and_expands_nothing() -> None:
    lines = lines_of("html", BOMB.replace("<a>", '<img src="http://127.0.0.1:9/i"><p>').replace("</a>", ""))
    assert "".join(lines).count("lol") <= 1


@pytest.mark.parametrize(
    "html", ["", "<a " * 100_000, "<!--" + "x" * 300_000, "<i>x" * 20_000 + "ice", "&" * 300_000]
)
def test_html_that_never_ends_takes_no_time(html: str) -> None:
    lines, _ = lines_and_notes("html", html)
    assert len(lines) <= 1


def test_the_elements_of_html_are_told() -> None:
    html = b"<html><nav>Home</nav><h1>Ice</h1><p>Ice melts.<p>Steam rises."
    assert choices("html", io.BytesIO(html), "text") == ("p", "h1", "html", "body")


@pytest.mark.parametrize("kind", ["xml", "html"])
def test_a_line_without_end_is_ended_behind_a_word(kind: str) -> None:
    words = [f"w{number}" for number in range(250_000)]
    lines = lines_of(kind, f"<p>{' '.join(words)}</p>")
    assert len(lines) > 1
    assert " ".join(lines).split() == words


def test_the_encoding_that_html_declares_is_used_if_it_is_right() -> None:
    html = '<html><meta charset="euc-kr"><p>얼음과 증기</p></html>'
    assert lines_of("html", html.encode("euc-kr")) == lines_of("html", html) == ["얼음과 증기"]
