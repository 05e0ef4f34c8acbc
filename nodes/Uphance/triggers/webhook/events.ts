import type { IHookFunctions, INodePropertyOptions, IWebhookFunctions } from 'n8n-workflow';

const verbs = { create: 'Created', delete: 'Deleted', update: 'Updated' };

const knownResources: Array<{ resource: string; name: string; verbs: Array<keyof typeof verbs> }> = [
	{ resource: 'credit_note', name: 'Credit Note', verbs: ['create', 'delete', 'update'] },
	{ resource: 'invoice', name: 'Invoice', verbs: ['create', 'delete', 'update'] },
	{ resource: 'pick_ticket', name: 'Pick Ticket', verbs: ['create', 'delete', 'update'] },
	{ resource: 'product', name: 'Product', verbs: ['create', 'update'] },
	{ resource: 'receiving_ticket', name: 'Receiving Ticket', verbs: ['create', 'delete', 'update'] },
];

const hints: Record<string, string> = {
	credit_note_create:
		'Uphance may not send events of credit notes. The Uphance Polling Trigger finds credit notes in any case.',
	pick_ticket_create:
		'Uphance does not send it for a draft. When the draft is published, it sends only Pick Ticket Updated.',
	pick_ticket_update:
		'Uphance also sends it when a pick ticket is published or shipped, and after changes by Uphance nodes',
};

/** The menu of events: all that Uphance is known to send (docs/uphance.openapi.yaml: webhooks), sorted by resource. */
export const knownEvents: INodePropertyOptions[] = [
	{ name: 'Any Event', value: '*', description: 'Everything that Uphance sends to this URL' },
	...knownResources.flatMap(({ resource, name, verbs: resourceVerbs }) =>
		resourceVerbs.map((verb) => {
			const value = `${resource}_${verb}`;
			const { [value]: description } = hints;
			return { name: `${name} ${verbs[verb]}`, value, ...(description !== undefined && { description }) };
		}),
	),
];

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
