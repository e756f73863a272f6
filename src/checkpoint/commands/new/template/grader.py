"""What this checkpoint is; the parts that are not named here have their usual places."""

from checkpoint import Checkpoint, main

checkpoint = Checkpoint(
    id="<<id>>",
    title="<<title>>",
    quiz="quiz.yaml",
    pass_percent=100,
)

if __name__ == "__main__":
    raise SystemExit(main(checkpoint))
