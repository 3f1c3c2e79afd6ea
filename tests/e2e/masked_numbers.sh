#!/usr/bin/env bash
# A hospital that masks ID numbers and gives no number of its own: two people with the same mask are two people. Each finds their own
# payments by the card, nobody the other's; an ID number that is missing once hides none.
. "$(dirname "$0")/lib.sh"
start_sandbox

# says JQ: what the hospital answers from now on when it is asked who that is
says() {
    local body
    body=$(ctl --json call his queryAccount '{"mdtrt_cert_type":"10","mdtrt_cert_no":"C10000001","cert_no":"C10000001","account_type":"01"}' |
        jq -c ".response | $1")
    fault "{\"on\":\"his.queryAccount\",\"kind\":\"answer\",\"times\":-1,\"body\":$body}"
}
# sees CARD KEY: in that card's payments
sees() {
    visit <<SCRIPT
wait welcome
$(identify service.records "$1")
wait records
expect $(words "$2")
quit
SCRIPT
}

says 'del(.his_cust_id, .mdtrt_cert_no, .mdtrt_cert_type) | .cert_no = "110105********002X"'
visit <<SCRIPT
$(to_bills)
tap all
tap bill.3
$(pay_by_phone)
SCRIPT
check_state credited
order=$(ctl --json journal list --limit 1)
jq -e '.patient_key == "" and .cust_key == "" and (.card_key | length) == 64' <<<"$order" >/dev/null || fail "a mask became a key: $order"
sees C10000001 records.credited
sees C10000003 notice.no_payments # the same mask, another card

control clear
says '.'
sees C10000001 records.credited
visit <<SCRIPT
$(to_bills)
tap all
tap bill.2
$(pay_by_code wechat)
SCRIPT
check_state credited
control clear
says 'del(.cert_no)'
visit <<SCRIPT
wait welcome
$(identify service.refund)
wait records
expect 36.00
expect 1.20
tap bill.1
wait confirm
tap next
wait result 20
expect $(words verdict.refunded.title)
SCRIPT
check_books '.totals.returned == "36.00"'
check_journal
