import { isFilled } from '../parameters/cells';

/** A value that was sent, and what the answer has in its place. */
export interface SentValue {
	/** e.g. "purchase order ref" */
	label: string;
	sent: unknown;
	answered: unknown;
	/** Compares two values that are text or numbers. */
	isSame: (sent: unknown, answered: unknown) => boolean;
}

/** Compares amounts. Uphance may send them as text, and rounded to cents. What is no amount counts as the same. */
export const isSameAmount = (a: unknown, b: unknown): boolean => !(Math.abs(Number(a) - Number(b)) > 0.00501);

/**
 * Returns where an answer plainly contradicts what was sent, e.g. "amount '100.0' instead of '125.00'". A value that one of
 * the two does not have contradicts nothing: Uphance may leave out fields.
 */
export const contradictions = (values: SentValue[]): string[] =>
	values
		.filter(({ sent, answered, isSame }) => isFilled(sent) && isFilled(answered) && !isSame(sent, answered))
		.map(({ label, sent, answered }) => `${label} '${String(answered)}' instead of '${String(sent)}'`);
