/** One answer, as it came. It never leaves the process: what is said of it goes through Safe. */
export interface Answer {
	method: string;
	path: string;
	query: Record<string, string>;
	/** 0 if none came. */
	status: number;
	/** Their names, in lower case. */
	headers: string[];
	/** How Retry-After came. */
	retryAfter?: 'seconds' | 'date';
	milliseconds: number;
	form: 'json' | 'html' | 'text' | 'empty' | 'none';
	/** Parsed if it is JSON, else text. */
	body: unknown;
}

export type Item = Record<string, unknown>;

export const isObject = (value: unknown): value is Item =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

export const isSuccess = ({ status }: Answer): boolean => status >= 200 && status < 300;

export const get = (value: unknown, key: string): unknown => (isObject(value) ? value[key] : undefined);

/** The records of a list, also under another name than the one it should have. */
export function recordsOf(answer: Answer | undefined, listKey: string): Item[] {
	if (!answer || !isSuccess(answer)) return [];
	const { body } = answer;
	const candidates = [get(body, listKey), body, ...(isObject(body) ? Object.values(body) : [])];
	const list = candidates.find((each) => Array.isArray(each));
	return Array.isArray(list) ? list.filter(isObject) : [];
}

/** An ID as a number, also from text. */
export function idOf(record: Item | undefined): number | undefined {
	const id = Number(record?.id);
	return Number.isSafeInteger(id) && id > 0 ? id : undefined;
}

export const metaOf = (answer: Answer | undefined, name: string): number | undefined => {
	const value = get(get(answer?.body, 'meta'), name);
	return value !== null && Number.isInteger(Number(value)) ? Number(value) : undefined;
};
