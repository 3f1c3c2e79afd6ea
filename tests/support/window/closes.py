"""One close of window software: closes.py OUTCHARGENO; prints the code and what was closed."""
import sys

from payclient import ACCOUNT, call

code, answer = call("hop.trade.recharge.close", **{**ACCOUNT, "cardType": "05", "cardNo": "W20001234", "accountType": "02",
                    "outChargeNo": sys.argv[1]})
print(*filter(None, (code, answer.get("param", {}).get("outChargeNo"))))
