/* The national centre's other generation: what it wants to hear besides, and how it answers. */
#include <string.h>

#include "tests/sandbox/centre.h"

/* The member, or what is wrong: "NAME: WHY". */
static const char *const wanted_of_question[] = {"orgCodg", "idNo", "userName", "idType", NULL};
static const char *const wanted_of_refund[] = {"payOrdId",    "appRefdTime", "totlRefdAmt",
                                               "cashRefdAmt", "ecToken",     NULL};

static const char *missing_of(const cJSON *request, const char *const *names) {
    for (; *names != NULL; names++)
        if (message_get(request, *names)[0] == '\0')
            return *names;
    return NULL;
}

/* The order belongs to whom the question names, and its number goes with its token. */
static const char *stranger_of(const struct order *order, const cJSON *request) {
    const struct patient *patient = patient_by_card(order->card);
    if (patient == NULL || strcmp(message_get(request, "idNo"), patient->id_no) != 0)
        return "idNo";
    if (strcmp(message_get(request, "userName"), patient->name) != 0)
        return "userName";
    bool by_number = message_get(request, "payOrdId")[0] != '\0';
    return by_number && strcmp(message_get(request, "payToken"), order->pay_token) != 0 ? "payToken"
                                                                                        : NULL;
}

static const char *wrong_sum_of(const struct order *order, const cJSON *request) {
    int64_t total_fen = 0, cash_fen = 0;
    bool own = strcmp(message_get(request, "refdType"), "CASH") == 0;
    const struct insured *insured = insured_by_token(message_get(request, "ecToken"));
    insured_amount(request, "totlRefdAmt", &total_fen);
    insured_amount(request, "cashRefdAmt", &cash_fen);
    if (insured == NULL || strcmp(insured->card, order->card) != 0)
        return "ecToken";
    if (cash_fen != order->own_fen)
        return "cashRefdAmt";
    return total_fen != (own ? order->own_fen : order->amount_fen) ? "totlRefdAmt" : NULL;
}

const char *centre_national_wrong(struct sandbox *sandbox, const struct operation *operation,
                                  const cJSON *request) {
    bool refund = strcmp(operation->name, "mmpc.refund") == 0;
    bool question =
        strcmp(operation->name, "mmpc.query") == 0 || strcmp(operation->name, "mmpc.revoke") == 0;
    if (!refund && !question)
        return NULL;
    const char *missing = missing_of(request, refund ? wanted_of_refund : wanted_of_question);
    const struct order *order = centre_order(sandbox, request);
    if (missing != NULL || order == NULL)
        return missing;
    return refund ? wrong_sum_of(order, request) : stranger_of(order, request);
}

cJSON *centre_national_answer(const struct operation *operation, struct reply *reply) {
    bool good = strcmp(reply->code, MMPC_GOOD) == 0;
    cJSON *answer = cJSON_CreateObject();
    cJSON_AddStringToObject(answer, "infcode", good ? "0" : "-1");
    cJSON_AddStringToObject(answer, "err_msg", good ? "" : reply->msg);
    if (reply->body == NULL)
        return answer;
    cJSON *output = cJSON_AddObjectToObject(answer, "output");
    if (strcmp(operation->name, "mmpc.revoke") == 0) {
        bool done = cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(reply->body, "success"));
        cJSON_AddStringToObject(output, "data", done ? "true" : "false");
        cJSON_Delete(reply->body);
    } else {
        cJSON_AddItemToObject(output, "data", reply->body);
    }
    return answer;
}
