"""One call of window software for bills of a visitor, which it settled with the hospital itself: pays_bill.py OUTTRADENO AMOUNT CARD NAME
[DEPOSITTYPE [PATIENTTYPE [POSNO [PURCHASENO]]]]; prints the code and what was paid how."""
import sys

from payclient import ASKER, call

number, amount, card, name, how, who, pinpad, purchase = sys.argv[1:] + ["WX_BAR", "00", "", "E" + sys.argv[1]][len(sys.argv) - 5:]
exam = {"wardDept": "A03", "doctorCode": "D1", "phyExamNo": "E" + number, "purchaseCode": "1", "itemNum": "1", "itemPrice": amount,
        "totPrice": amount, "itemSeq": "1", "itemName": "门诊处置", "purchaseNo": purchase}
code, answer = call("hop.trade.recpay", **ASKER, cardType="03", cardNo=card, accountType="01", hisCustId=card, userName=name, depositType=how,
                    rechargeAmount=amount, consumeAmount=amount, outTradeNo=number, extra={"examList": [exam], "patientType": who},
                    **({"PosNo": pinpad} if pinpad else {}))
print(*filter(None, (code, answer.get("param", {}).get("tradeMode"))))
