#define SECURITY_WIN32
#include <winsock2.h>
#include <ws2tcpip.h>

#include <windows.h>

#include <schannel.h>
#include <security.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wincrypt.h>

#include "app/payclient/windows/schannel.h"

#define ROOM 65536 /* more than a record of TLS */
#define SHA256_BYTES 32

struct schannel {
    SOCKET socket;
    bool has_credentials, has_context;
    CredHandle credentials;
    CtxtHandle context;
    SecPkgContext_StreamSizes sizes;
    char came[ROOM]; /* of the wire, not opened yet */
    size_t came_length;
    char open[ROOM]; /* opened, not heard yet */
    size_t open_length;
};

/* ---- the socket ---- */

static bool await_winsock(SOCKET socket, bool to_write, uint64_t until_ms) {
    uint64_t now_ms = GetTickCount64();
    uint64_t left_ms = now_ms >= until_ms ? 0 : until_ms - now_ms;
    struct timeval patience = {(long)(left_ms / 1000), (long)(left_ms % 1000) * 1000};
    fd_set set;
    FD_ZERO(&set);
    FD_SET(socket, &set);
    return select(0, to_write ? NULL : &set, to_write ? &set : NULL, NULL, &patience) == 1;
}

static bool send_bytes(SOCKET socket, const char *bytes, size_t length) {
    size_t sent = 0;
    while (sent < length) {
        int put = send(socket, bytes + sent, (int)(length - sent), 0);
        if (put <= 0)
            return false;
        sent += (size_t)put;
    }
    return true;
}

/* One more piece of what the desk sends; false: it ended, or nothing came in time. */
static bool receive_more(struct schannel *tls, uint64_t until_ms) {
    if (tls->came_length == sizeof tls->came || !await_winsock(tls->socket, false, until_ms))
        return false;
    int got = recv(tls->socket, tls->came + tls->came_length,
                   (int)(sizeof tls->came - tls->came_length), 0);
    if (got <= 0)
        return false;
    tls->came_length += (size_t)got;
    return true;
}

static void keep_extra(struct schannel *tls, const SecBuffer *buffers, int count) {
    size_t extra = 0;
    for (int i = 0; i < count; i++)
        if (buffers[i].BufferType == SECBUFFER_EXTRA)
            extra = buffers[i].cbBuffer;
    memmove(tls->came, tls->came + tls->came_length - extra, extra);
    tls->came_length = extra;
}

static SOCKET connect_remote(const char *host, const char *port, uint64_t until_ms) {
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM}, *found;
    unsigned long nonblocking = 1, blocking = 0;
    if (getaddrinfo(host, port, &hints, &found) != 0)
        return INVALID_SOCKET;
    SOCKET file = socket(found->ai_family, SOCK_STREAM, 0);
    bool there = false;
    if (file != INVALID_SOCKET) {
        ioctlsocket(file, FIONBIO, &nonblocking);
        there = connect(file, found->ai_addr, (int)found->ai_addrlen) == 0 ||
                (WSAGetLastError() == WSAEWOULDBLOCK && await_winsock(file, true, until_ms));
        ioctlsocket(file, FIONBIO, &blocking);
    }
    freeaddrinfo(found);
    if (there)
        return file;
    if (file != INVALID_SOCKET)
        closesocket(file);
    return INVALID_SOCKET;
}

/* ---- the handshake ---- */

static bool take_credentials(struct schannel *tls, bool pinned) {
    SCHANNEL_CRED wanted = {.dwVersion = SCHANNEL_CRED_VERSION,
                            .grbitEnabledProtocols = SP_PROT_TLS1_2_CLIENT,
                            .dwFlags = SCH_CRED_NO_DEFAULT_CREDS | SCH_USE_STRONG_CRYPTO};
    wanted.dwFlags |= pinned ? SCH_CRED_MANUAL_CRED_VALIDATION : SCH_CRED_AUTO_CRED_VALIDATION;
    char name[] = UNISP_NAME_A;
    TimeStamp expiry;
    tls->has_credentials =
        AcquireCredentialsHandleA(NULL, name, SECPKG_CRED_OUTBOUND, NULL, &wanted, NULL, NULL,
                                  &tls->credentials, &expiry) == SEC_E_OK;
    return tls->has_credentials;
}

