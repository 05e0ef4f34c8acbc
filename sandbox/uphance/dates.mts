const hourMs = 3_600_000;

/** When the record at a place was created; those that come later in a row were created later, by half an hour. */
export const creationTime = (ordinal: number, daysAfterOrder: number) =>
	Date.UTC(2020, 0, 1, 8) + ordinal * (hourMs / 2) + daysAfterOrder * 24 * hourMs;

/** The day of a moment, as its midnight: the form that dates of payments and pick tickets have (uphance-api.md 3.3). */
export const startOfDay = (milliseconds: number) => milliseconds - (milliseconds % (24 * hourMs));
