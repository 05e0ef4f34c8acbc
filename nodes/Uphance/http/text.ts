/**
 * Returns a text in the form in which it goes out: Unicode NFC, which Uphance's own pages send, without white space
 * around it, and without the characters that are never meant: byte order mark, zero width space, word joiner.
 */
export const cleanText = (text: string): string =>
	text
		.normalize('NFC')
		.replace(/[\u200B\u2060\uFEFF]/g, '')
		.trim();

/**
 * Returns a value as text in the form in which texts are compared: like `cleanText`, and without all other invisible
 * format characters. Two texts that look the same compare as the same.
 */
export const toComparable = (value: unknown): string =>
	String(value ?? '')
		.normalize('NFC')
		.replace(/\p{Cf}/gu, '')
		.trim();
