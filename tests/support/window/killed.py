"""Payments whose desk dies, and for odd numbers a refund of some of it: a call says 999999 (ask) or -1002 (nothing left), never anything
wrong; the same call again, until it says what became of it. CALLERS at once, one payment after the other until the file STOP is there.
Says a line for each: the number, how many calls, how many of them were told to ask, the last code of the payment, and of the refund
("-" none)."""
import itertools
import os
import sys
import threading
import time

from payclient import ACCOUNT, call

CALLERS, STOP, PATIENCE_S = int(sys.argv[1]), sys.argv[2], float(sys.argv[3])
STAY = {**ACCOUNT, "cardType": "05", "cardNo": "W20001234", "accountType": "02", "hisCustId": "W20001234"}
numbers, wrong = itertools.count(1), []


class Wrong(Exception):
    """Something that no caller may be told."""


def until_decided(said, kind, final, **param):
    until = time.monotonic() + PATIENCE_S
    while True:
        code, answer = call(kind, **param)
        said.append(code)
        if code in final:
            return code, answer.get("param", {})
        if not os.path.exists(STOP):  # what a desk needs some seconds for waits until it lives so long
            until = time.monotonic() + PATIENCE_S
        if code not in ("999999", "-1002", "040038") or time.monotonic() > until:
            raise Wrong(f"{param['outChargeNo']} {kind} {said[-5:]} {answer}")
        time.sleep(0.02)


def give_back(said, number, trace):
    code, back = until_decided(said, "hop.trade.refund", ("000000",), **STAY, amount="0.40", withdrawMode="1", refundType="direct",
                               traceNo=trace, outChargeNo=number, outRefundNo="R" + number, tradeChannel="ONE_BAR", refundDeskMode="1")
    if back.get("succAmount") != "0.40":
        raise Wrong(f"{number} went back {back}")
    return code


def one_payment(n):
    said, number, refunded = [], f"K{n}", "-"
    paid, answer = until_decided(said, "hop.trade.recharge", ("000000", "033002"), **STAY, userName="王淑兰", amount="1.00",
                                 outChargeNo=number, depositType="ONE_BAR", extra={"authCode": "134567890123456700"})
    if paid == "000000" and n % 2 == 1:
        refunded = give_back(said, number, answer["traceNo"])
    os.write(1, f"{number} {len(said)} {said.count('999999')} {paid} {refunded}\n".encode())


def caller():
    try:
        while not os.path.exists(STOP):
            one_payment(next(numbers))
    except Wrong as what:
        wrong.append(what)
        os.write(1, f"wrong: {what}\n".encode())


threads = [threading.Thread(target=caller) for _ in range(CALLERS)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
raise SystemExit(bool(wrong))
