// libcurl is seen through this header alone; only SMTP imports it.
#ifndef BATON_CCURL_SHIM_H
#define BATON_CCURL_SHIM_H

#include <curl/curl.h>

// curl_easy_setopt and curl_easy_getinfo are variadic and do not import: one wrapper for each type of argument.

// libcurl copies the text.
static inline CURLcode baton_curl_set_text(CURL *handle, CURLoption option, const char *value) {
    return curl_easy_setopt(handle, option, value);
}

// Whole numbers, and yes or no, must be `long`, whatever the size of the caller's constant.
static inline CURLcode baton_curl_set_number(CURL *handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}

// Sizes must be `curl_off_t`, on every machine.
static inline CURLcode baton_curl_set_size(CURL *handle, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(handle, option, value);
}

// libcurl does not copy a list: it must live as long as the handle uses it.
static inline CURLcode baton_curl_set_list(CURL *handle, CURLoption option, struct curl_slist *value) {
    return curl_easy_setopt(handle, option, value);
}

// What a callback is handed back.
static inline CURLcode baton_curl_set_context(CURL *handle, CURLoption option, void *value) {
    return curl_easy_setopt(handle, option, value);
}

// A buffer that libcurl writes to: errors' texts.
static inline CURLcode baton_curl_set_buffer(CURL *handle, CURLoption option, char *value) {
    return curl_easy_setopt(handle, option, value);
}

// The callbacks' types are checked here, where setopt would take any pointer.
static inline CURLcode baton_curl_set_read(CURL *handle, curl_read_callback value) {
    return curl_easy_setopt(handle, CURLOPT_READFUNCTION, value);
}

static inline CURLcode baton_curl_set_debug(CURL *handle, curl_debug_callback value) {
    return curl_easy_setopt(handle, CURLOPT_DEBUGFUNCTION, value);
}

static inline CURLcode baton_curl_set_progress(CURL *handle, curl_xferinfo_callback value) {
    return curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, value);
}

// The system's reason for a connection that failed; 0 where there is none.
static inline long baton_curl_os_errno(CURL *handle) {
    long code = 0;
    curl_easy_getinfo(handle, CURLINFO_OS_ERRNO, &code);
    return code;
}
#endif
