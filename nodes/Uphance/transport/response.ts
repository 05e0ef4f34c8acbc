import type { IDataObject } from 'n8n-workflow';
import { getProperty, isDataObject, isObject } from '../http/json';
import { serverMessage } from '../http/serverMessage';
import type { RecordType } from './recordType';

/** The keys that hold a record in an answer. */
type RecordKeys = Pick<RecordType, 'singularKey' | 'listKey'>;

/**
 * Returns the records in an answer that should hold one. Uphance sends them under the singular key, under the plural key
 * as an object or a list, or bare. An empty list yields []; any other answer undefined.
 */
export function unwrapRecords(body: unknown, { singularKey, listKey }: RecordKeys): IDataObject[] | undefined {
	for (const candidate of [getProperty(body, singularKey), getProperty(body, listKey), body]) {
		if (Array.isArray(candidate) && candidate.every(hasId)) return candidate;
		if (hasId(candidate)) return [candidate];
	}
	return undefined;
}

const hasId = (value: unknown): value is IDataObject =>
	isDataObject(value) && value.id !== undefined && value.id !== null;

/** Returns the different values of `organisation_id` in the records of an answer, as text; most kinds have none. */
export function namedOrganisations(body: unknown): string[] {
	if (!isObject(body)) return [];
	const candidates = [body, ...Object.values(body)].flatMap((value) => (Array.isArray(value) ? value : [value]));
	const ids = candidates.map((record) => getProperty(record, 'organisation_id'));
	return [...new Set(ids.filter((id) => typeof id === 'number' || typeof id === 'string').map(String))];
}

/** What an answer with status 2xx says about a request that creates or changes something. */
export type WriteResult =
	/** Done. `record` is what was created or changed. */
	| { kind: 'record'; record: IDataObject }
	/** Done, and the answer holds no record. `word` is Uphance's own, e.g. "Updated"; '' if the answer has no body. */
	| { kind: 'done'; word: string }
	/** Not done, says Uphance in spite of the status. `words` is its reason, or '' if it gives none. */
	| { kind: 'rejected'; words: string }
	/** Nobody knows. `words` is the text in the answer, or '' if it has none that a user could read. */
	| { kind: 'unreadable'; words: string };

/**
 * The words that count as success. `Updated` is documented (docs/uphance.openapi.yaml: POST
 * /organisations/set_current_org). The others say the same of the other requests, or are what Rails and its libraries
 * say. A word is compared as a whole: a text that contains one, such as "Not Updated", is no success.
 */
const successWords = new Set(['updated', 'created', 'shipped', 'revoked', 'ok', 'success']);

/** The words that count as a refusal. Any other word, such as "Queued", leaves open what happened. */
const failureWords = new Set(['error', 'fail', 'failed', 'failure', 'rejected', 'refused', 'invalid', 'unprocessable']);

/**
 * Judges an answer with status 2xx to a request that creates or changes something. The status alone proves nothing.
 * Success is one of three things only: the record, a word of success, or no body.
 *
 * - An error in the answer, or in the record, wins over everything else: `error` or `errors` with any content,
 *   `success: false`, or a `Status` that is a word of failure. A record's own `status` is not such a word.
 * - `{}` counts as no body: Doorkeeper, which Uphance seems to use, answers a revocation so.
 * - Several records do not say which of them it is: the answer may be a list of what was there before.
 * - `null` does not count as no body: Rails answers it for a record that it did not find.
 *
 * @param body as `UphanceClient.request` returns it: parsed JSON, or text if it was not JSON
 * @param recordType of the record that the answer may hold. Without it no answer holds a record.
 */
export function judgeWrite(body: unknown, recordType?: RecordKeys): WriteResult {
	const [record, another] = (recordType && unwrapRecords(body, recordType)) ?? [];
	const word = statusWord(body, record);
	const isRejected = failureWords.has(word.toLowerCase()) || [body, record].some(saysError);
	if (isRejected) return { kind: 'rejected', words: reasonIn(saysError(record) ? record : body) };
	if (another) return { kind: 'unreadable', words: '' };
	if (record) return { kind: 'record', record };
	const isSuccess = word === '' ? getAnyCase(body, 'success') === true : successWords.has(word.toLowerCase());
	if (isSuccess || isBlank(body)) return { kind: 'done', word };
	return { kind: 'unreadable', words: reasonIn(body) };
}

/** Returns the outcome that the answer names, or ''. In lower case, `status` may be a field of the record. */
function statusWord(body: unknown, record: IDataObject | undefined): string {
	const status = record ? getProperty(body, 'Status') : getAnyCase(body, 'status');
	return typeof status === 'string' ? status.trim() : '';
}

const isBlank = (body: unknown): boolean =>
	isDataObject(body)
		? Object.keys(body).length === 0
		: body === undefined || (typeof body === 'string' && body.trim() === '');

const saysError = (value: unknown): boolean =>
	hasContent(getAnyCase(value, 'error')) ||
	hasContent(getAnyCase(value, 'errors')) ||
	String(getAnyCase(value, 'success')) === 'false';

/** Returns what an answer says in words. A record in it, and lists of unknown meaning, say nothing to a user. */
const reasonIn = (body: unknown): string =>
	serverMessage(
		isDataObject(body)
			? Object.fromEntries(Object.entries(body).filter(([key, value]) => !isObject(value) || /^errors?$/i.test(key)))
			: body,
	);

/** Returns false for `null`, `false`, `0`, `''`, and for objects and lists that hold nothing else. */
const hasContent = (value: unknown): boolean =>
	isObject(value) ? Object.values(value).some(hasContent) : Boolean(value);

/** Returns a property by its name in any case: Uphance begins its `Status` with a capital letter. */
const getAnyCase = (value: unknown, name: string): unknown =>
	isDataObject(value) ? Object.entries(value).find(([key]) => key.toLowerCase() === name)?.[1] : undefined;
