"""Window software of a busy hospital: CALLERS threads, CALLS each, payments among questions. Every call is answered, and rightly."""
import os
import sys
import threading
import time

from payclient import ACCOUNT, call

CALLERS, CALLS, PAYMENTS = (int(text) for text in sys.argv[1:4])
STAY = {**ACCOUNT, "cardType": "05", "cardNo": "W20001234", "accountType": "02"}
wrong, took = [], []


def pay(number):
    return call("hop.trade.recharge", **STAY, hisCustId="W20001234", userName="王淑兰", amount="1.00", outChargeNo=number,
                depositType="ONE_BAR", extra={"deskflak": "1", "authCode": "134567890123456700"})


def ask(number):
    begun = time.monotonic()
    code, answer = call("hop.account.info", **{**STAY, "operatorId": number})
    took.append(time.monotonic() - begun)
    return code, answer


def caller(me):
    for i in range(CALLS):
        number = f"P{me}-{i}"
        code, answer = pay(number) if i < PAYMENTS else ask(number)
        if code != "000000":
            wrong.append((number, code, answer))


threads = [threading.Thread(target=caller, args=(i,)) for i in range(CALLERS)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
for what in wrong[:10]:
    print(what)
took.sort()
print(f"{CALLERS * CALLS} calls, {len(wrong)} wrong; questions: median {took[len(took) // 2] * 1000:.1f} ms", file=sys.stderr)
raise SystemExit(bool(wrong))
