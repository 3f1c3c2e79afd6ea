"""Window software at a desk that runs: each of the twenty types once, as a hospital's program would call it."""
import json
import os
import urllib.request

from payclient import ASKER, call

URL = os.environ["SANDBOX"]
STAY = {**ASKER, "cardType": "05", "cardNo": "W20001234", "accountType": "02"}
wrong = []


def control(what, body):
    request = urllib.request.Request(f"{URL}/control/{what}", json.dumps(body).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request) as answer:
        return json.loads(answer.read() or b"{}")


def books():
    with urllib.request.urlopen(f"{URL}/control/books") as answer:
        return json.loads(answer.read())


def payment(number):
    return [row for row in books()["payments"] if row["paymentNo"] == number]


def expect(code, kind, **param):
    got, answer = call(kind, **param)
    if got != code or answer.get("respCode") != code:
        wrong.append((kind, code, got, answer))
    return answer.get("param", {})


def check(what, holds):
    if not holds:
        wrong.append(what)


def recharge(number, amount="100.00", channel="WX_QR", code=None, **more):
    extra = {"deskflak": "1", **({"authCode": code} if code else {})}
    return {**STAY, "hisCustId": "W20001234", "userName": "王淑兰", "amount": amount, "outChargeNo": number,
            "depositType": channel, "extra": extra, **more}


def refund(number, trace, amount, no, channel="WX_QR"):
    return {**STAY, "amount": amount, "withdrawMode": "1", "refundType": "direct", "traceNo": trace, "outChargeNo": number,
            "outRefundNo": no, "hisCustId": "W20001234", "tradeChannel": channel, "refundDeskMode": "1"}


# A code for the patient's phone: placed, paid, asked about.
placed = expect("000000", "hop.trade.recharge", **recharge("N1", feeType="押金", transNO="T1"))
check("a code to pay with", placed.get("qrcode", "").startswith("http"))
check("the platform's own number", placed.get("traceNo"))
asked = {**STAY, "tradeType": "hop.trade.recharge", "outTradeNo": "N1"}
check("it waits", expect("000000", "hop.trade.query", **asked)["result"] in ("init", "ing"))
expect("030001", "hop.trade.recharge", **recharge("N1", amount="99.00"))
expect("030001", "hop.trade.recharge", **{**recharge("N1"), "hisCustId": "W20005678"})
again = expect("000000", "hop.trade.recharge", **recharge("N1"))
check("the same payment", again.get("qrcode") == placed.get("qrcode"))
control("phone", {"act": "pay", "paymentNo": "N1"})
check("it is paid", expect("000000", "hop.trade.query", **asked)["result"] == "succ")
check("paid once", len(payment("N1")) == 1)

# The code of the patient's phone: the call returns when it is decided.
paid = expect("000000", "hop.trade.recharge", **recharge("N2", "5.00", "ONE_BAR", "134567890123456700"))
check("with the platform's numbers", paid.get("traceNo") and paid.get("chargeNo") and paid.get("traceTime"))
same = expect("000000", "hop.trade.recharge", **recharge("N2", "5.00", "ONE_BAR", "134567890123456700"))
check("the same payment again", same.get("traceNo") == paid.get("traceNo") and len(payment("N2")) == 1)
expect("020010", "hop.trade.recharge", **recharge("N3", "5.00", "ONE_BAR"))
expect("020010", "hop.trade.recharge", **recharge("N3", "5.00", "ALI_FACE"))
expect("032001", "hop.trade.recharge", **recharge("N3", "5.00", "ALI_APP"))
face = expect("000000", "hop.trade.recharge", **recharge("N0", "5.00", "ALI_FACE", "fp0123456789"))
check("a face pays at once", face.get("traceNo") and payment("N0")[0]["state"] == "pay_success")
check("nothing left", payment("N3") == [])

# Closed by the caller; nobody has paid, and nobody is charged any more.
closed = expect("000000", "hop.trade.recharge", **recharge("N4"))
expect("000000", "hop.trade.recharge.close", **STAY, outChargeNo="N4")
expect("000000", "hop.trade.recharge.close", **STAY, outChargeNo="N4")
expect("033001", "hop.trade.recharge.close", **STAY, outChargeNo="N2")
expect("030002", "hop.trade.recharge.close", **STAY, outChargeNo="nobody's")
got, answer = call("hop.trade.recharge", **recharge("N4"))
check("a closed payment stays closed", got == "033002")

