"""``python -m gloveui`` is the command line."""

from gloveui.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
