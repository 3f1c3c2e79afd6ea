#!/usr/bin/env bash
# The desk dies between the pinpad's approval and the platform's booking, at each step between them: what the card paid is booked once or
# goes back to it once, and the same call says which.
. "$(dirname "$0")/lib.sh"
. tests/support/window/desk.sh
at_window '.driver_limits = {pos_ack_ms: 300, poll_ms: 300, reconnect_first_ms: 50} | .devices = [
    {role: "pinpad", driver: "pinpad-ecr", port: "1-1", pos_no: "1"}, {role: "pinpad", driver: "pinpad-ecr", port: "1-2", pos_no: "2"}]'
start_bench pinpad pinpad2=pinpad

dies() {
    kill -9 "$visit_pid"
    wait "$visit_pid" 2>/dev/null || true
    exec 3>&-
}
lives() {
    begin_desk among
    within 60 grep -q 'pinpad 2: ready' "$dir/kiosk.log" || fail "no second pinpad"
}
log_says() {
    grep -q "$1" "$dir/kiosk.log"
}
# bench LINE
bench() {
    echo "$1" >&4
}
# bench_says LINE: is it so? Each line of the bench has one answer.
bench_says() {
    local before
    before=$(grep -c error: "$dir/bench.out")
    bench "$1"
    bench 'pinpad no-such-command' # its error comes after what the line before it said
    within 10 more_errors "$before"
    sleep 0.1
    [ "$(grep -c error: "$dir/bench.out")" = $((before + 1)) ]
}
more_errors() {
    [ "$(grep -c error: "$dir/bench.out")" -gt "$1" ]
}
# no file of the journal has an examination
says_nothing_of_it() {
    ! grep -q phyExamNo "$dir"/journal.db*
}
# booked NUMBER AMOUNT: once, and the same call, also with the other PosNo, is told so
booked() {
    within 60 books_say '[.payments[] | select(.paymentNo == "'"$1"'") | [.channelProduct, .state, .tradeFee]] == [["POS", "pay_success", "'"$2"'"]]' ||
        fail "$1 is not booked once: $(books | jq -c .payments)"
    calls "$1-again" pays "$1" "$2" depositType=POS PosNo=1
    answers "$1-again" 000000 POS
}

# The bank has approved, and nobody was there to hear it.
lives
bench 'pinpad2 hold bank'
calls A pays A 11.00 depositType=POS PosNo=2
play 'wait desk_wait 60
expect 等银行答复'
dies
answers A 999999
bench 'pinpad2 hold off'
bench 'pinpad2 bank'
within 20 bench_says 'pinpad2 sold 1' || fail "the bank did not approve"
lives
booked A 11.00

# The platform has booked it, and its answer never came.
fault '{"on":"onepay.hop.trade.recharge","kind":"hold"}'
calls B pays B 12.00 depositType=POS PosNo=2
within 60 books_say '[.payments[] | select(.paymentNo == "B")] | length == 1' || fail "B was not asked for"
dies
control release
answers B 999999
lives
booked B 12.00

# The platform never had it.
fault '{"on":"onepay.hop.trade.recharge","kind":"drop_before"}'
calls C pays C 13.00 depositType=POS PosNo=2
within 60 log_says 'hop.trade.recharge: unknown' || fail "the request was not lost"
dies
answers C 999999
lives
booked C 13.00

# It is refused, and nobody was there to hear that: the card has its money back, once.
control settings '{"onepay_his": "fail"}'
fault '{"on":"onepay.hop.trade.recharge","kind":"hold"}'
calls D pays D 14.00 depositType=POS PosNo=2
within 60 bench_says 'pinpad2 sold 4' || fail "the pinpad did not sell D"
within 60 books_say '[.payments[] | select(.paymentNo == "D")] | length == 1' || fail "D was not asked for"
bench 'pinpad2 hold bank'
dies
control release
answers D 999999
lives
within 60 log_says ' reversing' || fail "D does not go back to the card"
within 60 bench_says 'pinpad2 working' || fail "the pinpad was not told"
# The platform calls it failed, and whoever hears that takes the money again: it is told when the card has it back.
asks_of_d() {
    [ "$(window asks D W20001234 hop.trade.recharge)" = "000000 $1" ]
}
asks_of_d ing || fail "D, of which the card has nothing back yet, is told as $(window asks D W20001234 hop.trade.recharge)"
dies # the card's money is on its way back
bench 'pinpad2 hold off'
bench 'pinpad2 bank'
within 60 bench_says 'pinpad2 returned 1' || fail "the bank did not take it back"
lives
calls D2 pays D 14.00 depositType=POS PosNo=2
answers D2 033002
asks_of_d fail || fail "D, which is back, is told as $(window asks D W20001234 hop.trade.recharge)"
bench_says 'pinpad2 returned 1' || fail "more went back than was paid"
bench_says 'pinpad2 sold 4' || fail "a card was charged twice"
check_books '[.credits[] | .amount] | sort == ["11.00", "12.00", "13.00"]'

# A bill is booked with its caller's own examinations, whichever program sends them; afterwards nobody has them here any more.
control settings '{"onepay_his": "book"}'
bill=$(books | jq -r '[.bills[] | select(.card == "C10000013" and .state == "unsettled")][0] | [.org_trace_no, .amount] | @tsv')
read -r bill_no amount <<<"$bill"
bench 'pinpad2 hold bank'
calls E pays_bill E "$amount" C10000013 周国栋 POS 00 2 "$bill_no"
play 'wait desk_wait 60
expect 等银行答复'
dies
answers E 999999
says_nothing_of_it && fail "what the caller said of E is lost"
bench 'pinpad2 hold off'
bench 'pinpad2 bank'
within 20 bench_says 'pinpad2 sold 5' || fail "the bank did not approve E"
lives
within 60 books_say '[.payments[] | select(.paymentNo == "E") | .purchases] == ["'"$bill_no"'"]' ||
    fail "E is not booked with its examinations: $(books | jq -c .payments)"
check_books '[.credits[] | select(.org_trace_no == "'"$bill_no"'") | .amount] == ["'"$amount"'"]'
within 20 says_nothing_of_it || fail "what the caller said of E is kept for ever"
end_desk
