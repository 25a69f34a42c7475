"""Math-Verify over labelled pairs. argv: the pairs, a JSON object a line. A round for each line of stdin, a line of JSON out.

Called as its users do: the gold answer and an answer stand in dollars, a whole reply stands as it is.
CPU time is that of this process after its imports; sympy's cache is emptied before each round, outside of the measured time.
"""
import json
import logging
import sys
import time

from math_verify import parse, verify
from sympy.core.cache import clear_cache

logging.disable(logging.CRITICAL)
with open(sys.argv[1], encoding="utf-8") as lines:
    pairs = [json.loads(line) for line in lines]


def wrapped(text):
    return text if any(mark in text for mark in ("$", "\\(", "\\[", "\\boxed")) else "$" + text + "$"


def check(pair):
    prediction = pair["prediction"] if pair.get("form") == "response" else wrapped(pair["prediction"])
    try:
        return bool(verify(parse(wrapped(pair["gold"])), parse(prediction)))
    except Exception:
        return None


parse("$1$")
print(json.dumps({"ready": len(pairs)}), flush=True)
for _ in sys.stdin:
    clear_cache()
    verdicts, ms = [], []
    cpu = time.process_time()
    for pair in pairs:
        start = time.perf_counter()
        verdicts.append(check(pair))
        ms.append((time.perf_counter() - start) * 1000)
    print(json.dumps({"cpuMs": (time.process_time() - cpu) * 1000, "verdicts": verdicts, "ms": ms}), flush=True)
