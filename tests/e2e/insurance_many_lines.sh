#!/usr/bin/env bash
# A bill of two hundred lines: what the insurance makes of each is read page by page before it is paid, and all of it, in both spellings,
# is evidence of the order.
. "$(dirname "$0")/lib.sh"
start_sandbox
insured
jq -n '{on: "mmpc.upload", kind: "answer", body: {code: 1, message: "成功", data: {payOrdId: "ORD350100202611290000099999", payToken: "AUTH1",
    cashierUrl: "https://centre.example/pay?a=1", extData: {mdtrtId: "35M1",
    result: [range(200) | {bas_medn_flag: "0", med_chrgitm_type: "04", det_item_fee_sumamt: 5.00, hi_nego_drug_flag: "0",
        fulamt_ownpay_amt: 0.5, cnt: 1, pric: 5, feedetl_sn: "line-\(.)", inscp_scp_amt: 5.0, drt_reim_flag: "0", overlmt_amt: 0.0,
        pric_uplmt_amt: 5.000000, selfpay_prop: 0.1, preselfpay_amt: 0.0, lmt_used_flag: "0", chrgitm_lv: "02", local_mark: "M\(.)"}],
    upload: [range(200) | {feedetlSn: "line-\(.)", basMednFlag: "0", preselfpayAmt: 0.0, selfpayProp: 0.1, medChrgitmType: "04", cnt: 1,
        pric: 5, overlmtAmt: 0.0, pricUplmtAmt: 5.000000, chrgitmLv: "02", inscpScpAmt: 5.0, detItemFeeSumamt: 5.00, lmtUsedFlag: "0",
        fulamtOwnpayAmt: 0.5, hiNegoDrugFlag: "0", drtReimFlag: "0", localMark: "N\(.)"}]}}}}' >"$dir/upload.json"
fault "$(cat "$dir/upload.json")"
begin_visit
play "wait welcome
$(to_insured C10000013)
expect $(words insurance.outside_sum | sed 's/{a}/¥100.00/')
tap detail.1
wait insurance
expect line-0
expect $(words insurance.share | sed 's/{a}/10/')
tap more
expect line-6
shot second
tap back
wait pay_qr"
ctl --json journal show "$(last_order)" >"$dir/shown.json"
for kept in line-0 line-199 M199 N199 mdtrtId; do
    grep -F -e "$kept" "$dir/shown.json" >/dev/null || fail "no evidence of $kept"
done
echo quit >&3
end_visit
check_journal
