"""What became of a visitor's bills, or of a refund: asks.py NUMBER CARD [TRADETYPE]; prints the code and the result."""
import sys

from payclient import ASKER, call

number, card, kind = (sys.argv[1:] + ["hop.trade.recharge"])[:3]
code, answer = call("hop.trade.query", **ASKER, cardType="03", cardNo=card, accountType="01", tradeType=kind, outTradeNo=number)
print(code, answer.get("param", {}).get("result"))