# Refunds: part of it, the same again, more than is left, another's.
part = expect("000000", "hop.trade.refund", **refund("N2", paid["traceNo"], "2.00", "R1", "ONE_BAR"))
check("what went back", part.get("succAmount") == "2.00")
part = expect("000000", "hop.trade.refund", **refund("N2", paid["traceNo"], "2.00", "R1", "ONE_BAR"))
check("the same refund again", part.get("succAmount") == "2.00" and payment("N2")[0]["returned"] == "2.00")
expect("030001", "hop.trade.refund", **refund("N2", paid["traceNo"], "1.00", "R1", "ONE_BAR"))
part = expect("000000", "hop.trade.refund", **refund("N2", paid["traceNo"], "9.00", "R2", "ONE_BAR"))
check("less than asked", part.get("succAmount") == "3.00" and payment("N2")[0]["returned"] == "5.00")
expect("034001", "hop.trade.refund", **refund("N2", paid["traceNo"], "1.00", "R3", "ONE_BAR"))
expect("030001", "hop.trade.refund", **refund("N1", placed["traceNo"], "1.00", "R1"))
check("nothing went back of it", payment("N1")[0]["returned"] == "0.00")
expect("040008", "hop.trade.refund", **refund("N9", "T", "1.00", "R4"))
expect("040008", "hop.trade.refund", **refund("N2", "another's", "1.00", "R5"))
expect("040007", "hop.trade.refund", **refund("N4", closed["traceNo"], "1.00", "R6"))
# A refund that failed is tried again under its number, and is then done, once.
control("fault", {"on": "onepay.refund.his", "kind": "fail"})
expect("034009", "hop.trade.refund", **refund("N1", placed["traceNo"], "1.50", "R7"))
check("nothing went back", payment("N1")[0]["returned"] == "0.00")
expect("030001", "hop.trade.refund", **refund("N1", placed["traceNo"], "1.60", "R7"))
part = expect("000000", "hop.trade.refund", **refund("N1", placed["traceNo"], "1.50", "R7"))
check("the failed refund is done", part.get("succAmount") == "1.50" and payment("N1")[0]["returned"] == "1.50")
expect("000000", "hop.trade.refund", **refund("N1", placed["traceNo"], "1.50", "R7"))
check("once", payment("N1")[0]["returned"] == "1.50")
check("a refund is asked about",
      expect("000000", "hop.trade.query", **STAY, tradeType="hop.trade.refund", outTradeNo="R1")["result"] == "succ")

# A bill.
bill = control("bill", {"card": "C10000003", "amount": "12.00"})["org_trace_no"]
exam = {"wardDept": "A03", "doctorCode": "D1", "phyExamNo": bill, "purchaseCode": "1", "itemNum": "1", "itemPrice": "12.00",
        "totPrice": "12.00", "itemSeq": "1", "itemName": "门诊处置", "purchaseNo": bill}
visitor = {**ASKER, "cardType": "03", "cardNo": "C10000003", "accountType": "01"}
recpay = {**visitor, "depositType": "WX_BAR", "rechargeAmount": "12.00", "consumeAmount": "12.00", "outTradeNo": "B1",
          "hisCustId": "C10000003", "extra": {"examList": [exam], "authCode": "134567890123456700"}}
expect("000000", "hop.trade.recpay", **recpay)
check("it is settled", [row["state"] for row in books()["bills"] if row["org_trace_no"] == bill] == ["settled"])


# ... is reversed whole, once; only what was paid here, and an insured one with the insurance's number of the reversal.
def cancel(trade, number, amount=None, **extra):
    return {"operatorId": "1", "operatorName": "张三", "accountType": "01", "withdrawMode": "1", "outTradeNo": trade, "hisCustId": "C10000003",
            "outCancelNo": number, **({"amount": amount} if amount else {}), "extra": {"phyExamNo": bill, "purchaseNo": bill, **extra}}


