"""libpayclient.so as a hospital's Python program has it: ctypes, buffers with canaries behind them."""
import ctypes
import json
import os

SIZE = 2048
CANARIES = 512

library = ctypes.CDLL(os.path.join(os.environ.get("B", "build"), "libpayclient.so"))
for _name in ("payTrans", "MobileTrans", "payTransN", "payTransLast"):
    getattr(library, _name).restype = ctypes.c_char_p


class Overrun(Exception):
    """The library wrote behind its buffer."""


def _fresh():
    return ctypes.create_string_buffer(b"\xa5" * (SIZE + CANARIES), SIZE + CANARIES)


def _read(buffer):
    if buffer.raw[SIZE:] != b"\xa5" * CANARIES or b"\0" not in buffer.raw[:SIZE]:
        raise Overrun(buffer.raw[:80])
    return json.loads(buffer.value.decode())


def raw(text, function="payTrans"):
    """The code and the answer as a tree."""
    buffer = _fresh()
    code = getattr(library, function)(text, buffer)
    return code.decode(), _read(buffer)


def call(kind, **param):
    """One transaction type."""
    return raw(json.dumps({"transType": kind, "param": param}, ensure_ascii=False).encode())


def last(size=1 << 20):
    """The whole answer of this thread's last call."""
    buffer = ctypes.create_string_buffer(size)
    return library.payTransLast(buffer, size).decode(), json.loads(buffer.value.decode())


ASKER = {"operatorId": "001", "termNo": "W1", "operatorName": "张三"}
ACCOUNT = {**ASKER, "cardType": "03", "cardNo": "C10000001", "accountType": "01"}
