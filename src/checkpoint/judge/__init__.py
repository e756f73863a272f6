"""Judge a submission: the trusted side. Nothing of a learner's ever runs in here."""
