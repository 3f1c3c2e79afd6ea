#!/usr/bin/env bash
# Each of onepay's twenty transaction types spoken raw by each wire: what it means is in the exit code, whatever happens on the way.
. "$(dirname "$0")/lib.sh"
start_sandbox
counter=0
# shellcheck disable=SC2016 # $url is jq's
behind='serveraddr: ($url + "/onepay"), appid: "0123456789ABCDEF0123456789ABCDEF", appsecret: "FEDCBA9876543210FEDCBA9876543210"'

# by WIRE: what follows is spoken so
by() {
    configure ".limits.answer_ms = 3000 | .platforms.onepay = {$behind, $1}"
}

# call CODE TYPE JSON: ends so; what it printed is in $dir/answer
call() {
    local code=$1 status=0
    shift
    ctl --json call onepay "$@" >"$dir/answer" 2>"$dir/complaint" || status=$?
    [ $status = "$code" ] || fail "$*: exit $status, not $code: $(cat "$dir/answer" "$dir/complaint")"
}

# said JQ: true of the last answer
said() {
    jq -e "$1" "$dir/answer" >/dev/null || fail "not $1: $(cat "$dir/answer")"
}

# refused MEMBER: nothing left, and the complaint names it
refused() {
    grep -q "$1: expected" "$dir/complaint" || fail "$1 is not named: $(cat "$dir/complaint")"
}

asker='"operatorId":"001","termNo":"K901","operatorName":"张三"'
account="$asker,\"cardType\":\"05\",\"cardNo\":\"W20001234\",\"accountType\":\"02\""

new_payment() {
    counter=$((counter + 1))
    no=P$$-$wire-$counter
    recharge="{$account,\"hisCustId\":\"W20001234\",\"userName\":\"王淑兰\",\"amount\":\"${1:-100.00}\",\"outChargeNo\":\"$no\",\"depositType\":\"${2:-WX_QR}\""
    asked="{$account,\"tradeType\":\"hop.trade.recharge\",\"outTradeNo\":\"$no\"}"
    close="{$account,\"outChargeNo\":\"$no\"}"
}

# new_refund AMOUNT TYPE [NO]: of the newest payment
new_refund() {
    refund_no=R${3:-$no}
    refund="{$account,\"amount\":\"$1\",\"withdrawMode\":\"1\",\"refundType\":\"$2\",\"traceNo\":\"$trace\",\"outChargeNo\":\"$no\",
        \"outRefundNo\":\"$refund_no\",\"hisCustId\":\"W20001234\",\"tradeChannel\":\"WX_QR\",\"refundDeskMode\":\"1\"}"
    refund_asked="{$account,\"tradeType\":\"hop.trade.refund\",\"outTradeNo\":\"$refund_no\"}"
}

pay() {
    new_payment "$@"
    call 4 hop.trade.recharge "$recharge}"
    trace=$(jq -r '.. | .traceNo? // empty' "$dir/answer")
    control phone "{\"act\":\"pay\",\"paymentNo\":\"$no\"}"
    call 0 hop.trade.query "$asked"
}

