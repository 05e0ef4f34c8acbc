import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { createHash } from 'crypto';
import { isDataObject } from '../../transport/recordsIn';
import { parseEvent } from './parseEvent';
import { begin, confirm, forget, isDone, isUnderWay } from './dedupe';
import { isSameSecret } from './secret';
import { statusOf, statusesIn } from '../statuses';
import { fetched } from './verify';

/**
 * What to do with one call of the webhook. Uphance delivers again for 48 hours unless the answer is 2xx, so only what
 * could go better next time gets another: a record that could not be fetched, or a secret that is missing.
 */
export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const options = optionsOf(context);
	const secret = String(options.secret ?? '');
	if (secret !== '' && !isSameSecret(secret, givenSecret(context))) {
		return answer(context, 401, 'The secret is wrong or missing');
	}
	const body = bodyOf(context);
	const parsed = parseEvent(body);
	const name = 'reason' in parsed ? parsed.name : parsed.event;
	if (name !== undefined && !isWanted(context, name)) return ignored(context, name, 'it was not asked for', 'debug');
	if ('reason' in parsed) return ignored(context, name, parsed.reason);

	const node = `${String(context.getWorkflow().id)} ${context.getNode().id}`;
	const remembers = context.getMode() !== 'manual'; // or a test would use up what production waits for
	const keys = remembers && options.ignoreDuplicates !== false ? [`${node} ${fingerprintOf(context, body)}`] : [];
	if (keys.some(isDone)) return ignored(context, name, 'it came before', 'debug');
	if (keys.some(isUnderWay)) return answer(context, 503, 'The same event is being looked at');
	begin(keys);
	whenAnswered(context, keys);
	try {
		let event = parsed;
		if (context.getNodeParameter('fetchRecord', false) === true) {
			const record = await fetched(context, parsed);
			if (!record) {
				forget(keys);
				return ignored(context, name, `Uphance does not know this ${parsed.resource} ${parsed.id}`);
			}
			event = { ...parsed, id: typeof record.id === 'number' ? record.id : parsed.id, record };
		}
		const statuses = statusesIn(options.status);
		const status = statusOf(event.record);
		if (statuses.length > 0 && !statuses.includes(status))
			return ignored(context, name, `its status is ${status}`, 'debug');
		const once = statuses.length > 0 && remembers ? [`${node} ${event.resource} ${event.id} ${status}`] : [];
		if (once.some(isDone)) return ignored(context, name, 'it had this status before', 'debug');
		if (once.some(isUnderWay)) return answer(context, 503, 'An event of the same record is being looked at');
		begin(once);
		keys.push(...once);
		// Whoever hung up delivers again: started now, it would run twice.
		if (context.getResponseObject().destroyed) {
			forget(keys);
			return { noWebhookResponse: true };
		}
		const json: IDataObject = { ...event };
		return { workflowData: [[{ json }]] };
	} catch (error) {
		forget(keys);
		const reason = error instanceof Error ? error.message : String(error);
		context.logger.warn(
			`Uphance Trigger: ${short(`${name} ${parsed.id}`)} could not be verified and is awaited again: ${reason}`,
		);
		return answer(context, 503, 'The record could not be fetched from Uphance');
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

function isWanted(context: IWebhookFunctions, name: string): boolean {
	const events: unknown = context.getNodeParameter('events', []);
	const wanted = [
		...(Array.isArray(events) ? events.map(String) : [String(events)]),
		...String(context.getNodeParameter('otherEvents', '') ?? '').split(','),
	].map((each) => each.trim());
	return wanted.includes('*') || wanted.includes(name);
}

/** A key counts once its 2xx went out: a delivery that failed on the way is accepted again. */
function whenAnswered(context: IWebhookFunctions, keys: string[]): void {
	const response = context.getResponseObject();
	response.once('finish', () => (response.statusCode < 300 ? confirm(keys) : forget(keys)));
	response.once('close', () => forget(keys));
}

function ignored(
	context: IWebhookFunctions,
	name: string | undefined,
	reason: string,
	level: 'debug' | 'warn' = 'warn',
): IWebhookResponseData {
	context.logger[level](`Uphance Trigger: ${short(name)} starts nothing: ${short(reason)}`);
	return { webhookResponse: 'Ignored' };
}

function answer(context: IWebhookFunctions, status: number, text: string): IWebhookResponseData {
	context.getResponseObject().status(status).send(text);
	return { noWebhookResponse: true };
}

/** Of the bytes as they came: what is delivered again is the same. */
function fingerprintOf(context: IWebhookFunctions, body: unknown): string {
	const { rawBody } = context.getRequestObject();
	const bytes = rawBody instanceof Uint8Array && rawBody.length > 0 ? rawBody : JSON.stringify(body);
	return createHash('sha256').update(bytes).digest('hex');
}

/** Anybody may send anything: a line of the log stays a line. */
const short = (text = 'an event'): string => JSON.stringify(text.slice(0, 100));