/* One step: what came is given to Schannel, what it makes of it is sent. */
static SECURITY_STATUS step_handshake(struct schannel *tls, char *host) {
    SecBuffer in[] = {{(unsigned long)tls->came_length, SECBUFFER_TOKEN, tls->came},
                      {0, SECBUFFER_EMPTY, NULL}};
    SecBuffer out = {0, SECBUFFER_TOKEN, NULL};
    SecBufferDesc ins = {SECBUFFER_VERSION, 2, in}, outs = {SECBUFFER_VERSION, 1, &out};
    unsigned long attributes;
    TimeStamp expiry;
    SECURITY_STATUS status = InitializeSecurityContextA(
        &tls->credentials, tls->has_context ? &tls->context : NULL, host,
        ISC_REQ_CONFIDENTIALITY | ISC_REQ_REPLAY_DETECT | ISC_REQ_SEQUENCE_DETECT | ISC_REQ_STREAM |
            ISC_REQ_ALLOCATE_MEMORY,
        0, 0, tls->has_context ? &ins : NULL, 0, &tls->context, &outs, &attributes, &expiry);
    tls->has_context = tls->has_context || SUCCEEDED(status);
    if (out.cbBuffer > 0 && out.pvBuffer != NULL) {
        if (!send_bytes(tls->socket, out.pvBuffer, out.cbBuffer))
            status = SEC_E_INTERNAL_ERROR;
        FreeContextBuffer(out.pvBuffer);
    }
    if (status == SEC_I_CONTINUE_NEEDED || status == SEC_E_OK)
        keep_extra(tls, in, 2);
    return status;
}

static bool shake_hands(struct schannel *tls, const char *host, uint64_t until_ms) {
    char name[256];
    snprintf(name, sizeof name, "%s", host);
    SECURITY_STATUS status = step_handshake(tls, name);
    while (status == SEC_I_CONTINUE_NEEDED || status == SEC_E_INCOMPLETE_MESSAGE) {
        bool needs = tls->came_length == 0 || status == SEC_E_INCOMPLETE_MESSAGE;
        if (needs && !receive_more(tls, until_ms))
            return false;
        status = step_handshake(tls, name);
    }
    return status == SEC_E_OK && QueryContextAttributesA(&tls->context, SECPKG_ATTR_STREAM_SIZES,
                                                         &tls->sizes) == SEC_E_OK;
}

static bool hash_certificate(const CERT_CONTEXT *certificate, BYTE out[SHA256_BYTES]) {
    HCRYPTPROV provider;
    DWORD size = SHA256_BYTES;
    if (!CryptAcquireContextA(&provider, NULL, NULL, PROV_RSA_AES, CRYPT_VERIFYCONTEXT))
        return false;
    bool hashed = CryptHashCertificate(provider, CALG_SHA_256, 0, certificate->pbCertEncoded,
                                       certificate->cbCertEncoded, out, &size);
    CryptReleaseContext(provider, 0);
    return hashed && size == SHA256_BYTES;
}

/* Colons between the bytes may be there, as openssl prints them. */
static bool is_pinned(struct schannel *tls, const char *fingerprint) {
    const CERT_CONTEXT *certificate = NULL;
    BYTE hash[SHA256_BYTES];
    char text[2 * SHA256_BYTES + 1];
    if (QueryContextAttributesA(&tls->context, SECPKG_ATTR_REMOTE_CERT_CONTEXT,
                                (void *)&certificate) != SEC_E_OK)
        return false;
    bool hashed = hash_certificate(certificate, hash);
    CertFreeCertificateContext(certificate);
    for (int i = 0; hashed && i < SHA256_BYTES; i++)
        snprintf(text + 2 * i, 3, "%02x", hash[i]);
    size_t at = 0;
    for (const char *c = fingerprint; hashed && *c != '\0'; c++)
        if (*c != ':' && (at >= 2 * SHA256_BYTES || (*c | 0x20) != (text[at++] | 0x20)))
            return false;
    return hashed && at == 2 * SHA256_BYTES;
}

