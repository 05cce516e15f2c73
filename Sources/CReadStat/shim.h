#include <dlfcn.h>
#include <stdint.h>
#include <sys/types.h>
#include <time.h>

// The writer of ReadStat 1.1 for files of SPSS and Stata, loaded when somebody asks for such a file: neither
// the build nor whoever asks for anything else needs it. Only what is used is declared. Each function below is
// the one of the same name without `stat_`; where the library is not there it does nothing and gives `absent`.

typedef struct readstat_writer_s readstat_writer_t;
typedef struct readstat_variable_s readstat_variable_t;
typedef struct readstat_label_set_s readstat_label_set_t;
typedef ssize_t (*readstat_data_writer)(const void *data, size_t length, void *context);

// `readstat_type_t`, `readstat_measure_t`, `readstat_compress_t`.
enum { STAT_STRING = 0, STAT_INT32 = 3, STAT_DOUBLE = 5 };
enum { STAT_NOMINAL = 1, STAT_SCALE = 3 };
enum { STAT_COMPRESS_ROWS = 1 };

#define READSTAT_LIBRARY "libreadstat.so.1"

static inline void *stat_function(const char *name) {
  void *handle = dlopen(READSTAT_LIBRARY, RTLD_NOW | RTLD_LOCAL);
  return handle ? dlsym(handle, name) : (void *)0;
}

#define STAT_FUNCTION(result, absent, name, parameters, arguments)                   \
  static inline result stat_##name parameters {                                      \
    static void *known;                                                              \
    void *found = __atomic_load_n(&known, __ATOMIC_RELAXED);                         \
    if (!found) {                                                                    \
      found = stat_function("readstat_" #name);                                      \
      if (!found) return absent;                                                     \
      __atomic_store_n(&known, found, __ATOMIC_RELAXED);                             \
    }                                                                                \
    return ((result(*) parameters)found)arguments;                                   \
  }

// Whether the library can be loaded.
static inline int stat_isInstalled(void) { return stat_function("readstat_begin_writing_sav") != 0; }

STAT_FUNCTION(const char *, 0, error_message, (int error), (error))
STAT_FUNCTION(readstat_writer_t *, 0, writer_init, (void), ())
STAT_FUNCTION(void, , writer_free, (readstat_writer_t *w), (w))
STAT_FUNCTION(
  int, -1, set_data_writer, (readstat_writer_t *w, readstat_data_writer write), (w, write))
STAT_FUNCTION(
  int, -1, writer_set_file_label, (readstat_writer_t *w, const char *label), (w, label))
STAT_FUNCTION(int, -1, writer_set_file_timestamp, (readstat_writer_t *w, time_t at), (w, at))
STAT_FUNCTION(int, -1, writer_set_compression, (readstat_writer_t *w, int how), (w, how))
STAT_FUNCTION(
  readstat_variable_t *, 0, add_variable,
  (readstat_writer_t *w, const char *name, int type, size_t width), (w, name, type, width))
STAT_FUNCTION(
  readstat_label_set_t *, 0, add_label_set, (readstat_writer_t *w, int type, const char *name),
  (w, type, name))
STAT_FUNCTION(
  void, , label_double_value, (readstat_label_set_t *set, double value, const char *label),
  (set, value, label))
STAT_FUNCTION(
  void, , label_int32_value, (readstat_label_set_t *set, int32_t value, const char *label),
  (set, value, label))
STAT_FUNCTION(
  void, , label_string_value, (readstat_label_set_t *set, const char *value, const char *label),
  (set, value, label))
STAT_FUNCTION(
  void, , variable_set_label, (readstat_variable_t *v, const char *label), (v, label))
STAT_FUNCTION(
  void, , variable_set_format, (readstat_variable_t *v, const char *format), (v, format))
STAT_FUNCTION(
  void, , variable_set_label_set, (readstat_variable_t *v, readstat_label_set_t *set), (v, set))
STAT_FUNCTION(void, , variable_set_measure, (readstat_variable_t *v, int measure), (v, measure))
STAT_FUNCTION(
  readstat_variable_t *, 0, get_variable, (readstat_writer_t *w, int index), (w, index))
STAT_FUNCTION(void, , add_note, (readstat_writer_t *w, const char *note), (w, note))
STAT_FUNCTION(
  int, -1, begin_writing_sav, (readstat_writer_t *w, void *context, long rows), (w, context, rows))
STAT_FUNCTION(
  int, -1, begin_writing_dta, (readstat_writer_t *w, void *context, long rows), (w, context, rows))
STAT_FUNCTION(int, -1, begin_row, (readstat_writer_t *w), (w))
STAT_FUNCTION(
  int, -1, insert_int32_value,
  (readstat_writer_t *w, const readstat_variable_t *v, int32_t value), (w, v, value))
STAT_FUNCTION(
  int, -1, insert_double_value,
  (readstat_writer_t *w, const readstat_variable_t *v, double value), (w, v, value))
STAT_FUNCTION(
  int, -1, insert_string_value,
  (readstat_writer_t *w, const readstat_variable_t *v, const char *value), (w, v, value))
STAT_FUNCTION(
  int, -1, insert_missing_value, (readstat_writer_t *w, const readstat_variable_t *v), (w, v))
STAT_FUNCTION(int, -1, end_row, (readstat_writer_t *w), (w))
STAT_FUNCTION(int, -1, end_writing, (readstat_writer_t *w), (w))
