/* links: drivers/printer/models.c drivers/printer/id.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "drivers/printer/models.h"

static struct printer_id id;

static void parse(const char *text) {
    uint8_t bytes[600] = {0};
    size_t length = strlen(text);
    memcpy(bytes + 2, text, length);
    bytes[0] = (uint8_t)((length + 2) >> 8);
    bytes[1] = (uint8_t)(length + 2);
    printer_id_parse(bytes, length + 2, &id);
}

static const struct printer_model *find(const char *text) {
    parse(text);
    return printer_model_of(&id);
}

static void an_id_says_maker_model_and_commands(void **state) {
    (void)state;
    parse("MFG:EPSON;CMD:ESC/POS;MDL:TM-T88V;CLS:PRINTER;DES:EPSON TM-T88V;");
    assert_string_equal(id.maker, "EPSON");
    assert_string_equal(id.model, "TM-T88V");
    assert_string_equal(id.commands, "ESC/POS");
    parse("MANUFACTURER: Custom Engineering ;COMMAND SET:ESC;MODEL:KPM180H");
    assert_string_equal(id.maker, "Custom Engineering");
    assert_string_equal(id.model, "KPM180H");
}

static void what_an_id_may_not_do(void **state) {
    (void)state;
    printer_id_parse((const uint8_t *)"", 0, &id);
    assert_string_equal(id.model, "");
    printer_id_parse((const uint8_t *)"\0\2", 2, &id);
    assert_string_equal(id.model, "");
    /* a length that is not true, no end, a colon and nothing else, the same twice */
    printer_id_parse((const uint8_t *)"\xff\xffMDL:A:B;:;;MDL:C", 18, &id);
    assert_string_equal(id.model, "A:B");
    parse("MDL:a\x1b[31mred\xff;MFG:\t;");
    assert_string_equal(id.model, "a [31mred ");
    assert_string_equal(id.maker, "");
    parse("MDL:0123456789012345678901234567890123456789012345678901234567890123456789;MFG:X;");
    assert_int_equal(strlen(id.model), sizeof id.model - 1);
    assert_string_equal(id.maker, "X");
}

static bool may_be_escpos(const char *text) {
    parse(text);
    return printer_id_may_be_escpos(&id);
}

static void the_commands_tell_a_receipt_printer(void **state) {
    (void)state;
    assert_true(may_be_escpos("MFG:X;CMD:ESC/POS;MDL:Y;"));
    assert_true(may_be_escpos("MFG:X;COMMAND SET:PJL,esc/pos;MDL:Y;"));
    assert_true(may_be_escpos("MFG:STMicroelectronics;CMD:EPSON;MDL:POS80 Printer USB;"));
    assert_true(may_be_escpos("MANUFACTURER:Custom;COMMAND SET:ESC;MODEL:Z"));
    assert_true(may_be_escpos("MFG:X;MDL:Y;")); /* it does not say */
    assert_true(may_be_escpos(""));
    assert_false(may_be_escpos("MFG:HP;CMD:PJL,PML,PCLXL,POSTSCRIPT,PCL;MDL:LaserJet;"));
    assert_false(may_be_escpos("MFG:EPSON;CMD:ESCPL2,BDC,D4,ESCPR1;MDL:L3150 Series;"));
    assert_false(may_be_escpos("MFG:Zebra;CMD:ZPL;MDL:ZTC GK420d;"));
}

static void the_id_names_the_row(void **state) {
    (void)state;
    assert_int_equal(find("MFG:EPSON;MDL:TM-T88V;")->columns, 42);
    assert_int_equal(find("MFG:EPSON;MDL:TM-T88V;")->question, DRIVER_ASKS_PROCESS_ID);
    assert_int_equal(find("MFG:EPSON;MDL:TM-T88II;")->question, DRIVER_ASKS_PAPER_SENSOR);
    assert_int_equal(find("MFG:EPSON;MDL:TM-T88III;")->question, DRIVER_ASKS_PROCESS_ID);
    assert_int_equal(find("MFG:Epson;MDL:tm-t20ii;")->dots, 576);
    assert_int_equal(find("MFG:CUSTOM;MDL:KPM180H;")->presenter, DRIVER_PRESENTER_CUSTOM_KPM);
    assert_int_equal(find("MFG:CUSTOM SPA;MDL:TG2480H;")->presenter, DRIVER_PRESENTER_CUSTOM_KPM);
    assert_int_equal(find("MFG:CITIZEN;MDL:PPU-700;")->presenter, DRIVER_PRESENTER_CITIZEN_PPU);
    assert_int_equal(find("MFG:CUSTOM;MDL:P80C;")->queries, DRIVER_QUERY(2));
    assert_int_equal(find("MFG:PBM;MDL:P822D;")->columns, 42);
    assert_true(find("MFG:ZJIANG;MDL:POS-5890K;")->raster_qr);
    assert_false(find("MFG:ZJIANG;MDL:POS-5890K;")->cutter);
}

