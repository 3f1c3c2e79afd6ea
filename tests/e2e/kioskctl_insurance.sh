#!/usr/bin/env bash
# The insurance's platforms spoken raw, and the hospital's side of them: centre and portal really call the hospital, in the documents' order.
. "$(dirname "$0")/lib.sh"
start_sandbox
private=211fee8c3c5fee2fad3dc926fc9403366d2def02cdd0bb5bd683ca015d99db7f
public=0417cc16abaebedc7f87b2e0a508c0cb93631761db7fa19adece712c6aade1d673e389b5e902df7a2e6fe3917b0f55747e00d74e36e939ecc3e7967b7058a91858

# with MMPC [AMP]: what else these sections say
with() {
    configure '.limits.answer_ms = 3000
        | .platforms.mmpc = ({base_url: $url, app_id: "43AF047BBA47FC8A1AE8EFB232BDBBCB"} + {'"$1"'})
        | .platforms.amp = ({server_addr: $url, app_id: "St82fYdfk6ph4YiFpMwa4yw8TYr8wCmM", app_key: "St72fYdfk6ph4YiFpMwa4yw8TYr8wCmM",
            org_secret: "9D1C33A7E0B24F68"} + {'"${2:-}"'})'
}
sealed="envelope: \"sm2-sm4\", app_secret: \"4117E877F5FA0A0188891283E4B617D5\", sm2_private_key: \"$private\", sm2_peer_key: \"$public\""

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

# refused MEMBER: the last complaint begins so
refused() {
    grep -q "$1" "$dir/complaint" || fail "not $1: $(cat "$dir/complaint")"
}

# bill_of CARD NTH: its number
bill_of() {
    books | jq -r ".bills | map(select(.card == \"$1\")) | .[$2].org_trace_no"
}

# An order's whole life at the centre, plain and sealed.
for envelope in 'envelope: "none"' "$sealed"; do
    with "$envelope"
    control reset
    order=$(bill_of C10000013 0)
    asked="{\"medOrgOrd\":\"$order\"}"
    call 3 mmpc upload "{\"medOrgOrd\":\"$order\",\"ecToken\":\"ECnobody\"}"
    call 3 mmpc upload "{\"medOrgOrd\":\"$order\",\"ecToken\":\"ECC10000011\"}"
    call 3 mmpc upload "{\"medOrgOrd\":\"none\",\"ecToken\":\"ECC10000013\"}"
    call 0 mmpc upload "{\"medOrgOrd\":\"$order\",\"ecToken\":\"ECC10000013\"}"
    said '.response.data | .cashierUrl != null and (.payToken | startswith("AUTH")) and (.extData.result | length) == 3
        and (.extData.upload | map(select(.chrgitmLv == "03")) | length) == 1'
    call 4 mmpc query "$asked"
    said '.code == "0" and .response.data.ownPayAmt == null'
    control insure "{\"medOrgOrd\":\"$order\",\"act\":\"open\"}"
    call 4 mmpc query "$asked"
    said '.code == "1" and .response.data.psnAcctPay == 12.34 and .response.data.extData.setlinfo.acctPay == 12.34'
    control settings '{"split_before":false,"names_outside":true}'
    call 4 mmpc query "$asked"
    said '.code == "1" and .response.data.ownPayAmt == null'
    control insure "{\"medOrgOrd\":\"$order\",\"act\":\"pay\"}"
    call 0 mmpc query "$asked"
    said '.code == "6" and .response.data.psnAcctPay == 12.34 and (.response.data | .feeSumamt + .outOfMIFee - .fundPay - .psnAcctPay - .ownPayAmt | fabs) < 0.001'
    check_books ".orders[0].told_his and (.bills | map(select(.org_trace_no == \"$order\")) | .[0].state == \"settled\")"
    call 3 mmpc revoke "$asked"
    refund="{\"medOrgOrd\":\"$order\",\"appRefdSn\":\"R1\",\"refChannel\":\"online\",\"refdType\":\"ALL\"}"
    control settings '{"refunding_ms":5000}'
    call 4 mmpc refund "$refund"
    said '.response.data.ownpayRefAmt < 0'
    call 4 mmpc query "$asked"
    said '.code == "17"'
    within 15 eval 'status=0; ctl --json call mmpc query "$asked" >"$dir/answer" || status=$?; [ $status = 5 ]' || fail "the refund does not end"
    said '.code == "7"'
    call 4 mmpc refund "$refund"
    call 0 mmpc bill '{"orgCodg":"H35010200227","billDate":"20261120","billType":"ALL"}'
    call 0 mmpc notice '{"psnName":"张伞","idType":"01","idNo":"510100","orgCodg":"H35010200227","msgType":"1","channel":"13"}'
    order=$(bill_of C10000011 0)
    call 0 mmpc upload "{\"medOrgOrd\":\"$order\",\"payAuthNo\":\"AUTHC10000011\"}"
    call 0 mmpc revoke "{\"medOrgOrd\":\"$order\"}"
    call 5 mmpc query "{\"medOrgOrd\":\"$order\"}"
    said '.code == "12"'
    call 5 mmpc query '{"medOrgOrd":"none"}'
    for state in 14 16 9; do
        control order "{\"medOrgOrd\":\"$order\",\"ordStas\":\"$state\"}"
        call 5 mmpc query "{\"medOrgOrd\":\"$order\"}"
    done
    control order "{\"medOrgOrd\":\"$order\",\"ordStas\":\"15\"}"
    call 3 mmpc query "{\"medOrgOrd\":\"$order\"}"
    control order "{\"medOrgOrd\":\"$order\",\"ordStas\":\"6\"}" # done, it says, without amounts: nobody knows
    call 5 mmpc query "{\"medOrgOrd\":\"$order\"}"
