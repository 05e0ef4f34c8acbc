import type { Limits } from '../../http/limits';
import { isDataObject } from '../../http/json';
import { createHash, timingSafeEqual } from 'crypto';
import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { parseStatuses, statusOf } from '../status';
import { claim, commit, isDuplicate, isInProgress, release } from './dedupe';
import { parseEvent } from './parseEvent';
import { fetchVerifiedRecord } from './verify';

/**
 * Handles one call of the webhook: checks the secret, parses the event, drops duplicates, verifies the record if the user
 * selected that, and starts the workflow.
 *
 * Uphance delivers an event again for up to 48 hours unless the response is 2xx (docs/uphance.openapi.yaml: webhooks).
 * So an event that will never start the workflow gets 200, a wrong secret 401, and an event that may succeed later 503.
 */
export async function handleWebhook(context: IWebhookFunctions, limits?: Limits): Promise<IWebhookResponseData> {
	const options = optionsOf(context);
	const secret = String(options.secret ?? '');
	if (secret !== '' && !timingSafeEqualText(secret, querySecret(context))) {
		return respond(context, 401, 'The secret is wrong or missing');
	}
	const body = bodyOf(context);
	const parsed = parseEvent(body);
	const name = 'reason' in parsed ? parsed.name : parsed.event;
	if (name !== undefined && !isSelected(context, name)) return ignore(context, name, 'it is not selected', 'debug');
	if ('reason' in parsed) return ignore(context, name, parsed.reason);

	const node = `${String(context.getWorkflow().id)} ${context.getNode().id}`;
	const remembers = context.getMode() !== 'manual'; // otherwise a test run would make the event a duplicate
	const keys = remembers && options.ignoreDuplicates !== false ? [`${node} ${bodyHash(context, body)}`] : [];
	if (keys.some(isDuplicate)) return ignore(context, name, 'it is a duplicate', 'debug');
	if (keys.some(isInProgress)) return respond(context, 503, 'The same event is being processed');
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
		if (statusKeys.some(isDuplicate)) return ignore(context, name, 'the record had this status before', 'debug');
		if (statusKeys.some(isInProgress)) return respond(context, 503, 'An event of the same record is being processed');
		claim(statusKeys);
		keys.push(...statusKeys);
		// The sender has disconnected and will deliver again. Starting now would run the workflow twice.
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
			`Uphance Trigger: ${truncate(`${name} ${parsed.id}`)} could not be verified. Uphance will deliver it again. ${reason}`,
		);
		return respond(context, 503, 'The record could not be fetched from Uphance');
	}
}

/**
 * Returns the parsed body. n8n parses a body only if it knows the content type (n8n: middlewares/body-parser). For other
 * types the raw body is parsed as JSON.
 */
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

function querySecret(context: IWebhookFunctions): unknown {
	const query: unknown = context.getQueryData();
	return isDataObject(query) ? query.secret : undefined;
}

function isSelected(context: IWebhookFunctions, name: string): boolean {
	const events: unknown = context.getNodeParameter('events', []);
	const selected = [
		...(Array.isArray(events) ? events.map(String) : [String(events)]),
		...String(context.getNodeParameter('otherEvents', '') ?? '').split(','),
	].map((event) => event.trim());
	return selected.includes('*') || selected.includes(name);
}

/**
 * Commits or releases the keys when the response is sent. A key counts only after its 2xx: if the connection breaks
 * before, the next delivery is accepted.
 */
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
	context.logger[level](`Uphance Trigger: ${truncate(name)} is ignored: ${truncate(reason)}`);
	return { webhookResponse: 'Ignored' };
}

function respond(context: IWebhookFunctions, status: number, text: string): IWebhookResponseData {
	context.getResponseObject().status(status).send(text);
	return { noWebhookResponse: true };
}

/** Returns a SHA-256 hash of the bytes of the body. A repeated delivery has the same bytes. */
function bodyHash(context: IWebhookFunctions, body: unknown): string {
	const { rawBody } = context.getRequestObject();
	const bytes = rawBody instanceof Uint8Array && rawBody.length > 0 ? rawBody : JSON.stringify(body);
	return createHash('sha256').update(bytes).digest('hex');
}

/** Returns at most 100 characters as a JSON string, so that untrusted text cannot break a line of the log. */
const truncate = (text = 'an event'): string => JSON.stringify(text.slice(0, 100));

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Returns whether two texts are equal. Takes the same time for all texts, so that a secret cannot be guessed. */
export const timingSafeEqualText = (expected: string, actual: unknown): boolean =>
	timingSafeEqual(sha256(expected), sha256(typeof actual === 'string' ? actual : ''));
