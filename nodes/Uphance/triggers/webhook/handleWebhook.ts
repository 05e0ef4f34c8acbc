import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { isDataObject } from '../../http/json';
import type { Limits } from '../../http/limits';
import { hash } from '../polling/version';
import { parseStatuses, statusesOf } from '../status';
import { hashBody, readBody } from './body';
import type { DedupeKey } from './dedupe';
import { claim } from './dedupe';
import { selectedEvents } from './events';
import { filterRecord } from './filterRecord';
import type { UphanceEvent } from './parseEvent';
import { canTellCopies, parseEvent, updatedAtOf } from './parseEvent';
import type { Outcome } from './respond';
import { respond } from './respond';
import { checkSecret } from './secret';
import { forgetUnconfirmed, recordUnconfirmed } from './unconfirmed';
import { verify } from './verify';

/**
 * Handles one call of the webhook: authenticates it, parses the event, drops what the user did not select, claims the
 * event so that it starts the workflow once, verifies its record, filters by the record, and responds.
 *
 * Uphance delivers an event again for up to 48 hours unless the response is 2xx (docs/uphance.openapi.yaml: webhooks).
 * So an event that will never start the workflow gets 200, a wrong secret 401, and an event that may succeed later 503.
 */
export async function handleWebhook(context: IWebhookFunctions, limits?: Limits): Promise<IWebhookResponseData> {
	const options = optionsOf(context);
	const refusal = checkSecret(context, options);
	const call = `a call of workflow ${context.getWorkflow().name ?? ''}`;
	if (refusal !== undefined) return respond(context, call, { kind: 'refuse', reason: refusal, level: 'warn' });

	const body = readBody(context);
	const parsed = parseEvent(body);
	const name = 'reason' in parsed ? parsed.name : parsed.event;
	const selected = selectedEvents(context);
	if (name !== undefined && !selected.includes('*') && !selected.includes(name)) {
		const isEmpty = selected.length === 0;
		const reason = isEmpty ? "'Events' is empty" : 'it is not selected';
		return respond(context, name, { kind: 'ignore', reason, level: isEmpty ? 'warn' : 'debug' });
	}
	if ('reason' in parsed) {
		return respond(context, name ?? call, { kind: 'ignore', reason: parsed.reason, level: 'warn' });
	}

	const claimed = canTellCopies(parsed) ? claimEvent(context, options, parsed, hashBody(context, body)) : 'claimed';
	const outcome = claimed === 'claimed' ? await decide(context, parsed, options, limits) : turnedAway[claimed];
	return respond(context, `${parsed.event} ${parsed.id}`, outcome);
}

type Claimed = 'claimed' | 'duplicate' | 'inProgress';

const turnedAway: Record<Exclude<Claimed, 'claimed'>, Outcome> = {
	duplicate: { kind: 'ignore', reason: 'it is a duplicate', level: 'debug' },
	inProgress: { kind: 'retry', reason: 'the same is being processed', level: 'debug' },
};

function optionsOf(context: IWebhookFunctions): IDataObject {
	const options: unknown = context.getNodeParameter('options', {});
	return isDataObject(options) ? options : {};
}

/** Verifies an event if the user selected that, filters by its record, and claims its statuses. Never throws. */
async function decide(
	context: IWebhookFunctions,
	event: UphanceEvent,
	options: IDataObject,
	limits?: Limits,
): Promise<Outcome> {
	try {
		const verifies = context.getNodeParameter('fetchRecord', false) === true;
		const verified: Outcome = verifies
			? await verify(context, event, nodeKey(context), limits)
			: { kind: 'start', event };
		if (verified.kind !== 'start') return verified;
		const copy = verifies && !canTellCopies(event) ? claimVersion(context, options, verified.event) : undefined;
		return copy ?? filterRecord(options, verified.event) ?? claimStatuses(context, options, verified.event) ?? verified;
	} catch (error) {
		const message = error instanceof Error ? error.message : String(error);
		return { kind: 'retry', reason: `it could not be verified: ${message}`, level: 'warn' };
	}
}

/** Claims an event, if the user wants that. @param body hash of what tells it from other events of its record */
function claimEvent(context: IWebhookFunctions, options: IDataObject, event: UphanceEvent, body: string): Claimed {
	if (!remembers(context) || options.ignoreDuplicates === false) return 'claimed';
	const record = `${nodeKey(context)} ${event.event} ${event.id}`;
	return claimUntilAnswered(context, { record, body, updatedAt: updatedAtOf(event.record) });
}

/**
 * Claims an event that came with an ID only, by the record that was fetched. If that record has started the workflow
 * already, the event is a copy, or Uphance does not show the change yet.
 *
 * @returns why the event does not start the workflow, or undefined if it does
 */
function claimVersion(context: IWebhookFunctions, options: IDataObject, event: UphanceEvent): Outcome | undefined {
	const claimed = claimEvent(context, options, event, hash(event.record));
	const key = `${nodeKey(context)} ${event.event} ${event.id} unchanged`;
	if (claimed === 'claimed') return void forgetUnconfirmed(key);
	if (claimed === 'inProgress' || recordUnconfirmed(key) === 'giveUp') return turnedAway[claimed];
	return { kind: 'retry', reason: 'Uphance shows nothing new, it may be a copy', level: 'info' };
}

/**
 * Claims each selected status that a record has, because a record starts the workflow once for each.
 *
 * @returns why the event does not start the workflow, or undefined if it does
 */
function claimStatuses(
	context: IWebhookFunctions,
	options: IDataObject,
	{ resource, id, record }: UphanceEvent,
): Outcome | undefined {
	if (!remembers(context)) return undefined;
	const selected = parseStatuses(options.status);
	const results = [...new Set(statusesOf(record))]
		.filter((status) => selected.includes(status))
		.map((status) => claimUntilAnswered(context, { once: `${nodeKey(context)} ${resource} ${id} ${status}` }));
	if (results.length === 0 || results.includes('claimed')) return undefined;
	return turnedAway[results.includes('inProgress') ? 'inProgress' : 'duplicate'];
}

/**
 * Claims a key until the call is answered. A 2xx response that was sent commits the claim. Any other response, or a
 * connection that breaks, releases it, so that the next delivery is accepted.
 */
function claimUntilAnswered(context: IWebhookFunctions, key: DedupeKey): Claimed {
	const result = claim(key);
	if (typeof result === 'string') return result;
	const response = context.getResponseObject();
	response.once('finish', () => (response.statusCode < 300 ? result.commit() : result.release()));
	response.once('close', () => result.release());
	if (response.destroyed) result.release(); // it was closed before
	return 'claimed';
}

/** Identifies the node among all of this n8n process. */
const nodeKey = (context: IWebhookFunctions): string => `${String(context.getWorkflow().id)} ${context.getNode().id}`;

/** Not in a test run: it would make the event a duplicate. */
const remembers = (context: IWebhookFunctions): boolean => context.getMode() !== 'manual';
