"""Reversals of bills whose desk dies: each call says reversed, or to ask (999999, -1002, 040038), never anything else; the same call again,
until it says what became of it. Only then the caller takes its own book back. reverses_killed.py PATIENCE_S STOP, lines of OUTTRADENO CARD on
standard input, one after the other until the file STOP is there; then all at once. Says a line for each: the number, how many calls."""
import os
import sys
import threading
import time

from reversal import reverse, takes_book_back

PATIENCE_S, STOP = float(sys.argv[1]), sys.argv[2]
wrong = []


def say(*words):
    """A whole line, whoever else speaks."""
    os.write(1, " ".join(map(str, words)).encode() + b"\n")


def until_reversed(number, card):
    calls, until = 0, time.monotonic() + PATIENCE_S
    while True:
        code, answer = reverse(number, "R" + number, card)
        calls += 1
        if code == "000000":
            break
        if code not in ("999999", "-1002", "040038") or time.monotonic() > until:
            wrong.append(number)
            say("wrong:", number, code, answer)
            return
        time.sleep(0.02)
    takes_book_back(number)
    say(number, calls)


threads = []
for line in sys.stdin:
    threads.append(threading.Thread(target=until_reversed, args=line.split()))
    threads[-1].start()
    while threads[-1].is_alive() and not os.path.exists(STOP):
        threads[-1].join(0.05)
for thread in threads:
    thread.join()
raise SystemExit(bool(wrong))
