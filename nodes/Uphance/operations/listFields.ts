import type { INodeProperties } from 'n8n-workflow';

// How many records Get Many returns, and which ones.

export const returnAll: INodeProperties = {
	displayName: 'Return All',
	name: 'returnAll',
	type: 'boolean',
	default: false,
	description: 'Whether to return all results or only up to a given limit',
};

export const limit: INodeProperties = {
	displayName: 'Limit',
	name: 'limit',
	type: 'number',
	typeOptions: { minValue: 1 },
	displayOptions: { show: { returnAll: [false] } },
	default: 50,
	description: 'Max number of results to return',
};

export const newestFirst: INodeProperties = {
	displayName: 'Newest First',
	name: 'newestFirst',
	type: 'boolean',
	displayOptions: { show: { returnAll: [false] } },
	default: true,
	description: 'Whether to return the newest records first; otherwise the oldest come first',
};

/** `newestFirst` for a list that has After ID. */
export const newestFirstUnlessAfterId: INodeProperties = {
	...newestFirst,
	description: `${newestFirst.description}. With 'After ID' the oldest always come first, so that a loop can continue after the last one.`,
};
