#!/usr/bin/env python3
"""Times several thumbnails of each photo in a folder, ours and sharp's in turn, and prints medians and ratios. Started by bench/outputs.sh."""

import math
import sys
from pathlib import Path

import compare

OUTPUTS = "200x200,800x,800x.webp"


def sharp(which):
    return compare.Worker("node", compare.ROOT / "bench/peers/sharp_worker.js", which, NODE_PATH=str(compare.ROOT / "artifacts/peers/node_modules"))


def main():
    tools = {
        "ours": compare.Worker(compare.ROOT / "artifacts/worker/ResizeImage.Worker", OUTPUTS),
        "first alone": sharp("first"),
        "clones": sharp("clones"),
        "chain": sharp("chain"),
    }
    medians = compare.measure(tools, sorted(Path(sys.argv[1]).resolve().glob("*.jpg")))
    peers = [name for name in tools if name != "ours"]
    print(f"{OUTPUTS}, ms".ljust(32) + "".join(f"{name:>13}" for name in tools) + "".join(f"{'ours/' + name:>18}" for name in peers))
    for photo, of in medians.items():
        print(f"{photo.stem:32}" + "".join(f"{of[name]:13.1f}" for name in tools) + "".join(f"{of['ours'] / of[peer]:18.2f}" for peer in peers))
    ratios = [[of["ours"] / of[peer] for of in medians.values()] for peer in peers]
    blank = " " * 13 * len(tools)
    print(f"{'geometric mean':32}{blank}" + "".join(f"{math.prod(r) ** (1 / len(r)):18.2f}" for r in ratios))
    print(f"{'worst':32}{blank}" + "".join(f"{max(r):18.2f}" for r in ratios))


if __name__ == "__main__":
    try:
        main()
    except OSError as error:
        sys.exit(f"{error}.")
