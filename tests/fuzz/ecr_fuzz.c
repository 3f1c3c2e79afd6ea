/* links: drivers/pinpad/ecr_frame.c drivers/pinpad/ecr_body.c */
/* Any bytes from a pinpad, as a stream and as one body: no whole card number ever gets in. */
#include <string.h>

#include "drivers/pinpad/ecr.h"

static void read_body(const uint8_t *data, size_t length) {
    struct ecr_answer answer;
    if (length < 3)
        return;
    ecr_answer(&ecr_bench_v1, data, length, &answer);
    if (strlen(answer.result.masked_card) >= sizeof answer.result.masked_card ||
        (answer.unmasked && *answer.result.masked_card))
        __builtin_trap();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct ecr_reader reader = {0};
    for (size_t i = 0; i < size; i++) {
        size_t length;
        if (ecr_read(&reader, data[i]) == ECR_FRAME) {
            const uint8_t *body = ecr_data(&reader, &length);
            read_body(body, length);
        }
    }
    read_body(data, size);
    return 0;
}
