const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;

/** Returns when the record with an ordinal was created, in Unix milliseconds: half an hour after the previous one. */
export const creationTime = (ordinal: number, daysAfterOrder: number) =>
	Date.UTC(2020, 0, 1, 8) + ordinal * (hourMs / 2) + daysAfterOrder * dayMs;

/**
 * Returns midnight (UTC) of the same day. Dates of payments and pick tickets have this form
 * (`docs/uphance.openapi.yaml: GET /payments`).
 */
export const startOfDay = (milliseconds: number) => milliseconds - (milliseconds % dayMs);
