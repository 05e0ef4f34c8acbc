/** A number as people write it: with a currency or %, with separators of thousands, or with a decimal comma. */
const written = /^(\p{Sc}|[A-Z]{1,3}\p{Sc}?)?\s*(\d[\d.,'’\s]*?)\s*(\p{Sc}|%|[A-Z]{2,3})?$/iu;

/** Digits in groups of three, with the same separator between all groups, and decimals after another one. */
const grouped = /^\d{1,3}([.,'’\s])\d{3}(?:\1\d{3})*(?:(?!\1)[.,]\d+)?$/;

/** One group of three digits, which is either thousands or decimals. A zero before it separates no thousands. */
export const isAmbiguous = (text: string): boolean => /^-?[1-9]\d{0,2}[.,]\d{3}$/.test(text);

/** Returns both numbers that an ambiguous text can mean, in a form that is not ambiguous, e.g. "1250 or 1.25". */
export function bothMeanings(text: string): string {
	const decimal = String(Number(text.replace(',', '.')));
	return `${text.replace(/[.,]/, '')} or ${isAmbiguous(decimal) ? `${decimal}0` : decimal}`;
}

/**
 * Returns what to write instead of a text that is no decimal number, e.g. "Write 45.00, without '€'."
 *
 * @param text without white space around it
 */
export function decimalAdvice(text: string): string {
	const [, before = '', number = '', after = ''] = written.exec(text) ?? [];
	const signs = [before, after].filter((sign) => sign !== '').map((sign) => `without '${sign}'`);
	if (isAmbiguous(number)) {
		return `${write(bothMeanings(number), signs)}: a dot or a comma separates thousands in some countries, and decimals in others.`;
	}
	const isPlain = /^\d+([.,]\d+)?$/.test(number);
	const separator = grouped.exec(number)?.[1] ?? '';
	if (!isPlain && separator === '') return 'Use digits, with a dot before the decimals, such as 4.50.';
	const decimal = (isPlain ? number : number.replaceAll(separator, '')).replace(',', '.');
	if (isPlain && signs.length === 0) return `Use a dot: ${decimal}.`;
	return `${write(decimal, [
		...signs,
		...(isPlain ? [] : ['with nothing between the thousands']),
		...(/,\d+$/.test(number) && decimal.includes('.') ? ['with a dot before the decimals'] : []),
	])}.`;
}

const write = (number: string, how: string[]): string =>
	`Write ${number}${how.length > 0 ? `, ${how.join(', ').replace(/, ([^,]*)$/, ' and $1')}` : ''}`;
