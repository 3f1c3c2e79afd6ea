#!/usr/bin/env bash
# The program is killed between the upload and its message, and with the message on the phone. What was not pushed is revoked after the
# restart, for nobody is there any more whom it could reach; what was, or may be, is asked about and never pushed again.
. "$(dirname "$0")/lib.sh"
start_sandbox
uploaded_bills '.policy.late_window_ms = 60000 | .limits.credit_deadline_ms = 3000'

on_phone() {
    control portal "{\"act\":\"$1\"}"
}
dies() {
    kill -9 "$(running_kiosk)"
    wait "$visit_pid" || true
    exec 3>&-
}
# until CARD: the code is shown, and what is held has left
until_code() {
    rm -f "$dir/lines"
    begin_visit
    play "wait welcome
$(to_bills "$1")
tap pay
wait channel
tap channel.insurance
wait pay_code
device scanner scan EC$1
wait waiting"
}

# The upload has left, its answer is not heard.
fault '{"on":"mmpc.upload","kind":"hold"}'
until_code C10000013
within 30 books_say '.orders | length == 1' || fail "nothing was uploaded"
dies
control clear
start_kiosk
check_state closed
check_books '[.orders[].ordStas] == ["12"] and (.pushes | length == 0)'
stop_kiosk

# The message has left, its answer is not heard. The phone has it, and pays while nobody runs.
fault '{"on":"amp.pushMsg","kind":"hold"}'
until_code C10000014
within 30 books_say '.pushes | length == 1' || fail "nothing was pushed"
dies
control clear
on_phone pay
start_kiosk
check_state credited
check_books '[.pushes[].messages] == ["1"] and .orders[-1].ordStas == "6"'
stop_kiosk

# Nobody pays: no list of the patient's is read, and the bill is no other machine's or way's.
rm -f "$dir/lines"
begin_visit
play "wait welcome
$(to_uploaded C10000012)"
dies
rm -f "$dir/lines"
begin_visit
play "wait welcome
$(perhaps_on_phone C10000012)"
on_phone pay
check_state credited
echo quit >&3
end_visit
check_books '[.pushes[].messages] == ["1", "1"]'
check_books '.credits | length == 2'
check_journal
nothing_of ECC10000013