done

# What happens on the way: nothing that does not verify is believed.
for kind in bad_signature unsigned garbage; do
    fault "{\"on\":\"mmpc.query\",\"kind\":\"$kind\"}"
    call 6 mmpc query '{"medOrgOrd":"none"}'
done
fault '{"on":"mmpc.refund","kind":"drop_after"}'
call 5 mmpc refund '{"medOrgOrd":"none","appRefdSn":"R1","refChannel":"online","refdType":"ALL"}'
fault '{"on":"mmpc.query","kind":"answer","body":{"code":1,"data":{"medOrgOrd":"P1","ordStas":"6","feeSumamt":1,"outOfMIFee":0,"fundPay":2,"psnAcctPay":0,"ownPayAmt":0}}}'
call 5 mmpc query '{"medOrgOrd":"P1"}'
with "${sealed/4117E8/4117E9}"
call 6 mmpc query '{"medOrgOrd":"none"}' # the centre cannot read it, and we not its answer

# The link of the cashier: a browser opens it, the centre fetches the lines; it is told once where the patient paid.
with 'envelope: "none"'
control reset
order=$(bill_of C10000016 0)
call 0 mmpc cashier "{\"medOrgOrd\":\"$order\",\"returnUrl\":\"$url/pay/back?a=1&b=2\",\"notifyUrl\":\"$url/mmpc/notified\"}"
link=$(jq -r .response.url "$dir/answer")
curl -sf "$link" >"$dir/page" || fail "the cashier does not open"
grep -q '确认支付' "$dir/page" || fail "$(cat "$dir/page")"
token=$(books | jq -r '.orders[0].payToken')
call 4 mmpc query "{\"medOrgOrd\":\"$order\"}"
before=$(jq .response.data.fundPay "$dir/answer")
curl -sf -X POST --data act=pay "$url/mmpc/pay/$token" >/dev/null
curl -sf "$url/mmpc/pay/$token" >"$dir/page"
grep -q "支付成功" "$dir/page" && grep -q 'href=.*back?a=1&#38;b=2' "$dir/page" || fail "$(cat "$dir/page")"
call 0 mmpc query "{\"medOrgOrd\":\"$order\"}"
said ".response.data.fundPay == $before - 1" # this person's settlement differs
check_books '(.notices | map(select(.type == "mmpc.2.3")) | length) == 1'

