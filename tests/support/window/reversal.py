"""A reversal of a visitor's bill, and the hospital's own book of it."""
import json
import os
import urllib.request

from payclient import ASKER, call

HOSPITAL = os.environ["SANDBOX"]


def reverse(number, cancel, card, flow="hisDecide"):
    """The call's code and answer."""
    return call("hop.trade.pay.cancel", **ASKER, cardType="03", cardNo=card, accountType="01", withdrawMode="1", outTradeNo=number,
                hisCustId=card, outCancelNo=cancel, refundType=flow, extra={"phyExamNo": number, "purchaseNo": number})


def takes_book_back(number):
    """As the hospital's own software does in its own books (the sandbox's ORG_005); a second time changes nothing."""
    with urllib.request.urlopen(HOSPITAL + "/control/books") as answer:
        bill = next(bill for bill in json.load(answer)["bills"] if bill["org_trace_no"] == number)
    asked = {"org_code": "H35010200227", "mdtrt_cert_type": "10", "mdtrt_cert_no": bill["card"], "org_trace_no": number,
             "doc_trace_no": bill["doc_trace_no"]}
    request = urllib.request.Request(HOSPITAL + "/his/cancelRechargeSettle", json.dumps(asked).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request) as answer:
        said = json.load(answer)
    assert said.get("result") == "succ", said
