/** How long the nodes put up with Uphance; all times in milliseconds. Tests replace the values, the product has no switch. */
export const limits = {
	/** Tries of one request, the first included. */
	maxAttempts: 5,
	/** The wait after the first try; it doubles from try to try. */
	initialDelayMs: 1_000,
	/** No single wait is longer, and a longer Retry-After is not waited for. */
	maxDelayMs: 60_000,
	/** For one answer. */
	requestTimeoutMs: 60_000,
	/** For everything together where n8n gives no signal to cancel: searches of the editor, polls, webhooks. */
	deadlineMs: 10_000,
	/** How long a cancelled request that changes something may still be under way at Uphance: nobody else is let in. */
	gracePeriodMs: 15_000,
	/** After these times a record is looked for whose creation was never answered: the lost request may still be under way. */
	recheckDelaysMs: [1_000, 5_000, 15_000],
};
