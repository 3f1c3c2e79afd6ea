"""A member whose name is the document's but for a blank behind it: what the desk answers."""
from payclient import ASKER, call

print(*call("hop.trade.pay.cancel", **ASKER, cardType="03", cardNo="C1", accountType="01", withdrawMode="1", outTradeNo="N9", hisCustId="C1",
            outCancelNo="R9", refundType="hisDecide", **{"amount ": "abc"}, extra={"phyExamNo": "1", "purchaseNo": "1"}))
