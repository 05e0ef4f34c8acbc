/** How long the nodes put up with Uphance; all times in milliseconds. Tests replace the values, the product has no switch. */
export const patience = {
	/** Tries of one request, the first included. */
	tries: 5,
	/** The wait after the first try; it doubles from try to try. */
	firstWait: 1_000,
	/** No single wait is longer, and a longer Retry-After is not waited for. */
	longestWait: 60_000,
	/** For one answer. */
	timeout: 60_000,
};
