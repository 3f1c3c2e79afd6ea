/* libpayclient: unified payment for the hospital's window software.
 *
 * A call is passed to the cashier's desk on this machine (hopkiosk, role cashier), which speaks to
 * the platform and keeps the books. Any process, any thread, several calls at once. The desk is
 * found at PAYCLIENT_DESK, by default /run/hopkiosk/desk.sock; who may open that socket may call.
 * Texts are UTF-8; with PAYCLIENT_ENCODING=GB18030 they are GB18030, both ways.
 *
 * payclient.dll is the same for a desk on another machine: payclient.ini beside it says where
 * (app/payclient/windows/library_settings.h), with which token, and which certificate it has.
 *
 * What is returned is the code, "000000" for success; it stays valid until the thread's next call.
 * Beside the document's codes there are
 *   -1001  the answer does not fit: payTransLast has it
 *   -1002  no desk answers, or it is full: nothing has left this machine for this call
 *   999999 what became of it is not known: ask (hop.trade.query, or the same call with the same
 *          number, which is the same payment). Never take another number.
 * A payment's 000000 with a qrcode says that it can be paid, without one that it is paid: so does
 * hop.trade.query. */
#ifndef PAYCLIENT_H
#define PAYCLIENT_H

#define PAYCLIENT_SIZE 2048 /* of poutdata and sResp */

#ifdef _WIN32
#define PAYCLIENT_CALL __stdcall
#else
#define PAYCLIENT_CALL
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* {"transType": ..., "param": {...}}; poutdata has room for PAYCLIENT_SIZE bytes and gets
 * {"transType", "respCode", "respMsg", "param"}. Answers about money always fit. */
char *PAYCLIENT_CALL payTrans(char *pindata, char *poutdata);
/* The insurance portal's operations; sResp gets {"code", "message", "data"}. */
char *PAYCLIENT_CALL MobileTrans(char *sReqt, char *sResp);
/* payTrans with room for `size` bytes. */
char *PAYCLIENT_CALL payTransN(char *pindata, char *poutdata, int size);
/* The whole answer of this thread's last call once more, and its code. */
char *PAYCLIENT_CALL payTransLast(char *poutdata, int size);

#ifdef __cplusplus
}
#endif

#endif
