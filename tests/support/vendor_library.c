/* A vendor's library for tests: what payTrans does is said by a word anywhere in its input. It was
 * told its settings first, or refuses everything. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BUFFER 2048

char *payTrans(char *in, char *out);
char *MobileTrans(char *in, char *out);

static bool settled;

static void fill_buffer(char *out, size_t length) {
    memset(out, 'x', length);
}

char *payTrans(char *in, char *out) {
    static char code[8];
    if (strstr(in, "setinfo") != NULL) {
        settled = strstr(in, "refused-address") == NULL;
        return settled ? "000000" : "010003";
    }
    if (!settled)
        return "010003";
    if (strstr(in, "do-hang") != NULL)
        for (;;)
            pause();
    if (strstr(in, "do-slow") != NULL)
        usleep(200000);
    if (strstr(in, "do-crash") != NULL)
        abort();
    if (strstr(in, "do-exit") != NULL)
        exit(0);
    if (strstr(in, "do-fill") != NULL)
        fill_buffer(out, BUFFER);
    else if (strstr(in, "do-overflow") != NULL)
        fill_buffer(out, 2 * BUFFER);
    else if (strstr(in, "do-garbage") != NULL)
        strcpy(out, "\xff\xfe{{\x01");
    else if (strstr(in, "do-null") != NULL)
        return NULL;
    else if (strstr(in, "do-long-code") != NULL)
        return "a code that is much longer than any code of the document and has no end ... ... "
               "...";
    else if (strstr(in, "do-contradict") != NULL)
        strcpy(out, "{\"respCode\":\"999999\"}");
    else if (strstr(in, "do-silent") != NULL)
        return "-28";
    else if (strstr(in, "do-fail") != NULL) {
        strcpy(out, "{\"respCode\":\"020003\",\"respMsg\":\"\xbd\xf0\xb6\xee\xb7\xc7\xb7\xa8\"}");
        return strcpy(code, "020003");
    } else {
        /* What it was told comes back, so that encodings are seen. */
        const char *name = strstr(in, "\xd5\xc5\xc8\xfd") != NULL ? "\xd5\xc5\xc8\xfd" : "";
        snprintf(out, BUFFER,
                 "{\"respCode\":\"000000\",\"respMsg\":\"%s\",\"param\":{\"result\":\"succ\","
                 "\"traceNo\":\"T1\",\"qrcode\":\"0\"}}",
                 name);
    }
    return "00000";
}

/* Its settings come with every input; a word of the person's name says what it does. */
char *MobileTrans(char *in, char *out) {
    settled = strstr(in, "serverAddr") != NULL;
    if (!settled || strstr(in, "do-") != NULL)
        return payTrans(in, out);
    strcpy(out, "{\"code\":0,\"message\":\"\",\"data\":{\"response\":\"SUCCESS\"}}");
    return "000000";
}
