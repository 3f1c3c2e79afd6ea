"""One reversal of a visitor's bill by window software, which takes its own book back when it is told that all of it is reversed:
reverses_bill.py OUTTRADENO OUTCANCELNO CARD [REFUNDTYPE]; prints the code and the insurance's number of it, or its reason."""
import sys

from reversal import reverse, takes_book_back

number, cancel, card, flow = (sys.argv[1:] + ["hisDecide"])[:4]
code, answer = reverse(number, cancel, card, flow)
if code == "000000":
    takes_book_back(number)
print(*filter(None, (code, answer.get("param", {}).get("medCancelSn", "")[:3], code != "000000" and answer["respMsg"].partition(": ")[2])))
