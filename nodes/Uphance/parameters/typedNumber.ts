import { UserError } from 'n8n-workflow';

/** A price or amount as text: digits and perhaps a dot. @throws UserError, e.g. for "4,50", which could be read in two ways */
export function parseDecimal(label: string, text: string): string {
	if (/^\d+(\.\d+)?$/.test(text)) return text;
	const withDot = /^\d+,\d+$/.test(text) ? text.replace(',', '.') : '4.50';
	throw new UserError(`${label} is not a number: '${text}'`, { description: `Use a dot: ${withDot}.` });
}

/** @param advice what to do instead @throws UserError for anything but the digits of an id */
export function parseId(
	label: string,
	text: string,
	advice = 'Use the ID that Uphance gave it, such as 9005, or leave the field empty.',
): number {
	if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
	throw new UserError(`${label} is not a number: '${text}'`, { description: advice });
}
