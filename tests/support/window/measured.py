"""How long a question takes by the library and the desk, what the platform alone takes of it, and a call that only reads the journal:
medians in milliseconds."""
import http.client
import os
import time

from payclient import ACCOUNT, call

STAY = {**ACCOUNT, "cardType": "05", "cardNo": "W20001234", "accountType": "02"}
COUNT = 500


def median_ms(act):
    took = []
    for _ in range(COUNT):
        begun = time.perf_counter()
        act()
        took.append(time.perf_counter() - begun)
    return sorted(took)[COUNT // 2] * 1000


def question():
    if call("hop.account.info", **STAY)[0] != "000000":
        raise SystemExit("the question was not answered")


def look_up():
    if call("hop.trade.recharge.close", **STAY, outChargeNo="nobody's")[0] != "030002":
        raise SystemExit("the journal was not asked")


def platform():
    connection.request("POST", "/onepay", b"{}", {"Content-Type": "application/json"})
    connection.getresponse().read()


connection = http.client.HTTPConnection(os.environ["SANDBOX"].removeprefix("http://"))
print(f"{median_ms(question):.3f} {median_ms(platform):.3f} {median_ms(look_up):.3f}")
