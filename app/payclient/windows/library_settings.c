#include "app/payclient/windows/library_settings.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>

static struct settings settings;

const struct settings *settings_of_library(void) {
    return &settings;
}

static bool take_setting(const char *line, const char *name, char out[SETTING_SIZE]) {
    size_t length = strlen(name);
    if (strncmp(line, name, length) != 0 || line[length] != '=')
        return false;
    snprintf(out, SETTING_SIZE, "%s", line + length + 1);
    out[strcspn(out, "\r\n")] = '\0';
    return true;
}

static void read_settings(const wchar_t *path) {
    char line[2 * SETTING_SIZE], encoding[SETTING_SIZE] = "";
    FILE *file = _wfopen(path, L"r");
    while (file != NULL && fgets(line, sizeof line, file) != NULL)
        (void)(take_setting(line, "desk", settings.desk) ||
               take_setting(line, "token", settings.token) ||
               take_setting(line, "fingerprint", settings.fingerprint) ||
               take_setting(line, "encoding", encoding));
    SecureZeroMemory(line, sizeof line);
    if (file != NULL)
        fclose(file);
    if (encoding[0] != '\0' && getenv("PAYCLIENT_ENCODING") == NULL)
        _putenv_s("PAYCLIENT_ENCODING", encoding);
}

BOOL WINAPI DllMain(HINSTANCE library, DWORD reason, LPVOID reserved) {
    static const wchar_t name[] = L"payclient.ini";
    wchar_t path[MAX_PATH];
    (void)reserved;
    if (reason != DLL_PROCESS_ATTACH)
        return TRUE;
    DWORD length = GetModuleFileNameW(library, path, MAX_PATH);
    while (length > 0 && path[length - 1] != L'\\')
        length--;
    if (length + sizeof name / sizeof name[0] <= MAX_PATH) {
        memcpy(path + length, name, sizeof name);
        read_settings(path);
    }
    return TRUE;
}
