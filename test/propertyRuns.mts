/** In CI all cases of a property are tested, elsewhere as many as notice most breaks. */
const isCi = Boolean(process.env.CI);

/** How many runs a property gets that has so many in CI. */
export const runs = (inCi: number): number => (isCi ? inCi : Math.ceil(inCi / 10));

/** All cases in CI, elsewhere one of so many: what holds for every kind of list, say, is looked at for some. */
export const sampled = <T,>(cases: T[], oneOf: number): T[] =>
	isCi ? cases : cases.filter((_, index) => index % oneOf === 0);
