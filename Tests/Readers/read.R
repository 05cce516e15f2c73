# Reads files of SPSS and Stata with haven and compares them with the CSV of the same store. Names of people differ
# from one export to the next, so what is compared are the values of each column, sorted.
faults <- character()
check <- function(holds, ...) if (!isTRUE(holds)) faults <<- c(faults, paste0(...))

for (kind in c("participants", "spells", "panel", "events", "answer")) {
  csv <- read.csv(paste0(kind, ".csv"), colClasses = "character", na.strings = "", encoding = "UTF-8")
  for (form in c("sav", "dta")) {
    file <- paste0(kind, ".", form)
    data <- if (form == "sav") haven::read_sav(file) else haven::read_dta(file)
    check(nrow(data) == nrow(csv), file, ": ", nrow(data), " rows")
    # `to` is a word of both languages.
    check(identical(sub("_$", "", names(data)), names(csv)), file, ": ", toString(names(data)))
    for (place in seq_along(csv)) {
      column <- data[[place]]
      name <- names(csv)[place]
      check(nchar(attr(column, "label")) > 0, file, ": no label of ", name)
      if (name == "person") next
      labels <- attr(column, "labels")
      values <- column
      if (inherits(column, "Date")) {
        values <- format(column, "%Y-%m-%d")
      } else if (inherits(column, "POSIXct")) {
        values <- format(column, "%Y-%m-%dT%H:%M:%S", tz = "UTC")
        csv[[place]] <- substr(csv[[place]], 1, 19)
      } else if (is.numeric(column) && length(labels) > 0) {
        if (setequal(names(labels), c("ja", "nein"))) {
          values <- c("false", "true")[unclass(column) + 1]
        } else {
          # A list of whole numbers keeps them; for other codes numbers stand, and the label begins with the code.
          code <- if (any(grepl(": ", names(labels), fixed = TRUE))) sub(": .*", "", names(labels)) else labels
          values <- as.character(code)[match(unclass(column), labels)]
        }
      } else if (is.numeric(column)) {
        values <- as.numeric(column)
        csv[[place]] <- as.numeric(csv[[place]])
      } else {
        values <- as.character(column)
        values[values == ""] <- NA
        if (length(labels) > 0) {
          check(all(values[!is.na(values)] %in% labels), file, ": codes without a label in ", name)
        }
      }
      check(isTRUE(all.equal(sort(values), sort(csv[[place]]))), file, ": values of ", name)
      check(sum(is.na(values)) == sum(is.na(csv[[place]])), file, ": what is missing in ", name)
    }
  }
}
writeLines(faults)
quit(status = as.integer(length(faults) > 0))
