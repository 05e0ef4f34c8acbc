import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

/** Returns the names of the events that start the workflow, or [] if the user selected none. "*" is any event. */
export function selectedEvents(context: IHookFunctions | IWebhookFunctions): string[] {
	const events: unknown = context.getNodeParameter('events', []);
	const otherEvents: unknown = context.getNodeParameter('otherEvents', '');
	// The names have no blanks, so whatever separates them will do.
	return [events, otherEvents]
		.flat()
		.flatMap((text) => String(text ?? '').split(/[\s,;]+/))
		.filter((event) => event !== '');
}
