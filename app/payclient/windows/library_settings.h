/* payclient.ini beside payclient.dll, a line each: desk=ADDRESS:PORT, token=...,
 * fingerprint=SHA-256 of the desk's certificate in hexadecimal, encoding=GB18030. */
#ifndef HOPKIOSK_PAYCLIENT_WINDOWS_LIBRARY_SETTINGS_H
#define HOPKIOSK_PAYCLIENT_WINDOWS_LIBRARY_SETTINGS_H

#define SETTING_SIZE 256

struct settings {
    char desk[SETTING_SIZE]; /* "": it is not said where the desk is */
    char token[SETTING_SIZE];
    char fingerprint[SETTING_SIZE]; /* "": the certificate is one that Windows trusts */
};

/* Read once, when the library is loaded. */
const struct settings *settings_of_library(void);

#endif
