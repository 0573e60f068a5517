"""The machine under a measurement: what a process tree has used, what everybody else uses, and whether it is quiet."""

import os
import platform
import time
from pathlib import Path

import psutil


def tree(pids: list[int]) -> list[psutil.Process]:
    """The processes that are still there, with all that descend from them."""
    processes: list[psutil.Process] = []
    for pid in pids:
        try:
            process = psutil.Process(pid)
            processes += [process, *process.children(recursive=True)]
        except psutil.NoSuchProcess:
            continue
    return processes


def cpu_of(pids: list[int]) -> float:
    """Seconds of CPU (user and system) that the trees have used so far, ended children included."""
    total = 0.0
    for process in tree(pids):
        try:
            used = process.cpu_times()
        except psutil.NoSuchProcess:
            continue
        total += used.user + used.system + used.children_user + used.children_system
    return total


def exact_cpu_of(pid: int) -> float:
    """Seconds of CPU that one process has used, by its own clock (Linux): /proc counts in hundredths of a second."""
    return time.clock_gettime(~pid << 3 | 2)


def own() -> float:
    """Seconds of CPU that this process and its ended children have used."""
    return sum(os.times()[:4])


def memory_of(pids: list[int]) -> float:
    """Memory of the trees in MiB, each shared page counted in parts."""
    total = 0.0
    for process in tree(pids):
        try:
            total += float(process.memory_full_info().pss)
        except psutil.Error:
            continue
    return total / 2**20


def used() -> float:
    """Seconds of CPU that the whole machine has used since it started."""
    times = psutil.cpu_times()
    idle = times.idle + getattr(times, "iowait", 0.0) + getattr(times, "steal", 0.0)
    return float(sum(times[:8]) - idle)


def wait_until_quiet(cores: float = 0.3, patience: float = 3.0) -> float:
    """Wait, but not for ever, until others use less than so many cores; answers what they used at the end."""
    deadline = time.monotonic() + patience
    while True:
        before, begun = used(), time.monotonic()
        time.sleep(0.3)
        share = (used() - before) / (time.monotonic() - begun)
        if share < cores or time.monotonic() > deadline:
            return share


def reset_peak(pid: int) -> None:
    """Forget the largest resident size that a process has had (Linux)."""
    Path(f"/proc/{pid}/clear_refs").write_text("5")


def own_memory(pid: int) -> tuple[int, int]:
    """Memory of a process in bytes without the files it maps: now, and at most since the last reset (Linux).

    The system keeps the largest size with files; what is mapped of them now is taken off.
    """
    lines = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines() if ":" in line)
    now, files, peak = (int(lines[name].split()[0]) * 1024 for name in ("RssAnon", "RssFile", "VmHWM"))
    return now, max(now, peak - files)


def about() -> str:
    """The machine in a few words."""
    model = platform.processor() or platform.machine()
    for line in Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else ():
        if line.startswith("model name"):
            model = line.split(":", 1)[1].strip()
            break
    memory = round(psutil.virtual_memory().total / 2**30)
    return f"{model}, {os.cpu_count()} cores, {memory} GiB, {platform.system()}, Python {platform.python_version()}"