static void a_printer_nobody_knows_is_asked_nothing_at_the_end(void **state) {
    static const char *const strangers[] = {"", "MFG:EPSON;MDL:XY;", "MFG:OTHER;MDL:TM-T88V;",
                                            "MDL:*;"};
    (void)state;
    for (int i = 0; i < 4; i++) {
        const struct printer_model *model = find(strangers[i]);
        assert_false(printer_model_known(model));
        assert_int_equal(model->question, DRIVER_ASKS_NOTHING);
        assert_int_equal(model->clear, DRIVER_CLEAR_NONE);
        assert_int_equal(model->queries, DRIVER_QUERIES_ALL);
        assert_int_equal(model->speed_mm_s, 100);
        assert_int_equal(model->presenter, DRIVER_PRESENTER_NONE);
    }
    assert_true(printer_model_known(find("MFG:EPSON;MDL:TM-T88V;")));
}

static void the_configuration_knows_better(void **state) {
    (void)state;
    const struct printer_model *row = find("MFG:EPSON;MDL:TM-T88V;");
    struct driver_binding binding = {0};
    struct printer_model model = printer_model_with(row, &binding);
    assert_memory_equal(&model, row, sizeof model);
    binding.head_dots = 576;
    model = printer_model_with(row, &binding);
    assert_int_equal(model.dots, 576);
    assert_int_equal(model.columns, 0); /* of the head, not of the model's */
    binding = (struct driver_binding){.gbk_only = true,
                                      .presenter = DRIVER_PRESENTER_CUSTOM_KPM,
                                      .printer = {.columns = 40,
                                                  .speed_mm_s = 70,
                                                  .queries = DRIVER_QUERIES_GIVEN,
                                                  .automatic_status = DRIVER_NO,
                                                  .raster_qr = DRIVER_YES,
                                                  .cutter = DRIVER_NO,
                                                  .question = DRIVER_ASKS_NOTHING,
                                                  .clear = DRIVER_CLEAR_NONE}};
    model = printer_model_with(row, &binding);
    assert_int_equal(model.dots, 512);
    assert_int_equal(model.columns, 40);
    assert_int_equal(model.speed_mm_s, 70);
    assert_int_equal(model.queries, 0);
    assert_false(model.automatic);
    assert_true(model.gbk_only);
    assert_true(model.raster_qr);
    assert_false(model.cutter);
    assert_int_equal(model.question, DRIVER_ASKS_NOTHING);
    assert_int_equal(model.clear, DRIVER_CLEAR_NONE);
    assert_int_equal(model.presenter, DRIVER_PRESENTER_CUSTOM_KPM);
}

/* Every row is whole: nothing in it is left to somebody else. */
static void no_row_leaves_anything_open(void **state) {
    static const char *const makers[] = {"EPSON", "CITIZEN", "CUSTOM", ""};
    static const char *const names[] = {"TM-T88II", "TM-T88V", "TM-T70", "TM-T90",  "TM-T20",
                                        "TM-T82",   "TM-T100", "TM-L90", "TM-m10",  "TM-m30",
                                        "EU-m30",   "TM-P20",  "TM-P80", "PPU-700", "CT-S281",
                                        "CT-S310",  "KPM180",  "VKP80",  "TG2480H", "P80C",
                                        "P822D",    "TH230",   "POS-58", "ZJ-5870", "other"};
    (void)state;
    for (int i = 0; i < 4; i++)
        for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
            char text[80];
            snprintf(text, sizeof text, "MFG:%s;MDL:%s;", makers[i], names[k]);
            const struct printer_model *model = find(text);
            assert_int_not_equal(model->question, DRIVER_ASKS_BY_MODEL);
            assert_int_not_equal(model->clear, DRIVER_CLEAR_BY_MODEL);
            assert_int_not_equal(model->presenter, DRIVER_PRESENTER_BY_ID);
            assert_in_range(model->dots / model->columns, 12, 13);
            assert_in_range(model->speed_mm_s, 50, 400);
        }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_id_says_maker_model_and_commands),
        cmocka_unit_test(what_an_id_may_not_do),
        cmocka_unit_test(the_commands_tell_a_receipt_printer),
        cmocka_unit_test(the_id_names_the_row),
        cmocka_unit_test(a_printer_nobody_knows_is_asked_nothing_at_the_end),
        cmocka_unit_test(the_configuration_knows_better),
        cmocka_unit_test(no_row_leaves_anything_open),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
