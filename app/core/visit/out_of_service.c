/* OUT_OF_SERVICE: no visit can begin. */
#include "app/core/visit/screen.h"

const struct screen_ops out_of_service_screen = {.rule = {.screen = SCREEN_OUT_OF_SERVICE,
                                                          .hears = HEARS_ALWAYS,
                                                          .touches = TAKES_ALWAYS | TAKES(STAFF),
                                                          .back = SCREEN_OUT_OF_SERVICE,
                                                          .timeout = SCREEN_WELCOME,
                                                          .idle = IDLE_AT_REST}};
