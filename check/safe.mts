/** Sizes that a reader needs and that say little of the account: a power of ten. */
const sizes = ['none', '1 to 9', '10 to 99', '100 to 999', '1,000 to 9,999', '10,000 to 99,999'];

/**
 * Text without any value of the account. Report and screen consist of it, and only this file makes it: from the words of
 * this program, and from the few things below that an answer may add.
 */
export class Safe {
	readonly #text: string;

	private constructor(text: string) {
		this.#text = text;
	}

	toString(): string {
		return this.#text;
	}

	toJSON(): string {
		return this.#text;
	}

	/** A sentence of this program. What it names must be safe itself. */
	static say(words: TemplateStringsArray, ...parts: Safe[]): Safe {
		return new Safe(words.map((word, index) => word + (parts[index]?.toString() ?? '')).join(''));
	}

	static join(parts: Safe[], separator: ', ' | '; ' | '.' | ' ' = ', '): Safe {
		return new Safe(parts.map(String).join(separator));
	}

	/** How many records there are, as a power of ten. */
	static count(count: number): Safe {
		return new Safe(sizes[count > 0 ? Math.floor(Math.log10(count)) + 1 : 0] ?? '100,000 or more');
	}

	/** How many of all have something. */
	static share(some: number, all: number): Safe {
		const share = some / all;
		return new Safe(share === 1 ? 'all' : share > 0.9 ? 'nearly all' : share > 0.1 ? 'some' : 'few');
	}

	/** Something that Uphance's developers chose and no user did: a size of pages, the life of a token, a time, a status. */
	static constant(number: number, unit: 'on a page' | 'requests' | 'seconds' | 'ms' | 'status'): Safe {
		return new Safe(unit === 'status' ? String(Math.trunc(number)) : `${Math.round(number)} ${unit}`);
	}

	/** The JSON type of a value; a whole number is an integer, as in JSON Schema. */
	static type(value: unknown): Safe {
		return new Safe(jsonType(value));
	}

	/** What stands between the numbers in a text, if it is punctuation only. */
	static separator(text: string): Safe | undefined {
		return /^ ?[,;/|+&-]? ?$/.test(text) ? new Safe(`'${text}'`) : undefined;
	}

	/** How a text looks, and nothing of what it says. */
	static form(text: string): Safe {
		const [name] = forms.find(([, pattern]) => pattern.test(text)) ?? ['other text'];
		return new Safe(name);
	}

	/** A name or word that a Vocabulary has let through. */
	static known(text: string, vocabulary: { has(text: string): boolean }): Safe | undefined {
		return vocabulary.has(text) ? new Safe(text) : undefined;
	}
}

export const { say } = Safe;

const forms: Array<[string, RegExp]> = [
	['empty text', /^\s*$/],
	['whole number as text', /^-?\d+$/],
	['number with a point', /^-?\d+\.\d+$/],
	['number with a comma', /^-?\d+,\d+$/],
	['day', /^\d{4}-\d\d-\d\d$/],
	['time with ms, ending in Z', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z$/],
	['time with ms, ending in +00:00', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+\+00:00$/],
	['time with ms and an offset', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+[+-]\d\d:?\d\d$/],
	['time without ms, ending in Z', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/],
	['time without ms, with an offset', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:?\d\d$/],
	['time without an offset', /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/],
];

export function jsonType(value: unknown): string {
	if (value === null) return 'null';
	if (Array.isArray(value)) return 'array';
	return Number.isInteger(value) ? 'integer' : typeof value;
}
