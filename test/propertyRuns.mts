/** In CI all cases of a property are tested, elsewhere as many as notice most breaks. */
const isCi = Boolean(process.env.CI);

/** The same cases each time, so that a failure comes from a change. `SEED=7 npx jest changingLists` tries others. */
const seed = Number(process.env.SEED ?? 20_260_101);

/** The parameters of a property that has so many runs in CI. */
export const runs = (inCi: number): { numRuns: number; seed: number } => ({
	numRuns: isCi ? inCi : Math.ceil(inCi / 10),
	seed,
});

/**
 * All cases in CI, elsewhere one of so many: what holds for every kind of list, say, is looked at for some.
 *
 * @param from which is the first; each test begins with another one, so that all have their turn
 */
export const sampled = <T,>(cases: T[], oneOf: number, from = 0): T[] =>
	isCi ? cases : cases.filter((_, index) => index % oneOf === from % oneOf);
