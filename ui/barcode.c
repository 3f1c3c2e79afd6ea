/* Code 128, ISO/IEC 15417: set B, with set C for text that is only digits in pairs. */
#include <stdint.h>
#include <string.h>

#include "ui/qr.h"
#include "ui/theme.h"

#define QUIET 10
#define SYMBOLS_MAX 84
#define START_B 104
#define START_C 105
#define STOP 106

/* Widths of bars and spaces, a bar first. */
static const char *const patterns[STOP + 1] = {
    "212222", "222122", "222221", "121223", "121322", "131222", "122213", "122312",  "132212",
    "221213", "221312", "231212", "112232", "122132", "122231", "113222", "123122",  "123221",
    "223211", "221132", "221231", "213212", "223112", "312131", "311222", "321122",  "321221",
    "312212", "322112", "322211", "212123", "212321", "232121", "111323", "131123",  "131321",
    "112313", "132113", "132311", "211313", "231113", "231311", "112133", "112331",  "132131",
    "113123", "113321", "133121", "313121", "211331", "231131", "213113", "213311",  "213131",
    "311123", "311321", "331121", "312113", "312311", "332111", "314111", "221411",  "431111",
    "111224", "111422", "121124", "121421", "141122", "141221", "112214", "112412",  "122114",
    "122411", "142112", "142211", "241211", "221114", "413111", "241112", "134111",  "111242",
    "121142", "121241", "114212", "124112", "124211", "411212", "421112", "421211",  "212141",
    "214121", "412121", "111143", "111341", "131141", "114113", "114311", "411113",  "411311",
    "113141", "114131", "311141", "411131", "211412", "211214", "211232", "2331112",
};

static bool even_digits(const char *text, size_t length) {
    return length % 2 == 0 && strspn(text, "0123456789") == length;
}

/* Start, data, check and stop; 0 when the text cannot be coded. */
static int encode_symbols(const char *text, uint8_t symbols[SYMBOLS_MAX]) {
    size_t length = strlen(text);
    if (length == 0 || length > SYMBOLS_MAX - 3)
        return 0;
    bool pairs = even_digits(text, length);
    int n = 0;
    symbols[n++] = pairs ? START_C : START_B;
    for (size_t i = 0; i < length; i += pairs ? 2 : 1) {
        if (text[i] < ' ' || text[i] > '~')
            return 0;
        symbols[n++] = (uint8_t)(pairs ? (text[i] - '0') * 10 + text[i + 1] - '0' : text[i] - ' ');
    }
    int sum = symbols[0];
    for (int i = 1; i < n; i++)
        sum += i * symbols[i];
    symbols[n++] = (uint8_t)(sum % 103);
    symbols[n++] = STOP;
    return n;
}

static int modules_of(int symbols) {
    return symbols > 0 ? symbols * 11 + 2 + 2 * QUIET : 0; /* the stop has 13 */
}

int bar_modules(const char *text) {
    uint8_t symbols[SYMBOLS_MAX];
    return modules_of(encode_symbols(text, symbols));
}

bool bar_draw(const struct canvas *canvas, struct rect rect, const char *text) {
    uint8_t symbols[SYMBOLS_MAX];
    int count = encode_symbols(text, symbols), modules = modules_of(count);
    int module = modules > 0 ? rect.w / modules : 0;
    if (module == 0)
        return false;
    struct rect box = rect_centre(rect, modules * module, rect.h);
    canvas_fill(canvas, box, CODE_LIGHT);
    int x = box.x + QUIET * module;
    for (int i = 0; i < count; i++)
        for (int j = 0; patterns[symbols[i]][j]; j++) {
            int width = (patterns[symbols[i]][j] - '0') * module;
            if (j % 2 == 0)
                canvas_fill(canvas, (struct rect){x, box.y, width, box.h}, CODE_DARK);
            x += width;
        }
    return true;
}
