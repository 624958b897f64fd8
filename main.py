"""Run gloveui from a checkout."""

from gloveui.app import main

if __name__ == "__main__":
    raise SystemExit(main())
