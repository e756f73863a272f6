"""Word what a Proof comes to, for every format that speaks to people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checkpoint.report.words import counted

if TYPE_CHECKING:
    from checkpoint.model import Status
    from checkpoint.verify.proof import Column, Proof, Rule, Verdict

# Colour is never the only carrier; the letters are plain ones, so that they read the same in every terminal.
CELLS: dict[Status, str] = {"failed": "x", "passed": ".", "blocked": "-", "undecided": "?", "error": "!"}
MEANS: dict[Status, str] = {
    "failed": "notices it", "passed": "does not", "blocked": "waits for another check",
    "undecided": "leaves it to a person", "error": "could not be carried out",
}  # fmt: skip
RULES: dict[Rule, str] = {
    "solution": "solution", "starter": "starter", "order": "order of checks", "alone": "check alone",
    "chance": "check left to chance",
    "survivor": "surviving mutant", "waiver": "waiver", "idle": "check that cannot fail",
    "weaker": "check that has become weaker", "error": "check that raises", "variant": "variant",
    "hints": "hints", "points": "points", "docs": "documents", "quiz": "quiz", "stray": "stray file",
}  # fmt: skip
VERDICTS: dict[Verdict, str] = {
    "killed": "noticed", "undecided": "left to a person", "survived": "unnoticed", "waived": "waived",
}  # fmt: skip


def verdict(proof: Proof) -> str:
    """Return what the whole comes to: "Proved: ..." or "Not proved: 2 findings"."""
    if proof.holds:
        return "Proved: its checks accept what is right and notice what is wrong."
    return f"Not proved: {counted(len(proof.findings), 'finding')}."


def tried(proof: Proof) -> str:
    """Return what was tried: "62 mutants: 60 noticed, 2 waived"."""
    if not proof.trials:
        return "No mutant was tried."
    parts = [f"{proof.counted(verdict)} {said}" for verdict, said in VERDICTS.items() if proof.counted(verdict)]
    return f"{counted(len(proof.trials), 'mutant')}: {', '.join(parts)}."


def around(proof: Proof) -> str:
    """Return what was run besides: "12 checks, 6 runs of solution and starter (4 in another order), 3 variants"."""
    shuffled = sum(run.shuffled for run in proof.runs)
    parts = [
        counted(len(proof.columns), "check"),
        f"{counted(len(proof.runs), 'run')} of solution and starter ({shuffled} in another order of checks)",
    ]
    if proof.variants:
        parts.append(counted(len(proof.variants), "variant"))
    return ", ".join(parts)


def notices(column: Column) -> str:
    """Return what one check notices."""
    alone = f", {column.alone} of them no other check does" if column.alone else ", none of them alone"
    if column.by_chance:
        return "is left to chance, so that nothing of it is counted"
    if not column.kills:
        return "notices no mutant" + (", but a variant or the starter" if column.elsewhere else "")
    return f"notices {counted(column.kills, 'mutant')}{alone}"