# Refused by name before anything leaves.
call 2 mmpc query '{}'
refused mmpc.query.payOrdId:
call 2 mmpc upload '{"medOrgOrd":"P1","ecToken":"E","payAuthNo":"A"}'
refused mmpc.upload.payAuthNo:
call 2 mmpc refund '{"medOrgOrd":"P1","appRefdSn":"R1","refChannel":"offline","refdType":"ALL"}'
refused mmpc.refund.ecToken:
call 2 mmpc bill '{"orgCodg":"H","billDate":"2026-11-20","billType":"ALL"}'
refused mmpc.bill.billDate:

# The hospital's own interfaces.
control reset
order=$(bill_of C10000011 0)
call 0 his mmpcFees "{\"medOrgOrd\":\"$order\"}"
said '.response.data.medfeeSumamt == "128.50" and (.response.data.feedetailList | length) == 3'
call 0 his mmpcList '{"idNo":"'"$(jq -r .response.data.idNo "$dir/answer")"'"}'
said '.response.data.pendingChargeList | length == 2'
call 3 his mmpcFees '{"medOrgOrd":"none"}'
call 0 his orgPreorder "{\"org_trace_no\":\"$order\",\"doc_trace_no\":\"$(books | jq -r ".bills | map(select(.org_trace_no == \"$order\")) | .[0].doc_trace_no")\",\"feesum_amt\":\"128.50\",\"used_patient_type\":\"01\"}"
call 3 his orgPreorder "{\"org_trace_no\":\"$order\",\"doc_trace_no\":\"x\",\"feesum_amt\":\"128.50\",\"used_patient_type\":\"01\"}"
call 2 his orgHsCancel '{"mdtr_id":"M"}'
refused his.orgHsCancel.setl_id:

# The portal: pushed, paid there, settled at the hospital in the documents' order.
person="\"hisCustType\":\"01\",\"hisCustId\":\"C10000011\",\"phone\":\"13800000011\",\"appType\":\"01\",\"orgCode\":\"H35010200227\",\"patientName\":\"赵海燕\",\"idType\":\"01\",\"idNo\":\"1\""
push="{$person,\"medOrgOrd\":\"$order\",\"orderStatus\":\"MERCHANT_WAIT_PAY\",\"pushType\":\"HOSPITAL_PAYMENT\",\"amount\":\"128.50\"}"
call 0 amp pushMsg "$push"
control portal "{\"medOrgOrd\":\"$order\",\"act\":\"pay\"}"
check_books '.pushes[0] | .steps == "queryAccount queryUnsettleList orgPreorder rechargeSettle" and .orderStatus == "MERCHANT_PAID" and .own == "0.00"'
control reset
order=$(bill_of C10000014 0)
person=${person/C10000011/C10000014}
push="{$person,\"medOrgOrd\":\"$order\",\"orderStatus\":\"MERCHANT_WAIT_PAY\",\"pushType\":\"HOSPITAL_PAYMENT\",\"amount\":\"32.50\"}"
call 0 amp pushMsg "$push"
fault '{"on":"his.rechargeSettle","kind":"drop_after"}' # settled, but not said: the portal asks
control portal "{\"medOrgOrd\":\"$order\",\"act\":\"pay\"}"
check_books '.pushes[0] | .steps == "queryAccount queryUnsettleList orgPreorder rechargeSettle querySettleResult" and .orderStatus == "MERCHANT_PAID" and .own == "13.00"'
day=$(TZ=Asia/Shanghai date +%F)
call 0 his orgHsTradeFile "{\"stmt_begndate\":\"$day\",\"stmt_enddate\":\"$day\"}"
said '.response.billdetail | length == 1 and .[0].fund_pay_sumamt == "19.50"'
said '.response | .pages == 1 and .cash_pay_sumamt == "13.00"'
trace=$(books | jq -r '.pushes[0] | "\"ampTraceId\":\"" + .ampTraceId + "\",\"traceId\":\"" + .traceId + "\""')
refund="{$trace,\"orgTraceNo\":\"$order\",\"orgCode\":\"H35010200227\",\"refundReason\":\"退费\",\"orgRefundSn\":\"S1\""
call 2 amp refund "$refund,\"refundType\":\"02\",\"refundAmount\":\"1.00\",\"outRefundNo\":\"R1\"}"
refused amp.refund.refundAmount:
call 0 amp refund "$refund,\"refundType\":\"01\",\"refundAmount\":\"3.00\",\"outRefundNo\":\"R1\"}"
call 3 amp refund "$refund,\"refundType\":\"01\",\"refundAmount\":\"10.01\",\"outRefundNo\":\"R2\"}"
for status in ING:4 EXP:5 FAIL:3; do
    control settings "{\"portal_refund\":\"${status%:*}\"}"
    call "${status#*:}" amp refund "$refund,\"refundType\":\"01\",\"refundAmount\":\"1.00\",\"outRefundNo\":\"$status\"}"
done
control settings '{"portal_refund":"SUCCESS"}'
call 0 amp queryRefundResult '{"orgCode":"H35010200227","outRefundNo":"ING:4"}'
call 3 amp queryRefundResult '{"orgCode":"H35010200227","outRefundNo":"FAIL:3"}'
check_books '.pushes[0].back == "4.00"'

# The trade file: fetched within its minute, its digest checked, unpacked.
file="{\"orgCode\":\"H35010200227\",\"billDate\":\"$day\",\"billType\":\"ALL\"}"
call 0 amp getTradeFile "$file" --file "$dir/trades.csv"
grep -q "^\`.*$order" "$dir/trades.csv" && grep -q '交易总金额：32.50' "$dir/trades.csv" || fail "$(cat "$dir/trades.csv")"
[ "$(stat -c %a "$dir/trades.csv")" = 600 ] || fail "the trade file is readable by others"
rm "$dir/trades.csv"
fault "{\"on\":\"amp.getTradeFile\",\"kind\":\"answer\",\"body\":{\"code\":\"000000\",\"data\":{\"digest\":\"$(printf %040d 0)\",\"downloadUrl\":\"$url/amp/file/$day/ALL/9999999999999\"}}}"
call 6 amp getTradeFile "$file" --file "$dir/trades.csv"
refused digest
fault "{\"on\":\"amp.getTradeFile\",\"kind\":\"answer\",\"body\":{\"code\":\"000000\",\"data\":{\"digest\":\"$(printf %040d 0)\",\"downloadUrl\":\"$url/amp/file/$day/ALL/1\"}}}"
call 5 amp getTradeFile "$file" --file "$dir/trades.csv"
[ ! -e "$dir/trades.csv" ] && [ ! -e "$dir/trades.csv.part" ] || fail "a file was left behind"
call 0 mmpc bill '{"orgCodg":"H35010200227","billDate":"20261120","billType":"ALL"}' --file "$dir/bill.csv"
[ -s "$dir/bill.csv" ] || fail "no bill"
call 2 amp pushMsg "$push" --file "$dir/x"
for kind in bad_signature unsigned garbage; do
    fault "{\"on\":\"amp.queryRefundResult\",\"kind\":\"$kind\"}"
    call 6 amp queryRefundResult '{"orgCode":"H35010200227","outRefundNo":"R1"}'
done
with 'envelope: "none"' 'org_secret: "wrong"'
call 3 amp getTradeFile "$file"
with 'envelope: "none"' 'app_key: "another-key"'
call 6 amp getTradeFile "$file"

# The vendor's library in the place of http.
with 'envelope: "none"' 'backend: "library", library: "'"$(realpath "$B/tests/libvendor.so")"'", org_id: "H46010000000"'
call 0 amp pushMsg "$push"
said '.request.data.appKey == null and .response.data.response == "SUCCESS"'
