/* The chart: one bar for how much agrees, then a bar for each class that is there. */
#include <inttypes.h>

#include "app/recon/html.h"

#define CHART_WIDTH 720
#define CHART_LEFT 190 /* where bars begin, behind their names */
#define CHART_RIGHT 150
#define BAR_HEIGHT 18
#define BAR_STEP 28
#define BARS_TOP 56

static int64_t all_deals(const struct recon_report *report) {
    int64_t deals = 0;
    for (int class = 0; class < RECON_OUTSIDE; class ++)
        deals += report->result->classes[class].deals;
    return deals;
}

/* A part of the width: never nothing where something is. */
static int64_t part_of(int64_t width, int64_t count, int64_t of) {
    int64_t part = of > 0 ? width * count / of : 0;
    return count > 0 && part < 2 ? 2 : part;
}

static void chart_share(FILE *out, const struct recon_report *report) {
    int64_t deals = all_deals(report), agree = report->result->classes[RECON_AGREE].deals;
    int64_t rest = part_of(CHART_WIDTH, deals - agree, deals);
    fprintf(out,
            "<rect class=\"agree\" x=\"0\" y=\"22\" width=\"%" PRId64 "\" height=\"14\"/>"
            "<rect class=\"differ\" x=\"%" PRId64 "\" y=\"22\" width=\"%" PRId64
            "\" height=\"14\"/>\n",
            CHART_WIDTH - rest, CHART_WIDTH - rest, rest);
    for (int language = 0; language < LANGUAGE_COUNT; language++)
        fprintf(out, "<text x=\"0\" y=\"14\" lang=\"%s\">%s %" PRId64 " / %" PRId64 "</text>\n",
                language == LANGUAGE_ZH ? "zh" : "en", recon_classes[RECON_AGREE].title[language],
                agree, deals);
}

static void chart_bar(FILE *out, const struct recon_report *report, int class, int y,
                      int64_t most) {
    const struct recon_sum *sum = &report->result->classes[class];
    int64_t width = part_of(CHART_WIDTH - CHART_LEFT - CHART_RIGHT, sum->deals, most);
    for (int language = 0; language < LANGUAGE_COUNT; language++)
        fprintf(out, "<text x=\"%d\" y=\"%d\" text-anchor=\"end\" lang=\"%s\">%s</text>",
                CHART_LEFT - 10, y + 14, language == LANGUAGE_ZH ? "zh" : "en",
                recon_classes[class].title[language]);
    fprintf(out,
            "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%" PRId64 "\" height=\"%d\"/>"
            "<text x=\"%" PRId64 "\" y=\"%d\">%" PRId64 "  ·  ",
            recon_classes[class].difference ? "differ" : "wait", CHART_LEFT, y, width, BAR_HEIGHT,
            CHART_LEFT + width + 8, y + 14, sum->deals);
    html_money(out, sum->fen);
    fputs("</text>\n", out);
}

void html_chart(FILE *out, const struct recon_report *report) {
    int bars = 0;
    int64_t most = 0;
    for (int class = RECON_AGREE + 1; class < RECON_OUTSIDE; class ++) {
        int64_t deals = report->result->classes[class].deals;
        bars += deals > 0;
        most = deals > most ? deals : most;
    }
    fprintf(out,
            "<figure><svg viewBox=\"0 0 %d %d\" width=\"%d\" role=\"img\" "
            "aria-labelledby=\"verdict\" xmlns=\"http://www.w3.org/2000/svg\">\n",
            CHART_WIDTH, BARS_TOP + bars * BAR_STEP, CHART_WIDTH);
    chart_share(out, report);
    for (int class = RECON_AGREE + 1, y = BARS_TOP; class < RECON_OUTSIDE; class ++) {
        if (report->result->classes[class].deals == 0)
            continue;
        chart_bar(out, report, class, y, most);
        y += BAR_STEP;
    }
    fputs("</svg></figure>\n", out);
}
