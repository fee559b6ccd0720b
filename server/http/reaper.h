/*
 * The clock that CivetWeb lacks. Its threads belong to connections, and its own time-outs start
 * anew with every byte, so a few slow clients could hold all of them. One thread looks at the
 * process's sockets four times a second: those of our port that have outlived their time, or that
 * are too many from one address, are shut down; the worker then sees the end of the connection.
 *
 * A socket without a pass lives for the lifetime from the moment it is first seen. A worker that
 * serves a request holds a pass, which it prolongs as bytes arrive and leave.
 */
#ifndef HTTP_REAPER_H
#define HTTP_REAPER_H

#include <stdbool.h>
#include <stdint.h>

struct reaper;

/* max_per_address 0: no cap. spares_loopback: no cap there, because a proxy stands there. */
struct reaper *reaper_new(
	int lifetime_ms, int max_per_address, bool spares_loopback, int n_workers);
/* From now on sockets of this port are watched. */
void reaper_watch(struct reaper *r, int port);
/* Stops the thread; leaves the sockets alone. */
void reaper_free(struct reaper *r);

/* worker: 0..n_workers-1. The connection is named by the client's IPv4 address and port. */
void reaper_pass(struct reaper *r, int worker, const char *address, int port, int64_t more_ms);
void reaper_pass_back(struct reaper *r, int worker);

/* Sends the end of the connection to the client, now, behind what has been written. */
void reaper_hang_up(struct reaper *r, const char *address, int port);

/* Shuts the listening socket and every connection down, for the end of the server. */
void reaper_close_all(struct reaper *r);

#endif
