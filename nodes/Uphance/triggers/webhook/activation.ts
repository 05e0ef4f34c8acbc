import type { IHookFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { selectedEvents } from './events';
import { splitName } from './parseEvent';
import { isVerifiable } from './verify';

/**
 * Refuses settings with which the workflow could never start. Warns if Uphance cannot call this n8n.
 *
 * @throws NodeOperationError, which keeps n8n from publishing the workflow and from listening for a test event
 */
export function checkActivation(context: IHookFunctions): void {
	const events = selectedEvents(context);
	if (events.length === 0) {
		throw new NodeOperationError(
			context.getNode(),
			"Choose at least one event in 'Events', or type its name in 'Other Events'. Without one, nothing starts the workflow.",
		);
	}
	const verifies = context.getNodeParameter('fetchRecord', false) === true;
	const unverifiable = events.find((event) => event !== '*' && !isVerifiable(splitName(event).resource));
	if (verifies && unverifiable !== undefined) {
		throw new NodeOperationError(
			context.getNode(),
			`'Verify With Uphance' cannot verify ${unverifiable}, so it would never start the workflow. Remove the event, or turn off 'Verify With Uphance'.`,
		);
	}
	warnIfUnreachable(context);
}

function warnIfUnreachable(context: IHookFunctions): void {
	const url = context.getNodeWebhookUrl('default') ?? '';
	if (!/^https:/.test(url) || /^https:\/\/(localhost|127\.[\d.]+|\[::1\])([:/]|$)/.test(url)) {
		context.logger.warn(
			`Uphance cannot call n8n at ${url.split('/').slice(0, 3).join('/')}: it calls only public https URLs. Set WEBHOOK_URL.`,
		);
	}
}
