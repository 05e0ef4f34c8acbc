/** Whether two texts are the same for people, who care neither for case nor for stray blanks. */
export const sameText = (one: unknown, other: unknown): boolean => plain(one) === plain(other);

const plain = (text: unknown): string =>
	String(text ?? '')
		.trim()
		.replace(/\s+/g, ' ')
		.toLowerCase();
