"""What can be wrong with a session that was saved. The last four are told beside what could be read."""

from __future__ import annotations

from gloveui.core.errors import GloveError


class SessionError(GloveError):
    """A folder that cannot be opened as a session."""


class NotASession(SessionError):
    template = "{path} is not a session: it has no {expected}"
    advice = "Choose a folder whose name ends in .gloveui."


class SessionNewer(SessionError):
    template = "{path} was saved by a newer version of the program ({program}): form {received} of sessions"
    advice = "Install that version: this one reads up to form {expected}. Nothing in the session has changed."


class SessionDamaged(SessionError):
    template = "{path}, {place}: expected {expected}, found {received}"
    advice = "Take the session from a backup; it can be set aside and nothing in it is deleted."


class EarlierStateOpened(SessionError):
    template = "{path} is damaged ({place}), so the state that was saved before is shown, of {saved}"
    advice = "Look at what is there, then save the session again."


class TextChanged(SessionError):
    template = "{name} has changed since this session was saved"
    advice = "The words are those of then. Open the text again to read what it is now."


class TextGone(SessionError):
    template = "{name} is no longer where it was when this session was saved: {reason}"
    advice = "Its words are in the session, so everything is shown. Open the text again to read it anew."


class TextNotInside(SessionError):
    template = "{name} could not be put into the session as it was read: {reason}"
    advice = "The session knows where the text is, and holds its words."
