/* The ESC/POS driver's own state, shared by its parts: asking (rounds.c), jobs (job.c), what stands
 * between them (clearing.c), trying everything out (probing.c) and the life of the device
 * (usb_printer.c). */
#ifndef HOPKIOSK_DRIVERS_PRINTER_PRINTER_H
#define HOPKIOSK_DRIVERS_PRINTER_PRINTER_H

#include "drivers/printer/escpos.h"
#include "drivers/printer/escpos_status.h"
#include "drivers/printer/models.h"
#include "drivers/usb/driver.h"

#define PRINTER_ORDER_MAX 16

enum printer_tag { TAG_DEVICE_ID, TAG_PORT_STATUS };

enum printer_sending {
    SENDING_NOTHING = 0,
    SENDING_QUERY, /* DLE EOT */
    SENDING_ORDER, /* a short command */
    SENDING_CHUNK, /* of a job */
    SENDING_CLEARING
};

enum printer_phase {
    JOB_NONE = 0,
    JOB_CHECK,  /* how does it stand? */
    JOB_SEND,   /* its bytes leave */
    JOB_CONFIRM /* all have left: is it on paper? */
};

struct printer_job {
    enum printer_phase phase;
    uint32_t number;
    struct escpos_bytes sheet; /* with its question */
    size_t done, chunk_end;    /* bytes that the printer has taken, and is to take now */
    bool question_left;        /* the last chunk is under way, or over */
    char process_id[ESCPOS_PROCESS_ID_SIZE];
    int64_t due_ms;      /* the mechanism has certainly stopped */
    int64_t deadline_ms; /* nobody waits any longer */
};

enum printer_clearing_step {
    CLEARING_NONE = 0, /* it holds nothing that is not to come out */
    CLEARING_DUE,      /* as soon as it can print */
    CLEARING_ORDER,    /* told to empty its buffers: until it says so, or until_ms */
    CLEARING_SEND,
    CLEARING_SETTLE /* until the last answer to GS r has come */
};

struct printer_clearing {
    enum printer_clearing_step step;
    bool cut; /* a job was cut off */
    uint8_t bytes[ESCPOS_CLEARING_MAX + 2 * ESCPOS_QUESTION_MAX];
    size_t length, done;
    int64_t until_ms;
};

/* Asking: DLE EOT after DLE EOT, and how often each went without an answer. */
struct printer_round {
    int query;                    /* the next of this round; 0: none is under way */
    int asked;                    /* whose answer is due; 0: none */
    int answers, misses;          /* of this round; misses since the last answer */
    int missed[ESCPOS_OWN_QUERY]; /* rounds in a row that each went unanswered */
    bool asks_class;              /* the class's own status is on its way */
};

struct printer_probing {
    uint32_t id; /* 0: nothing is probed */
    int row;
    bool is_sent;
    unsigned answered; /* enum driver_probed */
    int64_t until_ms;
};

struct printer {
    bool identified; /* asked for its id, answered or not */
    bool known;      /* the table has a row for it */
    struct printer_id id;
    struct printer_model model;
    struct escpos_status status;
    enum printer_sending sending;
    uint8_t order[PRINTER_ORDER_MAX]; /* the short command on its way, or its rest */
    size_t order_length;
    struct printer_round round;
    struct printer_clearing clearing;
    struct printer_probing probing;
    struct printer_job job;
};

/* Does the next thing there is to do, when nothing is under way. */
void printer_go_on(struct usb_port *port);
/* False: it could not be sent, or the port has gone. */
bool printer_send(struct usb_port *port, enum printer_sending what, const uint8_t *bytes,
                  size_t length);
/* A short command, with whatever the bus leaves of it. */
bool printer_order(struct usb_port *port, enum printer_sending what, const uint8_t *bytes,
                   size_t length);
/* How it stands, in words. `answers` false: it does not say. */
void printer_show(struct usb_port *port, bool answers);

/* --- rounds.c --- */
/* Asks, from the next free moment on. */
void printer_begin_round(struct printer *printer);
void printer_send_query(struct usb_port *port);
/* The query that is due was answered; or it was not, in all the time there is. */
void printer_query_answered(struct usb_port *port);
void printer_query_missed(struct usb_port *port);
/* Asks by the class's own request, which passes the bytes that wait. */
void printer_ask_class(struct usb_port *port);
/* Its answer: a byte, or that there is none. */
void printer_class_answered(struct usb_port *port, bool answered, uint8_t byte);

/* --- clearing.c --- */
/* The port was opened: what was it left with? */
void printer_clear_init(struct usb_port *port);
/* The first byte of a job is about to leave; it has ended, whole or cut off. */
void printer_clear_job_begins(struct usb_port *port);
void printer_clear_job_ended(struct usb_port *port, bool cut_off);
bool printer_clear_under_way(const struct printer *printer);
/* It can print, as far as it tells: where clearing is due it begins. */
void printer_clear_begin(struct usb_port *port);
void printer_clear_send_chunk(struct usb_port *port);
void printer_clear_sent(struct usb_port *port, size_t length);
void printer_clear_hear_cleared(struct usb_port *port);
void printer_clear_hear_sensor(struct usb_port *port);
/* Until it goes on by itself, ms; 0: it does not. */
int printer_clear_wait_ms(const struct printer *printer);
void printer_clear_tick(struct usb_port *port);

/* --- probing.c --- */
bool printer_probe_begin(struct usb_port *port, uint32_t id);
bool printer_probe_under_way(const struct printer *printer);
/* The query whose answer is due; 0: another question's, or none. */
int printer_probe_asked(const struct printer *printer);
void printer_probe_go_on(struct usb_port *port);
void printer_probe_hear(struct usb_port *port, enum escpos_heard heard);
void printer_probe_tick(struct usb_port *port);
void printer_probe_stop(struct usb_port *port);

/* --- job.c --- */
bool printer_job_begin(struct usb_port *port, uint32_t number, const struct print_doc *doc);
/* Ends it, and what the printer holds of it is cleared before the next. */
void printer_job_give_up(struct usb_port *port, enum driver_completion completion);
void printer_job_send_chunk(struct usb_port *port);
/* So many bytes of the chunk were taken. */
void printer_job_sent(struct usb_port *port, size_t length);
/* A round has ended; `answers`: it knows how it stands. */
void printer_job_judge(struct usb_port *port, bool answers);
/* The class's status says that there is no paper, and nothing else says anything. */
void printer_job_no_paper(struct usb_port *port);
/* Something changed, it says unasked. */
void printer_job_hear_change(struct usb_port *port);
/* The question at the end of a job was answered. */
void printer_job_hear_process_id(struct usb_port *port, const char id[ESCPOS_PROCESS_ID_SIZE]);
void printer_job_hear_sensor(struct usb_port *port, bool says_out);
/* The device goes. */
void printer_job_stop(struct usb_port *port);
/* Until something of the job is due, ms. */
int printer_job_wait_ms(const struct printer *printer);

#endif
