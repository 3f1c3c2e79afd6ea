"""What became of a visitor's bills: asks.py OUTTRADENO CARD; prints the code and the result."""
import sys

from payclient import ASKER, call

number, card = sys.argv[1:]
code, answer = call("hop.trade.query", **ASKER, cardType="03", cardNo=card, accountType="01", tradeType="hop.trade.recharge", outTradeNo=number)
print(code, answer.get("param", {}).get("result"))
