import { isObject } from './answer.mts';
import { description } from './description/uphanceApi.mts';
import { Safe } from './safe.mts';

/**
 * Fields whose values are words of Uphance's software, not of the account, with those that are known
 * (docs/uphance.openapi.yaml; those of pick tickets as the stand-in has them).
 */
const knownWords: Record<string, string[]> = {
	status: ['draft', 'confirmed', 'complete', 'shipped', 'published', 'checked in', 'CONFIRMED', 'COMPLETE'],
	fulfillment_status: ['nothing_shipped', 'not_shipped', 'shipped'],
	financial_status: ['nothing_paid', 'not_paid', 'paid', 'Not Paid', 'Paid'],
	delivery_status: ['Receiving', 'All Received', 'Not Received'],
	invoice_method: ['SHIPMENTS'],
	invoice_type: ['normal'],
	order_source: ['shopify'],
	company_type: ['customer'],
	tax_calc_method: ['SUB_TOTAL'],
	parent_type: ['ProductionOrder'],
};

/** A field has few words. One with more is free text, whatever it is called. */
const mostWords = 12;

/** Which names and words of an answer may be said: those of the description, and new ones that nothing else explains. */
export class Vocabulary {
	private readonly described = namesIn(description);
	/** The words of these names, such as "warehouse". */
	private readonly describedWords = new Set([...this.described].flatMap(wordsOf));
	/** All texts of the account, and the words of the short ones, in lower case: no name of a field may be one of them. */
	private readonly values = new Set<string>();

	/** Remembers what the account holds. To be called with every answer before anything is said. */
	addAnswer(body: unknown): void {
		if (Array.isArray(body)) body.forEach((each) => this.addAnswer(each));
		else if (isObject(body)) {
			for (const [name, value] of Object.entries(body)) if (!isWordField(name)) this.addAnswer(value);
		} else if (typeof body === 'string') {
			const words = body
				.toLowerCase()
				.trim()
				.split(/[^a-z]+/);
			this.values.add(body.toLowerCase().trim());
			if (words.length <= 4) words.filter((word) => word.length > 2).forEach((word) => this.values.add(word));
		}
	}

	/** The name of a field. One that is not described must look like one, and must be no text of the account. */
	name(name: string): Safe {
		return this.newName(name) ?? Safe.say`a name that is left out`;
	}

	/** As `name`, but undefined for one that is left out. */
	newName(name: string): Safe | undefined {
		return Safe.known(name, {
			has: () =>
				this.described.has(name) || (/^[a-z]+(_[a-z]+)*$/i.test(name) && name.length <= 40 && !this.isValue(name)),
		});
	}

	/** The way to a field, such as "line_items[].unit_price". */
	path(path: string): Safe {
		return Safe.join(
			path
				.split('.')
				.map((part) => (part.endsWith('[]') ? Safe.say`${this.name(part.slice(0, -2))}[]` : this.name(part))),
			'.',
		);
	}

	header(name: string): Safe | undefined {
		return Safe.known(name, { has: () => /^[a-z]+(-[a-z]+)*$/.test(name) && name.length <= 40 && !this.isValue(name) });
	}

	/** The words of a field with few; undefined for any other. Those that nobody knew come apart. */
	words(field: string, values: string[]): { known: Safe[]; added: Safe[]; leftOut: number } | undefined {
		if (!isWordField(field)) return undefined;
		const different = [...new Set(values)].filter((value) => value.trim() !== '').sort();
		const known = different.filter((word) => knownWords[field]?.includes(word));
		const others = different.filter((word) => !known.includes(word));
		const mayBeSaid = (word: string) =>
			different.length <= mostWords &&
			/^[A-Za-z]+([ _-][A-Za-z]+){0,3}$/.test(word) &&
			word.length <= 30 &&
			!this.isValue(word);
		const added = others.flatMap((word) => Safe.known(word, { has: mayBeSaid }) ?? []);
		return {
			known: known.flatMap((word) => Safe.known(word, { has: () => true }) ?? []),
			added,
			leftOut: others.length - added.length,
		};
	}

	/** Whether the text, or a word of it that is not in the description, is one of the account. */
	private isValue(text: string): boolean {
		const words = wordsOf(text).filter((word) => !this.describedWords.has(word));
		return [text.toLowerCase(), ...words].some((each) => this.values.has(each));
	}
}

const wordsOf = (text: string): string[] =>
	text
		.toLowerCase()
		.split(/[^\p{L}]+/u)
		.filter((word) => word.length > 2);

export const isWordField = (name: string): boolean => Object.hasOwn(knownWords, name);

/** Every name of a property in the description. */
function namesIn(value: unknown, names = new Set<string>()): Set<string> {
	if (Array.isArray(value)) value.forEach((each) => namesIn(each, names));
	if (!isObject(value)) return names;
	for (const [key, each] of Object.entries(value)) {
		if (key === 'properties' && isObject(each)) Object.keys(each).forEach((name) => names.add(name));
		namesIn(each, names);
	}
	return names;
}
