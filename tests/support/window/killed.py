"""A payment whose desk dies: the call says 999999 (ask) or -1002 (nothing left), never anything wrong; the same call again, until it
says what became of it. Says one line: the number, how many calls, how many of them were told to ask, the last code."""
import os
import sys
import time

from payclient import ACCOUNT, call

STAY = {**ACCOUNT, "cardType": "05", "cardNo": "W20001234", "accountType": "02"}
number, amount, patience_s = sys.argv[1], sys.argv[2], float(sys.argv[3])
until, said = time.monotonic() + patience_s, []
while True:
    code, answer = call("hop.trade.recharge", **STAY, hisCustId="W20001234", userName="王淑兰", amount=amount, outChargeNo=number,
                        depositType="ONE_BAR", extra={"authCode": "134567890123456700"})
    said.append(code)
    if code in ("000000", "033002") or time.monotonic() > until:
        break
    if code not in ("999999", "-1002", "040038"):
        print(number, said, answer)
        raise SystemExit(1)
    time.sleep(0.02)
os.write(1, f"{number} {len(said)} {said.count('999999')} {code}\n".encode())
raise SystemExit(code not in ("000000", "033002"))