expect("034009", "hop.trade.pay.cancel", **cancel("B1", "X0", sftzcx="1"))
expect("034008", "hop.trade.pay.cancel", **cancel("B1", "X0", "5.00"))
expect("040008", "hop.trade.pay.cancel", **cancel("B9", "X0"))
check("nothing went back of it", payment("B1")[0]["returned"] == "0.00")
reversed_bill = expect("000000", "hop.trade.pay.cancel", **cancel("B1", "X1"))
check("its numbers", reversed_bill.get("traceNo") and reversed_bill.get("traceTime"))
expect("000000", "hop.trade.pay.cancel", **cancel("B1", "X1"))
check("once", payment("B1")[0]["returned"] == "12.00" and [row["requestNo"] for row in books()["refunds"] if row["paymentNo"] == "B1"] == ["X1"])
check("it is due again", [row["state"] for row in books()["bills"] if row["org_trace_no"] == bill] == ["unsettled"])
expect("034001", "hop.trade.pay.cancel", **cancel("B1", "X2"))
check("it is asked about",
      expect("000000", "hop.trade.query", **STAY, tradeType="hop.trade.refund", outTradeNo="X1")["result"] == "succ")
expect("000000", "hop.trade.recpay", **{**recpay, "outTradeNo": "B2", "extra": {**recpay["extra"], "patientType": "01"}})
expect("020001", "hop.trade.pay.cancel", **cancel("B2", "X3"))
check("the insurance's number", expect("000000", "hop.trade.pay.cancel", **cancel("B2", "X3", medCancelSn="M1")).get("medCancelSn") == "M1")

# What moves no money.
expect("000000", "hop.trade.setinfo", serveraddr="http://127.0.0.1:1/", appid="A", appsecret="S")
check("the account", expect("000000", "hop.account.info", **STAY).get("hisCustID") == "W20001234")
expect("031003", "hop.account.info", **{**visitor, "cardNo": "C9"})
expect("000000", "portal.wb.queryAccount", key="W20001234")
key = expect("000000", "portal.wb.getWristbandCode", cardType="05", cardNo="W20001234", idNo="350102194702150043", idType="1",
             operatorId="1", operatorName="张三", accountType="02", hospName="示范医院", userName="王淑兰").get("key")
expect("000000", "portal.wb.cancelQrCode", key=key)
expect("000000", "hop.face.query", **ASKER, Business_type="01", CardListType="1", outTradeNo="F1", extra="")
check("asked until it is known", expect("000000", "hop.esccard.auth.qr", outAuthorizeNo="A1", outAuthorizeTime="20261125101010",
                                        operatorId="1", operatorName="张三", treatmentCode="010105").get("authStatus") == "succ")
PATIENT = {"inpatientNo": "123", "cardType": "05", "cardNo": "W20001234", "accountType": "02", "contactNumber": "13800000000",
           "userName": "蔡某", "idNo": "350288888888888888", "wardName": "急诊内科", "inpatientDate": "2019-07-18"}
COSTS = {"bcbxf0": "0.00", "grzfe0": "11.00", "bcfyze": "22.00", "balance": "11.00"}
RECIPE = {"cardNo": "D1", "contactNumber": "13800000000", "idNo": "1", "userName": "蔡某", "userNo": "U1", "applyDepaName": "内科",
          "applyDoctorName": "李", "recipeTime": "20190718121742"}
expect("000000", "hop.inpatient.msg.overpay", **PATIENT, **COSTS, complementMoney="0.01")
expect("000000", "hop.inpatient.msg.bill", **PATIENT, **COSTS, patientType="00", beginDate="2019-07-18", endDate="2019-07-18")
expect("000000", "hop.inpatient.msg.outDepart", **PATIENT, patientType="01")
expect("000000", "hop.inpatient.msg.outHosp", **PATIENT, **COSTS)
expect("000000", "hop.inpatient.msg.common", inpatientNo="123", contactNumber="13800000000", userName="蔡某", idNo="1", keyword="k",
       first="f")
expect("000000", "hop.mmpay.msg.push", **RECIPE, cardType="03", accountType="01", feeType="00", fee="1.00")
expect("000000", "hop.mmpay.push.drug", **RECIPE, voucherNo="V", hisReceiptNo="H", fee="1.00", drugState="init", first="f", remark="r",
       drugWindowNo="9 号")
expect("020003", "hop.trade.recharge", **recharge("N8", "0.00"))

for what in wrong:
    print(what)
raise SystemExit(bool(wrong))
