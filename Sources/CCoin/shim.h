#include <coin/Clp_C_Interface.h>
#include <coin/Cbc_C_Interface.h>
#include <dlfcn.h>

// The solvers are loaded when one of them is called for the first time: whoever only asks for a version or a
// timeline does not pay for them. Each function below is the one of the same name without `coin_`; where the
// libraries are not there it does nothing and gives 0.

static inline void *coin_function(const char *library, const char *name) {
  void *handle = dlopen(library, RTLD_NOW | RTLD_LOCAL);
  return handle ? dlsym(handle, name) : (void *)0;
}

#define COIN_CLP "libClp.so.1"
#define COIN_CBC "libCbcSolver.so.3"

#define COIN_FUNCTION(library, result, name, parameters, arguments)                   \
  static inline result coin_##name parameters {                                      \
    static void *known;                                                              \
    void *found = __atomic_load_n(&known, __ATOMIC_RELAXED);                         \
    if (!found) {                                                                    \
      found = coin_function(library, #name);                                         \
      if (!found) return (result)0;                                                  \
      __atomic_store_n(&known, found, __ATOMIC_RELAXED);                             \
    }                                                                                \
    return ((result(*) parameters)found)arguments;                                   \
  }

// Whether both libraries can be loaded.
static inline int coin_isInstalled(void) {
  return coin_function(COIN_CLP, "Clp_newModel") && coin_function(COIN_CBC, "Cbc_newModel");
}

COIN_FUNCTION(COIN_CLP, Clp_Simplex *, Clp_newModel, (void), ())
COIN_FUNCTION(COIN_CLP, void, Clp_deleteModel, (Clp_Simplex *model), (model))
COIN_FUNCTION(COIN_CLP, void, Clp_scaling, (Clp_Simplex *model, int mode), (model, mode))
COIN_FUNCTION(COIN_CLP, void, Clp_setLogLevel, (Clp_Simplex *model, int level), (model, level))
COIN_FUNCTION(
  COIN_CLP, void, Clp_loadProblem,
  (Clp_Simplex *model, int columns, int rows, const CoinBigIndex *starts, const int *index,
   const double *value, const double *columnLower, const double *columnUpper,
   const double *objective, const double *rowLower, const double *rowUpper),
  (model, columns, rows, starts, index, value, columnLower, columnUpper, objective, rowLower,
   rowUpper))
COIN_FUNCTION(COIN_CLP, void, Clp_chgColumnLower, (Clp_Simplex *model, const double *v), (model, v))
COIN_FUNCTION(COIN_CLP, void, Clp_chgColumnUpper, (Clp_Simplex *model, const double *v), (model, v))
COIN_FUNCTION(COIN_CLP, void, Clp_chgRowLower, (Clp_Simplex *model, const double *v), (model, v))
COIN_FUNCTION(COIN_CLP, void, Clp_chgRowUpper, (Clp_Simplex *model, const double *v), (model, v))
COIN_FUNCTION(
  COIN_CLP, void, Clp_chgObjCoefficients, (Clp_Simplex *model, const double *v), (model, v))
COIN_FUNCTION(
  COIN_CLP, void, Clp_setOptimizationDirection, (Clp_Simplex *model, double v), (model, v))
COIN_FUNCTION(COIN_CLP, int, Clp_primal, (Clp_Simplex *model, int pass), (model, pass))
COIN_FUNCTION(COIN_CLP, int, Clp_initialSolve, (Clp_Simplex *model), (model))
COIN_FUNCTION(COIN_CLP, int, Clp_dual, (Clp_Simplex *model, int pass), (model, pass))
COIN_FUNCTION(COIN_CLP, int, Clp_status, (Clp_Simplex *model), (model))
COIN_FUNCTION(COIN_CLP, int, Clp_isProvenOptimal, (Clp_Simplex *model), (model))
COIN_FUNCTION(COIN_CLP, int, Clp_isProvenPrimalInfeasible, (Clp_Simplex *model), (model))
COIN_FUNCTION(COIN_CLP, int, Clp_isProvenDualInfeasible, (Clp_Simplex *model), (model))
COIN_FUNCTION(COIN_CLP, const double *, Clp_getColSolution, (Clp_Simplex *model), (model))
COIN_FUNCTION(COIN_CLP, const double *, Clp_getRowPrice, (Clp_Simplex *model), (model))
COIN_FUNCTION(COIN_CLP, const double *, Clp_getReducedCost, (Clp_Simplex *model), (model))

COIN_FUNCTION(COIN_CBC, Cbc_Model *, Cbc_newModel, (void), ())
COIN_FUNCTION(COIN_CBC, void, Cbc_deleteModel, (Cbc_Model *model), (model))
COIN_FUNCTION(COIN_CBC, void, Cbc_setLogLevel, (Cbc_Model *model, int level), (model, level))
COIN_FUNCTION(
  COIN_CBC, void, Cbc_loadProblem,
  (Cbc_Model *model, int columns, int rows, const CoinBigIndex *starts, const int *index,
   const double *value, const double *columnLower, const double *columnUpper,
   const double *objective, const double *rowLower, const double *rowUpper),
  (model, columns, rows, starts, index, value, columnLower, columnUpper, objective, rowLower,
   rowUpper))
COIN_FUNCTION(COIN_CBC, void, Cbc_setObjSense, (Cbc_Model *model, double sense), (model, sense))
COIN_FUNCTION(COIN_CBC, void, Cbc_setInteger, (Cbc_Model *model, int column), (model, column))
COIN_FUNCTION(
  COIN_CBC, void, Cbc_setParameter, (Cbc_Model *model, const char *name, const char *value),
  (model, name, value))
COIN_FUNCTION(COIN_CBC, int, Cbc_solve, (Cbc_Model *model), (model))
COIN_FUNCTION(COIN_CBC, int, Cbc_isProvenInfeasible, (Cbc_Model *model), (model))
COIN_FUNCTION(COIN_CBC, int, Cbc_isProvenOptimal, (Cbc_Model *model), (model))
COIN_FUNCTION(COIN_CBC, double, Cbc_getObjValue, (Cbc_Model *model), (model))
COIN_FUNCTION(COIN_CBC, const double *, Cbc_getColSolution, (Cbc_Model *model), (model))
