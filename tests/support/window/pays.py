"""One call of window software whose cashier chooses how it is paid: pays.py OUTCHARGENO AMOUNT [MEMBER=VALUE...]; prints the code and
what was paid how. authCode is the phone's, where there is no window."""
import sys

from payclient import ACCOUNT, call

members = dict(word.split("=", 1) for word in sys.argv[3:])
if "authCode" in members:
    members["extra"] = {"authCode": members.pop("authCode")}
code, answer = call("hop.trade.recharge", **{**ACCOUNT, "cardType": "05", "cardNo": "W20001234", "accountType": "02", "hisCustId": "W20001234",
                    "userName": "王淑兰", "amount": sys.argv[2], "outChargeNo": sys.argv[1],
                    "ShowMsg": "住院预交金\n心内科三病区 12 床", **members})
print(*filter(None, (code, answer.get("param", {}).get("tradeMode"))))
