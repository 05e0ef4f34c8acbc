/** Half a character, as cutting a text can leave it. n8n would send it in a query as part of another character. */
const halfCharacters = /\p{Cs}/gu;

/**
 * Returns a text in the form in which it goes out: Unicode NFC, which Uphance's own pages send, without white space
 * around it, without the characters that are never meant (byte order mark, zero width space, word joiner), and with U+FFFD
 * for half a character.
 */
export const cleanText = (text: string): string =>
	text
		.normalize('NFC')
		.replace(halfCharacters, '\uFFFD')
		.replace(/[\u200B\u2060\uFEFF]/g, '')
		.trim();

/**
 * Returns a value as text in the form in which texts are compared: like `cleanText`, and without all other invisible
 * format characters. Two texts that look the same compare as the same.
 */
export const toComparable = (value: unknown): string =>
	String(value ?? '')
		.normalize('NFC')
		.replace(halfCharacters, '\uFFFD')
		.replace(/\p{Cf}/gu, '')
		.trim();

/** Returns a text with a capital first letter, as the beginning of a sentence. */
export const capitalize = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Returns a time for a message, e.g. "90 seconds" or "2 hours". It is at least a second. */
export function formatDuration(milliseconds: number): string {
	const seconds = Math.max(1, Math.round(milliseconds / 1000));
	const [count, unit] =
		seconds < 120
			? [seconds, 'second']
			: seconds < 7200
				? [Math.round(seconds / 60), 'minute']
				: [Math.round(seconds / 3600), 'hour'];
	return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
