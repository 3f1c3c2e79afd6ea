#include "drivers/printer/models.h"

#include <string.h>
#include <strings.h>

/* Of the heads that are made: 203 dpi on 80 mm, on 58 mm; 180 dpi on 80 mm. */
#define HEAD_80 .dots = 576, .columns = 48
#define HEAD_58 .dots = 384, .columns = 32
#define HEAD_80_AT_180_DPI .dots = 512, .columns = 42

#define ALL_STATUS .queries = DRIVER_QUERIES_ALL, .automatic = true
#define NO_PRESENTER .presenter = DRIVER_PRESENTER_NONE
#define ASKS_NOTHING .question = DRIVER_ASKS_NOTHING, .clear = DRIVER_CLEAR_NONE
/* Epson's list for GS ( H 48 and DLE DC4 8 is the same. */
#define EPSON                                                                                      \
    ALL_STATUS, .cutter = true, NO_PRESENTER, .question = DRIVER_ASKS_PROCESS_ID,                  \
                .clear = DRIVER_CLEAR_DLE_DC4
#define CITIZEN                                                                                    \
    ALL_STATUS, .cutter = true, .question = DRIVER_ASKS_PAPER_SENSOR, .clear = DRIVER_CLEAR_DLE_DC4
#define CUSTOM                                                                                     \
    ALL_STATUS, .cutter = true, .question = DRIVER_ASKS_PAPER_SENSOR, .clear = DRIVER_CLEAR_NONE,  \
                .presenter = DRIVER_PRESENTER_CUSTOM_KPM
#define SMALL HEAD_58, .speed_mm_s = 60, ALL_STATUS, NO_PRESENTER, ASKS_NOTHING, .raster_qr = true
#define USUAL ALL_STATUS, .cutter = true, NO_PRESENTER, ASKS_NOTHING

static const struct printer_model models[] = {
    {"EPSON", "TM-T88II", HEAD_80_AT_180_DPI, .speed_mm_s = 150, ALL_STATUS, .cutter = true,
     NO_PRESENTER, .question = DRIVER_ASKS_PAPER_SENSOR, .clear = DRIVER_CLEAR_NONE},
    {"EPSON", "TM-T88*", HEAD_80_AT_180_DPI, .speed_mm_s = 150, EPSON},
    {"EPSON", "TM-T70*", HEAD_80_AT_180_DPI, .speed_mm_s = 150, EPSON},
    {"EPSON", "TM-T90*", HEAD_80_AT_180_DPI, .speed_mm_s = 150, EPSON},
    {"EPSON", "TM-T20*", HEAD_80, .speed_mm_s = 150, EPSON},
    {"EPSON", "TM-T8*", HEAD_80, .speed_mm_s = 150, EPSON},
    {"EPSON", "TM-T100*", HEAD_80, .speed_mm_s = 150, EPSON},
    {"EPSON", "TM-L90*", HEAD_80, .speed_mm_s = 150, EPSON},
    {"EPSON", "TM-L100*", HEAD_80, .speed_mm_s = 150, EPSON},
    {"EPSON", "TM-m10*", .dots = 420, .columns = 35, .speed_mm_s = 150, EPSON},
    {"EPSON", "TM-m*", HEAD_80, .speed_mm_s = 150, EPSON},
    {"EPSON", "EU-m30*", HEAD_80, .speed_mm_s = 150, EPSON},
    {"EPSON", "TM-P20*", HEAD_58, .speed_mm_s = 100, EPSON},
    {"EPSON", "TM-P80*", HEAD_80, .speed_mm_s = 100, EPSON},
    {"CITIZEN", "PPU-*", HEAD_80, .speed_mm_s = 100, CITIZEN,
     .presenter = DRIVER_PRESENTER_CITIZEN_PPU},
    {"CITIZEN", "CT-S28*", HEAD_58, .speed_mm_s = 80, CITIZEN, .presenter = DRIVER_PRESENTER_NONE},
    {"CITIZEN", "CT-*", HEAD_80, .speed_mm_s = 100, CITIZEN, .presenter = DRIVER_PRESENTER_NONE},
    {"CUSTOM", "KPM*", HEAD_80, .speed_mm_s = 100, CUSTOM},
    {"CUSTOM", "VKP80*", HEAD_80, .speed_mm_s = 100, CUSTOM},
    {"CUSTOM", "TG2480H*", HEAD_80, .speed_mm_s = 100, CUSTOM},
    /* Its GS a means something else. */
    {"CUSTOM", "P80C*", HEAD_80, .speed_mm_s = 100, .queries = DRIVER_QUERY(2), .cutter = true,
     .question = DRIVER_ASKS_NOTHING, .clear = DRIVER_CLEAR_DLE_ENQ,
     .presenter = DRIVER_PRESENTER_NONE},
    {"", "P822D*", .dots = 576, .columns = 42, .speed_mm_s = 100, USUAL},
    {"", "TH230*", .dots = 576, .columns = 44, .speed_mm_s = 100, USUAL, .raster_qr = true},
    {"", "POS-58*", SMALL},
    {"", "POS58*", SMALL},
    {"", "ZJ-58*", SMALL},
    {"", "*", HEAD_80, .speed_mm_s = 100, USUAL},
};
#define MODELS (sizeof models / sizeof *models)

static bool model_fits(const struct printer_model *row, const struct printer_id *id) {
    size_t length = strlen(row->model);
    bool begins = row->model[length - 1] == '*';
    return strncasecmp(id->maker, row->maker, strlen(row->maker)) == 0 &&
           (begins ? strncasecmp(id->model, row->model, length - 1)
                   : strcasecmp(id->model, row->model)) == 0;
}

const struct printer_model *printer_model_of(const struct printer_id *id) {
    size_t i = 0;
    while (i + 1 < MODELS && !model_fits(&models[i], id))
        i++;
    return &models[i];
}

static void choose(bool *what, enum driver_choice choice) {
    if (choice != DRIVER_BY_MODEL)
        *what = choice == DRIVER_YES;
}

static void choose_head(struct printer_model *model, const struct driver_binding *binding) {
    if (binding->head_dots) {
        model->columns = 0; /* those of another head */
        model->dots = binding->head_dots;
    }
    if (binding->printer.columns)
        model->columns = binding->printer.columns;
    if (binding->printer.speed_mm_s)
        model->speed_mm_s = binding->printer.speed_mm_s;
    if (binding->gbk_only)
        model->gbk_only = true;
    choose(&model->raster_qr, binding->printer.raster_qr);
    choose(&model->cutter, binding->printer.cutter);
}

struct printer_model printer_model_with(const struct printer_model *row,
                                        const struct driver_binding *binding) {
    const struct driver_printer *known = &binding->printer;
    struct printer_model model = *row;
    choose_head(&model, binding);
    choose(&model.automatic, known->automatic_status);
    if (known->queries & DRIVER_QUERIES_GIVEN)
        model.queries = known->queries & DRIVER_QUERIES_ALL;
    if (known->question != DRIVER_ASKS_BY_MODEL)
        model.question = known->question;
    if (known->clear != DRIVER_CLEAR_BY_MODEL)
        model.clear = known->clear;
    if (binding->presenter != DRIVER_PRESENTER_BY_ID)
        model.presenter = binding->presenter;
    return model;
}

bool printer_model_known(const struct printer_model *model) {
    return strcmp(model->model, "*") != 0;
}
