import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import type { UphanceEvent } from './parseEvent';

/** What becomes of a call. A reason completes "… because", a warning "… although". Both may hold untrusted text. */
export type Outcome =
	| { kind: 'start'; event: UphanceEvent; warning?: string }
	/** 200: Uphance does not deliver the event again. */
	| { kind: 'ignore'; reason: string; level: 'debug' | 'warn' }
	/** 503: Uphance delivers the event again, for up to 48 hours. */
	| { kind: 'retry'; reason: string; level: 'debug' | 'info' | 'warn' }
	/** 401, which Uphance takes like 503. */
	| { kind: 'refuse'; reason: string; level: 'warn' };

const answers = {
	retry: { status: 503, text: 'Deliver this event again' },
	refuse: { status: 401, text: 'The secret is wrong or missing' },
};

/**
 * Logs the outcome of a call, and answers it or starts the workflow.
 *
 * @param label what was called for, as untrusted text
 */
export function respond(context: IWebhookFunctions, label: string, outcome: Outcome): IWebhookResponseData {
	log(context, label, outcome);
	const response = context.getResponseObject();
	// The sender has disconnected and will deliver again. Starting now would run the workflow twice.
	if (response.destroyed) return { noWebhookResponse: true };
	if (outcome.kind === 'start') {
		const json: IDataObject = { ...outcome.event };
		return { workflowData: [[{ json }]] };
	}
	if (outcome.kind === 'ignore') return { webhookResponse: 'Ignored' };
	const { status, text } = answers[outcome.kind];
	response.status(status).send(text);
	return { noWebhookResponse: true };
}

const words = {
	start: 'starts the workflow, although',
	ignore: 'is ignored, because',
	retry: 'will be delivered again, because',
	refuse: 'is refused, because',
};

function log({ logger }: IWebhookFunctions, label: string, outcome: Outcome): void {
	const reason = outcome.kind === 'start' ? outcome.warning : outcome.reason;
	if (reason === undefined) return;
	const level = outcome.kind === 'start' ? 'warn' : outcome.level;
	logger[level](`Uphance Trigger: ${quote(label, 100)} ${words[outcome.kind]} ${quote(reason, 500)}`);
}

/** Returns text as a JSON string of limited length, so that untrusted text cannot break a line of the log or flood it. */
const quote = (text: string, length: number): string => JSON.stringify(text.slice(0, length));
