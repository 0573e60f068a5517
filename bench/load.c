/* load PORT CONNECTIONS SECONDS REQUESTS: asks an HTTP server on this machine, each connection one request after the other.
 *
 * REQUESTS is a file: for each request its length, the length of the answer's body (-1: not known) as 32-bit numbers, and its
 * bytes. They are sent in turn. A length that is not known is learnt from the first answer and expected from then on.
 * Each connection is first answered once, untimed. When the time is over nothing more is sent, but every answer on its way is
 * awaited, so that all counts are of whole requests.
 * Prints one JSON object: times in milliseconds, elapsed and cpu (the load generator's own) in seconds.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

enum { HEAD_ROOM = 8192, READ_ROOM = 1 << 18, PATIENCE = 90 };
enum part { HEAD, BODY, CHUNK_SIZE, CHUNK, CHUNK_END, TRAILER };

struct request { char *bytes; int length, expected; };
struct connection {
    int socket, request, status, filled;
    enum part part;
    size_t sent;
    long left, got;
    double begun;
    char head[HEAD_ROOM];
};

static struct request *requests;
static int request_count, watcher;
static struct sockaddr_in server;
static long asked, wrong_status, wrong_length, broken, bytes;
static double *times;
static size_t time_count, time_room;

static void give_up(const char *why) { perror(why); exit(2); }

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec * 1e-9;
}

static void read_requests(const char *path) {
    FILE *file = fopen(path, "rb");
    int sizes[2];
    if (!file) give_up(path);
    while (fread(sizes, sizeof sizes, 1, file) == 1) {
        requests = realloc(requests, (request_count + 1) * sizeof *requests);
        struct request *new = requests + request_count++;
        *new = (struct request){malloc(sizes[0]), sizes[0], sizes[1]};
        if (fread(new->bytes, 1, sizes[0], file) != (size_t)sizes[0]) give_up(path);
    }
    fclose(file);
    if (!request_count) give_up("no requests");
}

static void open_connection(struct connection *c) {
    int yes = 1;
    c->socket = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(c->socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    if (connect(c->socket, (struct sockaddr *)&server, sizeof server)) give_up("connect");
    fcntl(c->socket, F_SETFL, O_NONBLOCK);
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = c};
    epoll_ctl(watcher, EPOLL_CTL_ADD, c->socket, &event);
}

static void ask(struct connection *c) {
    c->request = asked++ % request_count;
    c->part = HEAD;
    c->filled = c->status = 0;
    c->sent = c->got = 0;
    c->begun = now();
    struct request *r = requests + c->request;
    while (c->sent < (size_t)r->length) {
        ssize_t n = send(c->socket, r->bytes + c->sent, r->length - c->sent, MSG_NOSIGNAL);
        if (n > 0) c->sent += n;
        else if (errno == EAGAIN) usleep(20);
        else return; /* the loop will see the broken connection */
    }
}

/* Takes what belongs to the head; answers how many of the bytes that were. */
static long take_head(struct connection *c, const char *data, long n) {
    int before = c->filled;
    long room = HEAD_ROOM - 1 - before, taken = n < room ? n : room;
    memcpy(c->head + before, data, taken);
    c->filled += taken;
    c->head[c->filled] = 0;
    char *end = strstr(c->head + (before > 3 ? before - 3 : 0), "\r\n\r\n");
    if (!end) {
        if (c->filled == HEAD_ROOM - 1) { fputs("an answer's head is too long\n", stderr); exit(2); }
        return taken;
    }
    taken = end + 4 - c->head - before;
    *end = 0;
    c->status = atoi(c->head + 9);
    c->left = 0;
    c->part = BODY;
    for (char *line = strstr(c->head, "\r\n"); line; line = strstr(line + 2, "\r\n")) {
        if (!strncasecmp(line + 2, "content-length:", 15)) c->left = atol(line + 17);
        if (!strncasecmp(line + 2, "transfer-encoding: chunked", 26)) c->part = CHUNK_SIZE;
    }
    c->filled = 0;
    return taken;
}

/* Takes one byte of what stands around chunks; answers 1 at the end of the body. */
static int take_mark(struct connection *c, char byte) {
    if (byte != '\n') {
        if (byte != '\r' && c->filled < 30) c->head[c->filled++] = byte;
        return 0;
    }
    c->head[c->filled] = 0;
    int empty = !c->filled;
    c->filled = 0;
    if (c->part == TRAILER) return empty;
    if (c->part == CHUNK_END) { c->part = CHUNK_SIZE; return 0; }
    c->left = strtol(c->head, NULL, 16);
    c->part = c->left ? CHUNK : TRAILER;
    return 0;
}