payments() {
    new_payment
    call 5 hop.trade.query "$asked"
    said '.code == "notfound"'
    call 4 hop.trade.recharge "$recharge}"
    said '[.. | .qrcode? // empty] | any(startswith("http"))'
    trace=$(jq -r '.. | .traceNo? // empty' "$dir/answer")
    call 4 hop.trade.recharge "$recharge}" # the same number, the same content: the same payment
    call 5 hop.trade.recharge "${recharge/100.00/99.00}}"
    said '.code == "030001"'
    call 4 hop.trade.query "$asked"
    control phone "{\"act\":\"pay\",\"paymentNo\":\"$no\"}"
    call 0 hop.trade.query "{$account,\"tradeType\":\"hop.trade.recharge\",\"traceNo\":\"$trace\"}"
    said '.code == "succ"'
    call 5 hop.trade.recharge "$recharge}"
    said '.code == "033001"'
    call 3 hop.trade.recharge.close "$close"
    said '.code == "033001"'

    new_payment
    call 4 hop.trade.recharge "$recharge}"
    call 0 hop.trade.recharge.close "$close"
    call 0 hop.trade.recharge.close "$close"
    said '.code == "035001"'
    call 3 hop.trade.query "$asked"
    said '.code == "closed"'

    new_payment 5.00 ONE_BAR # the codes of phones
    call 3 hop.trade.recharge "$recharge}"
    said '.code == "020010"'
    call 4 hop.trade.recharge "$recharge,\"extra\":{\"authCode\":\"134567890123456700\"}}"
    call 0 hop.trade.query "$asked"
    new_payment 5.00 ONE_BAR
    call 4 hop.trade.recharge "$recharge,\"extra\":\"{\\\"authCode\\\":\\\"134567890123456711\\\"}\"}"
    said '.code == "033003"'
    call 4 hop.trade.query "$asked"
    new_payment 5.00 ONE_BAR
    call 5 hop.trade.recharge "$recharge,\"extra\":{\"authCode\":\"134567890123456799\"}}"
    call 3 hop.trade.query "$asked"
    new_payment 5.00 CASH
    call 4 hop.trade.recharge "$recharge}"
    call 0 hop.trade.query "$asked"
    control settings '{"no_qr_code":true}'
    new_payment
    call 4 hop.trade.recharge "$recharge}"
    said '[.. | .qrcode? // empty] == ["0"]'
    control settings '{"no_qr_code":false}'
    # What the HIS does not book of a recharge goes back by itself.
    control settings '{"onepay_his":"fail"}'
    new_payment 7.00
    call 4 hop.trade.recharge "$recharge}"
    control phone "{\"act\":\"pay\",\"paymentNo\":\"$no\"}"
    call 3 hop.trade.query "$asked"
    books_say "[.refunds[] | select(.paymentNo == \"$no\")][0] | .automatic and .refundFee == \"7.00\"" || fail "kept $(books)"
    control settings '{"onepay_his":"exp"}'
    new_payment
    call 4 hop.trade.recharge "$recharge}"
    control phone "{\"act\":\"pay\",\"paymentNo\":\"$no\"}"
    call 5 hop.trade.query "$asked"
    said '.code == "exp"'
    control settings '{"onepay_his":"book"}'
}

refunds() {
    pay 10.00
    new_refund 4.00 direct
    call 5 hop.trade.query "$refund_asked"
    call 0 hop.trade.refund "$refund"
    said '[.. | .succAmount? // empty] == ["4.00"]'
    call 0 hop.trade.refund "$refund"
    said '.code == "034002"'
    call 0 hop.trade.query "$refund_asked"
    new_refund 9.00 hisDecide "2$no" # more than is left: what is left
    call 0 hop.trade.refund "$refund"
    said '[.. | .succAmount? // empty] == ["6.00"]'
    new_refund 1.00 direct "3$no"
    call 3 hop.trade.refund "$refund"
    said '.code == "034001"'
    books_say "[.payments[] | select(.paymentNo == \"$no\")][0].returned == \"10.00\"" || fail "not all is back: $(books)"

    local row
    for row in direct:prepare:040041:5:exp direct:his:034009:3:fail direct:wallet:040023:5:exp prepareAndConfirm:prepare:040041:5:exp \
        prepareAndConfirm:wallet:040018:3:fail prepareAndConfirm:confirm:040017:5:exp hisDecide:wallet:034003:3:fail; do
        IFS=: read -r type step code status result <<<"$row"
        pay 3.00
        new_refund 3.00 "$type"
        fault "{\"on\":\"onepay.refund.$step\",\"kind\":\"fail\"}"
        call "$status" hop.trade.refund "$refund"
        said ".code == \"$code\""
        call 5 hop.trade.query "$refund_asked"
        said ".code == \"$result\""
        [ "$result" = exp ] || call 0 hop.trade.refund "$refund" # the same number: tried again
    done
    new_payment
    call 4 hop.trade.recharge "$recharge}"
    trace=$(jq -r '.. | .traceNo? // empty' "$dir/answer")
    new_refund 1.00 direct
    call 3 hop.trade.refund "$refund"
    said '.code == "040007"'
}

