# Why this is the best form known: survfit of a multi-state Surv is what analysts use (Aalen, Johansen); the
# stretches come ready-made, and no standard errors are asked for, which would take R most of its time. It
# does far less than the others here, which find the stretches themselves.
#
#   states_survfit.R FOLDER native REFERENCE_DAY
suppressPackageStartupMessages(library(survival))
states <- c("gone", "placed", "programme", "left")
d <- read.csv(file.path(commandArgs(TRUE)[1], "stretches.csv"))
d$to <- factor(d$to, c("none", states))
d$from <- factor(d$from, states)
fit <- survfit(Surv(start, stop, to) ~ 1, d, id = id, istate = from, se.fit = FALSE)
at <- summary(fit, times = 0:36, extend = TRUE)
for (state in states) {
  cat(sprintf("%d %s %.15f\n", 0:36, state, at$pstate[, match(state, fit$states)]), sep = "")
}
