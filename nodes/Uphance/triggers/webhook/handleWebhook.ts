import type { Limits } from '../../http/limits';
import { isDataObject } from '../../http/json';
import { createHash, timingSafeEqual } from 'crypto';
import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { parseStatuses, statusOf } from '../status';
import { claim, commit, isDuplicate, isInProgress, release } from './dedupe';
import { parseEvent } from './parseEvent';
import { fetchVerifiedRecord } from './verify';

/**
 * What to do with one call of the webhook. Uphance delivers again for 48 hours unless the answer is 2xx, so only what
 * could go better next time gets another: a record that could not be fetched, or a secret that is missing.
 */
export async function handleWebhook(context: IWebhookFunctions, limits?: Limits): Promise<IWebhookResponseData> {
	const options = optionsOf(context);
	const secret = String(options.secret ?? '');
	if (secret !== '' && !timingSafeEqualText(secret, givenSecret(context))) {
		return respond(context, 401, 'The secret is wrong or missing');
	}
	const body = bodyOf(context);
	const parsed = parseEvent(body);
	const name = 'reason' in parsed ? parsed.name : parsed.event;
	if (name !== undefined && !isSelected(context, name)) return ignore(context, name, 'it was not asked for', 'debug');
	if ('reason' in parsed) return ignore(context, name, parsed.reason);

	const node = `${String(context.getWorkflow().id)} ${context.getNode().id}`;
	const remembers = context.getMode() !== 'manual'; // or a test would use up what production waits for
	const keys = remembers && options.ignoreDuplicates !== false ? [`${node} ${bodyHash(context, body)}`] : [];
	if (keys.some(isDuplicate)) return ignore(context, name, 'it came before', 'debug');
	if (keys.some(isInProgress)) return respond(context, 503, 'The same event is being looked at');
	claim(keys);
	settleOnResponse(context, keys);
	try {
		let event = parsed;
		if (context.getNodeParameter('fetchRecord', false) === true) {
			const record = await fetchVerifiedRecord(context, parsed, limits);
			if (!record) {
				release(keys);
				return ignore(context, name, `Uphance does not know this ${parsed.resource} ${parsed.id}`);
			}
			event = { ...parsed, id: typeof record.id === 'number' ? record.id : parsed.id, record };
		}
		const statuses = parseStatuses(options.status);
		const status = statusOf(event.record);
		if (statuses.length > 0 && !statuses.includes(status))
			return ignore(context, name, `its status is ${status}`, 'debug');
		const statusKeys = statuses.length > 0 && remembers ? [`${node} ${event.resource} ${event.id} ${status}`] : [];
		if (statusKeys.some(isDuplicate)) return ignore(context, name, 'it had this status before', 'debug');
		if (statusKeys.some(isInProgress)) return respond(context, 503, 'An event of the same record is being looked at');
		claim(statusKeys);
		keys.push(...statusKeys);
		// Whoever hung up delivers again: started now, it would run twice.
		if (context.getResponseObject().destroyed) {
			release(keys);
			return { noWebhookResponse: true };
		}
		const json: IDataObject = { ...event };
		return { workflowData: [[{ json }]] };
	} catch (error) {
		release(keys);
		const reason = error instanceof Error ? error.message : String(error);
		context.logger.warn(
			`Uphance Trigger: ${truncate(`${name} ${parsed.id}`)} could not be verified and is awaited again: ${reason}`,
		);
		return respond(context, 503, 'The record could not be fetched from Uphance');
	}
}

/** n8n reads bodies by their content type; without one, or with another, only the raw body is there. */
function bodyOf(context: IWebhookFunctions): unknown {
	const body: unknown = context.getBodyData();
	if (isDataObject(body) && 'event' in body) return body;
	try {
		const { rawBody } = context.getRequestObject();
		const parsed: unknown = JSON.parse(String(rawBody));
		return parsed;
	} catch {
		return body;
	}
}

function optionsOf(context: IWebhookFunctions): IDataObject {
	const options: unknown = context.getNodeParameter('options', {});
	return isDataObject(options) ? options : {};
}

function givenSecret(context: IWebhookFunctions): unknown {
	const query: unknown = context.getQueryData();
	return isDataObject(query) ? query.secret : undefined;
}

function isSelected(context: IWebhookFunctions, name: string): boolean {
	const events: unknown = context.getNodeParameter('events', []);
	const selected = [
		...(Array.isArray(events) ? events.map(String) : [String(events)]),
		...String(context.getNodeParameter('otherEvents', '') ?? '').split(','),
	].map((each) => each.trim());
	return selected.includes('*') || selected.includes(name);
}

/** A key counts once its 2xx went out: a delivery that failed on the way is accepted again. */
function settleOnResponse(context: IWebhookFunctions, keys: string[]): void {
	const response = context.getResponseObject();
	response.once('finish', () => (response.statusCode < 300 ? commit(keys) : release(keys)));
	response.once('close', () => release(keys));
}

function ignore(
	context: IWebhookFunctions,
	name: string | undefined,
	reason: string,
	level: 'debug' | 'warn' = 'warn',
): IWebhookResponseData {
	context.logger[level](`Uphance Trigger: ${truncate(name)} starts nothing: ${truncate(reason)}`);
	return { webhookResponse: 'Ignored' };
}

function respond(context: IWebhookFunctions, status: number, text: string): IWebhookResponseData {
	context.getResponseObject().status(status).send(text);
	return { noWebhookResponse: true };
}

/** Of the bytes as they came: what is delivered again is the same. */
function bodyHash(context: IWebhookFunctions, body: unknown): string {
	const { rawBody } = context.getRequestObject();
	const bytes = rawBody instanceof Uint8Array && rawBody.length > 0 ? rawBody : JSON.stringify(body);
	return createHash('sha256').update(bytes).digest('hex');
}

/** Anybody may send anything: a line of the log stays a line. */
const truncate = (text = 'an event'): string => JSON.stringify(text.slice(0, 100));

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Compares in constant time, whatever the lengths. */
export const timingSafeEqualText = (wanted: string, given: unknown): boolean =>
	timingSafeEqual(sha256(wanted), sha256(typeof given === 'string' ? given : ''));