/* Takes what was read; answers 1 when the whole answer is there. */
static int take(struct connection *c, const char *data, long n) {
    while (n > 0 || (c->part == BODY && !c->left)) {
        long used = 1;
        if (c->part == HEAD) used = take_head(c, data, n);
        else if (c->part == BODY || c->part == CHUNK) {
            used = n < c->left ? n : c->left;
            c->got += used;
            c->left -= used;
            if (!c->left && c->part == BODY) return 1;
            if (!c->left) c->part = CHUNK_END;
        } else if (take_mark(c, *data)) return 1;
        data += used;
        n -= used;
    }
    return 0;
}

static void check(struct connection *c) {
    struct request *r = requests + c->request;
    if (c->status != 200) wrong_status++;
    else if (r->expected < 0) r->expected = c->got;
    else if (r->expected != c->got) wrong_length++;
}

static void record(struct connection *c) {
    if (time_count == time_room) times = realloc(times, (time_room = time_room * 2 + 1024) * sizeof *times);
    times[time_count++] = now() - c->begun;
    bytes += c->got;
    check(c);
}

/* Reads what is there; answers 1 for a whole answer, 0 for a part, -1 for a broken connection. */
static int receive(struct connection *c) {
    static char buffer[READ_ROOM];
    for (;;) {
        ssize_t n = recv(c->socket, buffer, sizeof buffer, 0);
        if (n > 0) {
            if (take(c, buffer, n)) return 1;
            if (n < READ_ROOM) return 0;
        } else return n < 0 && errno == EAGAIN ? 0 : -1;
    }
}

/* Opens a connection and awaits one answer on it, so that accepting connections is no part of what is timed. */
static void greet(struct connection *c) {
    struct epoll_event event;
    double end = now() + PATIENCE;
    int state = 0;
    open_connection(c);
    ask(c);
    while (!state && now() < end) {
        epoll_wait(watcher, &event, 1, 1000);
        state = receive(c);
    }
    if (state != 1) give_up("the first answer");
    check(c);
}

static double run(struct connection *all, int count, double seconds) {
    double begun = now(), end = begun + seconds, last = begun;
    int busy = count;
    struct epoll_event events[256];
    for (int i = 0; i < count; i++) ask(all + i);
    while (busy && now() < end + PATIENCE) {
        int ready = epoll_wait(watcher, events, 256, 1000);
        for (int i = 0; i < ready; i++) {
            struct connection *c = events[i].data.ptr;
            int state = receive(c);
            if (!state) continue;
            if (state > 0) { record(c); last = now(); }
            else { broken++; close(c->socket); open_connection(c); }
            if (now() < end && broken < 100) ask(c);
            else { epoll_ctl(watcher, EPOLL_CTL_DEL, c->socket, NULL); busy--; }
        }
    }
    broken += busy;
    return last - begun;
}

static int ascending(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double quantile(double share) { return time_count ? times[(size_t)((time_count - 1) * share)] * 1e3 : -1; }

int main(int argc, char **argv) {
    if (argc != 5) { fputs("usage: load PORT CONNECTIONS SECONDS REQUESTS\n", stderr); return 2; }
    int count = atoi(argv[2]);
    struct connection *all = calloc(count, sizeof *all);
    server = (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons(atoi(argv[1]))};
    server.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    read_requests(argv[4]);
    watcher = epoll_create1(0);
    for (int i = 0; i < count; i++) greet(all + i);
    double elapsed = run(all, count, atof(argv[3]));
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    double cpu = usage.ru_utime.tv_sec + usage.ru_stime.tv_sec + (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1e-6;
    qsort(times, time_count, sizeof *times, ascending);
    printf("{\"answers\": %zu, \"untimed\": %d, \"elapsed\": %.4f, \"p50\": %.4f, \"p90\": %.4f, \"p99\": %.4f, \"max\": %.4f, \"bytes\": %ld, "
           "\"wrong_status\": %ld, \"wrong_length\": %ld, \"broken\": %ld, \"cpu\": %.3f}\n",
           time_count, count, elapsed, quantile(.5), quantile(.9), quantile(.99), quantile(1), bytes, wrong_status, wrong_length, broken, cpu);
    return 0;
}
