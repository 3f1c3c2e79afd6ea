"""Many payments of window software whose phones pay at once, without a window: many.py PREFIX COUNT; fails unless each is paid."""
import sys

from payclient import ACCOUNT, call

for n in range(1, int(sys.argv[2]) + 1):
    code, _ = call("hop.trade.recharge", **{**ACCOUNT, "cardType": "05", "cardNo": "W20001234", "accountType": "02", "hisCustId": "W20001234",
                   "userName": "王淑兰", "amount": "1.00", "outChargeNo": f"{sys.argv[1]}{n}", "depositType": "ONE_BAR",
                   "extra": {"deskflak": "1", "authCode": "134567890123456700"}})
    if code != "000000":
        raise SystemExit(f"{n}: {code}")
