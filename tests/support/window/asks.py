"""What became of a visitor's bills, or of a refund: asks.py NUMBER CARD [TRADETYPE [TRACENO]]; with a TRACENO its
NUMBER is left out. Prints the code and the result."""
import sys

from payclient import ASKER, call

number, card, kind, trace = (sys.argv[1:] + ["hop.trade.recharge", ""][len(sys.argv) - 3:])[:4]
named = {"traceNo": trace} if trace else {"outTradeNo": number}
code, answer = call("hop.trade.query", **ASKER, cardType="03", cardNo=card, accountType="01", tradeType=kind, **named)
print(code, answer.get("param", {}).get("result"))
