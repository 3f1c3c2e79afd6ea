"""Calls a desk from another machine, as payclient.dll does: elsewhere.py PORT CERTIFICATE TOKEN; says what is wrong and fails."""
import json
import socket
import ssl
import sys
import threading
import time

port, certificate, token = int(sys.argv[1]), sys.argv[2], sys.argv[3]
tls = ssl.create_default_context(cafile=certificate)
GREETING = b"hopkiosk desk 1\n"
ASKER = {"operatorId": "1", "termNo": "W1", "operatorName": "张三", "cardType": "05", "cardNo": "W20001234", "accountType": "02"}


def meet():
    return tls.wrap_socket(socket.create_connection(("127.0.0.1", port), 10), server_hostname="127.0.0.1")


def until_end(side):
    heard = b""
    try:
        while part := side.recv(4096):
            heard += part
    except (ConnectionError, ssl.SSLError, socket.timeout):
        pass
    return heard


def ask(kind, param, said=token):
    side = meet()
    side.settimeout(20)
    side.sendall(f"token {said}\n".encode())
    greeting = b""
    while len(greeting) < len(GREETING) and (part := side.recv(len(GREETING) - len(greeting))):
        greeting += part
    if greeting != GREETING:
        return None
    side.sendall(json.dumps({"call": "payTrans", "transType": kind, "param": param}, ensure_ascii=False).encode() + b"\n")
    return json.loads(until_end(side).strip())


def check(what, good):
    if not good:
        print("not so:", what)
        raise SystemExit(1)


account = ask("hop.account.info", ASKER)
check("an account", account["code"] == "000000" and account["out"]["param"]["hisCustID"] == "W20001234")
paid = ask("hop.trade.recharge", {**ASKER, "hisCustId": "W20001234", "userName": "王淑兰", "amount": "5.00", "outChargeNo": "E1",
                                  "depositType": "ONE_BAR", "extra": {"authCode": "134567890123456700"}})
check("a payment", paid["code"] == "000000" and paid["out"]["param"]["traceNo"])

began = time.monotonic()
check("another token is not greeted", ask("hop.account.info", ASKER, "another-token-1234") is None)
check("it is refused slowly", time.monotonic() - began >= 2.5)
check("half of the token is another", ask("hop.account.info", ASKER, token[:-1]) is None)

# A line without an end, no TLS at all, silence: hung up on, while others are served.
side = meet()
side.settimeout(20)
side.sendall(b"x" * 4096)
check("a token without an end", until_end(side) == b"")
plain = socket.create_connection(("127.0.0.1", port), 10)
plain.settimeout(20)
plain.sendall(b"token " + token.encode() + b"\n")
check("no TLS", GREETING not in until_end(plain))
silent = [socket.create_connection(("127.0.0.1", port), 10) for _ in range(20)]
check("others are served meanwhile", ask("hop.account.info", ASKER)["code"] == "000000")
for one in silent:
    one.settimeout(20)
    check("silence is hung up on", until_end(one) == b"")

# Many at once.
answers = []
threads = [threading.Thread(target=lambda: answers.append(ask("hop.account.info", ASKER))) for _ in range(16)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
check("sixteen at once", len(answers) == 16 and all(answer and answer["code"] == "000000" for answer in answers))


def slow_one_is_hung_up_on():
    """A byte now and then is never late, yet the whole is: its place is wanted by others."""
    with socket.create_connection(("127.0.0.1", int(sys.argv[1]))) as line:
        line.settimeout(1)
        began = time.monotonic()
        line.sendall(b"\x16\x03\x01\x02\x00")
        while time.monotonic() - began < 12:
            try:
                line.sendall(b"\x01")
                if line.recv(1) == b"":
                    return
            except TimeoutError:
                continue
            except OSError:
                return
        sys.exit("a slow caller keeps its place")


def half_a_record_keeps_no_place():
    """Who has the token and says half of something is hung up on as whoever says half a line here."""
    side = meet()
    side.settimeout(60)
    side.sendall(f"token {token}\n".encode())
    line = socket.socket(fileno=side.detach())
    line.settimeout(60)
    line.sendall(b"\x17\x03\x03\x00\x40half")
    check("others are served beside half a record", ask("hop.account.info", ASKER)["code"] == "000000")
    began = time.monotonic()
    try:
        while line.recv(4096):
            pass
    except ConnectionError:
        pass
    check("half a record is hung up on", time.monotonic() - began < 40)


half_a_record_keeps_no_place()
slow_one_is_hung_up_on()
