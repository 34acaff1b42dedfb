"""Work, counted: how many steps of Python each function of ours takes, the same on every machine."""

import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

FOREIGN = ("site-packages", "<frozen", str(Path(Counter.__init__.__code__.co_filename).parents[1]))
"""What the paths of other people's code have in them: libraries, and Python itself."""


def counted(task: Callable[[], object]) -> Counter[str]:
    """Do a task in this thread; return the steps (bytecode instructions) of each function, by its name."""
    steps: Counter[CodeType] = Counter()

    def step(frame: FrameType, event: str, _: Any) -> Any:
        if event == "opcode":
            steps[frame.f_code] += 1
        return step

    def call(frame: FrameType, _: str, __: Any) -> Any:
        if any(part in frame.f_code.co_filename for part in FOREIGN):
            return None
        frame.f_trace_opcodes = True
        return step

    before = sys.gettrace()
    sys.settrace(call)
    try:
        task()
    finally:
        sys.settrace(before)
    named: Counter[str] = Counter()
    for code, count in steps.items():
        named[f"{Path(code.co_filename).name}: {code.co_qualname}"] += count
    return named


def outgrown(small: Counter[str], large: Counter[str], times: float) -> dict[str, tuple[int, int]]:
    """Return the steps, in both, of the functions whose work grew more than so many times.

    What is less than a thousandth of everything may do as it likes: it is caches and roundings.
    """
    least = large.total() / 1000
    return {
        name: (small[name], count)
        for name, count in large.most_common()
        if count > least and count > times * small[name]
    }
