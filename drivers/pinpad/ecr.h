/* Bench ECR Profile v1 (devices.md F2): messages to a pinpad and back. Pure. */
#ifndef HOPKIOSK_DRIVERS_PINPAD_ECR_H
#define HOPKIOSK_DRIVERS_PINPAD_ECR_H

#include "drivers/driver.h"

#define ECR_DATA_MAX 512
#define ECR_FRAME_MAX (ECR_DATA_MAX + 5)

/* --- frames: STX, length in BCD, data, ETX, LRC --------------------------------------------------
 */

struct ecr_reader {
    size_t count; /* bytes of the frame so far */
    uint8_t bytes[ECR_FRAME_MAX];
};
enum ecr_heard { ECR_NOTHING = 0, ECR_ACK, ECR_NAK, ECR_FRAME, ECR_BAD };

/* Takes one byte. After ECR_FRAME the data are ecr_data(); ECR_BAD must be refused with NAK. */
enum ecr_heard ecr_read(struct ecr_reader *reader, uint8_t byte);
const uint8_t *ecr_data(const struct ecr_reader *reader, size_t *length);
/* Half a frame and then silence. */
void ecr_reader_reset(struct ecr_reader *reader);
/* Returns the frame's length; 0: too long. */
size_t ecr_frame(const uint8_t *data, size_t length, uint8_t out[ECR_FRAME_MAX]);
uint8_t ecr_lrc(const uint8_t *bytes, size_t length);

/* --- bodies -------------------------------------------------------------------------------------
 */

/* Where a member stands and how it is written. An acquirer's dialect is another set of tables. */
enum ecr_member {
    ECR_SEQUENCE,
    ECR_TILL,
    ECR_TYPE,
    ECR_CODE,
    ECR_AMOUNT,
    ECR_ORIGINAL_DATE,
    ECR_ORIGINAL_REFERENCE,
    ECR_ORIGINAL_VOUCHER,
    ECR_MEANS,
    ECR_ORDER,
    ECR_CARD,
    ECR_VOUCHER,
    ECR_REFERENCE,
    ECR_BATCH,
    ECR_TERMINAL,
    ECR_MERCHANT,
    ECR_DATE,
    ECR_TIME,
    ECR_STATE,
    ECR_MEMBER_COUNT
};
struct ecr_field {
    enum ecr_member member;
    int offset, length;
    bool numeric; /* padded with zeros on the left; else with spaces on the right */
};
struct ecr_dialect {
    const char *name, *version;
    const struct ecr_field *request, *response, *progress;
    int request_fields, response_fields, progress_fields;
    int request_length, response_length, progress_length;
    struct {
        int offset, length;
    } zeros[4]; /* numeric members of the request that we do not use */
};
extern const struct ecr_dialect ecr_bench_v1;

/* `sequence` is the message's own; for POS_QUERY the one asked about is in the request. False when
 * a member does not fit its field. */
bool ecr_request(const struct ecr_dialect *dialect, const struct pos_request *request,
                 const char *sequence, uint8_t out[ECR_DATA_MAX]);

enum ecr_kind { ECR_MALFORMED = 0, ECR_RESPONSE, ECR_PROGRESS };
struct ecr_answer {
    enum ecr_kind kind;
    char sequence[7];
    int type;
    bool unmasked; /* a whole card number was sent; it is left out of the result */
    int state;     /* ECR_PROGRESS */
    struct pos_result result;
};
enum ecr_kind ecr_answer(const struct ecr_dialect *dialect, const uint8_t *data, size_t length,
                         struct ecr_answer *out);

#endif
