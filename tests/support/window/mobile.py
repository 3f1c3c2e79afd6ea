"""MobileTrans of window software: the portal's questions are passed and answered, what would return money is refused before it leaves."""
import json

from payclient import raw

ORG = "H35010200227"
PUSH = {"hisCustType": "01", "hisCustId": "C10000011", "phone": "13800000011", "appType": "01", "orgCode": ORG, "patientName": "赵海燕",
        "idType": "01", "idNo": "1", "medOrgOrd": "B1", "orderStatus": "MERCHANT_PAID", "pushType": "HOSPITAL_CHECK", "amount": "1.00"}


def expect(code, operation, **data):
    message = {"data": {"serverAddr": f"https://elsewhere.example/api/amp/hos/{operation}", "appId": "theirs", "appKey": "theirs",
                        "version": "1.0.0", **data}}
    said, answer = raw(json.dumps(message, ensure_ascii=False).encode(), "MobileTrans")
    if said != code or answer.get("code") != code:
        raise SystemExit(f"{operation}: {said} {answer}")
    return answer


expect("000000", "pushMsg", **PUSH)
expect("-2", "pushMsg", **{**PUSH, "pushType": "SOMETHING"})
expect("404404", "refund", orgCode=ORG, outRefundNo="R1", refundType="02")
expect("404404", "nothing")
expect("000000", "getTradeFile", orgCode=ORG, billDate="2026-11-20", billType="ALL")
print("the portal was asked")
