"""Bytecode instructions per function of sitegen: the same count on every machine."""

import sys
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

FOREIGN = ("site-packages", "<frozen", str(Path(Counter.__init__.__code__.co_filename).parents[1]))
"""Parts of the paths of foreign code: libraries, and Python itself."""


def counted(task: Callable[[], object]) -> Counter[str]:
    """Run a task in this thread; return the bytecode instructions of each function, by its name."""
    steps: Counter[CodeType] = Counter()
    (_monitor if sys.version_info >= (3, 12) else _trace)(task, steps)
    named: Counter[str] = Counter()
    for code, count in steps.items():
        named[f"{Path(code.co_filename).name}: {code.co_qualname}"] += count
    return named


@cache
def _is_foreign(code: CodeType) -> bool:
    return any(part in code.co_filename for part in FOREIGN)


def _trace(task: Callable[[], object], steps: Counter[CodeType]) -> None:
    """Count with a trace function; from Python 3.12 on it misses the first call of each function."""

    def step(frame: FrameType, event: str, _: Any) -> Any:
        if event == "opcode":
            steps[frame.f_code] += 1
        return step

    def call(frame: FrameType, _: str, __: Any) -> Any:
        if _is_foreign(frame.f_code):
            return None
        frame.f_trace_opcodes = True
        return step

    before = sys.gettrace()
    sys.settrace(call)
    try:
        task()
    finally:
        sys.settrace(before)


def _monitor(task: Callable[[], object], steps: Counter[CodeType]) -> None:
    """Count with `sys.monitoring`, new in Python 3.12."""
    monitoring: Any = getattr(sys, "monitoring")  # noqa: B009 - types are checked for Python 3.11

    def step(code: CodeType, _: int) -> Any:
        if _is_foreign(code):
            return monitoring.DISABLE
        steps[code] += 1
        return None

    tool, event = monitoring.PROFILER_ID, monitoring.events.INSTRUCTION
    monitoring.use_tool_id(tool, "opcount")
    try:
        monitoring.register_callback(tool, event, step)
        monitoring.set_events(tool, event)
        task()
    finally:
        monitoring.set_events(tool, 0)
        monitoring.free_tool_id(tool)


def outgrown(small: Counter[str], large: Counter[str], times: float) -> dict[str, tuple[int, int]]:
    """Return the instructions, in both, of the functions whose work grew more than so many times.

    Functions below a thousandth of all work are ignored: they are caches and rounding.
    """
    least = large.total() / 1000
    return {
        name: (small[name], count)
        for name, count in large.most_common()
        if count > least and count > times * small[name]
    }
