"""Stand between trusted and untrusted code: the wall.

`launch` and `wire` are used by the judge; everything else here runs on the learner's side and imports
the standard library and Flask only.
"""
