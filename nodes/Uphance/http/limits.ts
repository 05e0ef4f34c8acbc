/** How long the nodes wait and how much they read; times are in milliseconds. The product has no switch for them. */
export interface Limits {
	/** Attempts of one request, the first included. */
	maxAttempts: number;
	/** The wait after the first attempt; it doubles from attempt to attempt. */
	initialDelayMs: number;
	/** No single wait is longer, and a longer Retry-After is not waited for. */
	maxDelayMs: number;
	/** For one answer. */
	requestTimeoutMs: number;
	/** For everything together where n8n gives no signal to cancel: searches of the editor, publishing, webhooks. */
	deadlineMs: number;
	/** How long a cancelled request that changes something may still be in flight at Uphance: nobody else is let in. */
	gracePeriodMs: number;
	/** When to look for a record whose creation was never answered: the lost request may still be in flight. */
	recheckDelaysMs: number[];
	/** A write of a user with one organisation relies on a registration that is not older. */
	singleOrganisationTrustMs: number;
	/** What a user with several organisations sends unchecked relies on a registration that is not older. */
	severalOrganisationsTrustMs: number;
}

export const defaultLimits: Readonly<Limits> = {
	maxAttempts: 5,
	initialDelayMs: 1_000,
	maxDelayMs: 60_000,
	requestTimeoutMs: 60_000,
	deadlineMs: 10_000,
	gracePeriodMs: 15_000,
	recheckDelaysMs: [1_000, 5_000, 15_000],
	singleOrganisationTrustMs: 300_000,
	severalOrganisationsTrustMs: 2_000,
};

/** What no test and no caller changes. */
export const fixedLimits = {
	/** For each request of a sign-in. */
	signInTimeoutMs: 30_000,
	/** An invalid password is not sent again for so long, or every item of every workflow would send it. */
	invalidPasswordLockoutMs: 60_000,
	/** A session that nobody asked for is forgotten after so long; n8n's database has it. */
	sessionIdleMs: 3_600_000,
	/** A cancelled execution ends within one such step; n8n's lint allows no timer that could be cleared. */
	sleepStepMs: 200,
	/** Pages that a list search in the editor reads at a time; scrolling reads on. */
	searchPagesPerCall: 5,
	/** Webhook events that this process remembers to recognise duplicates. */
	maxDedupeKeys: 20_000,
	/** Ids that a poll reads again, so that one that appears late is seen; with them a quiet poll fits on one page of 50. */
	pollOverlapIds: 45,
} as const;
