"""Grade many submissions: find them, spread them over judges, keep what comes of them in a gradebook."""
