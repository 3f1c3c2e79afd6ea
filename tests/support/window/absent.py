"""What window software is told of numbers that the platform does not know. `absent.py pay`: a payment whose request was lost is still
under way; `absent.py known`: so it is for whoever asks after the desk was killed; `absent.py forgotten`: a platform that has forgotten
what was paid and given back (R1 of N2)."""
import sys
import threading
import time

from payclient import ACCOUNT, call

STAY = {**ACCOUNT, "cardType": "05", "cardNo": "W20001234", "accountType": "02"}
wrong = []


def result(number, kind="recharge"):
    code, answer = call("hop.trade.query", **STAY, tradeType="hop.trade." + kind, outTradeNo=number)
    if code != "000000":
        wrong.append((number, code, answer))
    return answer.get("param", {}).get("result")


def expect(word, number, kind="recharge"):
    got = result(number, kind)
    if got != word:
        wrong.append((number, kind, got, word))


def pay():
    call("hop.trade.recharge", **STAY, hisCustId="W20001234", userName="王淑兰", amount="3.00", outChargeNo="A1", depositType="WX_QR",
         extra={"deskflak": "1"})


if sys.argv[1] == "pay":
    threading.Thread(target=pay, daemon=True).start()
    time.sleep(0.5)
if sys.argv[1] == "forgotten":
    expect("ing", "N2")
    expect("ing", "R1", "refund")
    expect("notfound", "N4")  # closed: it will never be paid
    expect("notfound", "N2", "refund")
else:
    expect("ing", "A1")
    expect("notfound", "A1", "refund")
expect("notfound", "nobody's")
for what in wrong:
    print(what)
sys.stdout.flush()
raise SystemExit(bool(wrong))
