#!/usr/bin/env bash
# Each operation of upp and the HIS spoken raw: what it means is in the exit code, whatever happens on the way.
. "$(dirname "$0")/lib.sh"
start_sandbox
counter=0

# call CODE PLATFORM OPERATION [JSON]: ends so; what it printed is in $dir/answer
call() {
    local code=$1 status=0
    shift
    ctl --json call "$@" >"$dir/answer" 2>"$dir/complaint" || status=$?
    [ $status = "$code" ] || fail "$*: exit $status, not $code: $(cat "$dir/answer" "$dir/complaint")"
}

# said JQ: true of the last answer
said() {
    jq -e "$1" "$dir/answer" >/dev/null || fail "not $1: $(cat "$dir/answer")"
}

new_payment() {
    counter=$((counter + 1))
    no=$(TZ=Asia/Shanghai date +%y%m%d%H%M%S)0001$(printf %04d $counter)
    asked="{\"paymentNo\":\"$no\",\"bizType\":\"scan_pay\"}"
    order="\"paymentNo\":\"$no\",\"expireTime\":\"$(TZ=Asia/Shanghai date -d '+3 min' '+%F %T')\",\"tradeFee\":\"12.30\",\"subject\":\"门诊缴费\""
    scan="{$order,\"channelProduct\":\"ten_scan_code\"}"
}

# A payment's whole life.
new_payment
call 0 upp network
call 4 upp scanCode "$scan"
said '.outcome == "pending" and (.response.data.sign | startswith("http")) and .request.tradeFee == "12.30"'
call 4 upp scanCode "$scan" # the same number, the same content: the same answer
call 4 upp paymentQuery "$asked"
control phone '{"act":"pay"}'
call 0 upp paymentQuery "$asked"
said '.response.data.tradeStatus == "pay_success"'
call 3 upp close "$asked"
refund="{\"paymentNo\":\"$no\",\"bizType\":\"scan_pay\",\"refundFee\":\"2.30\",\"requestNo\":\"R$no\",\"refundNo\":\"R$no\"}"
call 0 upp refund "$refund"
call 0 upp refund "$refund"
call 0 upp refundQuery "{\"requestNo\":\"R$no\"}"
check_books '.totals.returned == "2.30"'
day=$(TZ=Asia/Shanghai date +%F)
call 0 upp yuntaiBills "{\"startDate\":\"$day\",\"endDate\":\"$day\"}"
call 0 upp channelBills "{\"startDate\":\"$day\",\"endDate\":\"$day\"}"
new_payment
call 0 upp barCode "{$order,\"authCode\":\"134567890123456700\"}"
new_payment
call 3 upp barCode "{$order,\"authCode\":\"134567890123456799\"}"

# What happens on the way.
new_payment
fault '{"on":"upp.scanCode","kind":"drop_after"}'
call 5 upp scanCode "$scan"
call 4 upp paymentQuery "$asked"
for kind in bad_signature unsigned garbage; do
    fault "{\"on\":\"upp.paymentQuery\",\"kind\":\"$kind\"}"
    call 6 upp paymentQuery "$asked"
done
fault '{"on":"upp.paymentQuery","kind":"down"}'
call 5 upp paymentQuery "$asked"
said '.code == "HTTP 503" and .response == null'
configure '.limits.answer_ms = 500'
fault '{"on":"upp.paymentQuery","kind":"delay","ms":2000}'
call 5 upp paymentQuery "$asked"
said '.code == "-28"'
configure
fault '{"on":"upp.close","kind":"drop_after"}'
call 0 upp close "$asked" # silence counts as closed
call 5 upp paymentQuery "{\"paymentNo\":\"never placed\",\"bizType\":\"scan_pay\"}"

# The hospital.
patient='"mdtrt_cert_type":"10","mdtrt_cert_no":"C10000001"'
call 0 his queryAccount "{$patient,\"cert_no\":\"C10000001\",\"account_type\":\"01\"}"
call 3 his queryAccount '{"mdtrt_cert_type":"10","mdtrt_cert_no":"C9","cert_no":"C9","account_type":"01"}'
call 0 his queryUnsettleList "{$patient,\"cert_no\":\"C10000001\"}"
settle="{$patient,\"org_trace_no\":\"MZ10000001-1\",\"doc_trace_no\":\"CF10000001-1\",\"amp_trace_id\":\"1\",\"feesum_amt\":\"128.50\",
    \"deposit_amount\":\"128.50\",\"used_patient_type\":\"00\",\"pay_chnl_trace_no\":\"1\",\"mch_trace_no\":\"1\"}"
fault '{"on":"his.rechargeSettle","kind":"answer","body":{"ret_code":"99","ret_msg":"?"}}'
call 5 his rechargeSettle "$settle"
echo "$settle" | ctl call his rechargeSettle - >/dev/null || fail "stdin"
call 0 his querySettleResult "{$patient,\"org_trace_no\":\"MZ10000001-1\"}"
call 0 his queryOrgTips "{$patient,\"org_trace_no\":\"MZ10000001-1\",\"doc_trace_no\":\"CF10000001-1\"}"
call 0 his cancelRechargeSettle "{$patient,\"org_trace_no\":\"MZ10000001-1\",\"doc_trace_no\":\"CF10000001-1\"}"

# What never leaves.
call 2 upp scanCode '{}'
grep -q 'upp.scanCode.paymentNo: expected' "$dir/complaint" || fail "$(cat "$dir/complaint")"
call 2 upp scanCode 'not JSON'
call 2 upp nothing '{}'
call 2 nobody network
call 2 upp
configure '.bench.raw_calls = false'
call 2 upp scanCode "$scan"
call 0 upp network

# The trace is masked.
ctl call upp paymentQuery "$asked" --trace 2>"$dir/trace" >/dev/null || true
{ grep -q "\"paymentNo\":\"$no\"" "$dir/trace" && grep -q '"sign":"\*\*\*"' "$dir/trace"; } || fail "$(cat "$dir/trace")"
sandbox_goes
call 5 upp network
