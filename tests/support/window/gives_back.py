"""One refund of window software that a cashier sees through: gives_back.py OUTCHARGENO OUTREFUNDNO AMOUNT CHANNEL [MEMBER=VALUE...];
prints the code and succAmount."""
import sys

from payclient import ACCOUNT, call

number, refund, amount, channel = sys.argv[1:5]
members = dict(word.split("=", 1) for word in sys.argv[5:])
STAY = {**ACCOUNT, "cardType": "05", "cardNo": "W20001234", "accountType": "02"}
_, asked = call("hop.trade.query", **STAY, tradeType="hop.trade.recharge", outTradeNo=number)
code, answer = call("hop.trade.refund", **{**STAY, "amount": amount, "withdrawMode": "1", "refundType": "direct",
                    "traceNo": asked["param"]["origTraceNo"], "outChargeNo": number, "outRefundNo": refund, "hisCustId": "W20001234",
                    "tradeChannel": channel, "refundDeskMode": "1", **members})
print(*filter(None, (code, answer.get("param", {}).get("succAmount"))))
