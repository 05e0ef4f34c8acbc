import type { INodePropertyOptions } from 'n8n-workflow';

const verbs = { create: 'Created', delete: 'Deleted', update: 'Updated' };

const knownResources: Array<{ resource: string; name: string; verbs: Array<keyof typeof verbs> }> = [
	{ resource: 'credit_note', name: 'Credit Note', verbs: ['create', 'delete', 'update'] },
	{ resource: 'invoice', name: 'Invoice', verbs: ['create', 'delete', 'update'] },
	{ resource: 'pick_ticket', name: 'Pick Ticket', verbs: ['create', 'delete', 'update'] },
	{ resource: 'product', name: 'Product', verbs: ['create', 'update'] },
	{ resource: 'receiving_ticket', name: 'Receiving Ticket', verbs: ['create', 'delete', 'update'] },
];

const hints: Record<string, string> = {
	credit_note_create: 'It is not certain that Uphance sends events of credit notes; polling sees them in any case',
	pick_ticket_create: 'A draft sends none: when it is published, Uphance sends Pick Ticket Updated only',
	pick_ticket_update: 'Also when it is published or shipped, and after changes that this package makes',
};

/** Every event that clients of Uphance are known to receive (uphance-api.md 5.3), as people call it. */
export const knownEvents: INodePropertyOptions[] = [
	{ name: 'Any Event', value: '*', description: 'Everything that Uphance sends to this address' },
	...knownResources.flatMap(({ resource, name, verbs: own }) =>
		own.map((verb) => {
			const value = `${resource}_${verb}`;
			const { [value]: description } = hints;
			return { name: `${name} ${verbs[verb]}`, value, ...(description !== undefined && { description }) };
		}),
	),
];