bills() {
    local bill
    bill=$(ask_sandbox /control/bill '{"card":"C10000003","amount":"12.00"}' | jq -r .org_trace_no)
    counter=$((counter + 1))
    no=B$$-$wire-$counter
    who="$asker,\"cardType\":\"03\",\"cardNo\":\"C10000003\",\"accountType\":\"01\""
    exam="{\"wardDept\":\"A03\",\"doctorCode\":\"D1\",\"phyExamNo\":\"$bill\",\"purchaseCode\":\"1\",\"itemNum\":\"1\",\"itemPrice\":\"12.00\",
        \"totPrice\":\"12.00\",\"itemSeq\":\"1\",\"itemName\":\"门诊处置\",\"purchaseNo\":\"$bill\"}"
    recpay="{$who,\"depositType\":\"WX_QR\",\"rechargeAmount\":\"12.00\",\"consumeAmount\":\"12.00\",\"outTradeNo\":\"$no\",
        \"hisCustId\":\"C10000003\",\"extra\":{\"examList\":[$exam],\"notifyUrl\":\"$url/his/onepayNotify\"}}"
    call 4 hop.trade.recpay "$recpay"
    control phone "{\"act\":\"pay\",\"paymentNo\":\"$no\"}"
    call 0 hop.trade.query "{$who,\"tradeType\":\"hop.trade.recharge\",\"outTradeNo\":\"$no\"}"
    check_books "[.notices[] | select(.type == \"notify\" and .sent and .status == 200 and (.body | contains(\"$no\")))] | length == 1"
    check_books "[.notices[] | select(.type == \"his.notify\" and .key == \"$no\")] | length == 1"
    call 0 hop.trade.pay.cancel "{\"operatorId\":\"1\",\"operatorName\":\"张三\",\"accountType\":\"01\",\"withdrawMode\":\"1\",\"outTradeNo\":\"$no\",
        \"hisCustId\":\"C10000003\",\"outCancelNo\":\"X$no\",\"extra\":{\"phyExamNo\":\"$bill\",\"purchaseNo\":\"$bill\",\"medCancelSn\":\"M1\"}}"
    said '[.response | .. | .medCancelSn? // empty] == ["M1"]'
    # All of it insurance: no code, no wallet.
    no=I$no
    recpay=${recpay//\"rechargeAmount\":\"12.00\"/\"rechargeAmount\":\"0\"}
    call 4 hop.trade.recpay "$(jq -c --arg no "$no" '.outTradeNo = $no' <<<"$recpay")"
    said '[.. | .qrcode? // empty] == ["0"]'
    call 0 hop.trade.query "{$who,\"tradeType\":\"hop.trade.recharge\",\"outTradeNo\":\"$no\"}"
    books_say "[.bills[] | select(.org_trace_no == \"$bill\")][0].state == \"settled\"" || fail "not settled: $(books)"
}

persons() {
    call 0 hop.trade.setinfo '{"serveraddr":"http://127.0.0.1:1/","appid":"A","appsecret":"S"}'
    call 0 hop.account.info "{$account}"
    said '[.. | .hisCustID? // empty] == ["W20001234"]'
    call 3 hop.account.info "{$asker,\"cardType\":\"03\",\"cardNo\":\"C9\",\"accountType\":\"01\"}"
    said '.code == "031003"'
    call 0 portal.wb.queryAccount '{"key":"W20001234"}'
    call 0 portal.wb.getWristbandCode '{"cardType":"05","cardNo":"W20001234","idNo":"350102194702150043","idType":"1","operatorId":"1",
        "operatorName":"张三","accountType":"02","hospName":"示范医院","userName":"王淑兰"}'
    key=$(jq -r '.. | .key? // empty' "$dir/answer")
    call 0 portal.wb.queryAccount "{\"key\":\"$key\"}"
    call 0 portal.wb.cancelQrCode "{\"key\":\"$key\"}"
    call 3 portal.wb.queryAccount "{\"key\":\"$key\"}"
    call 3 portal.wb.cancelQrCode '{"key":"never made"}'
    for list in 0 1 2; do
        call 0 hop.face.query "{$asker,\"Business_type\":\"01\",\"CardListType\":\"$list\",\"outTradeNo\":\"F$no\",\"extra\":\"\"}"
    done
    said '[.. | .SelectCard? // empty][0][0].hisCustID == "C10000001"'
    auth="{\"outAuthorizeNo\":\"A$no\",\"outAuthorizeTime\":\"20261125101010\",\"operatorId\":\"1\",\"operatorName\":\"张三\",\"treatmentCode\":\"010105\"}"
    call 4 hop.esccard.auth.qr "$auth"
    call 0 hop.esccard.auth.qr "$auth"
    call 3 hop.esccard.auth.qr "${auth/A$no/A99}"
}

