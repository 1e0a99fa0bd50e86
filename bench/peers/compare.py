#!/usr/bin/env python3
"""Times thumbnails of each photo in a folder, ours and its peers' in turn, and prints medians and ratios. Started by bench/peers.sh."""

import math
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SIZE = 200
ROUNDS = 9


class Worker:
    """A program that stays in memory and answers each photo's path with milliseconds and, if known, the scale at which it decodes. Its first
    line is its name and version."""

    def __init__(self, *command, **environment):
        self._process = subprocess.Popen(
            [str(c) for c in command], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=os.environ | environment
        )
        self.who = self._answer()
        self.scales = {}

    def time(self, photo):
        print(photo, file=self._process.stdin, flush=True)
        milliseconds, *scale = self._answer().split()
        self.scales[photo] = "".join(scale)
        return float(milliseconds)

    def _answer(self):
        line = self._process.stdout.readline()
        if not line:
            raise OSError(f"{self._process.args[0]} ended; what it said stands above")
        return line.strip()


class Djpeg:
    """libjpeg-turbo's djpeg: only decodes, at the smallest of its scales (eighths) that is not smaller than the thumbnail."""

    def __init__(self):
        version = subprocess.run(["djpeg", "-version"], capture_output=True, text=True).stderr
        self.who = f"djpeg of {version.splitlines()[0]}; decodes only, the start of its process is included"
        self._scales = {}

    def time(self, photo):
        if photo not in self._scales:
            self._scales[photo] = next(n for n in range(1, 17) if min(self._decoded_size(photo, n)) >= SIZE)
        command = ["djpeg", "-scale", f"{self._scales[photo]}/8", "-outfile", os.devnull, str(photo)]
        start = time.perf_counter()
        subprocess.run(command, check=True)
        return (time.perf_counter() - start) * 1000

    @staticmethod
    def _decoded_size(photo, eighths):
        pnm = subprocess.run(["djpeg", "-scale", f"{eighths}/8", str(photo)], check=True, stdout=subprocess.PIPE).stdout
        return tuple(map(int, pnm.split(maxsplit=3)[1:3]))


def python_with_pillow():
    """A Python that has Pillow: the one on PATH, or else the system's, for which apt installs packages."""
    for python in (sys.executable, "/usr/bin/python3"):
        if subprocess.run([python, "-c", "import PIL"], stderr=subprocess.DEVNULL).returncode == 0:
            return python
    raise OSError("no Python here has the module PIL")


def start_tools(suffix):
    """Ours and its installed peers for files of a format, by name."""
    bench = ROOT / "bench/peers"
    tools = {"ours": Worker(ROOT / "artifacts/worker/ResizeImage.Worker")}
    peers = {
        "sharp": lambda: Worker("node", bench / "sharp_worker.js", NODE_PATH=str(ROOT / "artifacts/peers/node_modules")),
        "pillow": lambda: Worker(python_with_pillow(), bench / "pillow_worker.py"),
        "djpeg": Djpeg,
    }
    unread = {"sharp": [".bmp"], "djpeg": [".png", ".webp", ".gif", ".bmp"]}
    for name, start in peers.items():
        if suffix in unread.get(name, []):
            print(f"{name} is left out: it does not read {suffix}.", file=sys.stderr)
            continue
        try:
            tools[name] = start()
        except OSError as error:
            print(f"{name} is left out: {error}.", file=sys.stderr)
    return tools


def measure(tools, photos):
    """Median milliseconds by photo and tool. Tools take turns, so that other load on the machine affects all of them alike."""
    times = {photo: {name: [] for name in tools} for photo in photos}
    for turn in range(ROUNDS + 1):
        for photo in photos:
            for name, tool in tools.items():
                milliseconds = tool.time(photo)
                if turn > 0:  # the first turn warms up
                    times[photo][name].append(milliseconds)
    return {photo: {name: statistics.median(t) for name, t in of.items()} for photo, of in times.items()}


def main():
    photos = sorted(p for p in Path(sys.argv[1]).resolve().iterdir() if p.suffix in (".jpg", ".png", ".webp", ".gif", ".bmp"))
    tools = start_tools(photos[0].suffix)
    for name, tool in tools.items():
        print(f"{name:8} {tool.who}")

    medians = measure(tools, photos)
    peers = [name for name in tools if name != "ours"]
    print(f"\n{f'median ms of {ROUNDS}':24}{'scale':>6}" + "".join(f"{name:>9}" for name in tools) + "".join(f"{name + '/ours':>13}" for name in peers))
    for photo, of in medians.items():
        ratios = [of[peer] / of["ours"] for peer in peers]
        print(f"{photo.stem:24}{tools['ours'].scales[photo]:>6}" + "".join(f"{of[name]:9.2f}" for name in tools) + "".join(f"{ratio:13.2f}" for ratio in ratios))

    ratios = {peer: [of[peer] / of["ours"] for of in medians.values()] for peer in peers}
    blank = " " * 9 * len(tools)
    print(f"{'geometric mean':30}{blank}" + "".join(f"{math.prod(r) ** (1 / len(r)):13.2f}" for r in ratios.values()))
    print(f"{'minimum':30}{blank}" + "".join(f"{min(r):13.2f}" for r in ratios.values()))


if __name__ == "__main__":
    try:
        main()
    except OSError as error:
        sys.exit(f"{error}.")
