/** Whether two texts are the same for people, who care neither for case nor for stray blanks. */
export const equalsIgnoringCase = (one: unknown, other: unknown): boolean => normalize(one) === normalize(other);

const normalize = (text: unknown): string =>
	String(text ?? '')
		.trim()
		.replace(/\s+/g, ' ')
		.toLowerCase();
