/** How long the nodes wait and how much they read. Times are in milliseconds. Users cannot change them. */
export interface Limits {
	/** Attempts of one request, the first included. */
	maxAttempts: number;
	/** Wait after the first attempt; doubles with each further attempt. */
	initialDelayMs: number;
	/** Longest of these waits. */
	maxDelayMs: number;
	/** All waits together after 429 without Retry-After: a limit of so many requests a minute must be over then. */
	rateLimitBackoffMs: number;
	/** The node does not wait for a longer Retry-After. */
	maxRetryAfterMs: number;
	/** Timeout of one request. */
	requestTimeoutMs: number;
	/** Time for all requests together where n8n gives no cancel signal: searches and tests in the editor, webhooks. */
	deadlineMs: number;
	/** Time for all requests of one poll together, where n8n does not tell how long a poll may take. */
	pollBudgetMs: number;
	/** How long a cancelled write may still be in flight at Uphance. Nobody else gets the lock meanwhile. */
	gracePeriodMs: number;
	/** When to look for a record whose creation was not confirmed, each counted from that outcome: it may be in flight. */
	recheckAfterMs: number[];
	/** Age up to which a write relies on a registration, for a user with one organisation. */
	singleOrganisationTrustMs: number;
	/** Age up to which a request relies on a registration, for a user with several organisations. */
	severalOrganisationsTrustMs: number;
	/** A value that is not known makes a look-up read a list of n pages again, but not within n times this. */
	rereadPageMs: number;
}

/** The limits of the product. Tests pass others to the client. */
export const defaultLimits: Readonly<Limits> = {
	maxAttempts: 5,
	initialDelayMs: 1_000,
	maxDelayMs: 60_000,
	rateLimitBackoffMs: 90_000,
	maxRetryAfterMs: 300_000,
	requestTimeoutMs: 60_000,
	deadlineMs: 10_000,
	pollBudgetMs: 300_000,
	gracePeriodMs: 15_000,
	recheckAfterMs: [1_000, 5_000, 15_000],
	singleOrganisationTrustMs: 300_000,
	severalOrganisationsTrustMs: 2_000,
	rereadPageMs: 3_000,
};

/** Limits that no caller changes. */
export const fixedLimits = {
	/** So many input items in a row that Uphance could not be reached for end the rest, under On Error > Continue. */
	outagesInARow: 3,
	/** Timeout of each request of a sign-in. */
	signInTimeoutMs: 30_000,
	/** How long a rejected password is not sent again: every item of every workflow would send it. */
	invalidPasswordLockoutMs: 60_000,
	/** How long the process keeps a session that nobody asks for. n8n's database still has it. */
	sessionIdleMs: 3_600_000,
	/** Users whose locks the process keeps. Beyond them the oldest idle lock is dropped, which costs a registration. */
	maxLocks: 1_000,
	/** Tokens of a user whose registrations count. Older ones have mostly expired, and one that has not registers again. */
	maxTokens: 20,
	/** Waits consist of such steps, so a cancelled execution ends within one. n8n's lint forbids timers that can be cleared. */
	sleepStepMs: 200,
	/** Pages that a list search in the editor reads per call. The user scrolls for more. */
	searchPagesPerCall: 5,
	/** IDs of records that look-ups keep across executions, of all users and organisations together. */
	maxKnownIds: 1_000_000,
	/** How long the process keeps the IDs of a list after it was read. */
	knownIdsMaxAgeMs: 86_400_000,
	/** Webhook events that the process remembers to recognise duplicates. */
	maxDedupeKeys: 20_000,
	/** How long a webhook event is remembered: Uphance delivers one again for 48 hours. */
	dedupeMs: 172_800_000,
	/** How long after an event was first seen Uphance may not show yet what it tells of. */
	verifyGraceMs: 300_000,
	/** The clocks of n8n and Uphance may differ, and what is younger than this cannot be called old. */
	clockToleranceMs: 86_400_000,
	/** How often a page is read again because records moved meanwhile. The totals may be wrong, too. */
	maxPageRereads: 3,
	/** Products that an execution reads one by one. For more it reads the whole list, which has 100 on a page. */
	maxSingleReads: 10,
	/** Ids that a poll reads again, to see records that appear late. With them a quiet poll fits on one page of 50. */
	pollOverlapIds: 45,
} as const;
