"""Window software on a machine without a desk: every type is refused with a code of its own, nothing hangs."""
import threading
import time

from payclient import ACCOUNT, ASKER, call, last, raw

wrong = []


def expect(got, code, mention=""):
    if got[0] != code or mention not in json_text(got[1]):
        wrong.append((got, code, mention))


def json_text(tree):
    return str(tree)


expect(raw(None), "000003")
expect(raw(b""), "000003")
expect(raw(b"{"), "000004")
expect(raw(b'{"transType":"hop.trade.steal","param":{}}'), "010002", "transType")
expect(call("hop.trade.query", **ASKER), "020001", "cardType")
expect(call("hop.trade.query", **ACCOUNT, tradeType="hop.trade.recharge"), "020001", "outTradeNo")
expect(call("hop.trade.query", **ACCOUNT, tradeType="other", traceNo="1"), "020000", "tradeType")
expect(call("hop.account.info", **{**ACCOUNT, "cardNo": "1" * 33}), "020002", "cardNo")
expect(raw(b'{"data": 1}', "MobileTrans"), "-2", "data")

begun = time.monotonic()
expect(call("hop.account.info", **ACCOUNT), "-1002")
if time.monotonic() - begun > 1:
    wrong.append("it took longer than a second to say that no desk runs")
expect(raw(b'{"data": {"serverAddr": "http://127.0.0.1/pushMsg"}}', "MobileTrans"), "-1002")


def from_a_thread(number):
    for _ in range(20):
        code, _ = call("hop.account.info", **{**ACCOUNT, "cardNo": "1" * (34 + number)})
        if code != "020002" or last()[0] != "020002":
            wrong.append((number, code))


threads = [threading.Thread(target=from_a_thread, args=(i,)) for i in range(8)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
for what in wrong:
    print(what)
raise SystemExit(bool(wrong))
