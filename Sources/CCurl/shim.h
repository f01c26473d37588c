// Swift cannot call C functions with variable arguments, so the few that libcurl needs are wrapped here.
#include <curl/curl.h>

static inline CURLcode ccurl_set_text(CURL *handle, CURLoption option, const char *value) {
    return curl_easy_setopt(handle, option, value);
}
static inline CURLcode ccurl_set_long(CURL *handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}
static inline CURLcode ccurl_set_list(CURL *handle, CURLoption option, struct curl_slist *value) {
    return curl_easy_setopt(handle, option, value);
}
static inline CURLcode ccurl_set_pointer(CURL *handle, CURLoption option, void *value) {
    return curl_easy_setopt(handle, option, value);
}
static inline CURLcode ccurl_response_code(CURL *handle, long *code) {
    return curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, code);
}

// How long a server may take until it has all of a mail. For its last answer it has longer, because who does not wait for
// that sends the mail twice (RFC 5321, 4.5.3.2.6).
struct ccurl_patience {
    CURL *handle;
    // Bytes of the mail without its last, which libcurl holds back until it knows what follows them; microseconds.
    curl_off_t size, most;
};

static inline int ccurl_is_too_slow(void *given, curl_off_t down, curl_off_t had, curl_off_t up, curl_off_t sent) {
    (void)down, (void)had, (void)up;
    const struct ccurl_patience *patience = given;
    curl_off_t spent = 0;
    curl_easy_getinfo(patience->handle, CURLINFO_TOTAL_TIME_T, &spent);
    return sent < patience->size && spent > patience->most;
}
static inline CURLcode ccurl_set_patience(CURL *handle, struct ccurl_patience *patience) {
    CURLcode result = curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, ccurl_is_too_slow);
    if (result == CURLE_OK) result = curl_easy_setopt(handle, CURLOPT_XFERINFODATA, patience);
    return result == CURLE_OK ? curl_easy_setopt(handle, CURLOPT_NOPROGRESS, 0L) : result;
}
static inline CURLcode ccurl_set_size(CURL *handle, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(handle, option, value);
}