struct schannel *schannel_open(const char *host, const char *port, const char *fingerprint,
                               uint64_t until_ms, char *why, size_t why_size) {
    WSADATA ignored;
    struct schannel *tls = calloc(1, sizeof *tls);
    const char *reason = "no memory";
    bool pinned = fingerprint[0] != '\0';
    if (tls == NULL || WSAStartup(MAKEWORD(2, 2), &ignored) != 0) {
        free(tls);
        snprintf(why, why_size, "%s", reason);
        return NULL;
    }
    tls->socket = connect_remote(host, port, until_ms);
    if (tls->socket == INVALID_SOCKET)
        reason = "nobody is there";
    else if (!take_credentials(tls, pinned) || !shake_hands(tls, host, until_ms))
        reason = "no TLS with it, or its certificate is not trusted";
    else if (pinned && !is_pinned(tls, fingerprint))
        reason = "its certificate has another fingerprint";
    else
        return tls;
    snprintf(why, why_size, "%.100s:%.10s: %s", host, port, reason);
    schannel_close(tls);
    return NULL;
}

/* ---- what is said ---- */

bool schannel_say(struct schannel *tls, const char *text, size_t length) {
    size_t most = tls->sizes.cbMaximumMessage;
    char *record = malloc(tls->sizes.cbHeader + most + tls->sizes.cbTrailer);
    bool said = record != NULL;
    for (size_t at = 0; said && at < length;) {
        size_t part = length - at < most ? length - at : most;
        SecBuffer buffers[] = {
            {tls->sizes.cbHeader, SECBUFFER_STREAM_HEADER, record},
            {(unsigned long)part, SECBUFFER_DATA, record + tls->sizes.cbHeader},
            {tls->sizes.cbTrailer, SECBUFFER_STREAM_TRAILER, record + tls->sizes.cbHeader + part},
            {0, SECBUFFER_EMPTY, NULL}};
        SecBufferDesc message = {SECBUFFER_VERSION, 4, buffers};
        memcpy(record + tls->sizes.cbHeader, text + at, part);
        said = EncryptMessage(&tls->context, 0, &message, 0) == SEC_E_OK &&
               send_bytes(tls->socket, record,
                          buffers[0].cbBuffer + buffers[1].cbBuffer + buffers[2].cbBuffer);
        at += part;
    }
    free(record);
    return said;
}

/* Opens what came; false: more is needed, or it has ended. */
static bool open_record(struct schannel *tls, bool *ended) {
    SecBuffer buffers[] = {{(unsigned long)tls->came_length, SECBUFFER_DATA, tls->came},
                           {0, SECBUFFER_EMPTY, NULL},
                           {0, SECBUFFER_EMPTY, NULL},
                           {0, SECBUFFER_EMPTY, NULL}};
    SecBufferDesc message = {SECBUFFER_VERSION, 4, buffers};
    if (tls->came_length == 0)
        return false;
    SECURITY_STATUS status = DecryptMessage(&tls->context, &message, 0, NULL);
    *ended = status != SEC_E_OK && status != SEC_E_INCOMPLETE_MESSAGE;
    if (status != SEC_E_OK)
        return false;
    for (int i = 0; i < 4; i++)
        if (buffers[i].BufferType == SECBUFFER_DATA) {
            memcpy(tls->open, buffers[i].pvBuffer, buffers[i].cbBuffer);
            tls->open_length = buffers[i].cbBuffer;
        }
    keep_extra(tls, buffers, 4);
    return true;
}

size_t schannel_hear(struct schannel *tls, char *out, size_t size, uint64_t until_ms) {
    bool ended = false;
    while (tls->open_length == 0 && !ended)
        if (!open_record(tls, &ended) && !ended && !receive_more(tls, until_ms))
            return 0;
    size_t part = tls->open_length < size ? tls->open_length : size;
    memcpy(out, tls->open, part);
    memmove(tls->open, tls->open + part, tls->open_length - part);
    tls->open_length -= part;
    return part;
}

void schannel_close(struct schannel *tls) {
    if (tls->has_context)
        DeleteSecurityContext(&tls->context);
    if (tls->has_credentials)
        FreeCredentialsHandle(&tls->credentials);
    if (tls->socket != INVALID_SOCKET)
        closesocket(tls->socket);
    WSACleanup();
    SecureZeroMemory(tls, sizeof *tls);
    free(tls);
}
