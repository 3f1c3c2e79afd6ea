"""A payment whose desk dies, and for an odd number a refund of some of it: a call says 999999 (ask) or -1002 (nothing left), never
anything wrong; the same call again, until it says what became of it. Says one line: the number, how many calls, how many of them were
told to ask, the last code of the payment, and of the refund ("-" none)."""
import os
import sys
import time

from payclient import ACCOUNT, call

STAY = {**ACCOUNT, "cardType": "05", "cardNo": "W20001234", "accountType": "02", "hisCustId": "W20001234"}
number, patience_s = sys.argv[1], float(sys.argv[2])
said = []


def until_decided(kind, final, **param):
    until = time.monotonic() + patience_s
    while True:
        code, answer = call(kind, **param)
        said.append(code)
        if code in final:
            return code, answer.get("param", {})
        if code not in ("999999", "-1002", "040038") or time.monotonic() > until:
            os.write(1, f"{number} {kind} {said} {answer}\n".encode())
            raise SystemExit(1)
        time.sleep(0.02)


paid, answer = until_decided("hop.trade.recharge", ("000000", "033002"), **STAY, userName="王淑兰", amount="1.00", outChargeNo=number,
                             depositType="ONE_BAR", extra={"authCode": "134567890123456700"})
refunded = "-"
if paid == "000000" and int(number[1:]) % 2 == 1:
    refunded, back = until_decided("hop.trade.refund", ("000000",), **STAY, amount="0.40", withdrawMode="1", refundType="direct",
                                   traceNo=answer["traceNo"], outChargeNo=number, outRefundNo="R" + number, tradeChannel="ONE_BAR",
                                   refundDeskMode="1")
    if back.get("succAmount") != "0.40":
        os.write(1, f"{number} went back {back}\n".encode())
        raise SystemExit(1)
os.write(1, f"{number} {len(said)} {said.count('999999')} {paid} {refunded}\n".encode())
