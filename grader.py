"""The checkpoint "A Dynamic Web App": where its parts are, and what passes."""

from checkpoint import Checkpoint, Limits, main

checkpoint = Checkpoint(
    id="dynamic-web-app",
    title="A Dynamic Web App",
    starter="starter",
    solution="solution",
    checks="checks",
    quiz="quiz.yaml",
    pass_percent=100,
    limits=Limits(load_seconds=5, request_seconds=2),
    up_next="User login with Flask-Login",
)

if __name__ == "__main__":
    raise SystemExit(main(checkpoint))
