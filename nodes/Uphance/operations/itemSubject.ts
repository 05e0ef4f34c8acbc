import type { IExecuteFunctions } from 'n8n-workflow';
import { isObject } from '../http/json';
import { capitalize, toComparable } from '../http/text';
import { additionalJson, parseJsonObject } from '../parameters/parse';

/** What an input item stands for, so that messages can name it. */
export interface ItemSubject {
	/** e.g. "order" */
	noun: string;
	/** Said to whoever may run all items again after some succeeded. */
	adviceBeforeRerun?: string;
	/** Returns the user's own reference, or ''. May throw. */
	reference?: (context: IExecuteFunctions, item: number) => string;
	/** Returns what tells an item without reference from the others, or ''. May throw. */
	otherName?: (context: IExecuteFunctions, item: number) => string;
}

/** The place of an item among all input items. */
export interface ItemPosition {
	/** From 0. */
	item: number;
	items: number;
}

/**
 * Returns the beginning of a message about one input item, e.g. "Order 2 of 4 (PO-8802): ". Of an only item it names the
 * reference. Returns '' if there is nothing to tell, and leaves out a name that the message has anyway.
 */
export function itemPrefix(
	context: IExecuteFunctions,
	{ noun, reference, otherName }: ItemSubject,
	{ item, items }: ItemPosition,
	message: string,
): string {
	const read = (name?: ItemSubject['reference']): string => {
		try {
			return shorten(name?.(context, item) ?? '');
		} catch {
			return ''; // the message may be about this very field
		}
	};
	const name = read(reference) || (items > 1 ? read(otherName) : '');
	const position = items > 1 ? ` ${item + 1} of ${items}` : '';
	const shown = message.includes(name) ? '' : ` (${name})`; // every message includes ''
	return position || shown ? `${capitalize(noun)}${position}${shown}: ` : '';
}

/**
 * Returns what happened to the items around one that failed, and what to know before all are run again.
 *
 * @param done how many of the items before it succeeded
 * @param stops whether the items after it are not run
 */
export function describeOtherItems(
	{ noun, adviceBeforeRerun }: ItemSubject,
	{ item, items }: ItemPosition,
	done: number,
	stops: boolean,
): string {
	const before = item === 1 ? noun : `${item} ${noun}s`;
	const succeeded = done === 0 ? `No ${noun}` : done === item ? `The ${before}` : `${done} of the ${before}`;
	const left = items - item - 1;
	return [
		item > 0 && `${succeeded} before it succeeded.`,
		stops && left > 0 && `The ${left === 1 ? 'one' : left} after it ${left === 1 ? 'was' : 'were'} not run.`,
		stops && done > 0 && adviceBeforeRerun,
	]
		.filter(Boolean)
		.join(' ');
}

/** Returns the text below the output of a run in which items failed. @param failures their messages, at least one */
export const failuresHint = (noun: string, failures: string[], items: number): string =>
	`${failures.length} of ${items} ${noun}${items === 1 ? '' : 's'} failed: ${failures[0]}${failures.length > 1 ? ` (and ${failures.length - 1} more, see 'error')` : ''}`;

/** Returns a value of Additional Fields, or of Additional JSON, which wins. @throws UserError if that is no JSON */
export function additionalText(context: IExecuteFunctions, item: number, name: string): string {
	const fields = context.getNodeParameter('additionalFields', item, {});
	return toName(parseJsonObject(additionalJson, fields)[name] ?? fields[name]);
}

/**
 * Returns what a resource locator shows, the name of what was chosen from the list or else the value; '' if it is empty.
 *
 * @param noun comes before it, e.g. "customer"
 */
export function locatorText(context: IExecuteFunctions, item: number, name: string, noun = ''): string {
	const locator: unknown = context.getNodeParameter(name, item);
	const value = isObject(locator) ? (locator.mode === 'list' && locator.cachedResultName) || locator.value : locator;
	const text = toName(value);
	return text && `${noun} ${text}`.trim();
}

const toName = (value: unknown): string =>
	typeof value === 'string' || typeof value === 'number' ? toComparable(value) : '';

const shorten = (text: string): string => (text.length > 80 ? `${text.slice(0, 79)}…` : text);
