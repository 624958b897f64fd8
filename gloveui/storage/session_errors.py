"""What can be wrong with a session that was saved, and what was odd though it could be opened or saved."""

from __future__ import annotations

from gloveui.core.errors import GloveError


class SessionError(GloveError):
    """A folder that cannot be opened as a session."""


class NotASession(SessionError):
    """There is no session at a path."""

    template = "{path} is not a session: it has no {expected}"
    advice = "Choose a folder whose name ends in .gloveui."


class SessionNewer(SessionError):
    """The session has a form that this version does not know."""

    template = "{path} was saved by a newer version of the program, {program} (sessions of form {received})"
    advice = "Install that version; this one reads forms up to {expected}. The session has not been changed."


class SessionDamaged(SessionError):
    """A file of the session is missing, or not what was written."""

    template = "{path}, {place}: expected {expected}, found {received}"
    advice = "Take the session from a backup, or set it aside and begin another; nothing in it is deleted."


class SessionInUse(SessionError):
    """Another window works on the session."""

    template = "{path} is open in another window, which saves there"
    advice = "Save under another name, or close the other window."


class SessionNote(GloveError):
    """Something that is told beside what could be opened or saved."""


class EarlierStateOpened(SessionNote):
    """The state before the last save is what could be read."""

    template = "{path} is damaged in {place}, so the state before the last save is shown: that of {saved}"
    advice = "Look at what is there, then save the session again."


class ModelLost(SessionNote):
    """The vectors of a model are damaged in all states."""

    template = "{path} is damaged: the model {name} cannot be read and is left out"
    advice = "Save the rest under another name; the damaged session stays as it is."


class TrainingLost(SessionNote):
    """The training that could go on is damaged in all states."""

    template = "{path} is damaged: its training cannot go on"
    advice = "Save the rest under another name; the damaged session stays as it is."


class WordsLost(SessionNote):
    """The text as ids is damaged in all states."""

    template = "{path} is damaged: the words of its text are read again"
    advice = "Save the session under another name; the damaged one stays as it is."


class TextChanged(SessionNote):
    """The text is not the one that was read."""

    template = "{name} has changed since it was read for this session"
    advice = "The session shows the words of then. Open the text again to read what it is now."


class TextGone(SessionNote):
    """The text cannot be read any more."""

    template = "{name}, the text of this session, cannot be read any more"
    advice = "Its words are in the session, so everything is shown. Open the text again where it is now."


class TextNotInside(SessionNote):
    """A copy of the text was asked for and could not be made."""

    template = "{name} is not in the session: it cannot be read any more, or has changed"
    advice = "The session knows where the text was, and holds its words. Open the text again and save."