messages() {
    local stay='"inpatientNo":"123","cardType":"05","cardNo":"W20001234","accountType":"02","contactNumber":"13800000000","userName":"蔡某",
        "idNo":"350288888888888888","wardName":"急诊内科","inpatientDate":"2019-07-18"'
    local costs='"bcbxf0":"0.00","grzfe0":"11.00","bcfyze":"22.00","balance":"11.00"'
    local prescription='"cardNo":"D1","contactNumber":"13800000000","idNo":"1","userName":"蔡某","userNo":"U1","applyDepaName":"内科",
        "applyDoctorName":"李","recipeTime":"20190718121742"'
    call 0 hop.inpatient.msg.overpay "{$stay,$costs,\"complementMoney\":\"0.01\"}"
    call 0 hop.inpatient.msg.bill "{$stay,$costs,\"patientType\":\"00\",\"beginDate\":\"2019-07-18\",\"endDate\":\"2019-07-18\"}"
    call 0 hop.inpatient.msg.outDepart "{$stay,\"patientType\":\"01\"}"
    call 0 hop.inpatient.msg.outHosp "{$stay,$costs}"
    call 0 hop.inpatient.msg.common '{"inpatientNo":"123","contactNumber":"13800000000","userName":"蔡某","idNo":"1","keyword":"k","first":"f"}'
    call 0 hop.mmpay.msg.push "{$prescription,\"cardType\":\"03\",\"accountType\":\"01\",\"feeType\":\"00\",\"fee\":\"1.00\"}"
    call 3 hop.mmpay.msg.push "{$prescription,\"cardType\":\"03\",\"accountType\":\"01\",\"feeType\":\"02\"}"
    call 0 hop.mmpay.push.drug "{$prescription,\"voucherNo\":\"V\",\"hisReceiptNo\":\"H\",\"fee\":\"1.00\",\"drugState\":\"init\",\"first\":\"f\",
        \"remark\":\"r\",\"drugWindowNo\":\"9 号\"}"
    check_books '[.notices[].type] | contains(["hop.inpatient.msg.overpay", "hop.inpatient.msg.common", "hop.mmpay.push.drug"])'
}

on_the_way() {
    local kind code
    new_payment
    for kind in bad_signature unsigned garbage; do
        fault "{\"on\":\"onepay.hop.trade.query\",\"kind\":\"$kind\"}"
        call 6 hop.trade.query "$asked"
    done
    for code in 999999:5 033003:4 031002:3 020007:3 090001:3 032001:3 032002:5 777777:5; do
        fault "{\"on\":\"onepay.hop.trade.recharge\",\"code\":\"${code%:*}\"}"
        call "${code#*:}" hop.trade.recharge "$recharge}"
        said ".code == \"${code%:*}\" and (.message | length > 0 or (\"${code%:*}\" == \"777777\"))"
    done
    fault '{"on":"onepay.hop.trade.recharge","kind":"drop_after"}'
    call 5 hop.trade.recharge "$recharge}"
    call 4 hop.trade.query "$asked"
    fault '{"on":"onepay.hop.trade.recharge.close","kind":"drop_after"}'
    call 5 hop.trade.recharge.close "$close" # silence is not a close here
    fault '{"on":"onepay.hop.trade.query","kind":"delay","ms":5000}'
    call 5 hop.trade.query "$asked"
    said '.code == "-28"'
    fault '{"on":"onepay.*","kind":"down"}'
    call 5 hop.account.info "{$account}"
}

for wire in 'encrypt: "AES"' 'encrypt: "Plain"' 'wire: "envelope"'; do
    by "$wire"
    wire=${wire: -2:1}
    payments
    refunds
    bills
    persons
    messages
    on_the_way
done

# What never leaves.
by 'encrypt: "AES"'
new_payment
call 2 hop.trade.recharge '{}'
refused onepay.hop.trade.recharge.operatorId
for amount in 0.00 1.234 -1.00; do
    call 2 hop.trade.recharge "${recharge/100.00/$amount}}"
    refused onepay.hop.trade.recharge.amount
done
call 2 hop.trade.recharge "${recharge/WX_QR/WX_QQ}}"
refused onepay.hop.trade.recharge.depositType
call 2 hop.trade.recharge "$recharge,\"extra\":{\"deskflak\":\"2\"}}"
refused onepay.hop.trade.recharge.extra.deskflak
call 2 hop.trade.query "{$account,\"tradeType\":\"hop.trade.recharge\"}"
refused onepay.hop.trade.query.outTradeNo
call 2 hop.nothing '{}'
configure '.bench.raw_calls = false | .platforms.onepay = {'"$behind"'}'
call 2 hop.trade.recharge "$recharge}"
call 0 hop.account.info "{$account}"
configure
call 2 hop.account.info "{$account}" # not configured
