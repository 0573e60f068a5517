"""A server under measurement: started, asked, stopped by its pid."""

import http.client
import os
import signal
import socket
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from bench import machine
from bench.places import HERE, HOST, ROOT, STATE

# The stock server tries several stack depths at its first start.
_PATIENCE = 600.0


@dataclass
class Server:
    """How one server is started and what it is asked.

    `commands` are started in order, each with its own environment over ours; the port is that of the last one, and
    ready when it is open. `folder` names the one in queries/ that holds its documents.
    """

    name: str
    label: str
    commands: Sequence[Sequence[str]]
    port: int
    folder: str = "peers"
    env: Mapping[str, str] = field(default_factory=dict)
    cwd: Path = ROOT
    # PostgreSQL ends its sessions on SIGINT and waits for them on SIGTERM.
    interrupt: bool = False
    processes: "list[subprocess.Popen[bytes]]" = field(default_factory=list)

    def start(self) -> "Server":
        """Start it and wait until it listens. Raises RuntimeError where the port is taken or a process ends."""
        if self.listens():
            raise RuntimeError(f"{self.name}: port {self.port} is taken; BENCH_PORT sets another one")
        logs = STATE / "logs"
        logs.mkdir(parents=True, exist_ok=True)
        log = logs / f"{self.name}.log"
        with log.open("wb") as out:
            for command in self.commands:
                environment = {**os.environ, **self.env}
                started = subprocess.Popen(
                    command, cwd=self.cwd, env=environment, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT
                )
                self.processes.append(started)
                if len(self.processes) < len(self.commands):
                    time.sleep(2)
        deadline = time.monotonic() + _PATIENCE
        while not self.listens():
            if time.monotonic() > deadline or any(process.poll() is not None for process in self.processes):
                self.stop()
                raise RuntimeError(f"{self.name} did not start; see {log.relative_to(STATE)}")
            time.sleep(0.1)
        return self

    def listens(self) -> bool:
        """Whether its port is open."""
        with socket.socket() as probe:
            probe.settimeout(1)
            return probe.connect_ex((HOST, self.port)) == 0

    def stop(self) -> None:
        """End its processes, the last one first."""
        while self.processes:
            process = self.processes.pop()
            if process.poll() is None:
                process.send_signal(signal.SIGINT if self.interrupt and not self.processes else signal.SIGTERM)
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    @property
    def pids(self) -> list[int]:
        """Its processes, without their children."""
        return [process.pid for process in self.processes]

    def cpu(self) -> float:
        """Seconds of CPU used so far by all of its processes."""
        return machine.cpu_of(self.pids)

    def exact_cpu(self) -> float:
        """The same without their children, to the microsecond (Linux)."""
        return sum(map(machine.exact_cpu_of, self.pids))

    def ask(self, bodies: Sequence[bytes]) -> list[bytes]:
        """The answers to some requests, one after the other. Raises RuntimeError unless each is a 200 without errors."""
        answers = self.answers(bodies)
        for body, (status, answer) in zip(bodies, answers, strict=True):
            if status != 200 or b'"errors":' in answer[:200]:
                raise RuntimeError(f"{self.name} answered {status}: {answer[:500]!r} to {body[:300]!r}")
        return [answer for _, answer in answers]

    def answers(self, bodies: Sequence[bytes]) -> list[tuple[int, bytes]]:
        """The status and body of the answers to some requests, one after the other, whatever they say."""
        connection = http.client.HTTPConnection(HOST, self.port, timeout=120)
        headers = {"content-type": "application/json", "accept": "application/json"}
        answers = []
        for body in bodies:
            connection.request("POST", "/graphql", body, headers)
            response = connection.getresponse()
            answers.append((response.status, response.read()))
        connection.close()
        return answers

    def bodies(self, query: str, variables: Sequence[Mapping[str, Any]]) -> list[bytes]:
        """The request bodies of one of its documents."""
        text = (HERE / "queries" / self.folder / f"{query}.graphql").read_text().strip()
        return [orjson.dumps({"query": text, "variables": dict(each)}) for each in variables]
