// Preloaded into a program under test (LD_PRELOAD); nothing of it is called by name.
// `docs/reliability.md` says what it is for, `faults.c` what each variable means.
