"""Show the quiz on a terminal: `play.py` is the way in; keys come in by `keys.py`, and go out by `pane.py`."""
